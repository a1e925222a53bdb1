"""Extending the reply period (art. 33, para. 2): once, within the limit, by another person, told in time (L5)."""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date


class ExtensionStatus(StrEnum):
    """Where a proposed extension stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    APPROVED = "approved"  # granted, the applicant not yet told: the due date has not moved
    NOTIFIED = "notified"


EXTENSION_WORDS = {
    ExtensionStatus.PROPOSED: "待负责人审批",
    ExtensionStatus.REFUSED: "负责人未同意",
    ExtensionStatus.APPROVED: "已同意，待告知申请人",
    ExtensionStatus.NOTIFIED: "已告知申请人",
}


class ExtensionTooLong(DomainError):
    text = "延长答复期限最多 {limit} 个工作日，您申请了 {asked} 个。（《条例》第三十三条第二款；本机关承诺标准）"
    field = "working_days"


class ExtensionTooShort(DomainError):
    text = "延长的工作日数应为 1 至 {limit} 之间的整数。"
    field = "working_days"


class ExtensionAfterDue(DomainError):
    text = (
        "答复期限已于 {due} 届满，不能再延长。延期须在期限届满前经负责人同意并告知申请人。（《条例》第三十三条第二款）"
    )


class ExtensionRepeated(DomainError):
    text = "答复期限只能延长一次，这份申请已有一次延期（{status}）。"


class OwnProposal(DomainError):
    text = "不能审批自己提出的事项，须由另一位负责人决定。（《条例》第三十三条第二款；本机关内控要求）"


class NothingProposed(DomainError):
    text = "这份申请没有等待审批的延期。"


class NotApprovedYet(DomainError):
    text = "这份申请没有已同意、待告知的延期。"


class NoticeBeforeApproval(DomainError):
    text = "寄出日期不能早于同意延期的日期（{approved}）。"
    field = "notified_on"


class NoticeInFuture(DomainError):
    text = "寄出日期不能晚于今天。"
    field = "notified_on"


class NoticeTooLate(DomainError):
    text = (
        "寄出日期晚于答复期限（{due}），延期将不生效，答复期限仍为 {due}。"
        "如确系该日寄出，请勾选“我确认按实际日期登记”。（《条例》第三十三条第二款）"
    )
    field = "confirmed_late"


def check_length(working_days: int, *, limit: int) -> None:
    """Refuse less than one and more than `limit` working days (R19)."""
    if working_days < 1:
        raise ExtensionTooShort(limit=limit)
    if working_days > limit:
        raise ExtensionTooLong(limit=limit, asked=working_days)


def check_in_time(*, due_on: date | None, today: date) -> None:
    """Refuse once the due date in force has passed (R18, R20)."""
    if due_on is not None and today > due_on:
        raise ExtensionAfterDue(due=chinese_date(due_on))


def check_once(existing: ExtensionStatus | None) -> None:
    """Refuse a second extension while one waits, was granted or told (L5); a refused one does not count."""
    if existing not in (None, ExtensionStatus.REFUSED):
        raise ExtensionRepeated(status=EXTENSION_WORDS[existing])


def check_two_people(*, proposed_by: tuple[int | None, ...], decided_by: int) -> None:
    """Refuse a decision by anyone who made the proposal (R18)."""
    if decided_by in proposed_by:
        raise OwnProposal()


def check_notice(*, on: date, approved_on: date, today: date) -> None:
    """Refuse a posting date before the approval or after today."""
    if on > today:
        raise NoticeInFuture()
    if on < approved_on:
        raise NoticeBeforeApproval(approved=chinese_date(approved_on))


def check_notice_in_time(*, on: date, due_on: date) -> None:
    """Refuse a posting date after the due date in force: such an extension has no effect (R20)."""
    if on > due_on:
        raise NoticeTooLate(due=chinese_date(due_on))
