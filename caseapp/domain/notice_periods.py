"""One section of a holiday notice made into the holiday that it arranges, each day with the sentence it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from caseapp.domain.calendar import SATURDAY
from caseapp.domain.notice_names import FIXED_DAYS, names_in
from caseapp.domain.notice_sections import HolidayUnnamed, Section
from caseapp.domain.notice_sentences import DayRepeated, Longer, Said, WrongCount, read_sentence
from caseapp.domain.notice_text import NoticeRefused

MOST_NAMES = 2  # 国庆节、中秋节; a title that lists more holidays does not say which of them a sentence means


class NoDaysOff(NoticeRefused):
    text = "{name}没有写明放假的日期，全文没有采用：“{sentence}”"


class DayOutside(NoticeRefused):
    text = "{day} 不在所写的假期之内，全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class HolidayPeriod:
    """One holiday of a notice. `words` gives for every day the sentence that it comes from.

    An extension (`longer`) names no day off of its own until it is laid upon the year so far.
    """

    name: str
    days_off: tuple[date, ...]
    make_up: tuple[date, ...]
    sentence: str
    words: Mapping[date, str] = field(hash=False)
    named: tuple[date, ...]  # the days off that the notice names itself, without the weekend that adjoins them
    longer: Longer | None = None
    totals: tuple[int, ...] = ()  # 共几天, of an extension
    resumes: Mapping[date, str] = field(default_factory=dict, hash=False)  # 起正常上班, and its sentence

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.name.split("、"))


def periods_of(section: Section, *, year: int) -> list[HolidayPeriod]:
    """Return the holiday of a section, and its extension if the section holds one; nothing for mere remarks.

    Raises a `NoticeRefused` for a sentence not understood, a count that does not add up, a holiday without days.
    """
    said = [read_sentence(words, start=start, year=year, names=section.names) for words, start in section.sentences()]
    arranging = [one for one in said if one.off or one.work or one.again or one.totals or one.resumes or one.longer]
    if not arranging and not section.heading_length:
        return []
    plain = [one for one in arranging if not one.longer]
    longer = [one for one in arranging if one.longer]
    if longer and not any(one.off for one in plain):
        return [_extension(one, plain if one is longer[0] else [], section) for one in longer]
    return [_period(plain, section), *(_extension(one, [], section) for one in longer)]


def _period(said: list[Said], section: Section) -> HolidayPeriod:
    quote = said[0].quote if said else section.words.quote
    name = "、".join(section.names if 0 < len(section.names) <= MOST_NAMES else _fixed_names(said))
    if not name:
        raise HolidayUnnamed(sentence=quote)
    off: dict[date, str] = {}
    weekend: dict[date, str] = {}
    for one in said:
        _add_days(one, off, weekend)
    if not off:
        raise NoDaysOff(name=name, sentence=quote)
    _check_all_counted(said, len(off | weekend))
    return _holiday(name, said, section, off, weekend)


def _fixed_names(said: list[Said]) -> list[str]:
    """Return the holidays whose fixed day is among the days off: 2019年5月1日至4日放假 can only be 劳动节."""
    days = {(day.month, day.day) for one in said for day in one.off}
    return [name for day, name in FIXED_DAYS.items() if day in days]


def _add_days(one: Said, off: dict[date, str], weekend: dict[date, str]) -> None:
    """Add the days off of one sentence to those of the sentences before it, and hold 共几天 against them."""
    for day in one.off:
        if day in off:
            raise DayRepeated(day=day, sentence=one.quote)
        off[day] = one.quote
    for day in one.again:
        if day not in off and day not in weekend:
            raise DayOutside(day=day, sentence=one.quote)
    weekend |= dict.fromkeys(one.weekend, one.quote)
    own = {*one.off, *one.again}
    right = {len(own), len(own | {*one.weekend}), len(off.keys() | weekend.keys())}
    for stated in one.totals:
        if stated not in right:
            raise WrongCount(counted=max(right), stated=stated, sentence=one.quote)


def _check_all_counted(said: list[Said], counted: int) -> None:
    """Refuse mere weekend days off beside a 共几天 that leaves them out: it should have said 上班 or counted them."""
    totals = [total for one in said for total in one.totals]
    for one in said:
        is_weekend = bool(one.off) and all(day.weekday() >= SATURDAY for day in one.off)
        if totals and counted not in totals and not one.totals and is_weekend:
            raise WrongCount(counted=counted, stated=totals[-1], sentence=one.quote)


def _extension(one: Said, others: list[Said], section: Section) -> HolidayPeriod:
    name = "、".join(names_in(one.longer.name) or section.names) if one.longer else ""
    if not name or one.off or any(other.off or other.totals for other in others):
        raise HolidayUnnamed(sentence=one.quote)
    return _holiday(name, [one, *others], section, {}, {}, longer=one.longer)


def _holiday(
    name: str,
    said: list[Said],
    section: Section,
    off: dict[date, str],
    weekend: dict[date, str],
    longer: Longer | None = None,
) -> HolidayPeriod:
    work: dict[date, str] = {}
    for one in said:
        for day in one.work:
            if day in work:
                raise DayRepeated(day=day, sentence=one.quote)
            work[day] = one.quote
    return HolidayPeriod(
        name=name,
        days_off=tuple(sorted(off | weekend)),
        make_up=tuple(sorted(work)),
        sentence=said[0].quote,
        words=MappingProxyType(weekend | off | work),
        named=tuple(sorted(off)),
        longer=longer,
        totals=tuple(total for one in said for total in one.totals) if longer else (),
        resumes=MappingProxyType({day: one.quote for one in said for day in one.resumes}),
    )
