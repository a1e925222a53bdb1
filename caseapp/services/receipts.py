"""The day of receipt: confirmed by both sides, sought while nobody can be reached, changed by two people (art. 31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import receipt as rules
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.receipt import ChangeStatus, ContactWay, Receipt
from caseapp.models import Case, ContactAttempt, Extension, Person, ReceiptChange
from caseapp.services import audit, cases, deadlines, intake, working_calendar
from caseapp.services.audit import Happened
from caseapp.services.deadlines import Moved

ShownAttempt = ContactAttempt  # what pages for the staff are handed
ShownChange = ReceiptChange


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """That both sides confirmed on a day, how, and why so late where it was late."""

    on: date
    way: ContactWay
    note: str


def attempts_of(case_id: int) -> Sequence[ContactAttempt]:
    """Return every attempt to reach the applicant, oldest first."""
    found = select(ContactAttempt).where(ContactAttempt.case_id == case_id).order_by(ContactAttempt.id)
    return db.session.scalars(found.options(joinedload(ContactAttempt.by).lazyload(Person.roles))).all()


def changes_of(case_id: int) -> Sequence[ReceiptChange]:
    """Return every proposed change of the day of receipt, oldest first, whatever became of it."""
    people = joinedload(ReceiptChange.proposed_by), joinedload(ReceiptChange.decided_by)
    found = select(ReceiptChange).where(ReceiptChange.case_id == case_id).order_by(ReceiptChange.id)
    return db.session.scalars(found.options(*(person.lazyload(Person.roles) for person in people))).all()


def waiting(changes: Sequence[ReceiptChange]) -> ReceiptChange:
    """Return the change that waits for its decision; raises `NoChangeWaits`."""
    for change in changes:
        if change.status is ChangeStatus.PROPOSED:
            return change
    raise rules.NoChangeWaits()


def of(case: Case) -> Receipt:
    """Return how and when the request came."""
    return Receipt(
        channel=case.channel,
        arrived_on=case.arrived_on,
        confirmed_on=case.confirmed_on,
        note=case.receipt_note,
        help_needed=case.help_needed,
    )


def late_words(case: Case) -> str:
    """Return what is to be said of a confirmation that came late, "" where it was in order (R7, R8)."""
    return rules.late_words(of(case), calendar=working_calendar.current())


def if_confirmed(case: Case, confirmation: Confirmation, *, today: date) -> Moved:
    """Return the dates counted from the arrival and those from this confirmation (R8); refuses what `confirm` would."""
    _check(case, confirmation, today=today)
    return deadlines.if_received(case, confirmation.on, today=today)


def if_changed(case: Case, new_on: date, *, today: date) -> Moved:
    """Return the dates that this day of receipt would lead to; refuses what `propose_change` would refuse."""
    _check_change(case, new_on, today=today)
    return deadlines.if_received(case, new_on, today=today)


def confirm(case_id: int, confirmation: Confirmation, *, version: int, actor: Actor, at: datetime) -> None:
    """Record that both sides confirmed: that day is the day of receipt, and a clear route is taken at once."""
    case = cases.take_up(case_id, action=Action.CONFIRM_RECEIPT, version=version, actor=actor)
    _check(case, confirmation, today=local_date(at))

    case.confirmed_on, case.receipt_note = confirmation.on, confirmation.note
    deadlines.receive(case, confirmation.on)
    _log(case, confirmation.way, confirmation.note, reached=True, actor=actor, at=at)
    cases.move(case, Action.CONFIRM_RECEIPT, at=at)
    intake.route(case)
    deadlines.refresh(case, at=at)

    facts = {
        "confirmed_on": confirmation.on,
        "way": confirmation.way.label,
        "reason": confirmation.note or None,
        "due_on": case.local_due_on,
    }
    events: list[Happened] = [(EventKind.RECEIPT_CONFIRMED, facts), *intake.assigned(case)]
    audit.record_all(case, events, actor=actor, at=at)


def log_contact(case_id: int, *, way: ContactWay, note: str, version: int, actor: Actor, at: datetime) -> None:
    """Record an attempt that did not reach the applicant; the clock goes on from the arrival until one does (R9)."""
    case = cases.take_up(case_id, action=Action.LOG_CONTACT, version=version, actor=actor)
    if not note:
        raise rules.ContactNoteMissing()

    _log(case, way, note, reached=False, actor=actor, at=at)
    cases.move(case, Action.LOG_CONTACT, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.CONTACT_TRIED, actor=actor, at=at, way=way.label, note=note)


def propose_change(case_id: int, *, new_on: date, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Ask for another day of receipt, with a reason; a second person decides (R12)."""
    case = cases.take_up(case_id, action=Action.PROPOSE_RECEIPT_CHANGE, version=version, actor=actor)
    _check_change(case, new_on, today=local_date(at))

    proposed = ReceiptChange(
        case_id=case.id,
        status=ChangeStatus.PROPOSED,
        old_on=case.received_on,
        new_on=new_on,
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=at,
    )
    db.session.add(proposed)
    cases.move(case, Action.PROPOSE_RECEIPT_CHANGE, at=at)
    deadlines.refresh(case, at=at)

    kind = EventKind.RECEIPT_CHANGE_PROPOSED
    audit.record(case, kind, actor=actor, at=at, old_on=case.received_on, new_on=new_on, reason=reason)


