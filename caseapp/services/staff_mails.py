"""Reminders to staff: queued once a working day for each person who gave an address, and sent by the worker."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import staff_mail as rules
from caseapp.domain.duties import DUTY_WORDS, DutyKind
from caseapp.domain.moments import local_date
from caseapp.domain.notices import NoticeKind, NoticeState
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.staff_mail import Due
from caseapp.models import Duty, Notice, Person
from caseapp.services import duties, installation, people, working_calendar

BATCH = 50
MOST = 200  # duties of one letter, the most urgent first
Transaction = Callable[[], AbstractContextManager[None]]


def queue_due(*, transaction: Transaction, at: datetime) -> int:
    """Queue today's reminders and return how many; each person is looked at once a day, whoever else works beside."""
    with transaction():
        if not rules.is_time(at, calendar=working_calendar.current()):
            return 0
    queued = 0
    while True:
        with transaction():
            looked_at, written = _next(at)
        queued += written
        if looked_at < BATCH:
            return queued


def _next(at: datetime) -> tuple[int, int]:
    """Look at the next people of today; return how many they were and how many letters they get."""
    today = local_date(at)
    waiting = (
        select(Person)
        .where(Person.active, Person.email != "", or_(Person.mailed_on.is_(None), Person.mailed_on < today))
        .order_by(Person.id)
        .limit(BATCH)
        .with_for_update(of=Person, skip_locked=True)
    )
    found = db.session.scalars(waiting).all()
    return len(found), sum(_remind(person, today=today, at=at) for person in found)


def _remind(person: Person, *, today: date, at: datetime) -> bool:
    since, person.mailed_on = person.mailed_on, today
    calendar = working_calendar.current()
    due = list(_due(people.as_actor(person), at=at))
    if not rules.has_news(due, since=since, today=today, calendar=calendar):
        return False
    office = installation.current().settings.office.short_name
    written = rules.letter(person.name, due, office=office, today=today, calendar=calendar)
    db.session.add(
        Notice(
            person_id=person.id,
            kind=NoticeKind.DUTIES,
            subject=written.subject,
            words=written.words,
            state=NoticeState.WAITING,
            queued_at=at,
            next_try_at=at,
        )
    )
    return True


def _due(actor: Actor, *, at: datetime) -> Iterator[Due]:
    """Yield what this person must see to; the head also hears of every answer that is late (art. 33)."""
    seen: set[int] = set()
    for row in _rows(actor, at=at):
        if row.id not in seen and row.due_on is not None:
            seen.add(row.id)
            yield Due(case_number=row.case.number, words=DUTY_WORDS[row.kind], due_on=row.due_on)


def _rows(actor: Actor, *, at: datetime) -> Iterator[Duty]:
    near = duties.due_and_not_done(at).join(Duty.case).options(joinedload(Duty.case)).limit(MOST)
    yield from db.session.scalars(near.where(duties.is_responsible(actor)))
    if Role.HEAD in actor.roles:
        late = Duty.due_on < local_date(at), Duty.kind.in_((DutyKind.ANSWER_LOCAL, DutyKind.ANSWER_STATUTORY))
        yield from db.session.scalars(near.where(*late))
