"""The year as the State Council's notices leave it: the first notice, and every later one laid on top of it (L6)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from caseapp.domain.calendar import ONE_DAY, SATURDAY, CalendarRow
from caseapp.domain.holiday_notice import Notice, check_coherent, read_notice
from caseapp.domain.notice_dates import days_between
from caseapp.domain.notice_periods import HolidayPeriod
from caseapp.domain.notice_sentences import WrongCount
from caseapp.domain.notice_text import NoticeRefused


class NothingToExtend(NoticeRefused):
    text = "没有{name}的原定安排，无从延长；请先录入此前的通知：“{sentence}”"


class ExtensionTooShort(NoticeRefused):
    text = "{name}原定放假至 {last}，没有延长，全文没有采用：“{sentence}”"


class ResumptionMismatch(NoticeRefused):
    text = "{day} 起上班与放假的日期对不上，全文没有采用：“{sentence}”"


class OtherYear(NoticeRefused):
    text = "通知安排的是 {notice} 年，此前录入的是 {year} 年：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class YearPlan:
    """The holidays of one year after all its notices; days in the December before stand under their own dates."""

    year: int
    holidays: tuple[HolidayPeriod, ...]

    @property
    def off(self) -> tuple[date, ...]:
        """Every day off, the weekends of the holidays included, in order."""
        return tuple(sorted({day for holiday in self.holidays for day in holiday.days_off}))

    @property
    def work(self) -> tuple[date, ...]:
        """The make-up days, in order."""
        return tuple(sorted(day for holiday in self.holidays for day in holiday.make_up))

    @property
    def words(self) -> Mapping[date, str]:
        """For every day off and make-up day the sentence that it comes from."""
        return MappingProxyType({day: said for holiday in self.holidays for day, said in holiday.words.items()})

    def rows(self, *, source: str) -> tuple[CalendarRow, ...]:
        """Return one calendar row for each day off and make-up day, in order, with the words the calendar shows."""
        return tuple(sorted(self._rows(source), key=lambda row: row.day))

    def _rows(self, source: str) -> Iterator[CalendarRow]:
        off = {day: holiday.name for holiday in reversed(self.holidays) for day in holiday.days_off}
        for day, name in off.items():
            yield CalendarRow(day=day, is_working=False, reason=f"{name}放假", source=source)
        for holiday in self.holidays:
            for day in holiday.make_up:
                yield CalendarRow(day=day, is_working=True, reason=f"{holiday.name}调休上班", source=source)


def plan_of(notice: Notice) -> YearPlan:
    """Return the year by its first notice alone; raises `NothingToExtend` for an extension of a holiday it lacks."""
    return apply(YearPlan(year=notice.year, holidays=()), notice)


def apply(after: Notice | YearPlan, notice: Notice) -> YearPlan:
    """Return the year with a later notice on top: a holiday added, changed (all its days replaced) or extended.

    The later notice prevails: its days off take back make-up days set earlier. Raises `OtherYear`, `NothingToExtend`,
    `ExtensionTooShort`, `WrongCount`, `ResumptionMismatch`, or what contradicts itself in the year as it then stands.
    """
    earlier = plan_of(after) if isinstance(after, Notice) else after
    if earlier.year != notice.year:
        sentence = notice.holidays[0].sentence
        raise OtherYear(notice=notice.year, year=earlier.year, sentence=sentence)
    plain = [holiday for holiday in notice.holidays if not holiday.longer]
    replaced = frozenset[str]().union(*(holiday.names for holiday in plain))
    kept = [holiday for holiday in earlier.holidays if not holiday.names & replaced]
    taken_back = {day for holiday in plain for day in holiday.days_off}
    holidays = [_without_make_up(holiday, taken_back) for holiday in kept] + plain
    for extension in notice.holidays:
        if extension.longer:
            holidays = _extended(holidays, extension)
    holidays.sort(key=lambda holiday: holiday.days_off)
    check_coherent([replace(holiday, named=()) for holiday in holidays])
    _check_resumptions(notice, holidays)
    return YearPlan(year=notice.year, holidays=tuple(holidays))


def read_notices(texts: Iterable[str], *, year: int) -> YearPlan:
    """Return the year after these notices, the earliest first; raises a `NoticeRefused` with the sentence quoted."""
    plan = YearPlan(year=year, holidays=())
    for text in texts:
        plan = apply(plan, read_notice(text, year=year))
    return plan


def as_record(plan: YearPlan | Notice) -> dict[str, int | list[str]]:
    """Return the year for JSON: `off` every day off, weekends of the holidays included, `work` the make-up days."""
    return {
        "year": plan.year,
        "off": [day.isoformat() for day in plan.off],
        "work": [day.isoformat() for day in plan.work],
    }


def _without_make_up(holiday: HolidayPeriod, days: Iterable[date]) -> HolidayPeriod:
    """Return the holiday without those make-up days; a day off keeps its words."""
    make_up = tuple(day for day in holiday.make_up if day not in set(days))
    gone = set(holiday.make_up) - set(make_up)
    words = {day: said for day, said in holiday.words.items() if day not in gone}
    return replace(holiday, make_up=make_up, words=MappingProxyType(words))


def _extended(holidays: list[HolidayPeriod], extension: HolidayPeriod) -> list[HolidayPeriod]:
    """Return the holidays with one of them made longer; make-up days inside the new days are taken back."""
    found = [place for place, holiday in enumerate(holidays) if holiday.names & extension.names]
    if len(found) != 1:
        raise NothingToExtend(name=extension.name, sentence=extension.sentence)
    old = holidays[found[0]]
    added = _added_days(old, extension)
    _check_counts(extension, added=len(added), in_all=len(old.days_off) + len(added))
    rest = [_without_make_up(holiday, added) for holiday in holidays]
    old = rest[found[0]]
    rest[found[0]] = replace(
        old,
        days_off=(*old.days_off, *added),
        named=(*old.named, *added),
        make_up=tuple(sorted((*old.make_up, *extension.make_up))),
        words=MappingProxyType({**old.words, **dict.fromkeys(added, extension.sentence), **extension.words}),
    )
    return rest


def _check_counts(extension: HolidayPeriod, *, added: int, in_all: int) -> None:
    """Hold 延长几天 against the added days, and 共几天 against all days of the holiday."""
    stated = extension.longer.added if extension.longer else None
    for counted, count in [(added, stated or added), *((in_all, total) for total in extension.totals)]:
        if count != counted:
            raise WrongCount(counted=counted, stated=count, sentence=extension.sentence)


def _added_days(old: HolidayPeriod, extension: HolidayPeriod) -> tuple[date, ...]:
    longer = extension.longer
    last = old.days_off[-1]
    through = last
    if longer and longer.through:
        through = longer.through
    elif longer and longer.added:
        through = last + longer.added * ONE_DAY
    if through <= last:
        raise ExtensionTooShort(name=old.name, last=last, sentence=extension.sentence)
    return tuple(days_between(last + ONE_DAY, through))


def _check_resumptions(notice: Notice, holidays: list[HolidayPeriod]) -> None:
    """Hold 起正常上班 against the days off: it is the first working day after the holiday, never itself a day off."""
    off = {day for holiday in holidays for day in holiday.days_off}
    work = {day for holiday in holidays for day in holiday.make_up}
    for holiday in notice.holidays:
        for day, sentence in holiday.resumes.items():
            last = max((one for one in off if one < day), default=day)
            between = [one for one in days_between(last + ONE_DAY, day - ONE_DAY) if one.weekday() < SATURDAY]
            is_free = day in off or (day.weekday() >= SATURDAY and day not in work)
            is_after = any(one < day for held in holidays if held.names & holiday.names for one in held.days_off)
            if is_free or (is_after and between):
                raise ResumptionMismatch(day=day, sentence=sentence)
