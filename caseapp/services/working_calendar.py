"""The working calendar in force: the national one, corrected by the office's own rows; read anew for every request."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

from sqlalchemy import inspect, select

from caseapp.db import db, fetch
from caseapp.domain.calendar import SATURDAY, CalendarRow, WorkingCalendar
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.models import CalendarDay, CalendarNotice
from caseapp.services import installation

KEPT = select(
    CalendarDay.day, CalendarDay.is_working, CalendarDay.reason, CalendarDay.source, CalendarDay.notice_year
).order_by(CalendarDay.day)
_read_once: ContextVar[WorkingCalendar | None] = ContextVar("calendar of this page", default=None)


def current() -> WorkingCalendar:
    """Return the calendar as it stands now; equal rows share one calendar with its counts."""
    return _read_once.get() or _current()


@contextmanager
def read_once() -> Iterator[None]:
    """Read the calendar one time for everything inside, which changes nothing: a page that asks it more than once."""
    token = _read_once.set(current())
    try:
        yield
    finally:
        _read_once.reset(token)


def _current() -> WorkingCalendar:
    kept = _kept()
    return _calendar(_announced_through(_entered_years(kept)), tuple(row for _, row in kept))


def with_notice(year: int, rows: Iterable[CalendarRow]) -> WorkingCalendar:
    """Return the calendar as it would stand with these rows of a notice; days set by hand stay on top."""
    kept = _kept()
    others = tuple(row for noticed, row in kept if noticed not in (None, year))
    by_hand = tuple(row for noticed, row in kept if noticed is None)
    return _calendar(_announced_through({*_entered_years(kept), year}), (*others, *rows, *by_hand))


def current_or_national() -> WorkingCalendar:
    """Return the calendar in force, or the national one where the database has not been set up yet."""
    if inspect(db.engine).has_table(CalendarNotice.__tablename__):
        return current()
    return _calendar(installation.current().settings.announced_through, ())


def special_days(year: int) -> list[CalendarRow]:
    """Return the weekdays off and the weekend make-up days of the national calendar as installed, in order."""
    national = _calendar(installation.current().settings.announced_through, ())
    days = [day for day in national.days_off if day.year == year and day.weekday() < SATURDAY]
    days += [day for day in national.make_up_days if day.year == year]
    return [
        CalendarRow(day=day, is_working=national.is_working_day(day), reason=national.reason(day), source="")
        for day in sorted(days)
    ]


def _kept() -> list[tuple[int | None, CalendarRow]]:
    """Return the office's rows in order, each with the year of the notice that it comes from, if it comes from one."""
    return [
        (row.notice_year, CalendarRow(day=row.day, is_working=row.is_working, reason=row.reason, source=row.source))
        for row in fetch(KEPT)
    ]


def _entered_years(kept: Iterable[tuple[int | None, CalendarRow]]) -> set[int]:
    """Return the years whose notice has been entered: each has left its rows."""
    return {noticed for noticed, _ in kept if noticed is not None}


def _announced_through(entered: set[int]) -> int:
    """Return the last year up to which every notice is in hand."""
    year = installation.current().settings.announced_through
    while year + 1 in entered:
        year += 1
    return year


@lru_cache(maxsize=8)
def _calendar(announced_through: int, corrections: tuple[CalendarRow, ...]) -> WorkingCalendar:
    calendar = base_calendar(announced_through=announced_through)
    return calendar.corrected(corrections) if corrections else calendar
