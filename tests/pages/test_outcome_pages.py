"""Choosing an answer, linking a repetition, and what the head is asked to confirm (R35, R37)."""

from datetime import date

import pytest

from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import OFFERED, Outcome
from caseapp.services import letters, replies
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services import answers_desk
from tests.services.answers_desk import DAY, LONG_BEFORE, RECEIVED


@pytest.fixture
def desk(app):
    return lambda name: StaffDesk(app, name, at=moment(DAY, 12))


def test_the_answers_are_offered_in_groups_with_a_line_each(maker, desk):
    case = maker.case(received_on=RECEIVED)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply")

    headings = [legend.text for legend in officer.page.select("fieldset fieldset > legend")]
    assert headings == ["予以公开、部分公开", "不予公开", "无法提供", "不予处理"]
    counts = [len(group.select("input")) for group in officer.page.select("fieldset fieldset")]
    assert counts == [3, 2, 4, 5]
    offered = [one["value"] for one in officer.page.select("input[name=outcome]")]
    assert sorted(offered) == sorted(outcome.value for outcome in OFFERED)
    hints = [hint.text for hint in officer.page.select(".choice .hint")]
    assert len(hints) == len(offered)
    assert all("（《条例》第" in hint for hint in hints)


@pytest.mark.rule("R35")
def test_a_repetition_is_chosen_from_the_answers_to_the_same_applicant(maker, desk):
    earlier = maker.issued(maker.case(received_on=LONG_BEFORE), on=LONG_BEFORE)
    maker.issued(maker.case(received_on=LONG_BEFORE, kind="business", name="示范贸易有限公司"), on=LONG_BEFORE)
    case = maker.case(received_on=RECEIVED)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/repeated")

    options = {one["value"]: one.text for one in officer.page.select("select[name=earlier_case] option")}
    assert list(options) == ["", earlier.number]
    assert letters.of_case(earlier.id)[-1].number in options[earlier.number]
    officer.send(earlier_case=earlier.number, facts="两次申请的是同一份备案表。", act="submit")

    assert maker.again(case.id).status is Status.IN_APPROVAL
    assert replies.content_of(replies.of(case.id)).earlier_case == earlier.number


@pytest.mark.rule("R35")
def test_where_nothing_was_answered_before_the_form_says_so_and_takes_no_number(maker, desk):
    waiting = maker.case(received_on=LONG_BEFORE)
    case = maker.case(received_on=RECEIVED)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/repeated")
    assert "没有找到本部门对同一申请人的答复" in officer.page.text

    officer.send(earlier_case=waiting.number, facts="同一信息。", act="submit")

    assert officer.error_at("earlier_case")
    assert maker.again(case.id).status is Status.IN_HAND


def test_what_stays_unclear_is_refused_in_words_before_any_correction(maker, desk):
    case = maker.case(received_on=date(2026, 3, 9))
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/unclear")
    officer.send(unclear="不知道指哪份文件。", act="submit")
    assert "没有收到过补正材料" in officer.errors[0]
    assert officer.typed()["unclear"] == "不知道指哪份文件。"


@pytest.mark.rule("R37")
@pytest.mark.parametrize(("outcome", "asked"), [(Outcome.PETITION, True), (Outcome.PUBLICATION, False)])
def test_the_head_reads_what_issuing_confirms(maker, desk, outcome, asked):
    case, content = answers_desk.ready(maker, outcome)
    case = maker.submitted(case, on=DAY, content=content)
    head = desk("head")
    head.open(f"/supervision/cases/{case.id}/reply")
    assert ("签发即为确认" in head.page.text) is asked
    head.send(decision="approve")
    assert maker.again(case.id).outcome is outcome
