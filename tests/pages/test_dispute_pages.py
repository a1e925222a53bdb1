"""The pages of 复议、诉讼: recorded, decided, and the new dates read before a case is handled anew."""

from datetime import date

import pytest

from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.other_desk import contested

ANSWERED, DAY = date(2026, 3, 10), date(2026, 5, 18)
RESULT = {"decided_on": "2026-05-18", "decision_no": "示府复决〔2026〕1号", "summary": "撤销原答复。"}


@pytest.fixture
def answered(maker):
    return maker.issued(maker.case(), on=ANSWERED)


@pytest.fixture
def officer(app):
    return StaffDesk(app, "officer", at=moment(DAY, 14))


@pytest.mark.rule("R63")
def test_an_officer_records_a_review_and_its_result_stands_on_the_page_of_the_case(maker, answered, officer):
    officer.open(f"/cases/{answered.id}")
    assert officer.page.find("a", string="登记行政复议、行政诉讼")
    officer.open(f"/cases/{answered.id}/disputes/new")
    officer.send(kind="review", body="示范市人民政府", docket="示府复〔2026〕1号", began_on="2026-04-01")
    assert "尚未审结" in officer.page.find(id="disputes").text

    officer.open(f"/cases/{answered.id}/disputes/result")
    officer.send(result="upheld", **RESULT)
    assert "重新计算" in officer.error_at("no_order")
    assert officer.typed()["summary"] == "撤销原答复。"
    officer.send(no_order="y")
    assert "结果维持" in officer.page.find(id="disputes").text


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({}, "kind", "请选择途径。"),
        ({"kind": "review", "began_on": "2026-04-01"}, "body", "请填写复议机关或者法院的名称。"),
        ({"kind": "review", "body": "示范市人民政府", "began_on": "2026-02-01"}, "began_on", "不能早于申请到达之日"),
        ({"kind": "suit_after_review", "body": "某法院", "began_on": "2026-04-01"}, "kind", "请先登记复议结果"),
    ],
)
def test_what_cannot_be_recorded_says_so_at_its_field(answered, officer, typed, field, words):
    officer.open(f"/cases/{answered.id}/disputes/new")
    officer.send(**typed)
    assert words in officer.error_at(field)


@pytest.mark.rule("R63")
def test_the_new_dates_are_read_before_the_case_is_handled_anew(maker, answered, officer):
    contested(maker, answered, on=ANSWERED)
    officer.open(f"/cases/{answered.id}/disputes/reopening")
    officer.send(result="corrected", effective_on="2026-05-18", period="working_days", step="show", **RESULT)
    assert "请填写决定、裁判确定的期限。" in officer.error_at("working_days")

    officer.send(working_days="10", step="confirm")  # what was not shown is shown first
    assert "2026年6月1日" in officer.page.find("dl", attrs={"aria-label": "期限变化"}).text
    assert maker.again(answered.id).status.value == "answered"

    officer.send(step="confirm")
    assert "重新办理" in officer.said[0]
    assert maker.again(answered.id).status.value == "in_hand"
    assert "由复议决定、裁判确定" in officer.page.find(id="ledger").text
    assert "自 2026年5月18日 起算，10 个工作日" in officer.page.find(id="disputes").text
    assert "复议决定、裁判重新办理" not in officer.page.find(class_="next").text


def test_an_open_case_shows_nothing_of_disputes_that_it_has_not(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}")
    assert officer.page.find(id="disputes") is None
