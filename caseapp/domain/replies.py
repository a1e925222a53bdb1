"""The reply on its way: drafted, sent for approval, returned, issued (art. 45; D33)."""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.letters import chinese_date


class ReplyStatus(StrEnum):
    """Where the drafted answer stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ISSUED = "issued"


REPLY_WORDS = {
    ReplyStatus.DRAFT: "草稿",
    ReplyStatus.SUBMITTED: "待负责人审批",
    ReplyStatus.RETURNED: "已退回修改",
    ReplyStatus.ISSUED: "已签发",
}


class NothingDrafted(DomainError):
    text = "请先起草答复，再送审。"


class DeliveredInFuture(DomainError):
    text = "送达日期不能晚于今天。"
    field = "on"


class DeliveredBeforeIssue(DomainError):
    text = "送达日期不能早于答复书的签发日期（{issued}）。"
    field = "on"


class TrackingNumberMissing(DomainError):
    text = "请填写邮件号，以邮政企业的寄件凭证为准。（国办公开办函〔2016〕235号）"
    field = "tracking_number"


def check_delivery(*, on: date, issued_on: date, today: date) -> None:
    """Refuse a delivery date after today or before the letter's own date (L8, R46)."""
    if on > today:
        raise DeliveredInFuture()
    if on < issued_on:
        raise DeliveredBeforeIssue(issued=chinese_date(issued_on))
