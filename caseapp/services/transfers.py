"""转办: the case goes to another department as it stands; its day of receipt and its dates stay (R11)."""

from datetime import datetime

from caseapp.domain import transfer as rules
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.fee import FeeStatus
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.models import Extension, Fee
from caseapp.services import audit, cases, deadlines, extensions, fees, routing


def transfer(case_id: int, *, department: str, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Give the case to another department, with its draft, its consultations and its papers; the period runs on.

    Raises `ExtensionUndecided` or `FeeUndecided` while the head has a proposal before him, `SameDepartment`,
    `DepartmentUnknown`.
    """
    case = cases.take_up(case_id, action=Action.TRANSFER, version=version, actor=actor)
    check_decided(extensions.latest(case.id), fees.latest(case.id))
    chosen, before = routing.department_by_code(department), case.department
    rules.check_another(department_id=case.department_id, chosen_id=chosen.id, name=chosen.name)

    case.department_id = chosen.id
    cases.move(case, Action.TRANSFER, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.TRANSFERRED,
        actor=actor,
        at=at,
        from_department=before.name if before else None,
        department=chosen.name,
        received_on=case.received_on,
        reason=reason,
    )


def check_decided(extension: Extension | None, fee: Fee | None) -> None:
    """Refuse to hand on a case with a proposal that waits for the head."""
    rules.check_decided(
        extension_waits=extension is not None and extension.status is ExtensionStatus.PROPOSED,
        fee_waits=fee is not None and fee.status is FeeStatus.PROPOSED,
    )
