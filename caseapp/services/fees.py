"""信息处理费 (art. 42; fee measure): proposed, decided by another person, told, paid or not; the year's totals."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import fee as rules
from caseapp.domain.document import OfficialDocument
from caseapp.domain.events import EventKind
from caseapp.domain.extension import check_two_people
from caseapp.domain.fee import FeeStatus
from caseapp.domain.fee_schedule import (
    MEASURE,
    Calculation,
    FeeBasis,
    FeeSchedule,
    Scale,
    by_item,
    by_page,
    standard_words,
)
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.models import Case, Fee, Letter, Person
from caseapp.services import (
    audit,
    cases,
    deadlines,
    extensions,
    fee_counting,
    installation,
    letters,
    working_calendar,
)

ShownFee = Fee  # what pages for the staff are handed
ANEW = "缴纳后，本机关自缴纳的次日起重新计算答复期限"


def latest(case_id: int) -> Fee | None:
    """Return the newest fee of the case, whatever became of it."""
    return db.session.scalar(
        select(Fee)
        .where(Fee.case_id == case_id)
        .options(joinedload(Fee.letter), joinedload(Fee.proposed_by).lazyload(Person.roles))
        .order_by(Fee.id.desc())
        .limit(1)
    )


def schedule() -> FeeSchedule:
    """Return the amounts and the period that the office has set; raises `ScaleRefused`."""
    chosen = installation.current().settings.fees
    return FeeSchedule(items=Scale.read(chosen.items), pages=Scale.read(chosen.pages), payment_days=chosen.payment_days)


def calculation(case: Case, *, basis: FeeBasis, quantity: int) -> Calculation:
    """Return the fee with its steps; refuses a basis that is not open to this case and a fee of nothing."""
    rules.check_basis(basis, medium=case.medium)
    found = _calculated(case, basis=basis, quantity=quantity)
    rules.check_worth_a_notice(found)
    return found


def _calculated(case: Case, *, basis: FeeBasis, quantity: int) -> Calculation:
    if basis is FeeBasis.BY_PAGE:
        return by_page(quantity, schedule=schedule())
    return by_item(quantity, earlier=fee_counting.earlier_items(case), month=case.received_on, schedule=schedule())


def check_may_propose(case: Case, before: Fee | None, *, today: date) -> None:
    """Refuse a second fee, one after the handling period, and one that would cut an extension short."""
    extension = extensions.latest(case.id)
    rules.check_once(before.status if before else None)
    rules.check_in_time(due_on=case.local_due_on, today=today)
    rules.check_no_extension_waits(extension.status if extension else None)


def propose(case_id: int, *, basis: FeeBasis, quantity: int, version: int, actor: Actor, at: datetime) -> None:
    """Ask the head for a fee; the calculation is kept as it was shown (R49)."""
    case = cases.take_up(case_id, action=Action.PROPOSE_FEE, version=version, actor=actor)
    check_may_propose(case, latest(case.id), today=local_date(at))
    found = calculation(case, basis=basis, quantity=quantity)

    db.session.add(
        Fee(
            case_id=case.id,
            status=FeeStatus.PROPOSED,
            basis=found.basis,
            quantity=found.quantity,
            earlier=found.earlier,
            amount=found.amount,
            steps=list(found.steps),
            proposed_by_id=actor.id,
            proposed_at=at,
        )
    )
    cases.move(case, Action.PROPOSE_FEE, at=at)

    audit.record(case, EventKind.FEE_PROPOSED, actor=actor, at=at, amount=found.amount)


def check_may_approve(case: Case, fee: Fee | None, *, actor: Actor, today: date) -> None:
    """Refuse to decide on one's own proposal, and to send a notice after the handling period (R52)."""
    waiting = check_waits(fee, actor=actor)
    extension = extensions.latest(case.id)
    rules.check_in_time(due_on=case.local_due_on, today=today)
    rules.check_no_extension_waits(extension.status if extension else None)
    rules.check_unchanged(
        proposed=waiting.amount, now=_calculated(case, basis=waiting.basis, quantity=waiting.quantity)
    )


def check_waits(fee: Fee | None, *, actor: Actor) -> Fee:
    """Return the fee that waits for this person's decision, or refuse."""
    if fee is None or fee.status is not FeeStatus.PROPOSED:
        raise rules.NoFeeProposed()
    check_two_people(proposed_by=(fee.proposed_by_id,), decided_by=actor.id)
    return fee


