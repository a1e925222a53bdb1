"""Who may do what: roles, permissions and the one table of grants. What is not listed is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action


class Role(StrEnum):
    """What a member of staff is appointed to; one person may hold several."""

    CLERK = "clerk"
    OFFICER = "officer"
    HEAD = "head"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


ROLE_WORDS = {
    Role.CLERK: "受理员",
    Role.OFFICER: "承办员",
    Role.HEAD: "负责人",
    Role.ADMINISTRATOR: "管理员",
    Role.AUDITOR: "监督员",
}


class Permission(StrEnum):
    """One thing that can be granted; every route and every act names one."""

    USE_WORKBENCH = "use_workbench"
    READ_CASE = "read_case"
    SEE_IDENTITY = "see_identity"
    REGISTER_CASE = "register_case"  # what came in, and when: 受理窗口
    ASSIGN_CASE = "assign_case"
    WORK_ON_CASE = "work_on_case"
    TRANSFER_CASE = "transfer_case"
    RECORD_DELIVERY = "record_delivery"
    RECORD_PAPERS = "record_papers"  # what the applicant hands in after filing
    PUBLISH_ITEMS = "publish_items"  # 主动公开: what one's own department makes
    RECORD_DISPUTE = "record_dispute"  # 复议、诉讼 and what they order
    DECIDE_EXTENSION = "decide_extension"
    DECIDE_REPLY = "decide_reply"
    DECIDE_FEE = "decide_fee"
    DECIDE_RECEIPT_CHANGE = "decide_receipt_change"
    DECIDE_WORDING = "decide_wording"  # the words of the letters, proposed by an administrator
    SEE_APPROVALS = "see_approvals"
    CHECK_CASES = "check_cases"  # draws cases at random and says what was found
    READ_HELP = "read_help"
    READ_REPORTS = "read_reports"  # numbers, no applicant
    ADMINISTER = "administer"


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: a member of staff, with the roles and the department held at this moment."""

    id: int
    name: str
    roles: frozenset[Role]
    department_id: int | None


class HasDepartment(Protocol):
    """A thing that one department is responsible for, or none yet."""

    @property
    def department_id(self) -> int | None: ...


class NotPermitted(DomainError):
    """The actor may not do this at all."""

    text = "您没有办理这件事的权限。"


class NotVisible(DomainError):
    """The thing is not the actor's to see; edges answer as if it did not exist."""

    text = "没有找到这份申请。"


Rule = Callable[[Actor, HasDepartment | None], bool]


def clerk(actor: Actor, case: HasDepartment | None) -> bool:
    return Role.CLERK in actor.roles


def officer(actor: Actor, case: HasDepartment | None) -> bool:
    return Role.OFFICER in actor.roles


def officer_of_its_department(actor: Actor, case: HasDepartment | None) -> bool:
    """An officer works on his own department's cases only."""
    return (
        Role.OFFICER in actor.roles
        and case is not None
        and case.department_id is not None
        and actor.department_id == case.department_id
    )


def head(actor: Actor, case: HasDepartment | None) -> bool:
    """The head of the 政府信息公开工作机构 (art. 4 and 33, para. 2) decides for every department."""
    return Role.HEAD in actor.roles


def administrator(actor: Actor, case: HasDepartment | None) -> bool:
    return Role.ADMINISTRATOR in actor.roles


def auditor(actor: Actor, case: HasDepartment | None) -> bool:
    return Role.AUDITOR in actor.roles


# A permission is granted when any one of its rules holds.
GRANTS: dict[Permission, tuple[Rule, ...]] = {
    Permission.USE_WORKBENCH: (clerk, officer, head, auditor),
    Permission.READ_CASE: (officer_of_its_department, clerk, head, auditor),
    Permission.SEE_IDENTITY: (officer_of_its_department, clerk),
    Permission.REGISTER_CASE: (clerk,),
    Permission.ASSIGN_CASE: (clerk,),
    Permission.WORK_ON_CASE: (officer_of_its_department,),
    Permission.TRANSFER_CASE: (officer_of_its_department, clerk),
    Permission.RECORD_DELIVERY: (officer_of_its_department, clerk),
    Permission.RECORD_PAPERS: (officer_of_its_department, clerk),
    Permission.PUBLISH_ITEMS: (officer_of_its_department,),
    Permission.RECORD_DISPUTE: (officer_of_its_department, clerk, head),
    Permission.DECIDE_EXTENSION: (head,),
    Permission.DECIDE_REPLY: (head,),
    Permission.DECIDE_FEE: (head,),
    Permission.DECIDE_RECEIPT_CHANGE: (head,),
    Permission.DECIDE_WORDING: (head,),
    Permission.SEE_APPROVALS: (head,),
    Permission.CHECK_CASES: (auditor,),
    Permission.READ_HELP: (clerk, officer, head, auditor, administrator),
    Permission.READ_REPORTS: (head, auditor, administrator),
    Permission.ADMINISTER: (administrator,),
}

