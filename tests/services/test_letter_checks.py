"""Before issuing, the finished letter is read back: what is wrong blocks it, and its number is free again."""

from dataclasses import replace

import pytest

from caseapp.db import db, transaction
from caseapp.domain.lifecycle import Status
from caseapp.models import Case, Department
from caseapp.services import letters, replies
from caseapp.services.letter_checks import LetterFaulty
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


def issue(maker, case):
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY, 14))


def submitted(maker, **content):
    case = maker.case(received_on=RECEIVED)
    return maker.submitted(case, on=DAY, content=replace(maker.content(), **content))


@pytest.mark.rule("R40")
def test_a_good_letter_passes_every_point(maker):
    case = submitted(maker)
    proof = replies.proof(case, replies.content_of(replies.of(case.id)), dated_on=DAY)
    assert proof.is_good
    assert {"救济途径", "主送", "成文日期", "未填的字段"} <= {one.requirement for one in proof.findings}
    issue(maker, case)


def test_another_applicants_name_blocks_the_letter_and_frees_the_number(maker):
    other = maker.case(received_on=RECEIVED)
    with transaction():
        maker.again(other.id).applicant.name = "邻居某甲"
    case = submitted(maker, given="与邻居某甲共用的备案表")
    with pytest.raises(LetterFaulty, match="他人姓名应为“无”，实为“邻居某甲”"):
        issue(maker, case)
    case = maker.again(case.id)
    assert (case.status, letters.of_case(case.id)) == (Status.IN_APPROVAL, [])
    good = submitted(maker)
    issue(maker, good)
    assert letters.of_case(good.id)[0].serial == 1


def test_a_name_that_the_request_itself_uses_is_nobody_elses(maker):
    other = maker.case(received_on=RECEIVED)
    with transaction():
        maker.again(other.id).applicant.name = "邻居某甲"
    case = maker.case(received_on=RECEIVED, description="申请公开住建部门与邻居某甲有关的竣工验收备案表。")
    issue(maker, maker.submitted(case, on=DAY, content=replace(maker.content(), given="与邻居某甲有关的备案表")))


@pytest.mark.parametrize("left", ["×××公司的备案表", "____的备案表"])
def test_a_place_left_to_be_filled_blocks_it(maker, left):
    case = submitted(maker, given=left)
    with pytest.raises(LetterFaulty, match="未填的字段"):
        issue(maker, case)


def test_the_head_sees_the_list_and_cannot_issue_what_misses_a_point(maker, app):
    case = submitted(maker, given="×××公司的备案表")
    head = StaffDesk(app, "head", at=moment(DAY, 14))
    head.open(f"/supervision/cases/{case.id}/reply")
    assert "有不符合的，请退回修改" in head.page.text
    assert not head.page.select("button[value=approve]")
    good = submitted(maker)
    head.open(f"/supervision/cases/{good.id}/reply")
    assert "项全部符合" in head.page.text
    assert head.page.select("button[value=approve]")


def test_an_office_with_a_pattern_of_its_own_may_go_on_using_it(maker):
    with transaction():
        for department in db.session.query(Department):
            department.number_pattern = "{prefix}〔{year}〕第{serial}号"
    case = submitted(maker)
    issue(maker, case)
    assert "第1号" in letters.of_case(case.id)[0].number
    assert db.session.get(Case, case.id).status is Status.ANSWERED
