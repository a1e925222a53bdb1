"""A fee over HTTP on both databases: proposed, approved, told, paid, and the period begins anew (R49 to R53)."""

from datetime import date

import pytest

from caseapp.services import audit
from tests.desk import Desk
from tests.stories.test_main_journey import case_of, files_a_request, on  # noqa: F401 (a fixture)


def tracks(desk: Desk, number: str, code: str) -> str:
    desk.opens("/track")
    desk.fills_in("查询", number=number, code=code)
    return desk.page.words


@pytest.mark.rule("R53")
def test_a_fee_is_asked_told_and_paid(app, case_of):  # noqa: F811
    applicant = Desk(app)

    # Given a request for eighty pages
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, title="3号楼竣工验收备案表", description="申请公开备案表全卷。")

    # When the officer proposes a fee by page, seeing each step first
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        officer.follows(number)
        officer.follows("申请收取信息处理费")
        officer.fills_in("计算费用", basis="by_page", quantity="80")
        assert "第 31 至 80 页：50 页 × 10 元 ＝ 500 元" in officer.page.words
        officer.fills_in("确认提交审批")
        assert case_of(number).local_due_on == date(2026, 3, 23)

    # And the head approves with the notice beside it
    with on(date(2026, 3, 10)):
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批收费")
        assert "收费通知书" in head.page.words
        assert "人民币500元" in head.page.words
        head.fills_in("同意收费")
        assert case_of(number).local_due_on is None

    # Then the applicant reads what to pay, how, and until when
    with on(date(2026, 3, 11)):
        words = tracks(applicant, number, code)
        assert "需要缴费" in words
        assert "请最晚在 2026年4月8日 缴纳信息处理费 500 元" in words
        assert "缴费方式" in words
        assert applicant.page.soup.select("a[href*='/track/letters/']")

    # When the payment is recorded, the period begins anew on the day after
    with on(date(2026, 3, 20)):
        clerk = Desk(app).signs_in("clerk")
        clerk.opens(f"/cases/{case_of(number).id}")
        clerk.follows("登记缴费")
        clerk.fills_in("登记缴费", on="2026-03-20", paper="财字0001")
        assert "原答复期限届满日2026年3月23日不再适用" in clerk.page.words
        case = case_of(number)
        assert (case.status.value, case.local_due_on) == ("in_hand", date(2026, 4, 13))
        assert "2026年4月13日" in tracks(applicant, number, code)

    with app.app_context():
        assert audit.verify() is None


@pytest.mark.rule("R53")
def test_a_fee_that_nobody_pays_ends_the_request(app, case_of):  # noqa: F811
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(
            applicant, title="3号楼竣工验收备案表", description="申请公开备案表。", way="post"
        )
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        officer.follows(number)
        officer.follows("申请收取信息处理费")
        officer.fills_in("计算费用", basis="by_page", quantity="31")
        officer.fills_in("确认提交审批")
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批收费")
        head.fills_in("同意收费")
    with on(date(2026, 3, 12)):
        clerk = Desk(app).signs_in("clerk")
        clerk.opens(f"/cases/{case_of(number).id}")
        clerk.follows("登记收费通知送达")
        clerk.fills_in("登记送达", sent_on="2026-03-10", tracking_number="EX000000001CN", received_on="2026-03-11")
    with on(date(2026, 4, 10)):  # the last day to pay was 9 April
        officer.opens(f"/cases/{case_of(number).id}")
        officer.follows("按逾期未缴费结束")
        officer.fills_in("按逾期未缴费结束", note="查无缴款记录。")
        case = case_of(number)
        assert (case.status.value, case.outcome.value) == ("closed", "unpaid")
        assert "逾期未缴费，不再处理" in tracks(applicant, number, code)
