"""转办: another department of the district takes the case over; no clock begins anew (art. 31; R11, E1)."""

from caseapp.domain.errors import DomainError


class SameDepartment(DomainError):
    text = "这份申请已由{department}承办，请选择另一个部门。"
    field = "department"


class ExtensionUndecided(DomainError):
    text = "有一次延期正等待负责人审批，须先决定，才能转办。"


class FeeUndecided(DomainError):
    text = "有一次收费正等待负责人审批，须先决定，才能转办。"


def check_decided(*, extension_waits: bool, fee_waits: bool) -> None:
    """Refuse while the head has a proposal of the department before him: the next one did not make it."""
    if extension_waits:
        raise ExtensionUndecided()
    if fee_waits:
        raise FeeUndecided()


def check_another(*, department_id: int | None, chosen_id: int, name: str) -> None:
    """Refuse the department that has the case already."""
    if department_id == chosen_id:
        raise SameDepartment(department=name)