# Which permission each act on a case asks for.
NEEDED_FOR: dict[Action, Permission] = {
    Action.CONFIRM_RECEIPT: Permission.REGISTER_CASE,
    Action.LOG_CONTACT: Permission.REGISTER_CASE,
    Action.PROPOSE_RECEIPT_CHANGE: Permission.REGISTER_CASE,
    Action.APPROVE_RECEIPT_CHANGE: Permission.DECIDE_RECEIPT_CHANGE,
    Action.REFUSE_RECEIPT_CHANGE: Permission.DECIDE_RECEIPT_CHANGE,
    Action.ASSIGN: Permission.ASSIGN_CASE,
    Action.RETURN_TO_CLERK: Permission.WORK_ON_CASE,
    Action.DRAFT_REPLY: Permission.WORK_ON_CASE,
    Action.SUBMIT_REPLY: Permission.WORK_ON_CASE,
    Action.RETURN_REPLY: Permission.DECIDE_REPLY,
    Action.ISSUE_REPLY: Permission.DECIDE_REPLY,
    Action.DELIVER: Permission.RECORD_DELIVERY,
    Action.VOID_LETTER: Permission.DECIDE_REPLY,
    Action.PROPOSE_EXTENSION: Permission.WORK_ON_CASE,
    Action.APPROVE_EXTENSION: Permission.DECIDE_EXTENSION,
    Action.REFUSE_EXTENSION: Permission.DECIDE_EXTENSION,
    Action.NOTIFY_EXTENSION: Permission.RECORD_DELIVERY,
    Action.OPEN_CONSULTATION: Permission.WORK_ON_CASE,
    Action.RECORD_CONSULTATION_DELIVERY: Permission.RECORD_DELIVERY,
    Action.CLOSE_CONSULTATION: Permission.WORK_ON_CASE,
    Action.JUDGE_CONSULTATION: Permission.WORK_ON_CASE,
    Action.NOTIFY_THIRD_PARTY: Permission.WORK_ON_CASE,
    Action.ASK_SUPPLEMENT: Permission.WORK_ON_CASE,
    Action.NOTIFY_SUPPLEMENT: Permission.RECORD_DELIVERY,
    Action.TAKE_SUPPLEMENT: Permission.RECORD_PAPERS,
    Action.LAPSE: Permission.WORK_ON_CASE,
    Action.WITHDRAW: Permission.RECORD_PAPERS,
    Action.PROPOSE_FEE: Permission.WORK_ON_CASE,
    Action.APPROVE_FEE: Permission.DECIDE_FEE,
    Action.REFUSE_FEE: Permission.DECIDE_FEE,
    Action.RECORD_FEE_DELIVERY: Permission.RECORD_DELIVERY,
    Action.RECORD_PAYMENT: Permission.RECORD_PAPERS,
    Action.CANCEL_FEE: Permission.WORK_ON_CASE,
    Action.CLOSE_UNPAID: Permission.WORK_ON_CASE,
    Action.ASK_REASONS: Permission.WORK_ON_CASE,
    Action.RECORD_REASONS: Permission.WORK_ON_CASE,
    Action.JUDGE_REASONS: Permission.WORK_ON_CASE,
    Action.TRANSFER: Permission.TRANSFER_CASE,
    Action.SPLIT: Permission.TRANSFER_CASE,
    Action.REVIEW_WITHHELD: Permission.WORK_ON_CASE,
    Action.DECIDE_PUBLICATION: Permission.WORK_ON_CASE,
    Action.RECORD_DISPUTE: Permission.RECORD_DISPUTE,
    Action.DECIDE_DISPUTE: Permission.RECORD_DISPUTE,
    Action.REOPEN: Permission.RECORD_DISPUTE,
}


def is_granted(actor: Actor, permission: Permission, case: HasDepartment | None = None) -> bool:
    """Return whether the table grants `permission` to the actor, for this case where one is given."""
    return any(rule(actor, case) for rule in GRANTS[permission])


def may_ever(actor: Actor, permission: Permission) -> bool:
    """Return whether the actor could be granted `permission` for some case: what a route asks first."""
    its_own = _Department(actor.department_id)
    return is_granted(actor, permission, its_own)


@dataclass(frozen=True)
class _Department:
    department_id: int | None


def demand(actor: Actor, permission: Permission, case: HasDepartment | None = None) -> None:
    """Refuse with `NotVisible` what the actor may not even read, with `NotPermitted` what he may not do."""
    if case is not None and not is_granted(actor, Permission.READ_CASE, case):
        raise NotVisible()
    if not is_granted(actor, permission, case):
        raise NotPermitted()
