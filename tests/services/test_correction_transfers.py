"""转送函: the organ that can correct gets the request with its evidence, under a number of its own, with the answer."""

import io

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LetterKind
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.post import NotByPost
from caseapp.domain.replies import DeliveredBeforeIssue
from caseapp.domain.reply_content import ReplyContent
from caseapp.services import case_files, correction_transfers, letter_register, letters, tracking, voidings
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_corrections import CONTENT, correction  # noqa: F401 (a fixture)
from tests.services.test_replies import DAY

PASSED_ON = ReplyContent(
    outcome=Outcome.CORRECTION_PASSED_ON,
    facts="由市级登记。",
    right_organ="市登记中心",
    right_organ_contact="窗口",
)
NUMBER = "EX000000001CN"


@pytest.fixture
def passed_on(maker, correction):  # noqa: F811
    return maker.issued(correction, on=DAY, content=PASSED_ON)


def deliver(maker, case, *, on=DAY, number=NUMBER, by="clerk"):
    transfer = letters.latest(case.id, LetterKind.CORRECTION_TRANSFER)
    with transaction():
        correction_transfers.record_delivery(
            case.id,
            letter_id=transfer.id,
            way=DeliveryWay.POST,
            on=on,
            tracking_number=number,
            actor=maker.actor(by),
            at=moment(DAY, 17),
        )


def test_the_transfer_leaves_before_the_answer_with_the_evidence_and_no_name(maker, passed_on):
    transfer, answer = letters.of_case(passed_on.id)
    assert (transfer.kind, answer.kind) == (LetterKind.CORRECTION_TRANSFER, LetterKind.CORRECTION_PASSED_ON)
    assert answer.serial == transfer.serial + 1
    words = "\n".join(p.text for p in Document(io.BytesIO(letters.download(passed_on, transfer.id).content)).paragraphs)
    assert "市登记中心" in words
    assert "转送贵单位处理" in words
    assert "政府信息更正申请" in words
    assert "证据.pdf" in words
    assert passed_on.applicant.name not in words
    assert [letter.id for letter in tracking.letters_for_applicant(passed_on)] == [answer.id]


@pytest.mark.parametrize("outcome", [Outcome.CORRECTED, Outcome.CORRECTION_ELSEWHERE])
def test_no_other_answer_makes_one(maker, correction, outcome):  # noqa: F811
    case = maker.issued(correction, on=DAY, content=ReplyContent(outcome=outcome, **CONTENT[outcome]))
    assert len(letters.of_case(case.id)) == 1


def test_its_delivery_is_recorded_once_and_moves_nothing(maker, passed_on):
    missing = [paper.number for paper in case_files.listed(passed_on.id, actor=maker.actor("head")).missing]
    before = (passed_on.status, passed_on.answered_on, passed_on.version)
    with pytest.raises(NotPermitted):
        deliver(maker, passed_on, by="head")
    with pytest.raises(NotByPost):
        deliver(maker, passed_on, number="SF1")
    with pytest.raises(DeliveredBeforeIssue):
        deliver(maker, passed_on, on=DAY.replace(day=DAY.day - 1))
    deliver(maker, passed_on)
    case = maker.again(passed_on.id)
    assert (case.status, case.answered_on, case.version) == before
    assert len(case_files.listed(case.id, actor=maker.actor("head")).missing) == len(missing) - 1
    with pytest.raises(correction_transfers.NoTransferWaits):
        deliver(maker, passed_on)


@pytest.mark.rule("R44")
def test_voiding_the_answer_voids_the_transfer_that_has_not_left(maker, correction):  # noqa: F811
    with transaction():
        maker.again(correction.id).delivery_way = DeliveryWay.POST
    case = maker.issued(maker.again(correction.id), on=DAY, content=PASSED_ON)
    with transaction():
        voidings.void_answer(
            case.id, reason="机关名称有误", version=case.version, actor=maker.actor("head"), at=moment(DAY, 16)
        )
    assert [bool(letter.voided) for letter in letters.of_case(case.id)] == [True, True]
    case = maker.again(case.id)
    register = letter_register.page(case.department.code, year=DAY.year, before=None, actor=maker.actor("auditor"))
    assert (register.missing, register.count) == (0, 2)


def test_the_clerk_records_it_on_the_page(maker, app, passed_on):
    transfer = letters.latest(passed_on.id, LetterKind.CORRECTION_TRANSFER)
    number, case_id, where = transfer.number, passed_on.id, f"/cases/{passed_on.id}/letters/{transfer.id}/delivery"
    desk = StaffDesk(app, "clerk", at=moment(DAY, 16))
    desk.open(f"/cases/{case_id}")
    assert "尚未送达有权更正的机关" in desk.page.text
    assert desk.page.select(f"a[href='{where}']")
    desk.open(where)
    desk.send(way="post", on=DAY.isoformat(), tracking_number="")
    assert "请填写邮件号" in desk.page.text
    desk.send(way="post", on=DAY.isoformat(), tracking_number=NUMBER)
    assert f"已登记 {number} 送达" in desk.page.text
    assert not desk.page.select(f"a[href='{where}']")
    desk.open(where)
    desk.open(f"/cases/{case_id}")
    assert "已经登记过了" in desk.page.text