def approve_change(case_id: int, *, version: int, actor: Actor, at: datetime) -> None:
    """Change the day of receipt as proposed by another person; every date is counted anew, the old day stays (R12)."""
    case = cases.take_up(case_id, action=Action.APPROVE_RECEIPT_CHANGE, version=version, actor=actor)
    change = waiting(changes_of(case.id))
    rules.check_second_person(proposed_by=change.proposed_by_id, decided_by=actor.id)
    rules.check_change(change.new_on, old_on=case.received_on, first_fact_on=_first_fact_on(case), today=local_date(at))
    old_due_on, counted_from = case.local_due_on, case.counted_from

    _decide(change, ChangeStatus.APPROVED, actor=actor, at=at)
    case.arrived_on, case.confirmed_on = rules.changed(of(case), change.new_on)
    deadlines.receive(case, change.new_on)
    cases.move(case, Action.APPROVE_RECEIPT_CHANGE, at=at)
    deadlines.refresh(case, at=at)
    _keep_extensions(case, counted_from)

    kind = EventKind.RECEIPT_CHANGE_APPROVED
    days = {"old_on": change.old_on, "new_on": change.new_on, "old_due_on": old_due_on, "due_on": case.local_due_on}
    audit.record(case, kind, actor=actor, at=at, **days)


def refuse_change(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Leave the day of receipt as it is, with a reason."""
    case = cases.take_up(case_id, action=Action.REFUSE_RECEIPT_CHANGE, version=version, actor=actor)
    change = waiting(changes_of(case.id))
    rules.check_second_person(proposed_by=change.proposed_by_id, decided_by=actor.id)

    _decide(change, ChangeStatus.REFUSED, actor=actor, at=at)
    change.refusal = reason
    cases.move(case, Action.REFUSE_RECEIPT_CHANGE, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.RECEIPT_CHANGE_REFUSED, actor=actor, at=at, new_on=change.new_on, reason=reason)


def check_none_waits(changes: Sequence[ReceiptChange]) -> None:
    """Refuse a second proposal while one waits."""
    if any(change.status is ChangeStatus.PROPOSED for change in changes):
        raise rules.ChangeWaits()


def _check(case: Case, confirmation: Confirmation, *, today: date) -> None:
    confirmed = Receipt(
        channel=case.channel, arrived_on=case.arrived_on, confirmed_on=confirmation.on, note=confirmation.note
    )
    rules.check_receipt(confirmed, today=today, calendar=working_calendar.current())


def _check_change(case: Case, new_on: date, *, today: date) -> None:
    check_none_waits(changes_of(case.id))
    rules.check_change(new_on, old_on=case.received_on, first_fact_on=_first_fact_on(case), today=today)


def _first_fact_on(case: Case) -> date | None:
    return min((event.on for event in deadlines.timeline(case).events), default=None)


def _decide(change: ReceiptChange, status: ChangeStatus, *, actor: Actor, at: datetime) -> None:
    change.status, change.decided_by_id, change.decided_at = status, actor.id, at


def _keep_extensions(case: Case, counted_from: date) -> None:
    """Let an extension of the period go on belonging to it, though the period begins on another day now (R19)."""
    theirs = update(Extension).where(Extension.case_id == case.id, Extension.counted_from == counted_from)
    db.session.execute(theirs.values(counted_from=case.counted_from))


def _log(case: Case, way: ContactWay, note: str, *, reached: bool, actor: Actor, at: datetime) -> None:
    db.session.add(ContactAttempt(case_id=case.id, at=at, way=way, reached=reached, note=note, by_id=actor.id))
