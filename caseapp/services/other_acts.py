"""What stands against the other turns of a case, as the next acts ask it: 转办, 更改收到日期, 分案, 复议、诉讼."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from caseapp.domain import dispute as dispute_rules
from caseapp.domain import publication as publication_rules
from caseapp.domain import receipt as receipt_rules
from caseapp.domain import split as split_rules
from caseapp.domain import yearly_review
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.models import Case, Dispute, Extension, Fee, PublicationTask, ReceiptChange, WithheldReview
from caseapp.services import disputes, publications, receipts, splitting, transfers
from caseapp.services.papers import Kinds


class Stands(Protocol):
    """The part of a case's standing that is looked at here."""

    @property
    def there(self) -> Kinds: ...

    @property
    def case(self) -> Case: ...

    @property
    def today(self) -> date: ...

    @property
    def reviews(self) -> Sequence[WithheldReview]: ...

    @property
    def publications(self) -> Sequence[PublicationTask]: ...

    @property
    def disputes(self) -> Sequence[Dispute]: ...

    @property
    def extension(self) -> Extension | None: ...

    @property
    def fee(self) -> Fee | None: ...

    @property
    def receipt_changes(self) -> Sequence[ReceiptChange]: ...

    @property
    def actor(self) -> Actor: ...


# Said only where somebody tries: on the page of every other case it would be noise.
NOT_WORTH_A_LINE = (
    *(receipt_rules.NoChangeWaits, receipt_rules.ChangeWaits),
    *(yearly_review.NothingToReview, yearly_review.ReviewTooEarly, publication_rules.NothingToPublish),
    *(split_rules.SplitTwice, split_rules.SplitTooLate),
    *(dispute_rules.NothingPending, dispute_rules.StillPending, dispute_rules.NoDepartment),
)


def _may_be_handed_on(now: Stands) -> None:
    transfers.check_decided(now.extension, now.fee)


def _no_change_waits(now: Stands) -> None:
    receipts.check_none_waits(now.receipt_changes)


def _change_waits(now: Stands) -> None:
    change = receipts.waiting(now.receipt_changes)
    receipt_rules.check_second_person(proposed_by=change.proposed_by_id, decided_by=now.actor.id)


def _may_be_split(now: Stands) -> None:
    split_rules.check_untouched(
        is_split=now.case.split_id is not None, has_other_facts=bool(now.there - splitting.CAME_WITH_IT)
    )


def _some_review_is_due(now: Stands) -> None:
    publications.due_review(now.reviews, today=now.today)


def _some_publication_waits(now: Stands) -> None:
    publications.waiting_task(now.publications)


def _nothing_is_pending(now: Stands) -> None:
    for dispute in now.disputes:
        if dispute.result is None:
            raise dispute_rules.StillPending(kind=dispute.kind.label)


def _some_dispute_is_pending(now: Stands) -> None:
    disputes.pending(now.disputes)


def _may_be_reopened(now: Stands) -> None:
    disputes.pending(now.disputes)
    if now.case.department_id is None:
        raise dispute_rules.NoDepartment


PRECONDITIONS: dict[Action, Callable[[Stands], None]] = {
    Action.TRANSFER: _may_be_handed_on,
    Action.PROPOSE_RECEIPT_CHANGE: _no_change_waits,
    Action.APPROVE_RECEIPT_CHANGE: _change_waits,
    Action.REFUSE_RECEIPT_CHANGE: _change_waits,
    Action.SPLIT: _may_be_split,
    Action.REVIEW_WITHHELD: _some_review_is_due,
    Action.DECIDE_PUBLICATION: _some_publication_waits,
    Action.RECORD_DISPUTE: _nothing_is_pending,
    Action.DECIDE_DISPUTE: _some_dispute_is_pending,
    Action.REOPEN: _may_be_reopened,
}
