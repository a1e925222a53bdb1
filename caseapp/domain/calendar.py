"""Working days: which days count, why the others do not, and how far the State Council has announced them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from caseapp.domain.errors import DomainError

ONE_DAY = timedelta(days=1)
SATURDAY = 5
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
PROVISIONAL = "（暂定）"


class CalendarMissing(DomainError):
    text = "工作日历只有 {first} 至 {last} 的规定，无法推算 {day} 前后的期限。"


class DayKind(StrEnum):
    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


WORKING_KINDS = (DayKind.WORKING, DayKind.MAKE_UP)


@dataclass(frozen=True, kw_only=True)
class CalendarRow:
    """One day as the office itself has entered it, with the words shown for it and where they come from."""

    day: date
    is_working: bool
    reason: str
    source: str


@dataclass(frozen=True, kw_only=True)
class WorkingCalendar:
    """Monday to Friday without the days off, plus the make-up days, from `first_day` to `last_day`.

    Days off and make-up days carry the Chinese words that explain them. Years after `announced_through` have no
    entered State Council notice: only statutory holidays are off there, no day is made up, and all is provisional.
    """

    first_day: date
    last_day: date
    announced_through: int
    days_off: Mapping[date, str] = field(hash=False)
    make_up_days: Mapping[date, str] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "days_off", MappingProxyType(dict(self.days_off)))
        object.__setattr__(self, "make_up_days", MappingProxyType(dict(self.make_up_days)))

    def kind(self, day: date) -> DayKind:
        """Return what sort of day it is; raises `CalendarMissing` outside the calendar."""
        if not self.first_day <= day <= self.last_day:
            raise self._missing(day)
        if day in self.make_up_days:
            return DayKind.MAKE_UP
        if day in self.days_off:
            return DayKind.HOLIDAY
        return DayKind.WEEKEND if day.weekday() >= SATURDAY else DayKind.WORKING

    def is_working_day(self, day: date) -> bool:
        """Say whether the day counts; raises `CalendarMissing` outside the calendar."""
        return self.kind(day) in WORKING_KINDS

    def reason(self, day: date) -> str:
        """Return why the day counts or not in Chinese words, marked 暂定 in a year without a notice (R15)."""
        kind = self.kind(day)
        words = {
            DayKind.WORKING: "工作日",
            DayKind.WEEKEND: WEEKDAYS[day.weekday()],
            DayKind.HOLIDAY: self.days_off.get(day, ""),
            DayKind.MAKE_UP: self.make_up_days.get(day, ""),
        }[kind]
        return words + PROVISIONAL if self.is_provisional(day) else words

    def is_provisional(self, day: date) -> bool:
        """Say whether the day lies in a year for which no State Council notice has been entered (L6)."""
        return day.year > self.announced_through

    def nth_working_day(self, after: date, n: int) -> date:
        """Return the `n`-th working day after `after`, which is day zero and not counted (L2).

        Raises `CalendarMissing` where the calendar does not reach, `ValueError` for an `n` below one.
        """
        if n < 1:
            raise ValueError(f"there is no working day number {n}")
        ranks, working_days = self._count
        try:
            return working_days[ranks[self._position(after)] + n - 1]
        except IndexError:
            raise self._missing(self.last_day + ONE_DAY) from None

    def working_days_between(self, after: date, through: date) -> int:
        """Return how many working days lie in `after < day <= through`; negative when `through` is the earlier day.

        Raises `CalendarMissing` outside the calendar.
        """
        ranks, _ = self._count
        return ranks[self._position(through)] - ranks[self._position(after)]

    def corrected(self, rows: Iterable[CalendarRow], *, announced_through: int | None = None) -> "WorkingCalendar":
        """Return a calendar with the office's own rows on top, the later row winning.

        `announced_through` is kept unless given. Raises `CalendarMissing` for a row outside the calendar.
        """
        days_off, make_up_days = dict(self.days_off), dict(self.make_up_days)
        for row in rows:
            self._position(row.day, earliest=1)
            days_off.pop(row.day, None)
            make_up_days.pop(row.day, None)
            if not row.is_working:
                days_off[row.day] = row.reason
            elif row.day.weekday() >= SATURDAY:
                make_up_days[row.day] = row.reason
        through = self.announced_through if announced_through is None else announced_through
        return replace(self, announced_through=through, days_off=days_off, make_up_days=make_up_days)

    @cached_property
    def _count(self) -> tuple[list[int], list[date]]:
        """For every day from the eve of the first: the working days so far; and all working days in order."""
        ranks, working_days = [0], []
        day = self.first_day
        while day <= self.last_day:
            if day in self.make_up_days or (day.weekday() < SATURDAY and day not in self.days_off):
                working_days.append(day)
            ranks.append(len(working_days))
            day += ONE_DAY
        return ranks, working_days

    def _position(self, day: date, *, earliest: int = 0) -> int:
        position = day.toordinal() - self.first_day.toordinal() + 1
        if earliest <= position <= self.last_day.toordinal() - self.first_day.toordinal() + 1:
            return position
        raise self._missing(day)

    def _missing(self, day: date) -> CalendarMissing:
        return CalendarMissing(day=day, first=self.first_day, last=self.last_day)
