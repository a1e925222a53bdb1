"""Counting every open case anew after the calendar has changed: in batches, in one act, in bounded memory (L6).

Facts are read a batch at a time, dates are computed without the ledger, and only cases whose dates move are written.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from sqlalchemy import Row, Table, bindparam, func, insert, select, update

from caseapp.db import db
from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.deadlines import TwoClocks, two_clocks
from caseapp.domain.lifecycle import OPEN
from caseapp.domain.rulesets import by_id
from caseapp.domain.timeline import Timeline
from caseapp.models import Case, DueDateChange
from caseapp.services import duties, notices, timelines, working_calendar

Change = DueDateChange  # what pages are handed
BATCH = 1_000
CASES = cast(Table, Case.__table__)
# The version rises too: a form that shows the old date is told.
NEW_DATES = (
    update(CASES)
    .where(CASES.c.id == bindparam("moved_id"))
    .values(
        local_due_on=bindparam("local_due_on"),
        statutory_due_on=bindparam("statutory_due_on"),
        provisional=bindparam("provisional"),
        urgency_on=bindparam("urgency_on"),
        version=CASES.c.version + 1,
    )
)
COLUMNS = (
    Case.id,
    Case.number,
    Case.received_on,
    Case.local_rule_set,
    Case.statute,
    Case.local_due_on,
    Case.statutory_due_on,
    Case.provisional,
    Case.urgency_on,
)


@dataclass(frozen=True, kw_only=True)
class Moved:
    """One open case whose dates, or whose mark 暂定, another calendar changes."""

    case_id: int
    number: str
    local_before: date | None
    local_after: date | None
    statutory_before: date | None
    statutory_after: date | None
    urgency_on: date | None
    provisional: bool
    notice_due: date | None  # of a notice to correct
    first_due: date | None  # without the extension

    @property
    def date_moves(self) -> bool:
        """Say whether a due date itself moves, and not only the mark."""
        return (self.local_before, self.statutory_before) != (self.local_after, self.statutory_after)


def open_cases() -> int:
    """Return how many open cases there are to count anew."""
    return db.session.scalar(select(func.count()).select_from(Case).where(Case.status.in_(OPEN))) or 0


def moved_by(
    calendar: WorkingCalendar, *, today: date, tell: Callable[[int], object] = lambda done: None
) -> Iterator[list[Moved]]:
    """Yield, batch by batch, the open cases that this calendar would change; `tell` hears how many were looked at."""
    last, done = 0, 0
    while rows := _batch_after(last):
        facts = timelines.of_cases([row.id for row in rows])
        yield [moved for row in rows if (moved := _judged(row, facts[row.id], calendar=calendar, today=today))]
        last, done = rows[-1].id, done + len(rows)
        tell(done)


def write(batch: list[Moved], *, cause: str, at: datetime) -> None:
    """Write the new dates of a batch and a line in the ledger of each case whose date moved."""
    if not batch:
        return
    db.session.execute(
        NEW_DATES,
        [
            {
                "moved_id": moved.case_id,
                "local_due_on": moved.local_after,
                "statutory_due_on": moved.statutory_after,
                "provisional": moved.provisional,
                "urgency_on": moved.urgency_on,
            }
            for moved in batch
        ],
    )
    duties.follow([_dates(moved) for moved in batch if moved.date_moves], calendar=working_calendar.current())
    lines = [
        {
            "case_id": moved.case_id,
            "cause": cause,
            "local_before": moved.local_before,
            "local_after": moved.local_after,
            "statutory_before": moved.statutory_before,
            "statutory_after": moved.statutory_after,
            "at": at,
        }
        for moved in batch
        if moved.date_moves
    ]
    if lines:
        db.session.execute(insert(DueDateChange), lines)
        notices.dates_moved(((one.case_id, one.number, one.local_after) for one in batch if one.date_moves), at=at)


def _dates(moved: Moved) -> duties.Dates:
    return duties.Dates(
        case_id=moved.case_id,
        local_due_on=moved.local_after,
        statutory_due_on=moved.statutory_after,
        notice_due_on=moved.notice_due,
        first_due_on=moved.first_due,
    )


def changes_of(case_id: int) -> list[DueDateChange]:
    """Return how changes of the calendar moved the dates of this case, newest first."""
    query = select(DueDateChange).where(DueDateChange.case_id == case_id).order_by(DueDateChange.id.desc()).limit(20)
    return list(db.session.scalars(query))


def _batch_after(last: int) -> list[Row[tuple[object, ...]]]:
    query = select(*COLUMNS).where(Case.status.in_(OPEN), Case.id > last).order_by(Case.id).limit(BATCH)
    return list(db.session.execute(query))


def _judged(
    row: Row[tuple[object, ...]], facts: timelines.Events, *, calendar: WorkingCalendar, today: date
) -> Moved | None:
    both = _clocks(row, facts, calendar=calendar, today=today)
    local, statutory = both.local.answer_due, both.statutory.answer_due
    provisional = both.local.provisional or both.statutory.provisional
    if (row.local_due_on, row.statutory_due_on, row.provisional) == (local, statutory, provisional):
        return None
    return Moved(
        case_id=row.id,
        number=row.number,
        local_before=row.local_due_on,
        local_after=local,
        statutory_before=row.statutory_due_on,
        statutory_after=statutory,
        urgency_on=local or row.urgency_on,
        provisional=provisional,
        notice_due=both.local.supplement_notice_due,
        first_due=both.local.first_due,
    )


def _clocks(
    row: Row[tuple[object, ...]], facts: timelines.Events, *, calendar: WorkingCalendar, today: date
) -> TwoClocks:
    return two_clocks(
        Timeline(received_on=row.received_on, events=tuple(facts)),
        local=by_id(row.local_rule_set),
        statute=by_id(row.statute),
        calendar=calendar,
        as_of=today,
        with_ledger=False,
    )
