"""Messages to applicants: what is told, when it is tried again, and when a person has to look (art. 30, 33, 40).

A message is queued in the act's own transaction. It is sent at most once as far as anybody can know: what was being
sent when the worker died is not sent again by itself.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay


class NoticeKind(StrEnum):
    """What is told; the words of each are a template under templates/notices."""

    REGISTERED = "registered"
    LETTER = "letter"
    DATE_MOVED = "date_moved"
    DUTIES = "duties"  # to a member of staff, by e-mail


class NoticeState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"  # the worker died while it was being sent: only the carrier knows
    FAILED = "failed"
    GIVEN_UP = "given_up"

    @property
    def label(self) -> str:
        return STATE_LABELS[self]


STATE_LABELS = {
    NoticeState.WAITING: "等待发送",
    NoticeState.SENDING: "正在发送",
    NoticeState.SENT: "已发送",
    NoticeState.UNKNOWN: "不确定是否已发送",
    NoticeState.FAILED: "发送失败",
    NoticeState.GIVEN_UP: "不再发送",
}
NEEDS_A_PERSON = (NoticeState.UNKNOWN, NoticeState.FAILED)
DELAYS = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440, 1440, 1440)
)  # back-off; then it has failed
LONGEST_SENDING = timedelta(minutes=10)
SUBJECT = "政府信息公开申请 {number}"  # of an e-mail: what is asked stays out of the list of a mailbox
HOW = {
    DeliveryWay.ONLINE: "请凭申请编号和查询码在网上查看。",
    DeliveryWay.POST: "已经寄出，请注意查收。",
    DeliveryWay.IN_PERSON: "已经当面交付。",
    DeliveryWay.EMAIL: "已经发到您留的电子邮箱，请注意查收。",
}


class NoSuchNotice(DomainError):
    text = "没有找到这条通知，或者它已经处理过。"


class WhyMissing(DomainError):
    text = "请写明不再发送的理由，例如已经电话告知。"
    field = "reason"


class TemporaryFailure(Exception):
    """The carrier could not take the message now; it may later."""


class PermanentFailure(Exception):
    """The carrier will never take this message."""


class OutcomeUnknown(Exception):
    """The carrier may have taken the message, or not: it is not sent again by itself."""


def next_try(attempts: int, *, at: datetime) -> datetime | None:
    """Return when a message that has failed so many times is tried again, `None` when it has failed for good."""
    return at + DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
