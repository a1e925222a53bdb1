"""What was withheld comes up for review every year (art. 18; R60)."""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome

WITHHOLDS = frozenset({Outcome.WITHHELD, Outcome.PARTIAL})
LEAP_DAY = (2, 29)


class ReviewResult(StrEnum):
    """What the review found."""

    STILL_WITHHELD = "still_withheld"
    CAN_BE_DISCLOSED = "can_be_disclosed"

    @property
    def label(self) -> str:
        return {"still_withheld": "仍不予公开", "can_be_disclosed": "可以公开，转为主动公开"}[self.value]


class NothingToReview(DomainError):
    text = "这份申请没有到期的年度复查。"


class ReviewTooEarly(DomainError):
    text = "下一次复查在 {due} 之后进行。"


class ReviewReasonMissing(DomainError):
    text = "请写明复查的理由，例如原来的依据是否仍然成立。（第十八条）"
    field = "reason"


def next_review(after: date) -> date:
    """Return the day one year later; the day after 28 February where there is no 29th."""
    if (after.month, after.day) == LEAP_DAY:
        return date(after.year + 1, 3, 1)
    return after.replace(year=after.year + 1)


def next_after(due_on: date, *, today: date) -> date:
    """Return when the next review is due: years that were missed are made up for by one review."""
    while due_on <= today:
        due_on = next_review(due_on)
    return due_on


def check_review(*, due_on: date, reason: str, today: date) -> None:
    """Refuse a review before its day, and one that gives no reason."""
    if today < due_on:
        raise ReviewTooEarly(due=chinese_date(due_on))
    if not reason.strip():
        raise ReviewReasonMissing
