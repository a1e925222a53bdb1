"""复议、诉讼: what became of an answer that was contested, and the handling anew that a decision may order (R63).

Results are kept in the scheme of table four: three ways to contest, four cells each (regulation, 3.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date

MOST_WORKING_DAYS = 120


class DisputeKind(StrEnum):
    """The three blocks of table four."""

    REVIEW = "review"
    SUIT = "suit"
    SUIT_AFTER_REVIEW = "suit_after_review"

    @property
    def label(self) -> str:
        return KIND_LABELS[self]

    @property
    def is_review(self) -> bool:
        return self is DisputeKind.REVIEW

    @property
    def decision(self) -> str:
        """Return what ends it."""
        return "行政复议决定" if self.is_review else "人民法院裁判"


KIND_LABELS = {
    DisputeKind.REVIEW: "行政复议",
    DisputeKind.SUIT: "行政诉讼（未经复议直接起诉）",
    DisputeKind.SUIT_AFTER_REVIEW: "行政诉讼（复议后起诉）",
}


class DisputeResult(StrEnum):
    """The cells of each block; what has no result yet is 尚未审结."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"

    @property
    def label(self) -> str:
        return RESULT_LABELS[self]


RESULT_LABELS = {
    DisputeResult.UPHELD: "结果维持",
    DisputeResult.CORRECTED: "结果纠正",
    DisputeResult.OTHER: "其他结果",
}
PENDING = "尚未审结"


@dataclass(frozen=True, kw_only=True)
class Begun:
    """That the answer is contested: where, under which number, and on which day the office learned of it."""

    kind: DisputeKind
    body: str
    docket: str
    began_on: date


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How it ended: the number and the day of the decision, and what it says."""

    result: DisputeResult
    decided_on: date
    decision_no: str
    summary: str


@dataclass(frozen=True, kw_only=True)
class Order:
    """To handle the case anew from `effective_on`, day zero; in so many working days, or by a day, or as by law."""

    effective_on: date
    working_days: int | None = None
    answer_by: date | None = None


class Known(Protocol):
    """A dispute of the case that is recorded already."""

    @property
    def kind(self) -> DisputeKind: ...
    @property
    def result(self) -> DisputeResult | None: ...


class BeganInFuture(DomainError):
    text = "收到受理或者应诉通知的日期不能晚于今天。"
    field = "began_on"


class BeganBeforeArrival(DomainError):
    text = "收到受理或者应诉通知的日期不能早于申请到达之日（{arrived}）。"
    field = "began_on"


class StillPending(DomainError):
    text = "这份申请已有一件{kind}尚未审结。请先登记它的结果。"
    field = "kind"


class NotReviewed(DomainError):
    text = "还没有登记过已经审结的行政复议，不能登记为“复议后起诉”。请先登记复议结果，或者改选“未经复议直接起诉”。"
    field = "kind"


class WasReviewed(DomainError):
    text = "这份申请经过行政复议，应登记为“复议后起诉”。"
    field = "kind"


class NothingPending(DomainError):
    text = "这份申请没有尚未审结的复议、诉讼。"
    field = "dispute"


class DecidedInFuture(DomainError):
    text = "决定、裁判的日期不能晚于今天。"
    field = "decided_on"


class DecidedBeforeBeginning(DomainError):
    text = "决定、裁判的日期不能早于收到受理或者应诉通知之日（{began}）。"
    field = "decided_on"


class UpheldAndReopened(DomainError):
    text = "结果为“维持”的，不需要重新办理。请改选结果，或者只登记结果。"
    field = "result"


class EffectiveInFuture(DomainError):
    text = "重新办理的起算之日不能晚于今天。"
    field = "effective_on"


class EffectiveBeforeDecision(DomainError):
    text = "重新办理的起算之日不能早于决定、裁判的日期（{decided}）。"
    field = "effective_on"


class EffectiveBeforeFacts(DomainError):
    text = "{day} 已经办理过有关事项，重新办理的起算之日不能早于这一天。"
    field = "effective_on"


class PeriodTooLong(DomainError):
    text = "请填写 1 至 {most} 个工作日。"
    field = "working_days"


class LastDayTooEarly(DomainError):
    text = "期限的最后一日应当晚于起算之日（{effective}）。"
    field = "answer_by"


class NoDepartment(DomainError):
    text = "这份申请在分派之前就已结束，没有承办部门，不能在原申请上重新办理。请重新登记一份申请。"


class PeriodIsSet(DomainError):
    text = "本次重新办理的期限由{decision}确定，不能延长，也不因补正、收费重新计算。"


def check_begun(begun: Begun, *, known: Iterable[Known], arrived_on: date, today: date) -> None:
    """Refuse a contest that cannot be: out of time, twice at once, or a suit in the wrong block of table four."""
    if begun.began_on > today:
        raise BeganInFuture
    if begun.began_on < arrived_on:
        raise BeganBeforeArrival(arrived=chinese_date(arrived_on))
    known = list(known)
    for one in known:
        if one.result is None:
            raise StillPending(kind=one.kind.label)
    reviewed = any(one.kind is DisputeKind.REVIEW for one in known)
    if begun.kind is DisputeKind.SUIT_AFTER_REVIEW and not reviewed:
        raise NotReviewed
    if begun.kind is DisputeKind.SUIT and reviewed:
        raise WasReviewed


def check_decision(decision: Decision, *, began_on: date, today: date) -> None:
    """Refuse a decision of a day that cannot be."""
    if decision.decided_on > today:
        raise DecidedInFuture
    if decision.decided_on < began_on:
        raise DecidedBeforeBeginning(began=chinese_date(began_on))


def check_order(order: Order, decision: Decision, *, last_fact_on: date | None, today: date) -> None:
    """Refuse an order that the decision cannot have given, or that would begin before what was done on the case."""
    if decision.result is DisputeResult.UPHELD:
        raise UpheldAndReopened
    if order.effective_on > today:
        raise EffectiveInFuture
    if order.effective_on < decision.decided_on:
        raise EffectiveBeforeDecision(decided=chinese_date(decision.decided_on))
    if last_fact_on is not None and order.effective_on < last_fact_on:
        raise EffectiveBeforeFacts(day=chinese_date(last_fact_on))
    if order.working_days is not None and not 1 <= order.working_days <= MOST_WORKING_DAYS:
        raise PeriodTooLong(most=MOST_WORKING_DAYS)
    if order.answer_by is not None and order.answer_by <= order.effective_on:
        raise LastDayTooEarly(effective=chinese_date(order.effective_on))


def check_not_set(*, decision: str) -> None:
    """Refuse what would move a period that a review body or a court has set; `decision` names it, "" where none has."""
    if decision:
        raise PeriodIsSet(decision=decision)
