"""What must be done on a case, and by when: derived from its facts, each duty once (art. 30, 32 to 35, 42)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from caseapp.domain.deadlines import TwoClocks
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.fee import FeeStatus

LEAD_WORKING_DAYS = 3  # how long before the day a reminder is due
ITSELF = 0  # the reference of a duty that belongs to the case as a whole


class DutyKind(StrEnum):
    """What is to be done; the value is stored."""

    SUPPLEMENT_CHECK = "supplement_check"
    SUPPLEMENT_NOTICE = "supplement_notice"
    SUPPLEMENT_REPLY = "supplement_reply"
    CONSULTATION_REPLY = "consultation_reply"
    EXTENSION_NOTICE = "extension_notice"
    REASONS_REPLY = "reasons_reply"
    FEE_PAYMENT = "fee_payment"
    ANSWER_LOCAL = "answer_local"
    ANSWER_STATUTORY = "answer_statutory"
    DELIVERY = "delivery"


DUTY_WORDS = {
    DutyKind.SUPPLEMENT_CHECK: "核对内容是否明确；需要补正的，最晚当日告知申请人",
    DutyKind.SUPPLEMENT_NOTICE: "寄出补正告知书",
    DutyKind.SUPPLEMENT_REPLY: "补正到期：收取补正材料，或判断是否按逾期不补正结束",
    DutyKind.CONSULTATION_REPLY: "征求意见到期：登记回复，或对未答复作出处理",
    DutyKind.EXTENSION_NOTICE: "延期须经同意并告知申请人",
    DutyKind.REASONS_REPLY: "说明理由到期：登记理由，或判断是否不予处理",
    DutyKind.FEE_PAYMENT: "缴费到期：登记缴费，或按逾期未缴费处理",
    DutyKind.ANSWER_LOCAL: "在承诺期限内答复",
    DutyKind.ANSWER_STATUTORY: "在法定期限内答复",
    DutyKind.DELIVERY: "送达答复书",
}
DUTY_ARTICLES = {
    DutyKind.SUPPLEMENT_CHECK: "第三十条",
    DutyKind.SUPPLEMENT_NOTICE: "第三十条",
    DutyKind.SUPPLEMENT_REPLY: "第三十条",
    DutyKind.CONSULTATION_REPLY: "第三十二条、第三十四条",
    DutyKind.EXTENSION_NOTICE: "第三十三条第二款",
    DutyKind.REASONS_REPLY: "第三十五条",
    DutyKind.FEE_PAYMENT: "第四十二条",
    DutyKind.ANSWER_LOCAL: "第三十三条、本机关承诺标准",
    DutyKind.ANSWER_STATUTORY: "第三十三条",
    DutyKind.DELIVERY: "第三十三条、国办公开办函〔2016〕235号",
}
# A day that passes without harm when nothing was needed: never called overdue.
LAPSES_BY_ITSELF = frozenset({DutyKind.SUPPLEMENT_CHECK})


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One thing to do: `ref` is the id of the row it belongs to; no `due_on` while the period stands still."""

    kind: DutyKind
    ref: int
    due_on: date | None
    done_on: date | None
    about: str = ""  # whom or what it concerns, where a case may have several of the kind


class SupplementFacts(Protocol):
    """A notice to correct and what came of it (art. 30)."""

    @property
    def id(self) -> int: ...
    @property
    def asked_on(self) -> date: ...
    @property
    def reply_by(self) -> date: ...
    @property
    def taken_on(self) -> date | None: ...
    @property
    def lapsed_on(self) -> date | None: ...


class ConsultationFacts(Protocol):
    """A question to a third party or an organ (art. 32, 34)."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def opened_on(self) -> date: ...
    @property
    def delivered_on(self) -> date | None: ...
    @property
    def closed_on(self) -> date | None: ...
    @property
    def judged_on(self) -> date | None: ...


class ExtensionFacts(Protocol):
    """A proposed extension (art. 33, para. 2)."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> ExtensionStatus: ...
    @property
    def notified_on(self) -> date | None: ...


class ReasonsFacts(Protocol):
    """A request for the reasons of many applications (art. 35)."""

    @property
    def id(self) -> int: ...
    @property
    def reply_by(self) -> date: ...
    @property
    def recorded_on(self) -> date | None: ...
    @property
    def judged_on(self) -> date | None: ...


