"""The case: found for those who may see it, locked for those who act on it, moved along the one table."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action, Status, next_status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NEEDED_FOR, Actor, NotVisible, Permission, Role, demand
from caseapp.models import Case, Department
from caseapp.services import audit

PAGE = 25
LARGEST_ID = 2**31 - 1

Chosen = tuple[InstrumentedAttribute[Any], object]  # a column and the value it is narrowed to


class CaseChanged(DomainError):
    """The form was drawn from an older state of the case."""

    text = "这份申请刚被{who}更新。您填写的内容已保留在下面，请核对后再提交。"


def get(case_id: int, *, actor: Actor, permission: Permission = Permission.READ_CASE) -> Case:
    """Return the case with its applicant and department; raises `NotVisible` or `NotPermitted`."""
    case = db.session.scalar(
        select(Case).where(Case.id == case_id).options(joinedload(Case.applicant), joinedload(Case.department))
    )
    if case is None:
        raise NotVisible()
    demand(actor, permission, case)
    return case


def take_up(case_id: int, *, action: Action, version: int, actor: Actor) -> Case:
    """Lock the case for an act and judge on the locked row.

    Raises `NotVisible`, `NotPermitted`, `CaseChanged` (the form is older than the case) or `ActionNotAllowed`.
    """
    case = db.session.get(Case, case_id, with_for_update={"of": Case}, populate_existing=True)
    if case is None:
        raise NotVisible()
    demand(actor, NEEDED_FOR[action], case)
    if case.version != version:
        raise CaseChanged(who=audit.last_actor(case.id))
    next_status(case.status, action)
    return case


def move(case: Case, action: Action, *, at: datetime) -> None:
    """Put the case where the action leads; every act moves the case, if only in its version."""
    case.status = next_status(case.status, action)
    case.changed_at = at


def lock_for_applicant(case_id: int) -> Case:
    """Lock the case for an act of its applicant, who has no account; the act judges the status. Raises `NotVisible`."""
    case = db.session.get(Case, case_id, with_for_update={"of": Case}, populate_existing=True)
    if case is None:
        raise NotVisible()
    return case


def close(case: Case, action: Action, outcome: Outcome, *, on: date, at: datetime) -> None:
    """End the case without an answer, on that day; the action leads to `Status.CLOSED`."""
    case.outcome, case.closed_on = outcome, on
    move(case, action, at=at)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list of cases is narrowed to; empty entries narrow nothing."""

    number: str = ""
    status: Status | None = None
    department: str = ""
    before: int | None = None  # keyset: only cases with a smaller id


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of cases and where the next one starts, if there is one."""

    cases: list[Case]
    next_before: int | None


def find(filters: Filters, *, actor: Actor) -> Page:
    """Return one page of the cases that the actor may read, newest first."""
    rows = db.session.scalars(narrowed(filters, actor=actor).limit(PAGE + 1)).all()
    shown = list(rows[:PAGE])
    return Page(cases=shown, next_before=shown[-1].id if len(rows) > PAGE else None)


def narrowed(filters: Filters, *, actor: Actor) -> Select[Case]:
    """Return the query behind the list: by key, never by offset, on an index for every combination."""
    query = select(Case).options(joinedload(Case.applicant), joinedload(Case.department))
    chosen: list[Chosen] = []
    if not sees_every_department(actor.roles):
        chosen.append((Case.department_id, actor.department_id))
    if filters.department:
        wanted = db.session.scalar(select(Department.id).where(Department.code == filters.department))
        chosen.append((Case.department_id, wanted))
    if filters.status:
        chosen.append((Case.status, filters.status))
    if filters.number:
        return query.where(Case.number == filters.number, *(column == value for column, value in chosen))
    return _newest_first(query, chosen, before=filters.before)


def _newest_first(query: Select[Case], chosen: Sequence[Chosen], *, before: int | None) -> Select[Case]:
    """Order by id downwards, from below `before`, as the index that begins with the chosen columns has the cases.

    The columns are asked for as a range from their values to their values. Were they asked for by equality, PostgreSQL
    would read all cases by id instead and pass over those not wanted: without end where a department has only old ones.
    """
    columns = [column for column, _ in chosen]
    values = [literal(value, column.type) for column, value in chosen]
    below = tuple_(*columns, Case.id) < tuple_(*values, literal(before or LARGEST_ID))
    query = query.order_by(*(column.desc() for column in columns), Case.id.desc())
    return query.where(below, tuple_(*columns) >= tuple_(*values)) if chosen else query.where(below)


def sees_every_department(roles: Collection[Role]) -> bool:
    """Return whether these roles read the cases of all departments."""
    return bool({Role.CLERK, Role.HEAD, Role.AUDITOR} & set(roles))
