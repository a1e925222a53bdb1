"""The due dates of a case: derived from its facts by one function, written by this service alone."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from sqlalchemy import bindparam, select

from caseapp.db import db, fetch
from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.consultation import ConsultedKind, Position, names_for_staff, names_for_the_applicant
from caseapp.domain.deadlines import TwoClocks, two_clocks
from caseapp.domain.fee import GONE
from caseapp.domain.lifecycle import OPEN, Status
from caseapp.domain.moments import local_date
from caseapp.domain.rulesets import RuleSet, by_id, statute_for
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
from caseapp.domain.urgency import Badge, asking_badge, awaiting_badge, badge, payment_badge
from caseapp.models import Case, Consultation, Extension, Fee, Reopening, Supplement
from caseapp.services import duties, installation, reopenings, working_calendar
from caseapp.services.papers import ALL, Kinds

# How those consulted are called: in order, from their kinds and names.
Naming = Callable[[Sequence[tuple[ConsultedKind, str]]], list[str]]

ASKING = select(Consultation.case_id, Consultation.opened_on, Consultation.delivered_on).where(
    Consultation.case_id.in_(bindparam("cases", expanding=True)), Consultation.closed_on.is_(None)
)


class Dated(Protocol):
    """What a badge is made of: a case, or its line in a list."""

    @property
    def id(self) -> int: ...
    @property
    def status(self) -> Status: ...
    @property
    def urgency_on(self) -> date | None: ...
    @property
    def local_due_on(self) -> date | None: ...
    @property
    def provisional(self) -> bool: ...
    @property
    def local_rule_set(self) -> str: ...


def local_standard(received_on: date) -> RuleSet:
    """Return the office's promise for a request received that day: its own, or an older statute."""
    own = by_id(installation.current().settings.local_rule_set)
    return own if own.is_valid_for(received_on) else statute_for(received_on)


def timeline(case: Case, *, naming: Naming = names_for_staff, there: Kinds = ALL) -> Timeline:
    """Return the facts that move the period, whatever their order; those consulted as `naming` calls them.

    Only facts of the kinds that are `there` are asked for.
    """
    sources = (
        (Supplement, _supplements(case)),
        (Consultation, _consultations(case, naming)),
        (Fee, _fees(case)),
        (Extension, _extensions(case)),
        (Reopening, (reopened for _, reopened in reopenings.facts([case.id]))),
    )
    return Timeline(
        received_on=case.received_on,
        events=tuple(event for kind, events in sources if kind in there for event in events),
        arrived_on=case.arrived_on,
        is_unconfirmed=case.confirmed_on is None,
    )


def _supplements(case: Case) -> Iterator[Event]:
    for row in db.session.scalars(select(Supplement).where(Supplement.case_id == case.id).order_by(Supplement.id)):
        yield SupplementRequested(on=row.asked_on, reply_by=row.reply_by)
        if row.taken_on is not None:
            yield SupplementReceived(on=row.taken_on)


def _consultations(case: Case, naming: Naming) -> Iterator[Event]:
    """Yield each question and each answer; silence is no answer: the rules end it by its reply due date (L3)."""
    rows = db.session.scalars(
        select(Consultation).where(Consultation.case_id == case.id).order_by(Consultation.id)
    ).all()
    for row, ref in zip(rows, naming([(row.kind, row.name) for row in rows]), strict=True):
        yield ConsultationOpened(on=row.opened_on, delivered_on=row.delivered_on, ref=ref)
        if row.closed_on is not None and row.position is not Position.SILENT:
            yield ConsultationClosed(on=row.closed_on, ref=ref)


