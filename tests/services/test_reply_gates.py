"""Answers that not every case may be given: 补正后仍不明确, 重复申请, 信访类 (art. 30, 36(六), 39(1); R35, R37)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.db import transaction
from caseapp.domain.extension import OwnProposal
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Role
from caseapp.domain.reply_content import NotStated
from caseapp.domain.reply_gates import (
    EarlierAnswerLater,
    EarlierAnswerRepeats,
    EarlierAnswerUnknown,
    NothingCorrected,
)
from caseapp.domain.supplement import SupplementStatus
from caseapp.models import Case
from caseapp.services import letters, replies, reply_gates, supplements
from tests.makers import moment
from tests.services import answers_desk
from tests.services.answers_desk import DAY, LONG_BEFORE, RECEIVED


@pytest.fixture
def earlier(maker) -> Case:
    """An answer of January to the applicant whom `maker` makes."""
    return maker.issued(maker.case(received_on=LONG_BEFORE), on=LONG_BEFORE)


def repeated(maker, case: Case, number: str) -> Case:
    content = replace(maker.content(Outcome.REPEATED), earlier_case=number)
    return maker.submitted(case, on=DAY, content=content)


@pytest.mark.rule("R35")
def test_a_repetition_quotes_number_and_date_of_the_earlier_answer(maker, earlier):
    first = letters.of_case(earlier.id)[-1]
    case = repeated(maker, maker.case(received_on=RECEIVED), earlier.number)
    words = "\n".join(block.text for block in replies.compose(case, content_of(case), dated_on=DAY).blocks)
    assert f"（申请编号：{earlier.number}），本机关已于2026年1月5日以{first.number}文件作出答复" in words


@pytest.mark.rule("R35")
def test_an_answer_to_somebody_else_is_no_earlier_answer(maker, earlier):
    case = maker.case(received_on=RECEIVED, kind="business", name="示范贸易有限公司")
    assert reply_gates.earlier_answers(case) == []
    with pytest.raises(EarlierAnswerUnknown) as refusal:
        repeated(maker, case, earlier.number)
    assert refusal.value.field == "earlier_case"
    assert maker.again(case.id).status is Status.IN_HAND


@pytest.mark.rule("R35")
def test_an_answer_of_another_department_is_neither_offered_nor_taken(maker, earlier):
    case = maker.case(received_on=RECEIVED)
    assert [one.case_number for one in reply_gates.earlier_answers(case)] == [earlier.number]
    with transaction():
        earlier = maker.again(earlier.id)
        letters.of_case(earlier.id)[-1].department_id = maker.department("jiaoyi").id
    assert reply_gates.earlier_answers(maker.again(case.id)) == []
    with pytest.raises(EarlierAnswerUnknown):
        repeated(maker, maker.again(case.id), earlier.number)


@pytest.mark.rule("R35")
def test_a_request_without_an_answer_is_no_earlier_answer(maker):
    waiting = maker.case(received_on=LONG_BEFORE)
    case = maker.case(received_on=RECEIVED)
    for number in (waiting.number, case.number, "2026-9999"):
        with pytest.raises(EarlierAnswerUnknown):
            repeated(maker, maker.again(case.id), number)


@pytest.mark.rule("R35")
def test_what_was_asked_before_the_earlier_answer_is_no_repetition(maker):
    case = maker.case(received_on=RECEIVED)
    other = maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 3, 3))
    with pytest.raises(EarlierAnswerLater, match="2026年3月3日"):
        repeated(maker, maker.again(case.id), other.number)


@pytest.mark.rule("R35")
def test_a_repetition_is_linked_to_the_first_answer_itself(maker, earlier):
    second = maker.case(received_on=RECEIVED)
    content = replace(maker.content(Outcome.REPEATED), earlier_case=earlier.number)
    second = maker.issued(second, on=RECEIVED, content=content)
    third = maker.case(received_on=date(2026, 3, 4))
    with pytest.raises(EarlierAnswerRepeats):
        repeated(maker, third, second.number)


@pytest.mark.rule("R35")
def test_a_repetition_without_a_link_is_refused(maker, earlier):
    with pytest.raises(NotStated) as refusal:
        repeated(maker, maker.case(received_on=RECEIVED), " ")
    assert refusal.value.field == "earlier_case"


def test_what_stays_unclear_needs_a_correction_that_arrived(maker):
    content = maker.content(Outcome.UNCLEAR)
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(NothingCorrected, match="第三十条"):
        maker.submitted(case, on=DAY, content=content)
    case = maker.awaiting(maker.again(case.id), on=date(2026, 3, 4))
    case = answers_desk.corrected(maker, case, on=date(2026, 3, 6))
    assert supplements.latest(case.id).status is SupplementStatus.TAKEN
    assert maker.submitted(case, on=DAY, content=content).status is Status.IN_APPROVAL


@pytest.mark.rule("R37")
@pytest.mark.parametrize("outcome", [Outcome.PETITION, Outcome.EXCESSIVE])
def test_a_second_person_confirms_what_is_not_handled(maker, outcome):
    case, content = answers_desk.ready(maker, outcome)
    case = maker.submitted(case, on=DAY, content=content)
    alone = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)
    with pytest.raises(OwnProposal), transaction():
        replies.issue(case.id, version=case.version, actor=alone, at=moment(DAY, 12))
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY, 12))
    assert maker.again(case.id).outcome is outcome


def content_of(case: Case):
    return replies.content_of(replies.of(case.id))
