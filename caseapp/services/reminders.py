"""Reminders of duties: one while the day is ahead, one when it has passed; a missed run is caught up, each once."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from caseapp.db import db
from caseapp.domain.duties import DUTY_WORDS, LAPSES_BY_ITSELF, DutyKind
from caseapp.domain.moments import local_date
from caseapp.models import Case, Duty
from caseapp.services.duties import horizon

BATCH = 500


class ReminderKind(StrEnum):
    """Whether the day is still ahead."""

    SOON = "soon"
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """One reminder that has now been given."""

    case_number: str
    kind: ReminderKind
    duty: DutyKind
    ref: int  # a case may have several of one kind
    due_on: date

    @property
    def record(self) -> dict[str, str | int]:
        """Return it as JSON values."""
        return {
            "case": self.case_number,
            "reminder": self.kind.value,
            "duty": self.duty.value,
            "ref": self.ref,
            "due_on": self.due_on.isoformat(),
            "words": DUTY_WORDS[self.duty],
        }


def run(at: datetime, *, most: int = BATCH) -> list[Reminder]:
    """Mark at most `most` duties of each sort as reminded and return their reminders; an empty list says all is done.

    A duty whose day passed while nobody was reminded is called overdue once, and not also near. One statement finds and
    marks: of two runs at once the second waits, looks again, and passes over what the first has marked.
    """
    today = local_date(at)
    passed = Duty.due_on < today, Duty.kind.not_in(LAPSES_BY_ITSELF)
    ahead = Duty.due_on >= today, Duty.due_on <= horizon(today)
    return [
        *_given(ReminderKind.OVERDUE, Duty.warned_for, passed, most=most, warned_on=today),
        *_given(ReminderKind.SOON, Duty.reminded_for, ahead, most=most, reminded_on=today),
    ]


def _given(
    kind: ReminderKind,
    mark: InstrumentedAttribute[date | None],
    when: tuple[ColumnElement[bool], ...],
    *,
    most: int,
    **marked: Any,
) -> list[Reminder]:
    open_ = Duty.done_on.is_(None), *when, or_(mark.is_(None), mark != Duty.due_on)
    chosen = select(Duty.id).where(*open_).order_by(Duty.due_on, Duty.id).limit(most)
    statement = (
        update(Duty)
        .where(Duty.id.in_(chosen), *open_)
        .values({mark: Duty.due_on, **{getattr(Duty, name): day for name, day in marked.items()}})
        .returning(Duty.case_id, Duty.kind, Duty.ref, Duty.due_on, Duty.id)
        .execution_options(synchronize_session=False)
    )
    rows = sorted(db.session.execute(statement).all(), key=lambda row: (row.due_on, row.id))
    of_cases = select(Case.id, Case.number).where(Case.id.in_({row.case_id for row in rows}))
    numbers = {row.id: row.number for row in db.session.execute(of_cases)}
    return [
        Reminder(case_number=numbers[row.case_id], kind=kind, duty=row.kind, ref=row.ref, due_on=row.due_on)
        for row in rows
    ]
