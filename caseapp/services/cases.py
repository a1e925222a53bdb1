"""The case: found for those who may see it, locked for those who act on it, moved along the one table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action, Status, next_status
from caseapp.domain.permissions import NEEDED_FOR, Actor, NotVisible, Permission, Role, demand
from caseapp.models import Case, Department
from caseapp.services import audit

PAGE = 25


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
    query = select(Case).options(joinedload(Case.applicant), joinedload(Case.department)).order_by(Case.id.desc())
    if not sees_every_department(actor.roles):
        query = query.where(Case.department_id == actor.department_id)
    if filters.number:
        query = query.where(Case.number == filters.number)
    if filters.status:
        query = query.where(Case.status == filters.status)
    if filters.department:
        chosen = select(Department.id).where(Department.code == filters.department).scalar_subquery()
        query = query.where(Case.department_id == chosen)
    if filters.before is not None:
        query = query.where(Case.id < filters.before)
    return query


def sees_every_department(roles: Collection[Role]) -> bool:
    """Return whether these roles read the cases of all departments."""
    return bool({Role.CLERK, Role.HEAD, Role.AUDITOR} & set(roles))
