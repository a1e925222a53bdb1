"""The reply on its way: drafted, sent for approval, returned, issued (art. 45; D33)."""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import OUTCOMES, Outcome


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


# 能够当场答复的 (art. 33, para. 1): what needs no search, no weighing and nobody else's opinion.
ON_THE_SPOT = (Outcome.DISCLOSED, Outcome.ALREADY_PUBLIC, Outcome.PUBLICATION)


class NothingDrafted(DomainError):
    text = "请先起草答复，再送审。"


class DeliveredInFuture(DomainError):
    text = "送达日期不能晚于今天。"
    field = "on"


class DeliveredBeforeIssue(DomainError):
    text = "送达日期不能早于答复书的签发日期（{issued}）。"
    field = "on"


class NotOnTheDay(DomainError):
    text = "当场答复限于收到申请的当日（{received}）。请按一般程序起草答复。"


class NotOnTheSpot(DomainError):
    text = "“{outcome}”须经审查、检索或者征求意见，不能当场答复。请按一般程序起草答复。"
    field = "outcome"


def check_on_the_spot(outcome: Outcome, *, received_on: date, today: date) -> None:
    """Refuse to answer at the counter on another day, or with what cannot be known there (art. 33, para. 1)."""
    if today != received_on:
        raise NotOnTheDay(received=chinese_date(received_on))
    if outcome not in ON_THE_SPOT:
        raise NotOnTheSpot(outcome=OUTCOMES[outcome].label)


def check_delivery(*, on: date, issued_on: date, today: date) -> None:
    """Refuse a delivery date after today or before the letter's own date (L8, R46)."""
    if on > today:
        raise DeliveredInFuture()
    if on < issued_on:
        raise DeliveredBeforeIssue(issued=chinese_date(issued_on))
