"""The pages of 征求意见: dates and letters first, bad input at its field, doors that stay shut."""

from datetime import date

import pytest

from caseapp.domain.consultation import Position
from caseapp.services import consulted
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk

ASKED_ON, ARRIVED_ON, ANSWERED_ON = date(2026, 3, 9), date(2026, 3, 11), date(2026, 3, 18)
QUESTION = {
    "kind": "third_party",
    "name": "示范建设有限公司",
    "contact": "示范区示范街2号",
    "matter": "施工合同中的报价构成。",
}
TOLD = {"disclosed": "施工合同的总价。", "reasons": "涉及公共安全。"}


@pytest.fixture
def desk(app):
    return lambda name, day=ASKED_ON: StaffDesk(app, name, at=moment(day, 16))


def path(maker, case, page=""):
    return f"/cases/{case.id}/consultations/{maker.consultation(case).id}{page}"


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"kind": "nobody"}, "kind", "请从列出的选项中选择一项。"),
        ({"name": ""}, "name", "请填写名称或者姓名。"),
        ({"name": "名\x07称"}, "name", "第 2 个字"),
        ({"contact": ""}, "contact", "请填写联系方式"),
        ({"matter": ""}, "matter", "请写明征求意见的信息内容。"),
        ({"matter": "金丝雀某申请的合同。"}, "matter", "出现了申请人的姓名"),
    ],
)
def test_a_question_that_cannot_go_out_keeps_what_was_typed(maker, desk, typed, field, words):
    case = maker.case(name="金丝雀某")
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/consultations/new")
    given = {**QUESTION, "matter": "报价构成。"} | typed
    officer.send(**given, step="show")
    assert words in officer.error_at(field)
    untouched = next(name for name in ("contact", "matter") if name not in typed)
    assert officer.typed()[untouched] == given[untouched]
    assert consulted.of_case(maker.again(case.id), today=ASKED_ON) == []


@pytest.mark.rule("R22")
def test_a_question_goes_out_only_after_its_letter_and_its_dates_were_shown(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/consultations/new")
    officer.send(**QUESTION, step="confirm")
    assert "2026年4月14日（预计）" in officer.page.select_one(".notice").text
    assert "施工合同中的报价构成。" in officer.page.select_one(".paper").text
    officer.send(matter="另一份合同。", step="confirm")
    assert consulted.of_case(maker.again(case.id), today=ASKED_ON) == []
    officer.send(step="confirm", opened_on="2020-01-01", local_due_on="2099-01-01")
    assert officer.said[0].startswith("已签发征求意见书")
    case = maker.again(case.id)
    assert (case.local_due_on, maker.consultation(case).opened_on) == (date(2026, 4, 14), ASKED_ON)


@pytest.mark.parametrize(
    ("page", "typed", "field", "words"),
    [
        ("/delivery", {"on": ""}, "on", "请填写送达日期。"),
        ("/delivery", {"on": "2026-03-08"}, "on", "不能早于文书的日期"),
        ("/delivery", {"on": "2026-03-10"}, "on", "不能晚于今天"),
        ("/delivery", {"on": "2026-03-09", "proof": "号" * 41}, "proof", "40 字以内"),
    ],
)
def test_an_impossible_delivery_is_refused_at_its_field(maker, desk, page, typed, field, words):
    case = maker.asked(maker.case(), on=ASKED_ON)
    officer = desk("officer")
    officer.open(path(maker, case, page))
    officer.send(**typed, step="show")
    assert words in officer.error_at(field)


def test_delivery_and_answer_show_the_new_date_first(maker, desk):
    case = maker.asked(maker.case(), on=ASKED_ON)
    officer = desk("officer", ANSWERED_ON)
    officer.open(path(maker, case, "/delivery"))
    officer.send(on="2026-03-11", step="confirm")
    assert "2026年4月16日" in officer.page.select_one(".notice").text
    assert maker.consultation(maker.again(case.id)).delivered_on is None
    officer.send(step="confirm")

    officer.open(path(maker, case, "/opinion"))
    officer.send(on="2026-03-10", position="objects", step="show")
    assert "不能早于征求意见书送达的日期" in officer.error_at("on")
    officer.send(on="2026-03-18", step="show")
    assert "2026年4月1日" in officer.page.select_one(".notice").text
    officer.send(step="confirm")
    case = maker.again(case.id)
    assert (case.local_due_on, maker.consultation(case).position) == (date(2026, 4, 1), Position.OBJECTS)


def test_an_answer_and_a_judgement_ask_for_a_choice(maker, desk):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    officer = desk("officer", ANSWERED_ON)
    officer.open(path(maker, case, "/opinion"))
    officer.send(reasons="是商业秘密。", step="show")
    assert officer.error_at("position") == "请选择对方的意见。"
    assert officer.typed()["reasons"] == "是商业秘密。"

    case = maker.answered(case, on=ANSWERED_ON)
    officer.open(path(maker, case, "/judgement"))
    officer.send(public_interest="公共安全。")
    assert officer.error_at("is_reasonable") == "请选择您的判断。"
    assert officer.error_at("reasons") == "请说明判断的理由。"
    assert officer.typed()["public_interest"] == "公共安全。"


@pytest.mark.rule("R25")
def test_the_third_party_is_told_by_a_letter_that_was_shown_first(maker, desk):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ARRIVED_ON)
    case = maker.weighed(maker.answered(case, on=ANSWERED_ON), on=ANSWERED_ON, harms=False)
    officer = desk("officer", ANSWERED_ON)
    officer.open(path(maker, case, "/disclosure"))
    officer.send(**{**TOLD, "reasons": ""}, step="show")
    assert officer.error_at("reasons") == "请写明决定公开的理由。"
    officer.send(**TOLD, step="confirm")
    assert "行政复议" in officer.page.select_one(".paper").text
    assert maker.consultation(maker.again(case.id)).notice_letter_id is None
    officer.send(step="confirm")
    officer.open(path(maker, case, "/disclosure/delivery"))
    officer.send(on="2026-03-17")
    assert "不能早于文书的日期" in officer.error_at("on")
    officer.send(on="2026-03-18", proof="签收人某")
    assert officer.said == ["已登记公开决定告知书送达第三方。"]
    assert maker.consultation(maker.again(case.id)).notice_delivered_on == ANSWERED_ON


