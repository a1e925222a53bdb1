"""The State Council's yearly holiday notice: days off, make-up days, and the sentence behind each of them (L6).

A notice is taken whole or not at all. What does not parse, does not add up or repeats is refused with its sentence.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from caseapp.domain.calendar import SATURDAY, WEEKDAYS
from caseapp.domain.notice_names import FESTIVALS, names_in
from caseapp.domain.notice_periods import HolidayPeriod, periods_of
from caseapp.domain.notice_sections import HolidayRepeated, Layout, excerpt, take_apart
from caseapp.domain.notice_sentences import DayRepeated
from caseapp.domain.notice_text import NoticeRefused, as_passage


class NoHoliday(NoticeRefused):
    text = "通知中没有任何节日的放假安排，没有采用：“{sentence}”"


class HolidayMissing(NoticeRefused):
    text = "通知说要安排{names}，后文却没有，可能没有粘贴完整，全文没有采用：“{sentence}”"


class MakeUpOnWorkingDay(NoticeRefused):
    text = "{day} 是{weekday}，本来就上班，全文没有采用：“{sentence}”"


class OffAndWorked(NoticeRefused):
    text = "{day} 既放假又上班，全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class Notice:
    """What one notice says about the calendar of `year`; days may lie in December of the year before."""

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


def read_notice(text: str, *, year: int) -> Notice:
    """Return what the notice on `year` arranges; the text may be pasted with its title, opening and signature.

    Raises a `NoticeRefused` with the sentence quoted where anything in it is not understood or contradictory.
    """
    passage = as_passage(text)
    layout = take_apart(passage, year=year)
    holidays = tuple(holiday for section in layout.sections for holiday in periods_of(section, year=year))
    if not holidays:
        raise NoHoliday(sentence=excerpt(passage))
    notice = Notice(year=year, holidays=holidays)
    check_coherent(notice.holidays)
    _check_announced(layout, notice)
    return notice


def missing_festivals(holidays: Iterable[HolidayPeriod]) -> tuple[str, ...]:
    """Return which of the seven holidays of every year are not arranged, to warn before a first notice is taken.

    No refusal by itself: what a notice has to arrange is what its own opening lists, and a later notice lists less.
    """
    arranged = frozenset[str]().union(*(holiday.names for holiday in holidays))
    return tuple(name for name in FESTIVALS if name not in arranged)


def check_coherent(holidays: Sequence[HolidayPeriod]) -> None:
    """Refuse a holiday or day given twice, a day both off and worked, and a make-up day from Monday to Friday."""
    seen: set[str] = set()
    named: set[date] = set()
    made_up: set[date] = set()
    days_off = {day for holiday in holidays for day in holiday.days_off}
    for holiday in holidays:
        if seen & holiday.names and not holiday.longer:
            raise HolidayRepeated(name=holiday.name, sentence=holiday.sentence)
        seen |= holiday.names
        for day in sorted(named.intersection(holiday.named) | made_up.intersection(holiday.make_up)):
            raise DayRepeated(day=day, sentence=holiday.words[day])
        named.update(holiday.named)
        made_up.update(holiday.make_up)
        for day in holiday.make_up:
            _check_make_up(day, holiday.words[day], days_off)


def _check_make_up(day: date, sentence: str, days_off: set[date]) -> None:
    if day in days_off:
        raise OffAndWorked(day=day, sentence=sentence)
    if day.weekday() < SATURDAY:
        raise MakeUpOnWorkingDay(day=day, weekday=WEEKDAYS[day.weekday()], sentence=sentence)


def _check_announced(layout: Layout, notice: Notice) -> None:
    """Refuse a notice without a holiday that its own opening lists (现将元旦、春节…的具体安排通知如下)."""
    arranged = frozenset[str]().union(*(holiday.names for holiday in notice.holidays))
    missing = [name for name in names_in(layout.announced.plain) if name not in arranged]
    if missing:
        raise HolidayMissing(names="、".join(missing), sentence=layout.announced.quote)
