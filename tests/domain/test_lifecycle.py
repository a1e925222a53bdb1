"""The transition table, cell by cell: what is written here is allowed, everything else is refused."""

from itertools import product

import pytest

from caseapp.domain.lifecycle import OPEN, Action, ActionNotAllowed, Status, actions_from, next_status

S, A = Status, Action
ALLOWED = {
    (S.REGISTERED, A.ASSIGN): S.IN_HAND,
    (S.IN_HAND, A.RETURN_TO_CLERK): S.REGISTERED,
    (S.IN_HAND, A.DRAFT_REPLY): S.IN_HAND,
    (S.IN_HAND, A.SUBMIT_REPLY): S.IN_APPROVAL,
    (S.IN_HAND, A.PROPOSE_EXTENSION): S.IN_HAND,
    (S.IN_HAND, A.APPROVE_EXTENSION): S.IN_HAND,
    (S.IN_HAND, A.REFUSE_EXTENSION): S.IN_HAND,
    (S.IN_HAND, A.NOTIFY_EXTENSION): S.IN_HAND,
    (S.IN_APPROVAL, A.RETURN_REPLY): S.IN_HAND,
    (S.IN_APPROVAL, A.ISSUE_REPLY): S.ISSUED,
    (S.IN_APPROVAL, A.APPROVE_EXTENSION): S.IN_APPROVAL,
    (S.IN_APPROVAL, A.REFUSE_EXTENSION): S.IN_APPROVAL,
    (S.IN_APPROVAL, A.NOTIFY_EXTENSION): S.IN_APPROVAL,
    (S.ISSUED, A.DELIVER): S.ANSWERED,
    (S.IN_HAND, A.OPEN_CONSULTATION): S.IN_HAND,
    (S.IN_HAND, A.RECORD_CONSULTATION_DELIVERY): S.IN_HAND,
    (S.IN_HAND, A.CLOSE_CONSULTATION): S.IN_HAND,
    (S.IN_HAND, A.JUDGE_CONSULTATION): S.IN_HAND,
    (S.IN_HAND, A.NOTIFY_THIRD_PARTY): S.IN_HAND,
    (S.IN_HAND, A.ASK_SUPPLEMENT): S.AWAITING_SUPPLEMENT,
    (S.AWAITING_SUPPLEMENT, A.NOTIFY_SUPPLEMENT): S.AWAITING_SUPPLEMENT,
    (S.AWAITING_SUPPLEMENT, A.TAKE_SUPPLEMENT): S.IN_HAND,
    (S.AWAITING_SUPPLEMENT, A.LAPSE): S.CLOSED,
    (S.REGISTERED, A.WITHDRAW): S.CLOSED,
    (S.IN_HAND, A.WITHDRAW): S.CLOSED,
    (S.AWAITING_SUPPLEMENT, A.WITHDRAW): S.CLOSED,
    (S.IN_APPROVAL, A.WITHDRAW): S.CLOSED,
    (S.AWAITING_PAYMENT, A.WITHDRAW): S.CLOSED,
    (S.IN_HAND, A.PROPOSE_FEE): S.IN_HAND,
    (S.IN_HAND, A.APPROVE_FEE): S.AWAITING_PAYMENT,
    (S.IN_HAND, A.REFUSE_FEE): S.IN_HAND,
    (S.AWAITING_PAYMENT, A.RECORD_FEE_DELIVERY): S.AWAITING_PAYMENT,
    (S.AWAITING_PAYMENT, A.RECORD_PAYMENT): S.IN_HAND,
    (S.AWAITING_PAYMENT, A.CANCEL_FEE): S.IN_HAND,
    (S.AWAITING_PAYMENT, A.CLOSE_UNPAID): S.CLOSED,
    (S.IN_HAND, A.ASK_REASONS): S.IN_HAND,
    (S.IN_HAND, A.RECORD_REASONS): S.IN_HAND,
    (S.IN_HAND, A.JUDGE_REASONS): S.IN_HAND,
    (S.IN_HAND, A.TRANSFER): S.IN_HAND,
    (S.AWAITING_CONFIRMATION, A.CONFIRM_RECEIPT): S.REGISTERED,
    (S.AWAITING_CONFIRMATION, A.LOG_CONTACT): S.AWAITING_CONFIRMATION,
    (S.AWAITING_CONFIRMATION, A.WITHDRAW): S.CLOSED,
    (S.REGISTERED, A.PROPOSE_RECEIPT_CHANGE): S.REGISTERED,
    (S.REGISTERED, A.APPROVE_RECEIPT_CHANGE): S.REGISTERED,
    (S.REGISTERED, A.REFUSE_RECEIPT_CHANGE): S.REGISTERED,
    (S.IN_HAND, A.PROPOSE_RECEIPT_CHANGE): S.IN_HAND,
    (S.IN_HAND, A.APPROVE_RECEIPT_CHANGE): S.IN_HAND,
    (S.IN_HAND, A.REFUSE_RECEIPT_CHANGE): S.IN_HAND,
    (S.IN_APPROVAL, A.APPROVE_RECEIPT_CHANGE): S.IN_APPROVAL,
    (S.IN_APPROVAL, A.REFUSE_RECEIPT_CHANGE): S.IN_APPROVAL,
}


@pytest.mark.parametrize(("status", "action"), list(product(Status, Action)))
def test_only_the_listed_acts_follow(status, action):
    if (status, action) in ALLOWED:
        assert next_status(status, action) is ALLOWED[status, action]
        assert action in actions_from(status)
    else:
        with pytest.raises(ActionNotAllowed):
            next_status(status, action)
        assert action not in actions_from(status)


def test_only_answered_and_closed_cases_have_no_way_out():
    assert set(Status) - OPEN == {Status.ANSWERED, Status.CLOSED}


def test_a_refusal_says_where_the_case_stands():
    with pytest.raises(ActionNotAllowed, match="这份申请现在是“已答复”，不能送审。"):
        next_status(Status.ANSWERED, Action.SUBMIT_REPLY)
