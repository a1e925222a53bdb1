"""The pages of excess and fees over HTTP: seen before it is confirmed, refused at the field (art. 35, 42)."""

from datetime import date

import pytest

from caseapp.domain.fee import FeeStatus
from caseapp.domain.lifecycle import Status
from caseapp.services import fees, reasons
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services import excess_desk

TODAY = date(2026, 3, 4)


@pytest.fixture
def desk(app):
    return lambda sign_in_name, at=TODAY: StaffDesk(app, sign_in_name, at=moment(at, 14))


def text(desk):
    return desk.page.select_one("main").get_text(" ", strip=True)


@pytest.mark.rule("R49")
def test_a_fee_is_proposed_only_after_its_steps_were_shown(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/fee")

    officer.send(basis="by_item", quantity="11", step="confirm")
    assert "第 11 件：1 件 × 100 元 ＝ 100 元" in text(officer)
    assert fees.latest(case.id) is None

    officer.send(quantity="12", step="confirm")
    assert "第 11 至 12 件：2 件 × 100 元 ＝ 200 元" in text(officer)
    assert fees.latest(case.id) is None

    officer.send(step="confirm", amount="1")
    assert officer.said == ["已提交负责人审批。收费通知书发出之前，答复期限照常计算。"]
    maker.again(case.id)
    assert fees.latest(case.id).amount == 200


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"quantity": "11"}, "basis", "请选择收费标准。"),
        ({"basis": "both", "quantity": "11"}, "basis", "请从列出的选项中选择一项。"),
        ({"basis": "by_item", "quantity": "很多"}, "quantity", "请填写整数，例如 10。"),
        ({"basis": "by_item", "quantity": "10"}, "quantity", "信息处理费为 0 元"),
        ({"basis": "by_page", "quantity": "0"}, "quantity", "数量应为 1 至 100000 之间的整数。"),
        ({"basis": "by_page", "quantity": "99999999999999"}, "quantity", "数量应为 1 至 100000 之间的整数。"),
    ],
)
def test_what_cannot_be_charged_is_refused_at_the_field(maker, desk, typed, field, words):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/fee")
    officer.send(**typed, step="show")
    assert words in officer.error_at(field)


def test_the_head_reads_notice_and_calculation_and_decides(maker, desk):
    case = excess_desk.propose_fee(maker, maker.case(), on=TODAY)
    head = desk("head")
    head.open("/supervision/")
    assert "审批收费" in text(head)

    head.open(f"/supervision/cases/{case.id}/fee")
    assert "政府信息公开信息处理费收费通知书" in text(head)
    assert "第 11 件：1 件 × 100 元 ＝ 100 元" in text(head)
    head.send(decision="return", reason="")
    assert "请说明理由" in head.error_at("reason")

    head.open(f"/supervision/cases/{case.id}/fee")
    head.send(decision="approve")
    assert maker.again(case.id).status is Status.AWAITING_PAYMENT


def test_after_the_handling_period_the_head_can_only_refuse(maker, desk):
    case = excess_desk.propose_fee(maker, maker.case(), on=TODAY)
    head = desk("head", at=date(2026, 3, 24))
    head.open(f"/supervision/cases/{case.id}/fee")
    assert "不能再收费" in text(head)
    assert not head.page.select("button[value=approve]")


def fee_by_post(maker, desk):
    case = excess_desk.propose_fee(maker, maker.case(way="post"), on=TODAY)
    head = desk("head")
    head.open(f"/supervision/cases/{case.id}/fee")
    head.send(decision="approve")
    return case


@pytest.mark.rule("R52")
def test_posting_and_receipt_are_recorded_one_after_the_other(maker, desk):
    case = fee_by_post(maker, desk)
    clerk = desk("clerk", at=date(2026, 3, 9))
    clerk.open(f"/cases/{case.id}/fee/delivery")
    clerk.send(sent_on="2026-03-03", tracking_number="EX000000001CN")
    assert "签发日期（2026年3月4日）" in clerk.error_at("sent_on")
    clerk.send(sent_on="2026-03-05", tracking_number="")
    assert "请填写邮件号" in clerk.error_at("tracking_number")
    clerk.send(sent_on="2026-03-05", tracking_number="EX000000001CN", received_on="2026-03-04")
    assert "不能早于寄出日期" in clerk.error_at("received_on")
    clerk.send(received_on="")
    assert clerk.said == ["已登记收费通知书的送达。"]

    clerk.open(f"/cases/{case.id}/fee/delivery")
    assert not clerk.page.select("[name=sent_on]")
    clerk.send(received_on="")
    assert clerk.error_at("received_on") == "请填写申请人收到的日期。"
    clerk.send(received_on="2026-03-09")
    assert maker.again(case.id).urgency_on == date(2026, 4, 7)  # the twentieth working day after the 9th


