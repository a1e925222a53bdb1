"""Which department gets a request: the suggestion, the clerk's assignment, the officer's return."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select

from caseapp.db import db, fetch
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action, ActionNotAllowed
from caseapp.domain.permissions import Actor
from caseapp.domain.routing import Asked, RoutingTable, Suggestion, suggest
from caseapp.domain.routing_table import OUTSIDE
from caseapp.models import Case, Department
from caseapp.services import audit, cases, deadlines, routing_table


class DepartmentUnknown(DomainError):
    text = "请从列出的部门中选择承办部门。"
    field = "department"


class Assignable(NamedTuple):
    """A department that can be assigned a case."""

    code: str
    name: str
    short_name: str


class OneRefused(DomainError):
    """One of several cases cannot be assigned, so that none was."""

    text = "{number}：{why}所选各件都还没有分派，请核对后再提交。"


ASSIGNABLE = select(Department.code, Department.name, Department.short_name).where(Department.active)
IN_ORDER = ASSIGNABLE.order_by(Department.id)
BY_CODE = select(Department).where(Department.code == bindparam("code"), Department.active)


def suggestion(*, title: str, document_no: str, description: str) -> Suggestion:
    """Return the department that the rules in force suggest, with the reason in words."""
    return suggest(Asked(title=title, document_no=document_no, description=description), table())


def table() -> RoutingTable:
    """Return the routing rules in force."""
    return routing_table.current()


def departments() -> list[Assignable]:
    """Return the departments that can be assigned a case, in the order in which they were entered."""
    return [Assignable._make(row) for row in fetch(IN_ORDER)]


def candidates(case: Case) -> list[Assignable]:
    """Return the departments that the routing rules thought of, best first."""
    codes = [code for code in case.candidates.split() if code != OUTSIDE]
    if not codes:
        return []
    found = db.session.execute(ASSIGNABLE.where(Department.code.in_(codes)))
    return sorted(map(Assignable._make, found), key=lambda department: codes.index(department.code))


def department_by_code(code: str) -> Department:
    """Return the department; raises `DepartmentUnknown` for a code that nobody offered."""
    found = db.session.scalar(BY_CODE, {"code": code})
    if found is None:
        raise DepartmentUnknown()
    return found


def apply_suggestion(case: Case, proposed: Suggestion) -> Department | None:
    """Write the suggestion to a case being registered; return its department where one is clear."""
    case.field_code = proposed.field
    case.routing_note = proposed.reason
    case.candidates = " ".join(candidate.department for candidate in proposed.candidates)
    case.proposed_outside = proposed.department == OUTSIDE
    if not proposed.clear:
        return None
    found = db.session.scalar(BY_CODE, {"code": proposed.department})
    case.department_id = found.id if found else None
    return found


def assign(case_id: int, *, department: str, version: int, actor: Actor, at: datetime) -> None:
    """Give a registered case to the department that will answer it (art. 45)."""
    case = cases.take_up(case_id, action=Action.ASSIGN, version=version, actor=actor)
    chosen = department_by_code(department)

    case.department_id = chosen.id
    cases.move(case, Action.ASSIGN, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.ASSIGNED, actor=actor, at=at, department=chosen.name)


def assign_several(versions: Mapping[int, int], *, department: str, actor: Actor, at: datetime) -> None:
    """Give several registered cases to one department, in the order of their ids, or none of them.

    `versions` says which version of each case was seen. Raises `OneRefused` for the first that cannot be assigned.
    """
    for case_id, version in sorted(versions.items()):
        try:
            assign(case_id, department=department, version=version, actor=actor, at=at)
        except (cases.CaseChanged, ActionNotAllowed) as refusal:
            number = cases.get(case_id, actor=actor).number
            raise OneRefused(number=number, why=str(refusal)) from None


def return_to_clerk(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Hand a case back to the window with a reason; its period goes on running (Guiding Case 26)."""
    case = cases.take_up(case_id, action=Action.RETURN_TO_CLERK, version=version, actor=actor)
    from_department = case.department

    case.department_id = None
    cases.move(case, Action.RETURN_TO_CLERK, at=at)

    audit.record(
        case,
        EventKind.RETURNED_TO_CLERK,
        actor=actor,
        at=at,
        department=from_department.name if from_department else None,
        reason=reason,
    )
