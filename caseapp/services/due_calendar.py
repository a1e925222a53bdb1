"""The office's calendar: which days count, and how many of the cases that one may read fall due on each."""

from calendar import MONDAY, Calendar
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from caseapp.db import db
from caseapp.domain.lifecycle import OPEN
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import Case
from caseapp.services import working_calendar
from caseapp.services.cases import LISTED, PAGE, ListedCase, Page, sees_every_department

WEEKS = Calendar(firstweekday=MONDAY)


@dataclass(frozen=True, kw_only=True)
class Day:
    """One day: whether it counts and why, and how many cases fall due on it."""

    on: date
    counts: bool
    why: str
    due: int


def weeks(month: date, *, actor: Actor) -> list[list[Day]]:
    """Return the weeks of the month, from Monday, with the days of its neighbours; raises `CalendarMissing`."""
    demand(actor, Permission.USE_WORKBENCH)
    days = WEEKS.monthdatescalendar(month.year, month.month)
    first, last = days[0][0], days[-1][-1]
    query = select(Case.urgency_on, func.count().label("number")).group_by(Case.urgency_on)
    found = db.session.execute(query.where(*_open(actor), Case.urgency_on.between(first, last)))
    due = {row.urgency_on: row.number for row in found}
    calendar = working_calendar.current()
    return [
        [
            Day(on=day, counts=calendar.is_working_day(day), why=calendar.reason(day), due=due.get(day, 0))
            for day in week
        ]
        for week in days
    ]


def due_on(day: date, *, before: int | None, actor: Actor) -> Page:
    """Return a page of the open cases that fall due on the day, the newest first: by key, never by offset."""
    demand(actor, Permission.USE_WORKBENCH)
    query = LISTED.where(*_open(actor), Case.urgency_on == day, Case.id < (before or LARGEST_ID))
    rows = [ListedCase._make(row) for row in db.session.execute(query.order_by(Case.id.desc()).limit(PAGE + 1))]
    shown = rows[:PAGE]
    return Page(cases=shown, next_before=shown[-1].id if len(rows) > PAGE else None)


def _open(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Say of a case that it is open and the actor may read it, as the indexes of the worklists have it."""
    is_open = Case.status.in_(sorted(OPEN))
    return (is_open,) if sees_every_department(actor.roles) else (Case.department_id == actor.department_id, is_open)
