"""The history of everything, looked through by kind, by person or by case, the newest first."""

from dataclasses import dataclass

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, Permission, demand, may_ever
from caseapp.models import Case, Event, Person
from caseapp.services.audit import Entry, entry

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is looked for; empty entries narrow nothing."""

    kind: EventKind | None = None
    person: int | None = None
    case_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One event, and the case it belongs to, if it belongs to one."""

    position: int
    case_id: int | None
    case_number: str
    entry: Entry


def find(wanted: Wanted, *, before: int | None, actor: Actor) -> tuple[list[Line], int | None]:
    """Return a page of the history and where the next one begins: by key, never by offset.

    Who may not read cases sees what belongs to none: accounts, calendar, words, reports. Raises `NotPermitted`.
    """
    demand(actor, Permission.READ_REPORTS)
    query = (
        select(Event.position, Event.case_id, Event.at, Event.kind, Event.facts, Person.name, Case.number)
        .outerjoin(Person, Person.id == Event.actor_id)
        .outerjoin(Case, Case.id == Event.case_id)
        .order_by(Event.position.desc())
        .limit(PAGE + 1)
    )
    if not may_ever(actor, Permission.READ_CASE):
        query = query.where(Event.case_id.is_(None))
    if wanted.kind:
        query = query.where(Event.kind == wanted.kind)
    if wanted.person:
        query = query.where(Event.actor_id == wanted.person)
    if wanted.case_number:
        query = query.where(Event.case_id == select(Case.id).where(Case.number == wanted.case_number).scalar_subquery())
    if before:
        query = query.where(Event.position < before)
    rows = db.session.execute(query).all()
    lines = [
        Line(
            position=row.position,
            case_id=row.case_id,
            case_number=row.number or "",
            entry=entry(row.at, row.kind, row.facts, row.name),
        )
        for row in rows[:PAGE]
    ]
    return lines, lines[-1].position if len(rows) > PAGE else None


def people() -> list[tuple[int, str]]:
    """Return everybody who has or had an account, by name, with their sign-in name to tell equal names apart."""
    query = select(Person.id, Person.name, Person.sign_in_name).order_by(Person.id)
    return [(row.id, f"{row.name}（{row.sign_in_name}）") for row in db.session.execute(query)]
