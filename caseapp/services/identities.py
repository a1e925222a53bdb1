"""The full identity number: shown once to whom the work demands it, and never without a line in the history."""

from datetime import datetime

from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, Permission
from caseapp.gateways.cipher import SealBroken
from caseapp.services import audit, cases, installation


class IdentityUnreadable(DomainError):
    text = "证件号码无法读取，请联系管理员核对数据密钥。"


def show(case_id: int, *, actor: Actor, at: datetime) -> str:
    """Return the applicant's full number and record who looked.

    Raises `NotVisible`, `NotPermitted` or `IdentityUnreadable`.
    """
    case = cases.get(case_id, actor=actor, permission=Permission.SEE_IDENTITY)
    sealed = case.applicant.identity_sealed

    try:
        number = installation.current().vault.open(sealed, bound_to=f"identity {case.number}")
    except SealBroken:
        raise IdentityUnreadable() from None

    audit.record(case, EventKind.IDENTITY_SHOWN, actor=actor, at=at)
    return number
