"""作废: a voided answer keeps its number, the next letter gets the next one, and what was delivered stays."""

import pytest

from caseapp.db import transaction
from caseapp.domain.lifecycle import ActionNotAllowed, Status
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.replies import ReplyStatus
from caseapp.services import audit, case_files, duties, letter_register, letters, replies, voidings
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

REASON = "所附合同的页数有误。"


def voided(maker, case, by="head"):
    with transaction():
        voidings.void_answer(case.id, reason=REASON, version=case.version, actor=maker.actor(by), at=moment(DAY, 16))
    return maker.again(case.id)


@pytest.mark.rule("R44")
def test_a_voided_number_is_never_used_again(maker):
    before = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    due_on = before.statutory_due_on
    case = voided(maker, before)
    assert (case.status, case.outcome, case.statutory_due_on) == (Status.IN_HAND, None, due_on)
    assert case.urgency_on is not None
    reply = replies.of(case.id)
    assert (reply.status, reply.returned_reason, reply.issued_at) == (ReplyStatus.RETURNED, REASON, None)
    assert REASON in {value for _, value in audit.history(case.id)[0].details}

    assert "送达答复书" not in {row.words for row in duties.of_case(case.id, today=DAY)}

    again = maker.issued(case, on=DAY)
    assert [row.done_on for row in duties.of_case(again.id, today=DAY) if row.words == "送达答复书"] == [None]
    first, second = letters.of_case(again.id)
    assert (second.serial, first.voided.reason, second.voided) == (first.serial + 1, REASON, None)
    register = letter_register.page(again.department.code, year=DAY.year, before=None, actor=maker.actor("auditor"))
    assert (register.missing, register.count) == (0, 2)
    assert [bool(letter.voided) for letter in register.letters] == [False, True]
    assert letters.download_for_staff(again.id, first.id, actor=maker.actor("auditor")).content.startswith(b"PK")


def test_a_voided_letter_asks_for_no_delivery_and_is_marked_in_the_file(maker):
    case = voided(maker, maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY))
    codes = [paper.code for paper in case_files.listed(case.id, actor=maker.actor("officer")).papers]
    assert "D34" not in codes
    names = [name for name, _ in case_files._contents(case, at=moment(DAY, 17))]
    assert [name for name in names if name.endswith("（作废）.docx")]


def test_what_has_been_delivered_cannot_be_voided(maker):
    online = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    assert online.status is Status.ANSWERED
    with pytest.raises(ActionNotAllowed, match="已答复"):
        voided(maker, online)
    assert len(letters.of_case(online.id)) == 1


def test_only_the_head_voids(maker):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    for name in ("officer", "clerk", "auditor"):
        with pytest.raises(NotPermitted):
            voided(maker, case, by=name)


def test_the_head_voids_on_the_page_and_says_why(maker, app):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    [letter] = letters.of_case(case.id)
    number = letter.number
    head = StaffDesk(app, "head", at=moment(DAY, 16))
    head.open(f"/cases/{case.id}")
    assert head.page.select(f"a[href='/cases/{case.id}/void']")
    head.open(f"/cases/{case.id}/void")
    assert number in head.page.text
    head.send(reason="")
    assert "请说明作废的理由" in head.page.text
    head.send(reason=REASON)
    assert f"已作废 {number}" in head.page.text
    assert f"已作废：{REASON}" in head.page.text
    head.open(f"/supervision/letters?department={case.department.code}&year={DAY.year}")
    assert f"作废：{REASON}" in head.page.text
    assert "没有缺号" in head.page.text