class FeeFacts(Protocol):
    """A fee of which the applicant was told (art. 42)."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> FeeStatus: ...
    @property
    def pay_by(self) -> date | None: ...
    @property
    def paid_on(self) -> date | None: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyFacts:
    """What the duties of one case follow from."""

    clocks: TwoClocks
    ended_on: date | None = None  # answered, or closed without an answer
    issued_on: date | None = None  # the answer was signed and numbered
    today: date
    supplements: tuple[tuple[SupplementFacts, date | None], ...] = ()  # each with the posting date of its notice
    consultations: tuple[ConsultationFacts, ...] = ()
    extensions: tuple[ExtensionFacts, ...] = ()
    reasons: tuple[ReasonsFacts, ...] = ()
    fees: tuple[FeeFacts, ...] = ()
    is_correction: bool = False  # art. 41 knows no notice to correct the application
    consultation_due: Callable[[ConsultationFacts], date]  # 15 working days after its delivery (R23)


def duties(facts: DutyFacts) -> tuple[Duty, ...]:
    """Return every duty of the case, each once; the end of the case ends those that were still open."""
    found = (*_of_the_period(facts), *_of_supplements(facts), *_of_the_rest(facts))
    if facts.ended_on is None:
        return found
    return tuple(duty if duty.done_on else replace(duty, done_on=facts.ended_on) for duty in found)


def _of_the_period(facts: DutyFacts) -> Iterator[Duty]:
    local, statutory = facts.clocks.local, facts.clocks.statutory
    yield Duty(kind=DutyKind.ANSWER_LOCAL, ref=ITSELF, due_on=local.answer_due, done_on=None)
    yield Duty(kind=DutyKind.ANSWER_STATUTORY, ref=ITSELF, due_on=statutory.answer_due, done_on=None)
    if facts.issued_on is not None:
        yield Duty(kind=DutyKind.DELIVERY, ref=ITSELF, due_on=local.answer_due, done_on=None)
    for row in facts.extensions:
        done_on = row.notified_on
        if row.status is ExtensionStatus.REFUSED:
            done_on = facts.today
        yield Duty(kind=DutyKind.EXTENSION_NOTICE, ref=row.id, due_on=local.first_due, done_on=done_on)


def _of_supplements(facts: DutyFacts) -> Iterator[Duty]:
    last_day = facts.clocks.local.supplement_notice_due
    if last_day is not None and not facts.is_correction:
        asked = min((row.asked_on for row, _ in facts.supplements), default=facts.issued_on)
        if asked is None and facts.clocks.local.counted_from > last_day:
            asked = last_day  # the one notice belonged to the first period
        yield Duty(kind=DutyKind.SUPPLEMENT_CHECK, ref=ITSELF, due_on=last_day, done_on=asked)
    for row, posted_on in facts.supplements:
        due_on = max(last_day, row.asked_on) if last_day else row.asked_on
        answered_on = row.taken_on or row.lapsed_on
        yield Duty(kind=DutyKind.SUPPLEMENT_NOTICE, ref=row.id, due_on=due_on, done_on=posted_on or answered_on)
        yield Duty(kind=DutyKind.SUPPLEMENT_REPLY, ref=row.id, due_on=row.reply_by, done_on=answered_on)


def _of_the_rest(facts: DutyFacts) -> Iterator[Duty]:
    for consulted in facts.consultations:
        yield Duty(
            kind=DutyKind.CONSULTATION_REPLY,
            ref=consulted.id,
            due_on=facts.consultation_due(consulted),
            done_on=consulted.closed_on or consulted.judged_on,
            about=consulted.name,
        )
    for asked in facts.reasons:
        done_on = asked.recorded_on or asked.judged_on
        yield Duty(kind=DutyKind.REASONS_REPLY, ref=asked.id, due_on=asked.reply_by, done_on=done_on)
    for fee in facts.fees:
        if fee.pay_by is not None:
            ended_on = None if fee.status is FeeStatus.NOTICED else facts.today
            yield Duty(kind=DutyKind.FEE_PAYMENT, ref=fee.id, due_on=fee.pay_by, done_on=fee.paid_on or ended_on)


def is_overdue(kind: DutyKind, *, due_on: date | None, today: date) -> bool:
    """Return whether an open duty has missed its day; the check of art. 30 is never overdue, its day just passes."""
    return due_on is not None and due_on < today and kind not in LAPSES_BY_ITSELF
