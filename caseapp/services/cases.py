"""The case: found for those who may see it, locked for those who act on it, moved along the one table."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, ColumnElement, Select, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from caseapp.db import db, fetch
from caseapp.domain.correction import check_disclosure
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.lifecycle import Action, Status, next_status
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.outcome import Outcome, report_row
from caseapp.domain.permissions import NEEDED_FOR, Actor, NotVisible, Permission, Role, demand
from caseapp.models import Applicant, Case, Department, Reply
from caseapp.services import audit, reopenings

PAGE = 25
STRETCH = 5_000  # cases that one page looks through for what has no index

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


def several(case_ids: Collection[int], *, actor: Actor, permission: Permission) -> list[Case]:
    """Return these cases by id; raises `NotVisible` or `NotPermitted` if one of them is closed to him."""
    found = db.session.scalars(select(Case).where(Case.id.in_(case_ids)).order_by(Case.id)).all()
    if len(found) != len(set(case_ids)):
        raise NotVisible()
    for case in found:
        demand(actor, permission, case)
    return list(found)


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
    """What the list of cases is narrowed to; empty entries narrow nothing. Days are included at both ends."""

    number: str = ""
    status: Status | None = None
    department: str = ""
    before: int | None = None  # keyset: only cases with a smaller id
    due_from: date | None = None  # of open cases
    due_through: date | None = None
    received_from: date | None = None
    received_through: date | None = None
    outcome: Outcome | None = None
    applicant_kind: ApplicantKind | None = None
    drafted_by: int | None = None  # a person who wrote a reply to it

    @property
    def are_looked_for(self) -> bool:
        """Return whether an entry has no index of its own, so that it is looked for, a stretch of cases at a time."""
        days = (self.due_from, self.due_through, self.received_from, self.received_through)
        return any(entry is not None for entry in (*days, self.outcome, self.applicant_kind, self.drafted_by))


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
LISTED_BY_ID = LISTED.where(Case.id.in_(bindparam("ids", expanding=True)))
IDS: Rows = select(Case.id)


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of cases and where the next one starts, if there is one."""

    cases: list[ListedCase]
    next_before: int | None


def find(filters: Filters, *, actor: Actor, size: int = PAGE) -> Page:
    """Return one page of the cases that the actor may read, newest first: by key, never by offset.

    What has no index is looked for among the next `STRETCH` cases only: the page may then hold fewer cases than it
    could, or none, and `next_before` says where the search goes on.
    """
    chosen = _chosen(filters, actor=actor)
    query = _of_number(tuple(chosen)) if filters.number else _newest_first(tuple(chosen), size, LISTED)
    place = {"number": filters.number} if filters.number else {"before": filters.before or LARGEST_ID}
    stretch = _newest_first(tuple(chosen), STRETCH - 1, IDS) if filters.are_looked_for and not filters.number else None
    if filters.are_looked_for:
        query = _looked_for(query if stretch is None else LISTED.where(Case.id.in_(stretch)), filters)
        query = query.order_by(Case.id.desc()).limit(size + 1)
    found = [ListedCase._make(row) for row in fetch(query, {**chosen, **place})]
    if len(found) > size:
        return Page(cases=found[:size], next_before=found[size - 1].id)
    searched_to = None if stretch is None else _end_of(stretch, {**chosen, **place})
    return Page(cases=found, next_before=searched_to)


# Asked of each case by itself: PostgreSQL would otherwise begin with all applicants of a rare kind.
KIND_OF_ITS_APPLICANT: ColumnElement[Any] = (
    select(Applicant.kind).where(Applicant.case_id == Case.id).correlate(Case).scalar_subquery()
)


def _looked_for(query: Rows, filters: Filters) -> Rows:
    bounds = (
        (Case.urgency_on, filters.due_from, filters.due_through),
        (Case.received_on, filters.received_from, filters.received_through),
    )
    for column, first, last in bounds:
        if first is not None:
            query = query.where(column >= first)
        if last is not None:
            query = query.where(column <= last)
    if filters.outcome is not None:
        query = query.where(Case.outcome == filters.outcome)
    if filters.applicant_kind is not None:
        query = query.where(KIND_OF_ITS_APPLICANT.in_((filters.applicant_kind,)))
    if filters.drafted_by is not None:
        query = query.where(exists().where(Reply.case_id == Case.id, Reply.drafted_by_id == filters.drafted_by))
    return query


def _end_of(stretch: Rows, values: Mapping[str, object]) -> int | None:
    """Return the last id of a stretch behind which more cases lie, None where it reaches the oldest."""
    found = stretch.subquery()
    last, how_many = db.session.execute(select(func.min(found.c.id), func.count()), values).one()
    return last if how_many == STRETCH else None


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
def _newest_first(chosen: tuple[str, ...], size: int, shown: Rows) -> Rows:
    """Order by id downwards, from below `before`, as the index that begins with the chosen columns has the cases.

    The columns are asked for as a range from their values to their values. Were they asked for by equality, PostgreSQL
    would read all cases by id instead and pass over those not wanted: without end where a department has only old ones.
    """
    columns = [getattr(Case, name) for name in chosen]
    values = [_value(column) for column in columns]
    below = tuple_(*columns, Case.id) < tuple_(*values, bindparam("before", type_=Case.id.type))
    query = shown.order_by(*(column.desc() for column in columns), Case.id.desc()).limit(size + 1)
    return query.where(below, tuple_(*columns) >= tuple_(*values)) if chosen else query.where(below)


def _value(column: InstrumentedAttribute[Any]) -> BindParameter[Any]:
    return bindparam(column.key, type_=column.type)


def sees_every_department(roles: Collection[Role]) -> bool:
    """Return whether these roles read the cases of all departments."""
    return bool({Role.CLERK, Role.HEAD, Role.AUDITOR} & set(roles))