def approve(case_id: int, *, version: int, actor: Actor, at: datetime) -> Letter:
    """Grant the fee and issue its notice (D16); online it reaches the applicant in the same act."""
    case = cases.take_up(case_id, action=Action.APPROVE_FEE, version=version, actor=actor)
    fee, today = latest(case.id), local_date(at)
    check_may_approve(case, fee, actor=actor, today=today)
    assert fee is not None

    letter = letters.issue(case, LetterKind.FEE_NOTICE, _fields(fee), actor=actor, at=at)
    fee.status, fee.letter_id = FeeStatus.NOTICED, letter.id
    fee.decided_by_id, fee.decided_at = actor.id, at
    cases.move(case, Action.APPROVE_FEE, at=at)
    audit.record(case, EventKind.FEE_APPROVED, actor=actor, at=at, amount=fee.amount, letter_number=letter.number)
    if case.delivery_way is DeliveryWay.ONLINE:
        _deliver(case, fee, letter, Sending(sent_on=today, received_on=today, tracking_number=""), actor=actor, at=at)
    return letter


def refuse(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Send the proposal back with a reason; the period has been running all the while."""
    case = cases.take_up(case_id, action=Action.REFUSE_FEE, version=version, actor=actor)
    fee = check_waits(latest(case.id), actor=actor)

    fee.status, fee.refusal = FeeStatus.REFUSED, reason
    fee.decided_by_id, fee.decided_at = actor.id, at
    cases.move(case, Action.REFUSE_FEE, at=at)

    audit.record(case, EventKind.FEE_REFUSED, actor=actor, at=at, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Sending:
    """When the notice left, and when the applicant received it, as far as that is known."""

    sent_on: date
    received_on: date | None
    tracking_number: str


def sending_of(fee: Fee | None) -> Sending | None:
    """Return how the notice left, `None` while nobody has recorded it."""
    if fee is None or fee.noticed_on is None or fee.letter is None:
        return None
    number = fee.letter.delivery.tracking_number if fee.letter.delivery else ""
    return Sending(sent_on=fee.noticed_on, received_on=fee.delivered_on, tracking_number=number)


def check_can_deliver(fee: Fee | None) -> Fee:
    """Return the fee whose notice is on its way, or refuse."""
    noticed = waiting_for_payment(fee)
    if noticed.delivered_on is not None:
        raise rules.DeliveryKnown(on=noticed.delivered_on)
    return noticed


def record_delivery(case_id: int, sending: Sending, *, version: int, actor: Actor, at: datetime) -> None:
    """Record the posting, then the receipt, or both at once: the period stands still from the one, the period to pay
    runs from the other (R52, R53)."""
    case = cases.take_up(case_id, action=Action.RECORD_FEE_DELIVERY, version=version, actor=actor)
    fee, today = check_can_deliver(latest(case.id)), local_date(at)
    letter = letters.latest(case.id, LetterKind.FEE_NOTICE)
    if fee.noticed_on is None:
        rules.check_sending(on=sending.sent_on, issued_on=letter.dated_on, due_on=case.local_due_on, today=today)
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(sending.tracking_number)
    if sending.received_on is not None:
        rules.check_receipt(on=sending.received_on, sent_on=fee.noticed_on or sending.sent_on, today=today)
    elif fee.noticed_on is not None or case.delivery_way is not DeliveryWay.POST:
        raise rules.ReceiptMissing()

    _deliver(case, fee, letter, sending, actor=actor, at=at)


def _deliver(case: Case, fee: Fee, letter: Letter, sending: Sending, *, actor: Actor, at: datetime) -> None:
    if fee.noticed_on is None:
        letters.deliver(
            letter,
            way=case.delivery_way,
            on=sending.sent_on,
            tracking_number=sending.tracking_number,
            actor=actor,
            at=at,
        )
        fee.noticed_on = sending.sent_on
    if sending.received_on is not None:
        pay_by = working_calendar.current().nth_working_day(sending.received_on, schedule().payment_days)
        fee.delivered_on, fee.pay_by = sending.received_on, pay_by
    cases.move(case, Action.RECORD_FEE_DELIVERY, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.FEE_DELIVERED,
        actor=actor,
        at=at,
        on=sending.received_on or sending.sent_on,
        way=case.delivery_way.label,
        tracking_number=sending.tracking_number or None,
        pay_by=fee.pay_by,
    )


def record_payment(case_id: int, *, on: date, paper: str, version: int, actor: Actor, at: datetime) -> None:
    """Record what was paid with the number of its 财政票据: the period begins anew on the day after (R53)."""
    case = cases.take_up(case_id, action=Action.RECORD_PAYMENT, version=version, actor=actor)
    fee = waiting_for_payment(latest(case.id))
    rules.check_payment(on=on, sent_on=fee.noticed_on, pay_by=fee.pay_by, today=local_date(at))

    fee.status, fee.paid_on, fee.paper = FeeStatus.PAID, on, paper
    cases.move(case, Action.RECORD_PAYMENT, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case, EventKind.FEE_PAID, actor=actor, at=at, on=on, amount=fee.amount, paper=paper, due_on=case.local_due_on
    )


def cancel(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Give the fee up: the period is counted as if no fee had been asked, to the disadvantage of the office alone."""
    case = cases.take_up(case_id, action=Action.CANCEL_FEE, version=version, actor=actor)
    fee = waiting_for_payment(latest(case.id))

    fee.status, fee.closing_note = FeeStatus.CANCELLED, reason
    cases.move(case, Action.CANCEL_FEE, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.FEE_CANCELLED, actor=actor, at=at, reason=reason, due_on=case.local_due_on)


def close_unpaid(case_id: int, *, note: str, version: int, actor: Actor, at: datetime) -> None:
    """End a case whose fee was not paid in time, on proof that the notice arrived (R53; table three, 3.6.2)."""
    case = cases.take_up(case_id, action=Action.CLOSE_UNPAID, version=version, actor=actor)
    fee, today = waiting_for_payment(latest(case.id)), local_date(at)
    rules.check_unpaid(pay_by=fee.pay_by, today=today)

    fee.status, fee.closing_note = FeeStatus.UNPAID, note
    cases.close(case, Action.CLOSE_UNPAID, Outcome.UNPAID, on=today, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.UNPAID, actor=actor, at=at, pay_by=fee.pay_by, judgement=note)


def waiting_for_payment(fee: Fee | None) -> Fee:
    """Return the fee that was noticed and neither paid nor given up, or refuse."""
    if fee is None or fee.status is not FeeStatus.NOTICED:
        raise rules.NoFeeNoticed()
    return fee


def notice(case: Case, fee: Fee, *, today: date) -> OfficialDocument:
    """Return the notice that approving this proposal would issue, still without its number."""
    return letters.compose(case, LetterKind.FEE_NOTICE, _fields(fee), number=None, dated_on=today)


def payment_way() -> str:
    """Return how a fee is paid, in the office's words; raises `PaymentWayMissing` (R52)."""
    way = installation.current().settings.office.fee_payment
    if not way.strip():
        raise rules.PaymentWayMissing()
    return way


def _fields(fee: Fee) -> dict[str, FieldValue]:
    """Return what the notice states: basis, standard, calculation, amount, way to pay, period (R52)."""
    return {
        "fee_basis": MEASURE,
        "fee_standard": standard_words(fee.basis, schedule=schedule()),
        "fee_steps": "\n".join(fee.steps),
        "fee_amount": fee.amount,
        "payment_days": schedule().payment_days,
        "payment_way": payment_way(),
        "after_payment": ANEW if installation.current().settings.fees.restart else "",
    }


def totals(year: int) -> dict[str, int]:
    """Return how many fees were paid in the year and what they came to in yuan, for section 六 of the report (R54)."""
    paid = select(func.count(Fee.id), func.coalesce(func.sum(Fee.amount), 0)).where(
        Fee.status == FeeStatus.PAID, Fee.paid_on >= date(year, 1, 1), Fee.paid_on <= date(year, 12, 31)
    )
    (items, items_yuan), (pages, pages_yuan) = (
        db.session.execute(paid.where(Fee.basis == basis)).one() for basis in (FeeBasis.BY_ITEM, FeeBasis.BY_PAGE)
    )
    return {
        "year": year,
        "cases": items + pages,
        "yuan": items_yuan + pages_yuan,
        "by_item_cases": items,
        "by_item_yuan": items_yuan,
        "by_page_cases": pages,
        "by_page_yuan": pages_yuan,
    }
