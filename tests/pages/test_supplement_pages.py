"""The pages of 补正 and 撤回: bad input stands at its field, what was typed stays, doors stay shut."""

from datetime import date

import pytest

from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.services import supplements
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk

FIFTH, EIGHTH, AFTER = date(2026, 3, 9), date(2026, 3, 12), date(2026, 3, 23)
ITEMS = "请写明材料的名称。"


@pytest.fixture
def desk(app):
    return lambda name, day=FIFTH: StaffDesk(app, name, at=moment(day, 14))


@pytest.fixture
def awaiting(maker):
    return maker.awaiting(maker.case(), on=FIFTH)


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"items": ""}, "items", "请写明需要补正的内容，一行一项。"),
        ({"items": "名\x07称"}, "items", "第 2 个字"),
        ({"reply_by": ""}, "reply_by", "请填写补正期限。"),
        ({"reply_by": "2026-02-30"}, "reply_by", "请按 2026-11-23 的样子填写日期。"),
        ({"reply_by": "2026-03-09"}, "reply_by", "最早 2026年3月10日"),
        ({"reply_by": "2027-03-09"}, "reply_by", "最长 30 个工作日"),
    ],
)
def test_a_notice_that_cannot_go_out_keeps_what_was_typed(maker, desk, typed, field, words):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/supplement")
    assert not officer.page.select("[name=override]")

    officer.send(**{"items": ITEMS, "guidance": "可查公示栏。", "step": "show"} | typed)

    assert words in officer.error_at(field)
    assert officer.typed()["guidance"] == "可查公示栏。"
    assert supplements.latest(case.id) is None


@pytest.mark.rule("R26")
def test_a_late_notice_is_asked_for_its_reason_and_marked(maker, desk):
    case = maker.case()
    officer = desk("officer", EIGHTH)
    officer.open(f"/cases/{case.id}/supplement")

    officer.send(items=ITEMS, step="show")
    assert "最晚 2026年3月11日" in officer.error_at("override")
    officer.send(override="申请人要求书面列明。", step="show")
    officer.send(step="confirm")

    assert officer.said == ["已签发补正告知书，答复期限暂停计算，收到补正后重新计算。"]
    assert "逾期告知" in officer.page.text
    assert "申请人要求书面列明。" in officer.page.text


def test_words_changed_after_the_letter_was_shown_are_shown_again(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/supplement")
    officer.send(items=ITEMS, step="show")
    officer.send(items="请写明年份。", step="confirm")

    assert "请写明年份。" in officer.page.select_one(".paper").text
    assert supplements.latest(maker.again(case.id).id) is None


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"taken_on": "2026-03-24"}, "taken_on", "收到日期不能晚于今天。"),
        ({"taken_on": "2026-03-06"}, "taken_on", "不能早于告知补正的日期"),
        ({"taken_on": "昨天"}, "taken_on", "请按 2026-11-23 的样子填写日期。"),
        ({"text": " "}, "text", "请填写补正的内容。"),
    ],
)
def test_a_correction_on_paper_with_a_wrong_day_keeps_what_was_typed(awaiting, desk, typed, field, words):
    clerk = desk("clerk", AFTER)
    clerk.open(f"/cases/{awaiting.id}/supplement/answer")
    clerk.send(**{"taken_on": "2026-03-16", "text": "是2025年的。", "step": "show"} | typed)

    assert words in clerk.error_at(field)
    assert clerk.typed()["text"].strip() == ("是2025年的。" if field != "text" else "")


def test_a_correction_on_paper_shows_the_new_dates_before_it_counts(maker, awaiting, desk):
    clerk = desk("clerk", AFTER)
    clerk.open(f"/cases/{awaiting.id}/supplement/answer")
    clerk.send(taken_on="2026-03-16", text="是2025年的。", step="confirm")
    assert "2026年4月7日" in clerk.page.text
    assert maker.again(awaiting.id).status is Status.AWAITING_SUPPLEMENT

    clerk.send(step="confirm")
    assert maker.again(awaiting.id).local_due_on == date(2026, 4, 7)


def test_a_lapse_is_not_begun_before_the_period_is_over(awaiting, desk):
    officer = desk("officer", date(2026, 3, 20))
    officer.open(f"/cases/{awaiting.id}/supplement/lapse")
    assert officer.status == 302 or "2026年3月20日 届满" in officer.page.text


def test_a_lapse_without_judgement_names_both_fields(maker, awaiting, desk):
    officer = desk("officer", AFTER)
    officer.open(f"/cases/{awaiting.id}/supplement/lapse")
    officer.send()
    assert officer.error_at("judgement") == "请写明核实情况。"
    officer.send(judgement="无法联系。")
    assert "确无正当理由的，请勾选此项" in officer.error_at("no_good_reason")
    assert officer.typed()["judgement"] == "无法联系。"
    officer.send(no_good_reason="y")
    assert maker.again(awaiting.id).outcome is Outcome.LAPSED


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"on": "2026-03-10"}, "on", "不能晚于今天"),
        ({"on": "2026-03-01"}, "on", "不能早于收到政府信息公开申请的日期"),
        ({"on": ""}, "on", "请填写收到撤回申请的日期。"),
    ],
)
def test_a_withdrawal_on_paper_with_a_wrong_day_keeps_what_was_typed(maker, desk, typed, field, words):
    case = maker.case()
    clerk = desk("clerk")
    clerk.open(f"/cases/{case.id}/withdrawal")
    clerk.send(**{"on": "2026-03-09", "reason": "不再需要。", "signed": "y"} | typed)

    assert words in clerk.error_at(field)
    assert clerk.typed()["reason"] == "不再需要。"
    clerk.send(on="2026-03-09")
    assert clerk.said == ["已登记撤回，这份申请已结束。"]
    assert maker.again(case.id).outcome is Outcome.WITHDRAWN


def test_a_withdrawal_needs_the_signature_confirmed(maker, desk):
    case = maker.case()
    clerk = desk("clerk")
    clerk.open(f"/cases/{case.id}/withdrawal")
    clerk.send(reason="不再需要。")
    assert "签名" in clerk.error_at("signed")


def test_withdrawing_is_offered_but_never_as_the_next_step(maker, desk):
    case = maker.case()
    clerk = desk("clerk")
    page = clerk.open(f"/cases/{case.id}")
    assert not page.select(".next .btn")
    assert "由承办部门办理。" in page.select_one(".next").text
    assert "登记申请人撤回" in page.select_one(".next").text


@pytest.mark.parametrize(
    "page", ["supplement", "supplement/notice", "supplement/answer", "supplement/lapse", "withdrawal"]
)
def test_another_department_and_the_auditor_find_these_doors_shut(awaiting, desk, page):
    other, auditor = desk("officer2"), desk("auditor")
    other.open(f"/cases/{awaiting.id}/{page}")
    auditor.open(f"/cases/{awaiting.id}/{page}")
    assert (other.status, auditor.status) == (404, 403)


@pytest.mark.parametrize("path", ["supplement", "withdrawal"])
def test_without_the_query_code_nobody_answers_or_withdraws(app, awaiting, maker, path):
    visitor = app.test_client()
    assert visitor.get(f"/track/case/{path}").headers["Location"] == "/track"
    answer = visitor.post(f"/track/case/{path}", data={"text": "冒名。", "reason": "冒名。", "confirmed": "y"})
    assert "查询进度" in answer.text
    assert maker.again(awaiting.id).status is Status.AWAITING_SUPPLEMENT