def _fees(case: Case) -> Iterator[Event]:
    """Yield the notice once it has gone out, and the payment; an office may have set that a fee moves no date."""
    if not installation.current().settings.fees.restart:
        return
    noticed = select(Fee).where(Fee.case_id == case.id, Fee.noticed_on.is_not(None), Fee.status.not_in(GONE))
    for row in db.session.scalars(noticed.order_by(Fee.id)):
        if row.noticed_on is not None:
            yield FeeNoticed(on=row.noticed_on, pay_by=row.pay_by)
        if row.paid_on is not None:
            yield FeePaid(on=row.paid_on)


def _extensions(case: Case) -> Iterator[Event]:
    granted = db.session.scalars(
        select(Extension).where(Extension.case_id == case.id, Extension.approved_on.is_not(None)).order_by(Extension.id)
    )
    for row in granted:
        if row.approved_on is not None:
            yield ExtensionGranted(on=row.approved_on, days=row.working_days, notified_on=row.notified_on)


def clocks(case: Case, *, today: date, with_ledger: bool = True, there: Kinds = ALL) -> TwoClocks:
    """Return both clocks of the case as they stand today, with the days behind each date."""
    return _clocks(case, timeline(case, there=there), today=today, with_ledger=with_ledger)


def clocks_for_applicant(case: Case, *, today: date) -> TwoClocks:
    """Return both clocks with ledgers that do not tell who was consulted (R64)."""
    return _clocks(case, timeline(case, naming=names_for_the_applicant), today=today, with_ledger=True)


def clocks_if(case: Case, facts: Timeline, *, today: date) -> TwoClocks:
    """Return both clocks as they would stand today were these the facts of the case; without the ledgers."""
    return _clocks(case, facts, today=today, with_ledger=False)


def _clocks(case: Case, facts: Timeline, *, today: date, with_ledger: bool) -> TwoClocks:
    return two_clocks(
        facts,
        local=by_id(case.local_rule_set),
        statute=by_id(case.statute),
        calendar=working_calendar.current(),
        as_of=today,
        with_ledger=with_ledger,
    )


def refresh(case: Case, *, at: datetime) -> None:
    """Write the due dates and the duties anew from the facts; the only place that writes them."""
    db.session.flush()
    both = clocks(case, today=local_date(at), with_ledger=False)
    case.counted_from = both.local.counted_from
    case.local_due_on = both.local.answer_due
    case.statutory_due_on = both.statutory.answer_due
    case.provisional = both.local.provisional or both.statutory.provisional
    outstanding = both.local.supplement_due or both.local.payment_due
    case.urgency_on = (case.local_due_on or outstanding) if case.status in OPEN else None
    duties.refresh(case, both, at=at)


def refresh_open(*, after: int, most: int, at: datetime) -> int | None:
    """Write dates and duties of the next open cases after that id anew; return the last id, `None` at the end."""
    following = select(Case).where(Case.status.in_(OPEN), Case.id > after).order_by(Case.id).limit(most)
    found = db.session.scalars(following.with_for_update()).all()
    for case in found:
        refresh(case, at=at)
    return found[-1].id if found else None


