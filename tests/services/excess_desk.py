"""Leads cases into fees and reasons for the tests of the closed world (art. 35, 42)."""

from collections.abc import Callable
from datetime import date

from caseapp.db import transaction
from caseapp.domain.fee_schedule import FeeBasis
from caseapp.domain.lifecycle import Action
from caseapp.models import Case
from caseapp.services import fees, reasons
from tests.makers import RECEIVED, moment

A = Action
LONG_AGO = date(2026, 1, 5)  # a notice received on the 6th could be paid until 3 February
NUMBER = "EX000000001CN"


def propose_fee(maker, case: Case, *, on: date) -> Case:
    """Let the officer ask for the fee of eleven items."""
    with transaction():
        fees.propose(
            case.id,
            basis=FeeBasis.BY_ITEM,
            quantity=11,
            version=case.version,
            actor=maker.actor("officer"),
            at=moment(on),
        )
    return maker.again(case.id)


def awaiting_payment(maker, *, told: bool) -> Case:
    """Return a case whose fee has long been overdue; `told`: the applicant received the notice."""
    case = propose_fee(maker, maker.case(received_on=LONG_AGO, way="post"), on=LONG_AGO)
    with transaction():
        fees.approve(case.id, version=case.version, actor=maker.actor("head"), at=moment(LONG_AGO, 11))
    if told:
        case = maker.again(case.id)
        with transaction():
            fees.record_delivery(
                case.id,
                fees.Sending(sent_on=date(2026, 1, 6), received_on=date(2026, 1, 6), tracking_number=NUMBER),
                version=case.version,
                actor=maker.actor("clerk"),
                at=moment(date(2026, 1, 6), 12),
            )
    return maker.again(case.id)


def in_hand(maker, case: Case, action: A, *, on: date) -> Case:
    """Return the case as far as the act needs it: a fee proposed, reasons asked for, reasons written down."""
    if action in (A.APPROVE_FEE, A.REFUSE_FEE):
        return propose_fee(maker, case, on=on)
    if action not in (A.RECORD_REASONS, A.JUDGE_REASONS):
        return case
    officer = maker.actor("officer")
    with transaction():
        reasons.ask(
            case.id,
            question="用途。",
            reply_by=date(2026, 3, 5),
            version=case.version,
            actor=officer,
            at=moment(RECEIVED, 12),
        )
    case = maker.again(case.id)
    if action is A.JUDGE_REASONS:
        with transaction():
            reasons.record_answer(case.id, answer(), version=case.version, actor=officer, at=moment(on, 9))
    return maker.again(case.id)


def found_unreasonable(maker, case: Case, *, on: date) -> Case:
    """Return the case with reasons asked for, given and judged not to hold (R36)."""
    case = in_hand(maker, case, A.JUDGE_REASONS, on=on)
    judgement = reasons.Judgement(accepted=False, why="无关。", delayed_until=None)
    with transaction():
        reasons.judge(case.id, judgement, version=case.version, actor=maker.actor("officer"), at=moment(on, 9, 30))
    return maker.again(case.id)


def answer() -> reasons.Answer:
    return reasons.Answer(given_on=RECEIVED, reasons="研究。", sent_on=RECEIVED, tracking_number=NUMBER)


def acts(case: Case, common: dict[str, object]) -> dict[A, Callable[[], object]]:
    """Return the acts of excess and fees on this case."""
    sending = fees.Sending(sent_on=date(2026, 1, 6), received_on=date(2026, 1, 7), tracking_number=NUMBER)
    judgement = reasons.Judgement(accepted=False, why="无关。", delayed_until=None)
    return {
        A.PROPOSE_FEE: lambda: fees.propose(case.id, basis=FeeBasis.BY_PAGE, quantity=31, **common),
        A.APPROVE_FEE: lambda: fees.approve(case.id, **common),
        A.REFUSE_FEE: lambda: fees.refuse(case.id, reason="不必。", **common),
        A.RECORD_FEE_DELIVERY: lambda: fees.record_delivery(case.id, sending, **common),
        A.RECORD_PAYMENT: lambda: fees.record_payment(case.id, on=date(2026, 1, 9), paper="财字0001", **common),
        A.CANCEL_FEE: lambda: fees.cancel(case.id, reason="不收了。", **common),
        A.CLOSE_UNPAID: lambda: fees.close_unpaid(case.id, note="未缴。", **common),
        A.ASK_REASONS: lambda: reasons.ask(case.id, question="用途。", reply_by=date(2026, 3, 20), **common),
        A.RECORD_REASONS: lambda: reasons.record_answer(case.id, answer(), **common),
        A.JUDGE_REASONS: lambda: reasons.judge(case.id, judgement, **common),
    }
