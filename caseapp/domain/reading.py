"""Facts as the rules read them: periods, days left out for consultations, extensions that count or do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from caseapp.domain.calendar import WorkingCalendar
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

Asked = TypeVar("Asked", SupplementRequested, FeeNoticed)


class Violation(StrEnum):
    """Why an extension does not count (L5)."""

    EXTENSION_AFTER_DUE = "extension_after_due"
    EXTENSION_NOT_NOTIFIED = "extension_not_notified"
    EXTENSION_NOTIFIED_AFTER_DUE = "extension_notified_after_due"
    EXTENSION_TOO_LONG = "extension_too_long"
    EXTENSION_REPEATED = "extension_repeated"
    EXTENSION_OF_SET_PERIOD = "extension_of_set_period"


@dataclass(frozen=True, kw_only=True, slots=True)
class Consultation:
    """Time spent asking others, which the period leaves out: `opened_on < day <= closed_on` (art. 33, para. 3; L3).

    `closed_on` is the earlier of the reply and the reply due date; while the question is open it is a projection.
    """

    ref: str
    opened_on: date
    delivered_on: date | None
    due_on: date
    answered_on: date | None
    closed_on: date
    is_open: bool

    def leaves_out(self, day: date) -> bool:
        """Say whether the day does not count."""
        return self.opened_on < day <= self.closed_on


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of an extension: it counts for the period begun on `counted_from`, or why not, or not yet."""

    granted_on: date
    days: int
    notified_on: date | None
    counted_from: date
    first_due: date
    violation: Violation | None
    is_pending: bool  # approved, the applicant not yet told, and still time to tell him

    @property
    def counts(self) -> bool:
        return self.violation is None and not self.is_pending


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One understanding of the facts, shared by both clocks of a case (L1)."""

    received_on: date
    as_of: date
    periods: tuple[date, ...]  # the day zero of each: the receipt, then each corrected application, payment, reopening
    requests: tuple[SupplementRequested, ...]
    awaited: SupplementRequested | None  # the supplement that has not arrived
    fees: tuple[FeeNoticed, ...]
    payments: tuple[date, ...]
    unpaid: FeeNoticed | None  # the fee that has not been paid
    consultations: tuple[Consultation, ...]
    verdicts: tuple[Verdict, ...]
    reopenings: tuple[Reopened, ...] = ()
    arrived_on: date | None = None  # where both sides confirmed on a later day
    is_unconfirmed: bool = False

    @property
    def order(self) -> Reopened | None:
        """The decision that sets the period which runs: no restart, no question and no extension moves it."""
        last = self.reopenings[-1] if self.reopenings else None
        return last if last and last.sets_period else None

    @property
    def counted_from(self) -> date:
        """The day zero of the period that runs."""
        return self.order.on if self.order else self.periods[-1]

    @property
    def stands_still(self) -> bool:
        """Say whether no date runs, because the applicant has to act first."""
        return self.order is None and (self.awaited is not None or self.unpaid is not None)

    def extended_days(self, counted_from: date) -> int:
        """Return by how many working days the period begun on that day is extended."""
        return sum(v.days for v in self.verdicts if v.counts and v.counted_from == counted_from)


def read(timeline: Timeline, *, rule_set: RuleSet, calendar: WorkingCalendar, as_of: date) -> Reading:
    """Return the facts known on `as_of`, judged by the rule set; raises `CalendarMissing` beyond the calendar."""
    events = timeline.known_on(as_of)
    requests = tuple(e for e in events if isinstance(e, SupplementRequested))
    received = [e.on for e in events if isinstance(e, SupplementReceived)]
    fees = tuple(e for e in events if isinstance(e, FeeNoticed))
    payments = tuple(e.on for e in events if isinstance(e, FeePaid))
    reopenings = tuple(e for e in events if isinstance(e, Reopened))
    periods = (timeline.received_on, *sorted((*received, *payments, *(e.on for e in reopenings))))
    consultations = _consultations(events, days=rule_set.consultation_days, calendar=calendar, as_of=as_of)
    return Reading(
        received_on=timeline.received_on,
        arrived_on=timeline.arrived_on,
        is_unconfirmed=timeline.is_unconfirmed,
        as_of=as_of,
        periods=periods,
        requests=requests,
        awaited=_outstanding(requests, received, reopenings),
        fees=fees,
        payments=payments,
        unpaid=_outstanding(fees, payments, reopenings),
        reopenings=reopenings,
        consultations=consultations,
        verdicts=_verdicts(
            (e for e in events if isinstance(e, ExtensionGranted)),
            periods=periods,
            orders=[e.on for e in reopenings if e.sets_period],
            consultations=consultations,
            rule_set=rule_set,
            calendar=calendar,
            as_of=as_of,
        ),
    )


def _outstanding(asked: Sequence[Asked], met: Sequence[date], reopenings: Sequence[Reopened]) -> Asked | None:
    """Return the newest of these if the applicant has not met it and no later decision has overtaken it."""
    if not asked or any(on >= asked[-1].on for on in met) or any(e.on > asked[-1].on for e in reopenings):
        return None
    return asked[-1]


def nth_counted_day(
    *, after: date, days: int, consultations: Sequence[Consultation], calendar: WorkingCalendar
) -> date:
    """Return the `days`-th working day after `after` that no consultation leaves out (R13, R22).

    Days that several consultations leave out are left out once. A consultation opened on or after the due date
    leaves out nothing. Raises `CalendarMissing` where the calendar ends. The consultations are in order of opening.
    """
    due, reached = calendar.nth_working_day(after, days), after
    for consultation in consultations:
        if consultation.opened_on >= due:
            break
        begin = max(reached, consultation.opened_on)
        if consultation.closed_on > begin:
            days += calendar.working_days_between(begin, consultation.closed_on)
            reached = consultation.closed_on
            due = calendar.nth_working_day(after, days)
    return due


def set_due(order: Reopened, *, calendar: WorkingCalendar) -> date:
    """Return the last day of a period that a decision set; every working day counts. Raises `CalendarMissing`."""
    return order.answer_by or calendar.nth_working_day(order.on, order.working_days or 0)


def _consultations(
    events: Sequence[Event], *, days: int, calendar: WorkingCalendar, as_of: date
) -> tuple[Consultation, ...]:
    opened = [e for e in events if isinstance(e, ConsultationOpened)]
    closed = [e for e in events if isinstance(e, ConsultationClosed)] if opened else []
    return tuple(_consultation(e, closed, days=days, calendar=calendar, as_of=as_of) for e in opened)


def _consultation(
    opened: ConsultationOpened,
    closed: Sequence[ConsultationClosed],
    *,
    days: int,
    calendar: WorkingCalendar,
    as_of: date,
) -> Consultation:
    """Read one consultation; without a known delivery the reply period is counted from the opening.

    That is the shortest the reply period can be, so the clock never stands still on a letter that nobody delivered.
    """
    delivered_on = opened.delivered_on if opened.delivered_on and opened.delivered_on <= as_of else None
    due_on = calendar.nth_working_day(delivered_on or opened.on, days)
    answered_on = min((e.on for e in closed if e.ref == opened.ref and e.on >= opened.on), default=None)
    return Consultation(
        ref=opened.ref,
        opened_on=opened.on,
        delivered_on=delivered_on,
        due_on=due_on,
        answered_on=answered_on,
        closed_on=due_on if answered_on is None else min(answered_on, due_on),
        is_open=answered_on is None and as_of <= due_on,
    )


def _verdicts(
    extensions: Iterable[ExtensionGranted],
    *,
    periods: Sequence[date],
    orders: Sequence[date],
    consultations: Sequence[Consultation],
    rule_set: RuleSet,
    calendar: WorkingCalendar,
    as_of: date,
) -> tuple[Verdict, ...]:
    """Judge each extension in the period in which it was approved (L5, R19: at most once per period).

    What restarts the clock (a supplement, a payment) ends the period with its extension: nothing is carried over, and
    the new period may be extended once. An extension that never took effect does not use up that one time.
    """
    verdicts: list[Verdict] = []
    for extension in extensions:
        counted_from = max((start for start in periods if start <= extension.on), default=periods[0])
        restarted_on = min((start for start in periods if start > counted_from), default=as_of)
        verdicts.append(
            _verdict(
                extension,
                counted_from=counted_from,
                first_due=nth_counted_day(
                    after=counted_from, days=rule_set.answer_days, consultations=consultations, calendar=calendar
                ),
                limit=rule_set.extension_days,
                is_repeated=any(v.counts and v.counted_from == counted_from for v in verdicts),
                is_set=counted_from in orders,
                as_of=min(as_of, restarted_on),
            )
        )
    return tuple(verdicts)


def _verdict(
    extension: ExtensionGranted,
    *,
    counted_from: date,
    first_due: date,
    limit: int,
    is_repeated: bool,
    is_set: bool,
    as_of: date,
) -> Verdict:
    notified_on = extension.notified_on if extension.notified_on and extension.notified_on <= as_of else None
    violation = None
    if is_set:
        violation = Violation.EXTENSION_OF_SET_PERIOD
    elif is_repeated:
        violation = Violation.EXTENSION_REPEATED
    elif extension.on > first_due:
        violation = Violation.EXTENSION_AFTER_DUE
    elif extension.days > limit:
        violation = Violation.EXTENSION_TOO_LONG
    elif notified_on is None and as_of > first_due:
        violation = Violation.EXTENSION_NOT_NOTIFIED
    elif notified_on is not None and notified_on > first_due:
        violation = Violation.EXTENSION_NOTIFIED_AFTER_DUE
    return Verdict(
        granted_on=extension.on,
        days=extension.days,
        notified_on=notified_on,
        counted_from=counted_from,
        first_due=first_due,
        violation=violation,
        is_pending=violation is None and notified_on is None,
    )