def set_first(case: Case, *, today: date) -> TwoClocks:
    """Write the first due dates of a case that is being registered and has no other facts yet; return its clocks."""
    both = _clocks(case, Timeline(received_on=case.received_on, events=()), today=today, with_ledger=False)
    case.counted_from = both.local.counted_from
    case.local_due_on, case.statutory_due_on = both.local.answer_due, both.statutory.answer_due
    case.provisional = both.local.provisional or both.statutory.provisional
    case.urgency_on = case.local_due_on
    return both


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What an act would do to both due dates, were it done today."""

    local_before: date | None
    local_after: date | None
    statutory_after: date | None
    provisional: bool
    statutory_before: date | None = None  # where the page compares both


def receive(case: Case, on: date) -> None:
    """Set the day of receipt, and with it the statute of that day (R16); the dates follow with `refresh`."""
    local, statute = _rules_of(case, on)
    case.received_on, case.local_rule_set, case.statute = on, local.id, statute.id


def _rules_of(case: Case, received_on: date) -> tuple[RuleSet, RuleSet]:
    statute = statute_for(received_on)
    if statute.id == case.statute:
        return by_id(case.local_rule_set), statute
    return local_standard(received_on), statute


def if_received(case: Case, on: date, *, today: date) -> Moved:
    """Return the dates that this day of receipt would lead to (R8, R12)."""
    local, statute = _rules_of(case, on)
    both = two_clocks(
        replace(timeline(case), received_on=on),
        local=local,
        statute=statute,
        calendar=working_calendar.current(),
        as_of=today,
        with_ledger=False,
    )
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_before=case.statutory_due_on,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def if_extended(case: Case, working_days: int, *, today: date) -> Moved:
    """Return the dates that an extension by so many working days would lead to, told today."""
    facts = timeline(case)
    asked = ExtensionGranted(on=today, days=working_days, notified_on=today)
    both = _clocks(case, replace(facts, events=(*facts.events, asked)), today=today, with_ledger=False)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def if_told(case: Case, *, today: date) -> Moved:
    """Return the dates that telling the applicant today of the approved extension would lead to (R20)."""
    facts = timeline(case)
    told = tuple(
        replace(event, notified_on=event.notified_on or today) if isinstance(event, ExtensionGranted) else event
        for event in facts.events
    )
    both = _clocks(case, replace(facts, events=told), today=today, with_ledger=False)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def if_supplemented(case: Case, *, on: date, today: date) -> Moved:
    """Return the dates that a corrected application which arrived on `on` would lead to (R27)."""
    facts = timeline(case)
    both = _clocks(
        case,
        replace(facts, events=(*facts.events, SupplementReceived(on=on))),
        today=today,
        with_ledger=False,
    )
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def if_reopened(case: Case, reopened: Reopened, *, today: date) -> Moved:
    """Return the dates that handling the case anew from that day would lead to."""
    facts = timeline(case)
    both = _clocks(case, replace(facts, events=(*facts.events, reopened)), today=today, with_ledger=False)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_before=case.statutory_due_on,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def badge_of(case: Case, *, today: date, there: Kinds = ALL) -> Badge | None:
    """Return the deadline badge of an open case, `None` for a finished one."""
    return badges([case], today=today, there=there)[case.id]


def badges(cases: Sequence[Dated], *, today: date, there: Kinds = ALL) -> dict[int, Badge | None]:
    """Return the deadline badge of each case by its id, reading the calendar once."""
    calendar = working_calendar.current()
    asking = _asking(cases, today=today, calendar=calendar) if Consultation in there else set()
    return {
        case.id: asking_badge(case.urgency_on, provisional=case.provisional)
        if case.id in asking and case.urgency_on and case.urgency_on > today
        else _badge(case, today=today, calendar=calendar)
        for case in cases
    }


def _asking(cases: Sequence[Dated], *, today: date, calendar: WorkingCalendar) -> set[int]:
    """Return the ids of those cases whose due date is a projection, since an answer may still come (R22)."""
    in_hand = {case.id: by_id(case.local_rule_set).consultation_days for case in cases if case.status is Status.IN_HAND}
    if not in_hand:
        return set()
    return {
        row.case_id
        for row in fetch(ASKING, {"cases": list(in_hand)})
        if today <= calendar.nth_working_day(row.delivered_on or row.opened_on, in_hand[row.case_id])
    }


def _badge(case: Dated, *, today: date, calendar: WorkingCalendar) -> Badge | None:
    if case.urgency_on is None:
        return None
    if case.status is Status.AWAITING_SUPPLEMENT:
        return awaiting_badge(case.urgency_on, today=today, calendar=calendar)
    if case.status is Status.AWAITING_PAYMENT and case.local_due_on is None:
        return payment_badge(case.urgency_on, today=today, calendar=calendar)
    return badge(case.urgency_on, today=today, calendar=calendar, provisional=case.provisional)