def test_the_applicants_notice_by_post_wants_its_number(maker, desk):
    case = maker.asked(maker.case(way="post"), on=ASKED_ON)
    clerk = desk("clerk")
    clerk.open(path(maker, case, "/applicant-notice"))
    clerk.send(on="2026-03-09", proof="")
    assert "请填写邮件号" in clerk.errors[0]
    clerk.send(proof="EX000000005CN")
    assert clerk.said == ["已登记征求意见一事告知申请人。"]


@pytest.mark.parametrize(
    "page", ["/delivery", "/opinion", "/judgement", "/disclosure", "/disclosure/delivery", "/applicant-notice"]
)
def test_what_cannot_be_done_now_leads_back_in_words_and_other_cases_stay_shut(maker, desk, page):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ASKED_ON)
    officer = desk("officer")
    officer.open(path(maker, case, page))
    assert officer.status == (200 if page == "/opinion" else 302)
    desks = desk("officer2"), desk("auditor")
    for other, status in zip(desks, (404, 403), strict=True):
        other.open(path(maker, case, page))
        assert other.status == status
    officer.open(f"/cases/{maker.case().id}/consultations/{maker.consultation(case).id}{page}")
    assert officer.status == 404


def test_the_case_page_lists_those_asked_and_the_worklist_leads_to_what_waits(maker, desk):
    case = maker.asked(maker.case(), on=ASKED_ON)
    officer = desk("officer")
    shown = officer.open(f"/cases/{case.id}").text
    assert "已发出，等待登记送达，期限至 2026年3月30日" in shown
    assert "不扣除征求意见时间的日期：2026年3月23日" in shown
    assert "征求意见中，预计 4月14日到期" in shown
    assert "登记征求意见书送达" in officer.open("/cases/").text
    case = maker.answered(maker.arrived(case, on=ASKED_ON), on=ASKED_ON)
    assert "判断所征求的意见" in officer.open("/cases/").text
    assert "不同意公开，待判断" in officer.open(f"/cases/{case.id}/consultations").text


def test_the_answer_is_drafted_with_what_came_of_the_consultation(maker, desk):
    case = maker.arrived(maker.asked(maker.case(), on=ASKED_ON), on=ASKED_ON)
    case = maker.weighed(maker.answered(case, on=ASKED_ON), on=ASKED_ON, harms=True)
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/withheld")
    assert "第三方不同意公开，经审查，其理由成立" in officer.typed()["consultation"]
    assert "示范建设有限公司" not in officer.typed()["consultation"]
