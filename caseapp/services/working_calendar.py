"""The working calendar in force: the national one, corrected by the office's own rows; read anew for every request."""

from functools import lru_cache

from sqlalchemy import inspect, select

from caseapp.db import db
from caseapp.domain.calendar import CalendarRow, WorkingCalendar
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.models import CalendarDay
from caseapp.services import installation


def current() -> WorkingCalendar:
    """Return the calendar as it stands now; equal rows share one calendar with its counts."""
    rows = db.session.scalars(select(CalendarDay).order_by(CalendarDay.day))
    corrections = tuple(
        CalendarRow(day=row.day, is_working=row.is_working, reason=row.reason, source=row.source) for row in rows
    )
    return _calendar(installation.current().settings.announced_through, corrections)


def current_or_national() -> WorkingCalendar:
    """Return the calendar in force, or the national one where the database has not been set up yet."""
    if inspect(db.engine).has_table(CalendarDay.__tablename__):
        return current()
    return _calendar(installation.current().settings.announced_through, ())


@lru_cache(maxsize=8)
def _calendar(announced_through: int, corrections: tuple[CalendarRow, ...]) -> WorkingCalendar:
    calendar = base_calendar(announced_through=announced_through)
    return calendar.corrected(corrections) if corrections else calendar