def test_a_payment_has_a_day_and_a_receipt(maker, desk):
    case = excess_desk.awaiting_payment(maker, told=True)
    clerk = desk("clerk", at=date(2026, 1, 12))
    clerk.open(f"/cases/{case.id}/fee/payment")
    clerk.send(on="2026-01-09", paper=" ")
    assert clerk.error_at("paper") == "请填写财政票据号。"
    clerk.send(on="2026-01-13", paper="财字0001")
    assert clerk.error_at("on") == "缴费日期不能晚于今天。"
    clerk.send(on="2026-01-09")
    assert clerk.said == ["已登记缴费，答复期限自缴费的次日起重新计算。"]
    assert maker.again(case.id).status is Status.IN_HAND


@pytest.mark.rule("R53")
def test_a_case_is_closed_as_unpaid_only_after_its_time(maker, desk):
    case = excess_desk.awaiting_payment(maker, told=True)
    early = desk("officer", at=date(2026, 2, 2))
    early.open(f"/cases/{case.id}/fee/unpaid")
    early.open(f"/cases/{case.id}")
    assert "缴费期限至 2026年2月3日" in early.said[0]

    late = desk("officer", at=date(2026, 3, 4))
    late.open("/cases/")
    assert "处理逾期未缴费" in text(late)
    late.open(f"/cases/{case.id}/fee/unpaid")
    late.send(note="")
    assert late.error_at("note") == "请写明核实情况。"
    late.send(note="三月四日查询，没有缴款记录。")
    assert maker.again(case.id).status is Status.CLOSED
    assert "没有缴款记录" in text(late)


def test_a_fee_can_be_given_up_with_a_reason(maker, desk):
    case = fee_by_post(maker, desk)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/fee/cancel")
    officer.send(reason="")
    assert officer.error_at("reason") == "请说明撤销的理由。"
    officer.send(reason="申请人缩小了范围。")
    maker.again(case.id)
    assert fees.latest(case.id).status is FeeStatus.CANCELLED


@pytest.mark.parametrize("page", ["fee", "fee/unpaid", "fee/cancel", "reasons", "reasons/answer", "reasons/judgement"])
def test_another_departments_case_is_not_found_and_an_auditor_may_not(maker, desk, page):
    case = maker.case()
    for sign_in_name, status in (("officer2", 404), ("auditor", 403)):
        visitor = desk(sign_in_name)
        visitor.open(f"/cases/{case.id}/{page}")
        assert visitor.status == status


@pytest.mark.rule("R36")
def test_reasons_are_asked_recorded_and_judged_on_three_pages(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reasons")
    officer.send(question="", reply_by="2026-03-11", step="show")
    assert officer.error_at("question") == "请写明需要说明的事项。"
    officer.send(question="请说明四十件申请的用途。", reply_by="2026-03-04", step="show")
    assert officer.error_at("reply_by") == "说明理由的期限应在今天之后。"
    officer.send(reply_by="2026-03-11", step="confirm")
    assert "政府信息公开申请说明理由告知书" in text(officer)
    assert reasons.of(case.id) is None
    officer.send(step="confirm")
    assert officer.said == ["已签发说明理由告知书。答复期限照常计算。"]

    officer.open(f"/cases/{case.id}/reasons/answer")
    officer.send(answered="given")
    assert officer.error_at("given_on") == "请填写收到理由的日期。"
    assert officer.error_at("reasons") == "请照录申请人的理由。"
    officer.send(answered="silent")
    assert "届满之后才能登记为未说明" in officer.error_at("answered")
    officer.send(answered="given", given_on="2026-03-04", reasons="课题研究需要。")
    assert officer.said == ["已登记申请人的答复，请判断理由是否成立。"]

    officer.open(f"/cases/{case.id}/reasons/judgement")
    officer.send(verdict="not_accepted", why="无关。", delayed_until="2026-04-30")
    assert "只有理由成立的" in officer.error_at("delayed_until")
    officer.send(verdict="accepted", why="课题已立项。", delayed_until="2026-03-23")
    assert "应晚于现在的答复期限" in officer.error_at("delayed_until")
    officer.send(verdict="accepted", delayed_until="2026-04-30")
    assert "2026年4月30日（《条例》第三十五条" in text(officer)
    assert maker.again(case.id).local_due_on == date(2026, 3, 23)


def test_by_post_the_answer_page_asks_when_the_question_left(maker, desk):
    case = excess_desk.in_hand(maker, maker.case(way="post"), excess_desk.A.RECORD_REASONS, on=TODAY)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reasons/answer")
    officer.send(answered="given", given_on="2026-03-04", reasons="研究。", sent_on="")
    assert officer.error_at("sent_on") == "请填写寄出（交付）的日期。"
    officer.send(answered="given", given_on="2026-03-04", reasons="研究。", sent_on="2026-03-03")
    assert "请填写邮件号" in officer.error_at("tracking_number")
    officer.send(answered="given", given_on="2026-03-04", reasons="研究。", tracking_number="EX000000001CN")
    maker.again(case.id)
    assert reasons.of(case.id).given_on == TODAY


@pytest.mark.rule("R36")
def test_turning_away_without_the_question_is_refused_at_the_field(maker, desk):
    case = maker.case(received_on=RECEIVED)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/excessive")
    officer.send(facts="明显超过合理范围。", act="submit")
    assert "须先要求申请人说明理由" in officer.error_at("facts")
