"""撤回: an applicant may take his request back until an answer has been issued; table three counts it as 3.6.3."""

from datetime import date

from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import TRANSITIONS, Action, Status
from caseapp.domain.moments import chinese_date


class WithdrawnInFuture(DomainError):
    text = "收到撤回申请的日期不能晚于今天。"
    field = "on"


class WithdrawnBeforeReceipt(DomainError):
    text = "收到撤回申请的日期不能早于收到政府信息公开申请的日期（{received}）。"
    field = "on"


def can_withdraw(status: Status) -> bool:
    """Return whether the transition table lets a request be withdrawn from there."""
    return (status, Action.WITHDRAW) in TRANSITIONS


def check_day(on: date, *, received_on: date, today: date) -> None:
    """Refuse a day of arrival before the receipt of the request or after today."""
    if on > today:
        raise WithdrawnInFuture()
    if on < received_on:
        raise WithdrawnBeforeReceipt(received=chinese_date(received_on))
