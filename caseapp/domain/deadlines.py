"""The periods: facts, a rule set and a calendar make the due dates and the ledger behind them (art. 30 to 34)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.ledger import LedgerLine, ledger_of
from caseapp.domain.reading import Reading, Violation, nth_counted_day, read, set_due
from caseapp.domain.rulesets import RuleSet
from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    Event,
    ExtensionGranted,
    FeeNoticed,
    FeePaid,
    Reopened,
    SupplementReceived,
    SupplementRequested,
    Timeline,
)

__all__ = [
    "ClockState",
    "ConsultationClosed",
    "ConsultationOpened",
    "Deadline",
    "Event",
    "ExtensionGranted",
    "FeeNoticed",
    "FeePaid",
    "LedgerLine",
    "Reopened",
    "SupplementReceived",
    "SupplementRequested",
    "Timeline",
    "TwoClocks",
    "Violation",
    "explain",
    "two_clocks",
]


class ClockState(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    SUPPLEMENT_OVERDUE = "supplement_overdue"
    AWAITING_PAYMENT = "awaiting_payment"
    PAYMENT_OVERDUE = "payment_overdue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """What one clock says on `as_of`. The answer dates are None while a supplement or a payment is outstanding."""

    rule_set: RuleSet
    as_of: date
    state: ClockState
    received_on: date
    counted_from: date  # day zero: the receipt, the corrected application (R27), the payment (R53), or the reopening
    supplement_notice_due: date | None  # counted from the first receipt (R26); None where the rule set has no limit
    supplement_due: date | None  # until when the awaited supplement was asked for
    payment_due: date | None  # until when the outstanding fee can be paid; None until the notice was received
    first_due: date | None  # without the extension: the last day to approve one and to tell the applicant (R20)
    answer_due: date | None  # a projection while the state is suspended
    safe_due: date | None  # the answer date if no day were left out for consultations (R22)
    consultation_due: date | None  # the latest reply due date of those open or lapsed
    extended_days: int
    violations: tuple[Violation, ...]
    is_set: bool  # by a review body or a court
    provisional: bool
    ledger: tuple[LedgerLine, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TwoClocks:
    """承诺期限 and 法定期限 of one case (L1)."""

    local: Deadline
    statutory: Deadline


def explain(
    timeline: Timeline, *, rule_set: RuleSet, calendar: WorkingCalendar, as_of: date, with_ledger: bool = True
) -> Deadline:
    """Return the dates that the facts known on `as_of` make under one rule set; facts dated later are not yet known.

    Raises `CalendarMissing` where the calendar does not reach.
    """
    reading = read(timeline, rule_set=rule_set, calendar=calendar, as_of=as_of)
    return _deadline(reading, rule_set=rule_set, calendar=calendar, with_ledger=with_ledger)


def two_clocks(
    timeline: Timeline,
    *,
    local: RuleSet,
    statute: RuleSet,
    calendar: WorkingCalendar,
    as_of: date,
    with_ledger: bool = True,
) -> TwoClocks:
    """Return both clocks; restarts, left-out days and extensions are judged once, by the local standard (L1).

    An extension that counts moves both dates by its days; one that does not count moves neither.
    Raises `CalendarMissing` where the calendar does not reach.
    """
    reading = read(timeline, rule_set=local, calendar=calendar, as_of=as_of)
    return TwoClocks(
        local=_deadline(reading, rule_set=local, calendar=calendar, with_ledger=with_ledger),
        statutory=_deadline(reading, rule_set=statute, calendar=calendar, with_ledger=with_ledger),
    )


def _deadline(reading: Reading, *, rule_set: RuleSet, calendar: WorkingCalendar, with_ledger: bool) -> Deadline:
    notice_due = None
    if rule_set.supplement_notice_days is not None:
        notice_due = calendar.nth_working_day(reading.received_on, rule_set.supplement_notice_days)
    consultation_due = max((c.due_on for c in reading.consultations if c.answered_on is None), default=None)
    extended_days = reading.extended_days(reading.counted_from)
    first_due, answer_due, safe_due = _answer_dates(
        reading, days=rule_set.answer_days, extended_days=extended_days, calendar=calendar
    )
    awaited, unpaid = (reading.awaited, reading.unpaid) if reading.stands_still else (None, None)
    payment_due = unpaid.pay_by if unpaid else None
    shown = (notice_due, answer_due, consultation_due, payment_due)
    return Deadline(
        rule_set=rule_set,
        as_of=reading.as_of,
        state=_state(reading),
        received_on=reading.received_on,
        counted_from=reading.counted_from,
        supplement_notice_due=notice_due,
        supplement_due=awaited.reply_by if awaited else None,
        payment_due=payment_due,
        first_due=first_due,
        answer_due=answer_due,
        safe_due=safe_due,
        consultation_due=consultation_due,
        extended_days=extended_days,
        violations=tuple(v.violation for v in reading.verdicts if v.violation is not None),
        is_set=reading.order is not None,
        provisional=any(day is not None and calendar.is_provisional(day) for day in shown),
        ledger=ledger_of(reading, rule_set=rule_set, calendar=calendar) if with_ledger else (),
    )


def _answer_dates(
    reading: Reading, *, days: int, extended_days: int, calendar: WorkingCalendar
) -> tuple[date, date, date] | tuple[None, None, None]:
    if reading.stands_still:
        return None, None, None
    if reading.order is not None:
        due = set_due(reading.order, calendar=calendar)
        return due, due, due
    start, consultations = reading.counted_from, reading.consultations
    first = nth_counted_day(after=start, days=days, consultations=consultations, calendar=calendar)
    total = days + extended_days
    last = first
    if extended_days:
        last = nth_counted_day(after=start, days=total, consultations=consultations, calendar=calendar)
    return first, last, calendar.nth_working_day(start, total)


def _state(reading: Reading) -> ClockState:
    if reading.order is not None:
        return ClockState.RUNNING
    if reading.awaited:
        overdue = reading.as_of > reading.awaited.reply_by
        return ClockState.SUPPLEMENT_OVERDUE if overdue else ClockState.AWAITING_SUPPLEMENT
    if reading.unpaid:
        overdue = reading.unpaid.pay_by is not None and reading.as_of > reading.unpaid.pay_by
        return ClockState.PAYMENT_OVERDUE if overdue else ClockState.AWAITING_PAYMENT
    if any(c.is_open for c in reading.consultations):
        return ClockState.SUSPENDED
    return ClockState.RUNNING
