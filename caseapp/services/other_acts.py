"""What stands against the other turns of a case, as the next acts ask it: 转办, 更改收到日期."""

from collections.abc import Callable, Sequence
from typing import Protocol

from caseapp.domain import receipt as receipt_rules
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.models import Extension, Fee, ReceiptChange
from caseapp.services import receipts, transfers


class Stands(Protocol):
    """The part of a case's standing that is looked at here."""

    @property
    def extension(self) -> Extension | None: ...

    @property
    def fee(self) -> Fee | None: ...

    @property
    def receipt_changes(self) -> Sequence[ReceiptChange]: ...

    @property
    def actor(self) -> Actor: ...


# Said only where somebody tries: on the page of every other case it would be noise.
NOT_WORTH_A_LINE = (receipt_rules.NoChangeWaits, receipt_rules.ChangeWaits)


def _may_be_handed_on(now: Stands) -> None:
    transfers.check_decided(now.extension, now.fee)


def _no_change_waits(now: Stands) -> None:
    receipts.check_none_waits(now.receipt_changes)


def _change_waits(now: Stands) -> None:
    change = receipts.waiting(now.receipt_changes)
    receipt_rules.check_second_person(proposed_by=change.proposed_by_id, decided_by=now.actor.id)


PRECONDITIONS: dict[Action, Callable[[Stands], None]] = {
    Action.TRANSFER: _may_be_handed_on,
    Action.PROPOSE_RECEIPT_CHANGE: _no_change_waits,
    Action.APPROVE_RECEIPT_CHANGE: _change_waits,
    Action.REFUSE_RECEIPT_CHANGE: _change_waits,
}
