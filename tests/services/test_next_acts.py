"""The next acts of a case: lawful, granted, and possible as it stands; and the words for what is not."""

from datetime import date

import pytest

from caseapp.domain.extension import ExtensionAfterDue, ExtensionRepeated, OwnProposal
from caseapp.domain.lifecycle import Action, ActionNotAllowed
from caseapp.domain.permissions import Role
from caseapp.services import next_acts
from tests.makers import VAGUE

# Received on Monday 2 March 2026: fifteen working days end on Monday 23 March.
SOON = date(2026, 3, 4)
DUE = date(2026, 3, 23)
LATE = date(2026, 3, 24)


@pytest.fixture
def acts_of(maker):
    def acts_of(case, actor, *, on=SOON):
        actor = maker.actor(actor) if isinstance(actor, str) else actor
        return next_acts.next_acts(next_acts.standing(case, actor=actor, today=on))

    return acts_of


def test_the_clerk_assigns_a_case_that_waits_at_the_window(maker, acts_of):
    assert acts_of(maker.case(description=VAGUE), "clerk").possible == (Action.ASSIGN,)


def test_the_officer_drafts_first_and_may_ask_for_time_or_hand_back(maker, acts_of):
    assert acts_of(maker.case(), "officer").possible == (
        Action.DRAFT_REPLY,
        Action.SUBMIT_REPLY,
        Action.PROPOSE_EXTENSION,
        Action.OPEN_CONSULTATION,
        Action.ASK_SUPPLEMENT,
        Action.RETURN_TO_CLERK,
    )


@pytest.mark.parametrize("sign_in_name", ["officer2", "auditor", "clerk", "head"])
def test_nobody_else_works_on_a_case_in_hand_and_is_told_who_does(maker, acts_of, sign_in_name):
    acts = acts_of(maker.case(), sign_in_name)

    assert acts.possible == ()
    assert acts.waits_for == "由承办部门办理。"


@pytest.mark.rule("R20")
def test_more_time_can_be_asked_for_on_the_last_day_but_not_after_it(maker, acts_of):
    case = maker.case()

    assert Action.PROPOSE_EXTENSION in acts_of(case, "officer", on=DUE).possible
    late = acts_of(case, "officer", on=LATE)
    assert Action.PROPOSE_EXTENSION not in late.possible
    assert [obstacle.actions for obstacle in late.obstacles] == [(Action.PROPOSE_EXTENSION,)]
    assert late.obstacles[0].words.startswith("答复期限已于 2026年3月23日 届满")


def test_a_second_extension_is_not_offered_and_the_page_says_why(maker, acts_of):
    acts = acts_of(maker.proposed(maker.case(), on=SOON), "officer")

    assert Action.PROPOSE_EXTENSION not in acts.possible
    assert "只能延长一次" in acts.obstacles[0].words


def test_the_head_decides_an_extension_that_waits(maker, acts_of):
    case = maker.proposed(maker.case(), on=SOON)

    assert acts_of(case, "head").possible == (Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION)


def test_an_extension_that_came_too_late_can_only_be_refused(maker, acts_of):
    case = maker.proposed(maker.case(), on=DUE)

    assert acts_of(case, "head", on=LATE).possible == (Action.REFUSE_EXTENSION,)


@pytest.mark.rule("R18")
def test_a_head_who_is_the_officer_too_does_not_decide_his_own_proposal(maker, acts_of):
    case = maker.proposed(maker.case(), on=SOON)
    both = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)

    acts = acts_of(case, both)

    assert not {Action.APPROVE_EXTENSION, Action.REFUSE_EXTENSION} & set(acts.possible)
    assert "不能审批自己提出的事项" in acts.obstacles[0].words


def test_an_approved_extension_by_post_waits_for_its_notice(maker, acts_of):
    case = maker.extended(maker.case(way="post"), on=SOON)

    assert acts_of(case, "clerk").possible == (Action.NOTIFY_EXTENSION,)


def test_the_head_decides_a_reply_that_was_sent_to_him(maker, acts_of):
    case = maker.submitted(maker.case(), on=SOON)

    assert acts_of(case, "head").possible == (Action.ISSUE_REPLY, Action.RETURN_REPLY)
    assert acts_of(case, "officer").waits_for == "答复已送审，等待负责人审批。"


def test_an_issued_letter_by_post_waits_for_its_delivery(maker, acts_of):
    case = maker.issued(maker.case(way="post"), on=SOON)

    assert acts_of(case, "clerk").possible == (Action.DELIVER,)
    assert acts_of(case, "officer").possible == (Action.DELIVER,)


@pytest.mark.parametrize("sign_in_name", ["clerk", "officer", "head"])
def test_nothing_follows_an_answer(maker, acts_of, sign_in_name):
    acts = acts_of(maker.issued(maker.case(), on=SOON), sign_in_name)

    assert (acts.possible, acts.obstacles) == ((), ())


@pytest.mark.parametrize(
    ("action", "actor", "on", "refusal"),
    [
        (Action.ISSUE_REPLY, "head", SOON, ActionNotAllowed),
        (Action.PROPOSE_EXTENSION, "officer", SOON, ExtensionRepeated),
        (Action.APPROVE_EXTENSION, "officer", SOON, OwnProposal),
        (Action.APPROVE_EXTENSION, "head", LATE, ExtensionAfterDue),
    ],
)
def test_an_act_that_cannot_begin_is_refused_in_words(maker, action, actor, on, refusal):
    case = maker.proposed(maker.case(), on=SOON)

    with pytest.raises(refusal):
        next_acts.check(next_acts.standing(case, actor=maker.actor(actor), today=on), action)
