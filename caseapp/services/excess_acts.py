"""What stands against the acts of excess and fees, as the next acts ask it (art. 35, 42)."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from caseapp.domain import fee as fee_rules
from caseapp.domain import reasons as reason_rules
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.models import Case, Fee, ReasonsRequest
from caseapp.services import fees


class Stands(Protocol):
    """The part of a case's standing that is looked at here."""

    @property
    def case(self) -> Case: ...

    @property
    def fee(self) -> Fee | None: ...

    @property
    def reasons(self) -> ReasonsRequest | None: ...

    @property
    def actor(self) -> Actor: ...

    @property
    def today(self) -> date: ...


# Said only where somebody tries: on the page of every other case they would be noise.
NOT_WORTH_A_LINE = (
    fee_rules.NoFeeProposed,
    fee_rules.NoFeeNoticed,
    fee_rules.DeliveryKnown,
    fee_rules.FeeRepeated,
    fee_rules.FeeAfterDue,
    fee_rules.ExtensionWaits,
    fee_rules.NotSentYet,
    reason_rules.ReasonsAskedTwice,
    reason_rules.NoReasonsAsked,
    reason_rules.NoReasonsToJudge,
)


def _fee_may_be_proposed(now: Stands) -> None:
    fees.check_may_propose(now.case, now.fee, today=now.today)


def _fee_may_be_approved(now: Stands) -> None:
    fees.check_may_approve(now.case, now.fee, actor=now.actor, today=now.today)


def _fee_waits(now: Stands) -> None:
    fees.check_waits(now.fee, actor=now.actor)


def _fee_notice_is_on_its_way(now: Stands) -> None:
    fees.check_can_deliver(now.fee)


def _fee_may_be_paid(now: Stands) -> None:
    if fees.waiting_for_payment(now.fee).noticed_on is None:
        raise fee_rules.NotSentYet()


def _fee_may_be_given_up(now: Stands) -> None:
    fees.waiting_for_payment(now.fee)


def _case_may_end_unpaid(now: Stands) -> None:
    fee_rules.check_unpaid(pay_by=fees.waiting_for_payment(now.fee).pay_by, today=now.today)


def _reasons_may_be_asked(now: Stands) -> None:
    if now.reasons is not None:
        raise reason_rules.ReasonsAskedTwice()


def _reasons_are_waited_for(now: Stands) -> None:
    reason_rules.check_waits(now.reasons)


def _reasons_may_be_judged(now: Stands) -> None:
    reason_rules.check_judgeable(now.reasons)


PRECONDITIONS: dict[Action, Callable[[Stands], None]] = {
    Action.PROPOSE_FEE: _fee_may_be_proposed,
    Action.APPROVE_FEE: _fee_may_be_approved,
    Action.REFUSE_FEE: _fee_waits,
    Action.RECORD_FEE_DELIVERY: _fee_notice_is_on_its_way,
    Action.RECORD_PAYMENT: _fee_may_be_paid,
    Action.CANCEL_FEE: _fee_may_be_given_up,
    Action.CLOSE_UNPAID: _case_may_end_unpaid,
    Action.ASK_REASONS: _reasons_may_be_asked,
    Action.RECORD_REASONS: _reasons_are_waited_for,
    Action.JUDGE_REASONS: _reasons_may_be_judged,
}
