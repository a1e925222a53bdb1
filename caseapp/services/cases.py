"""The case: found for those who may see it, locked for those who act on it, moved along the one table."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from caseapp.db import db
from caseapp.domain.correction import check_disclosure
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.lifecycle import Action, Status, next_status
from caseapp.domain.outcome import Outcome, report_row
from caseapp.domain.permissions import NEEDED_FOR, Actor, NotVisible, Permission, Role, demand
from caseapp.models import Applicant, Case, Department
from caseapp.services import audit, reopenings

PAGE = 25
LARGEST_ID = 2**31 - 1

Rows = Select[*tuple[Any, ...]]

BY_ID = select(Case).where(Case.id == bindparam("id")).options(joinedload(Case.applicant), joinedload(Case.department))


# Acts that the Regulation knows for requests for information only; a correction (art. 41) has none of them.
FOR_DISCLOSURE = frozenset(
    {
        *(Action.PROPOSE_EXTENSION, Action.ASK_SUPPLEMENT, Action.OPEN_CONSULTATION),
        *(Action.PROPOSE_FEE, Action.ASK_REASONS),
    }
)


class CaseChanged(DomainError):
    """The form was drawn from an older state of the case."""

    text = "这份申请刚被{who}更新。您填写的内容已保留在下面，请核对后再提交。"


def get(case_id: int, *, actor: Actor, permission: Permission = Permission.READ_CASE) -> Case:
    """Return the case with its applicant and department; raises `NotVisible` or `NotPermitted`."""
    case = db.session.scalar(BY_ID, {"id": case_id})
    if case is None:
        raise NotVisible()
    demand(actor, permission, case)
    return case


def lock(case_id: int, *, actor: Actor, permission: Permission) -> Case:
    """Lock the case for what is kept with it and moves it nowhere; raises `NotVisible` or `NotPermitted`."""
    case = db.session.get(Case, case_id, with_for_update={"of": Case}, populate_existing=True)
    if case is None:
        raise NotVisible()
    demand(actor, permission, case)
    return case


def take_up(case_id: int, *, action: Action, version: int, actor: Actor) -> Case:
    """Lock the case for an act and judge on the locked row.

    Raises `NotVisible`, `NotPermitted`, `CaseChanged` (the form is older than the case), `ActionNotAllowed`, or
    `PeriodIsSet` for an act that would move a period which a review body or a court has set.
    """
    case = lock(case_id, actor=actor, permission=NEEDED_FOR[action])
    if case.version != version:
        raise CaseChanged(who=audit.last_actor(case.id))
    next_status(case.status, action)
    reopenings.check_may_move(case, action)
    if action in FOR_DISCLOSURE:
        check_disclosure(case.case_kind)
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
    count_in_report(case, row=report_row(outcome, None), on=on)
    move(case, action, at=at)


def count_in_report(case: Case, *, row: str, on: date) -> None:
    """Write where a case counts in table three, at its first end; an answer after review or suit adds nothing (I6)."""
    if case.reported_on is None:
        case.report_row, case.reported_on = row, on


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the list of cases is narrowed to; empty entries narrow nothing."""

    number: str = ""
    status: Status | None = None
    department: str = ""
    before: int | None = None  # keyset: only cases with a smaller id


class ListedCase(NamedTuple):
    """A case as lists show it."""

    id: int
    number: str
    title: str
    description: str
    status: Status
    urgency_on: date | None
    local_due_on: date | None
    provisional: bool
    local_rule_set: str
    applicant: str  # by his full name
    applicant_kind: ApplicantKind
    department: str | None


DEPARTMENT_ID = select(Department.id).where(Department.code == bindparam("code"))
# In the order of `ListedCase`.
LISTED: Rows = (
    select(
        *(Case.id, Case.number, Case.title, Case.description, Case.status, Case.urgency_on, Case.local_due_on),
        *(Case.provisional, Case.local_rule_set, Applicant.name, Applicant.kind, Department.short_name),
    )
    .outerjoin(Applicant, Applicant.case_id == Case.id)
    .outerjoin(Department, Department.id == Case.department_id)
)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of cases and where the next one starts, if there is one."""

    cases: list[ListedCase]
    next_before: int | None


def find(filters: Filters, *, actor: Actor, size: int = PAGE) -> Page:
    """Return one page of the cases that the actor may read, newest first: by key, never by offset."""
    chosen = _chosen(filters, actor=actor)
    query = _of_number(tuple(chosen)) if filters.number else _newest_first(tuple(chosen), size)
    place = {"number": filters.number} if filters.number else {"before": filters.before or LARGEST_ID}
    rows = [ListedCase._make(row) for row in db.session.execute(query, {**chosen, **place})]
    shown = rows[:size]
    return Page(cases=shown, next_before=shown[-1].id if len(rows) > size else None)


def _chosen(filters: Filters, *, actor: Actor) -> dict[str, object]:
    """Return the columns that the list is narrowed by, with their values; an officer's own department in any case."""
    chosen: dict[str, object] = {}
    if not sees_every_department(actor.roles):
        chosen["department_id"] = actor.department_id
    elif filters.department:
        chosen["department_id"] = db.session.scalar(DEPARTMENT_ID, {"code": filters.department})
    if filters.status:
        chosen["status"] = filters.status
    return chosen


@cache
def _of_number(chosen: tuple[str, ...]) -> Rows:
    """Return the query for the one case of this number, if it is among those chosen."""
    columns = [getattr(Case, name) for name in ("number", *chosen)]
    return LISTED.where(*(column == _value(column) for column in columns)).limit(PAGE + 1)


@cache
def _newest_first(chosen: tuple[str, ...], size: int) -> Rows:
    """Order by id downwards, from below `before`, as the index that begins with the chosen columns has the cases.

    The columns are asked for as a range from their values to their values. Were they asked for by equality, PostgreSQL
    would read all cases by id instead and pass over those not wanted: without end where a department has only old ones.
    """
    columns = [getattr(Case, name) for name in chosen]
    values = [_value(column) for column in columns]
    below = tuple_(*columns, Case.id) < tuple_(*values, bindparam("before", type_=Case.id.type))
    query = LISTED.order_by(*(column.desc() for column in columns), Case.id.desc()).limit(size + 1)
    return query.where(below, tuple_(*columns) >= tuple_(*values)) if chosen else query.where(below)


def _value(column: InstrumentedAttribute[Any]) -> BindParameter[Any]:
    return bindparam(column.key, type_=column.type)


def sees_every_department(roles: Collection[Role]) -> bool:
    """Return whether these roles read the cases of all departments."""
    return bool({Role.CLERK, Role.HEAD, Role.AUDITOR} & set(roles))
