"""The pages of filing: bad input is told at its field, nothing typed is lost, and no forged field counts."""

from datetime import date

import pytest

from caseapp import clock
from tests.makers import moment
from tests.pages.filing_desk import KIND, ORGANISATION, PERSON, STEPS, FilingDesk, case_in, how_many_cases

CONTROL = "看不见的控制字符"
ONE_OF_LIST = "请从列出的选项中选择一项。"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _monday_morning():
    with clock.stopped_at(moment(date(2026, 3, 2))):
        yield


@pytest.fixture
def desk(app):
    return FilingDesk(app)


def keeps(desk, typed):
    fields = desk.page.fields("下一步")
    return {name: fields.get(name) for name in typed} == typed


AGENT = {"representation": "agent"}
WRONG = [
    ("kind", "kind", {"kind": None}, "请选择申请人类型。"),
    ("kind", "kind", {"kind": "king"}, "请选择申请人类型。"),
    ("kind", "representation", {"representation": "nobody"}, ONE_OF_LIST),
    ("kind", "agent_name", AGENT | {"agent_name": " "}, "请填写代理人姓名。"),
    ("kind", "agent_name", AGENT | {"agent_name": "甲" * 101}, "请控制在 100 字以内，现在是 101 字。"),
    ("applicant", "name", {"name": ""}, "请填写姓名。"),
    ("applicant", "name", {"name": "甲" * 101}, "请控制在 100 字以内，现在是 101 字。"),
    ("applicant", "identity_number", {"identity_number": ""}, "请填写证件号码。"),
    ("applicant", "identity_number", {"identity_number": "E0"}, "请核对护照号码，应为 5 至 30 位字母或数字。"),
    ("applicant", "phone", {"phone": ""}, "请填写联系电话，例如手机号或带区号的座机。"),
    ("applicant", "phone", {"phone": "12"}, "请核对联系电话，手机号为 11 位，座机请写上区号。"),
    ("information", "title", {"title": "甲" * 201}, "请控制在 200 字以内，现在是 201 字。"),
    ("information", "document_no", {"document_no": "甲" * 101}, "请控制在 100 字以内，现在是 101 字。"),
    ("information", "description", {"description": " \n "}, "请描述您需要的政府信息。"),
    ("information", "description", {"description": "甲" * 3001}, "请控制在 3000 字以内，现在是 3001 字。"),
    ("delivery", "medium", {"medium": "stone"}, ONE_OF_LIST),
    ("delivery", "way", {"way": "pigeon"}, ONE_OF_LIST),
    ("delivery", "way", {"way": "online", "medium": "paper"}, "纸质文件不能在网上获取，请选择邮寄或当面领取。"),
    ("delivery", "address", {"address": ""}, "您选择了邮寄，请填写通信地址。"),
    ("delivery", "address", {"address": "甲" * 301}, "请控制在 300 字以内，现在是 301 字。"),
]
WRONG_OF_ORGANISATIONS = [
    ("name", "", "请填写名称。"),
    ("name", "甲" * 101, "请控制在 100 字以内，现在是 101 字。"),
    ("credit_code", "", "请填写统一社会信用代码。"),
    ("credit_code", "9135", "统一社会信用代码应为 18 位数字或大写字母。"),
    ("credit_code", "91350100M000100Y44", "请核对统一社会信用代码，最后一位与前 17 位不匹配。"),
    ("representative", "", "请填写法定代表人（负责人）姓名。"),
    ("contact_person", "", "请填写联系人姓名。"),
    ("phone", "1", "请核对联系电话，手机号为 11 位，座机请写上区号。"),
]


@pytest.mark.parametrize(("step", "field", "typed", "words"), WRONG)
def test_a_wrong_answer_is_told_at_its_field_and_all_else_is_kept(desk, step, field, typed, words):
    desk.comes_to(step)
    desk.goes_on(step, **typed)
    assert desk.error_at(field) == words
    assert desk.errors == [words]
    choices = {"kind", "representation", "identity_kind", "medium", "way"}
    kept = {name: value for name, value in (desk.given[step] | typed).items() if name not in choices & set(typed)}
    blank = {name for name, value in typed.items() if isinstance(value, str) and not value.strip()}
    assert keeps(desk, {name: "" if name in blank else value for name, value in kept.items()})


@pytest.mark.parametrize(("field", "typed", "words"), WRONG_OF_ORGANISATIONS)
def test_a_wrong_answer_of_an_organisation_is_told_at_its_field_and_all_else_is_kept(desk, field, typed, words):
    desk.for_an_organisation().comes_to("applicant")
    desk.goes_on("applicant", **{field: typed})
    assert desk.error_at(field) == words
    assert keeps(desk, ORGANISATION | {field: typed})


TEXTS = [
    ("kind", "agent_name"), ("applicant", "name"), ("applicant", "identity_number"), ("applicant", "phone"),
    ("information", "title"), ("information", "document_no"), ("information", "description"), ("delivery", "address"),
]  # fmt: skip


@pytest.mark.parametrize(("step", "field"), TEXTS)
def test_a_control_character_is_told_at_its_field(desk, step, field):
    desk.comes_to(step)
    more = AGENT if field == "agent_name" else {}
    desk.goes_on(step, **more | {field: "甲\x07乙"})
    assert CONTROL in desk.error_at(field)
    assert keeps(desk, {name: value for name, value in desk.given[step].items() if name not in {field, *more}})


@pytest.mark.parametrize("field", ["name", "credit_code", "representative", "contact_person", "phone"])
def test_a_control_character_of_an_organisation_is_told_at_its_field(desk, field):
    desk.for_an_organisation().comes_to("applicant")
    desk.goes_on("applicant", **{field: "甲\u202e乙"})
    assert CONTROL in desk.error_at(field)
    assert keeps(desk, {name: value for name, value in ORGANISATION.items() if name != field})


def test_a_forged_kind_of_document_is_told_at_its_field(desk):
    desk.comes_to("applicant").goes_on("applicant", identity_kind="licence")
    assert desk.error_at("identity_kind") == ONE_OF_LIST
    assert keeps(desk, {name: value for name, value in PERSON.items() if name != "identity_kind"})


def test_several_wrong_answers_are_told_together(desk):
    desk.comes_to("applicant")
    desk.goes_on("applicant", name="", phone="12", identity_number="")
    assert len(desk.errors) == 3
    assert desk.page.soup.title.get_text().startswith("错误：")


@pytest.mark.parametrize("name", ["阿" * 60, "阿卜杜拉·" * 12, "𠮷㛃" * 30, "O’Brien-" + "x" * 52])
def test_a_name_of_sixty_characters_stands_whole_on_the_receipt(app, desk, name):
    desk.given = desk.given | {"applicant": PERSON | {"name": name}}
    number = desk.files()
    assert name in desk.page.words
    assert len(name) == 60
    assert case_in(app, number).number == number


def test_markup_in_an_answer_is_text_on_every_page(desk):
    wanted = "<script>alert(1)</script>{{ 7*7 }}"
    desk.given = desk.given | {"information": {"title": wanted, "document_no": wanted, "description": wanted}}
    desk.files()
    assert wanted in desk.page.words
    assert not desk.page.soup.select("script")


FORGED = {
    "due_on": "2030-01-01",
    "local_due_on": "2030-01-01",
    "statutory_due_on": "2030-01-01",
    "received_on": "2020-01-01",
    "filed_at": "2020-01-01T00:00:00",
    "department": "guizi",
    "department_id": "1",
    "status": "answered",
    "outcome": "disclosed",
    "number": "2026-9999",
    "query_code": "2222222222",
    "version": "9",
    "id": "77",
}


def test_a_forged_date_department_status_or_number_changes_nothing(app, desk):
    desk.opens("/apply/kind")
    for step in STEPS:
        desk.sends(f"/apply/{step}", desk.given[step] | FORGED)
    desk.sends("/apply/check", desk.page.fields("提交申请") | FORGED)
    case = case_in(app, "2026-0001")
    assert (case.received_on, case.local_due_on, case.statutory_due_on) == (
        date(2026, 3, 2),
        date(2026, 3, 23),
        date(2026, 3, 30),
    )
    assert (case.status.value, case.outcome) == ("in_hand", None)
    assert desk.code != "2222222222"


def test_an_applicant_cannot_choose_the_department(app, desk):
    plain = FilingDesk(app)
    chosen = case_in(app, _files_with(desk, department="guizi")).department_id
    assert chosen == case_in(app, plain.files()).department_id


def _files_with(desk, **forged):
    desk.comes_to("check").fills_in("提交申请", **forged)
    return desk.number


def test_a_second_press_of_the_button_makes_no_second_case(app, desk):
    desk.comes_to("check")
    seen = desk.page
    desk.fills_in("提交申请")
    number = desk.number
    desk.page = seen
    desk.fills_in("提交申请")
    assert desk.page.heading == "政府信息公开申请回执"
    assert desk.number == number
    assert how_many_cases(app) == 1


def test_going_back_after_filing_leads_to_the_receipt(app, desk):
    number = desk.files()
    desk.opens("/apply/check")
    assert desk.number == number
    assert how_many_cases(app) == 1


def test_a_page_sent_again_after_filing_changes_nothing_of_the_case(app, desk):
    desk.comes_to("information")
    seen = desk.page
    desk.goes_on("information")
    desk.fills_in("下一步", **desk.given["delivery"])
    desk.fills_in("提交申请")
    number = desk.number
    desk.page = seen
    desk.goes_on("information", description="换一段描述。")
    assert case_in(app, number).description == desk.given["information"]["description"]
    assert how_many_cases(app) == 1


def test_the_draft_seen_on_the_check_page_is_filed_though_the_browser_began_another(desk):
    desk.comes_to("check")
    seen = desk.page
    desk.client.delete_cookie("filing")
    desk.comes_to("information")
    desk.page = seen
    desk.fills_in("提交申请")
    assert desk.page.heading == "政府信息公开申请回执"
    assert desk.given["information"]["description"] in desk.page.words


@pytest.mark.parametrize("step", STEPS)
def test_a_lost_session_loses_nothing_typed(desk, step):
    desk.comes_to(step)
    desk.client.delete_cookie("session")
    desk.goes_on(step)
    assert desk.errors == ["页面打开的时间较长，为保护您的信息，请再提交一次。您填写的内容已保留。"]
    assert keeps(desk, {name: value for name, value in desk.given[step].items() if value})
    desk.fills_in("下一步")
    assert not desk.errors
    assert desk.page.response.request.path != f"/apply/{step}"


def test_a_lost_session_on_the_check_page_asks_to_press_again(app, desk):
    desk.comes_to("check")
    desk.client.delete_cookie("session")
    desk.fills_in("提交申请")
    assert how_many_cases(app) == 0
    desk.fills_in("提交申请")
    assert desk.page.heading == "政府信息公开申请回执"


def test_a_browser_that_comes_back_finds_what_was_typed(desk):
    desk.comes_to("check")
    desk.client.delete_cookie("session")
    for step in STEPS:
        desk.opens(f"/apply/{step}")
        shown = {name: value for name, value in desk.given[step].items() if value}
        assert keeps(desk, shown)


def test_a_draft_older_than_a_day_is_no_reason_for_an_error(desk):
    desk.comes_to("check")
    desk.client.set_cookie("filing", "x" * 22)
    desk.opens("/apply/check")
    assert desk.page.heading == "申请人类型"
    assert "已超过保存时间" in desk.page.words


@pytest.mark.parametrize("step", ["applicant", "information", "delivery"])
def test_nobody_submits_before_every_page_is_filled_in(app, desk, step):
    desk.comes_to(step).opens("/apply/check")
    assert desk.page.response.request.path == f"/apply/{step}"
    assert "请先填完前面的步骤，再提交。" in desk.page.words
    assert how_many_cases(app) == 0


def test_a_filled_honeypot_is_told_and_files_nothing(app, desk):
    desk.comes_to("check").fills_in("提交申请", homepage="https://example.com")
    assert desk.errors == ["请将“请勿填写此栏”留空后再提交。"]
    assert how_many_cases(app) == 0
    desk.opens("/apply/kind").form("下一步")
    desk.fills_in("下一步", **KIND | {"homepage": "x"})
    assert desk.errors == ["请将“请勿填写此栏”留空后再提交。"]


def test_the_receipt_is_reached_again_with_the_cookie_only(app, desk):
    number = desk.files()
    code = desk.code
    desk.client.delete_cookie("session")
    desk.opens("/apply/receipt")
    assert (desk.number, desk.code) == (number, code)
    FilingDesk(app).opens("/apply/receipt", status=404)


@pytest.mark.parametrize("key", ["", "x" * 22, "x" * 3000, "' OR 1=1 --", "../../etc"])
def test_a_made_up_filing_key_shows_nobodys_receipt(app, desk, key):
    desk.files()
    stranger = FilingDesk(app)
    stranger.client.set_cookie("filing", key)
    stranger.opens("/apply/receipt", status=404)


def test_no_address_holds_a_query_code_an_identity_number_or_a_name(desk):
    number, code = desk.files(), desk.code
    desk.opens("/track")
    desk.fills_in("查询", number=number, code=code)
    assert number in desk.page.words
    told = " ".join(desk.addresses)
    for secret in (code, PERSON["identity_number"], PERSON["name"], "%E7%94%B3", PERSON["phone"]):
        assert secret not in told


def test_the_display_is_remembered_and_leads_back_to_the_page(desk):
    desk.opens("/guide")
    desk.sends("/display", {"next": "/guide?", "elder": "1"})
    assert desk.page.heading == "申请须知"
    assert "elder" in desk.page.soup.html["class"]
    desk.sends("/display", {"next": "/guide?", "contrast": "1"})
    assert {"elder", "contrast"} <= set(desk.page.soup.html["class"])
    desk.sends("/display", {"next": "/guide?", "elder": ""})
    assert desk.page.soup.html["class"] == ["contrast"]


ELSEWHERE = [
    "https://evil.example.com",
    "//evil.example.com",
    "/\\evil.example.com",
    "\\\\evil.example.com",
    "javascript:alert(1)",
    "/\t/evil.example.com",
    "/\n/evil.example.com",
    "/\r/evil.example.com",
    "http:evil.example.com",
    "",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_display_switch_never_leads_to_another_host(desk, target):
    desk.opens("/guide")
    token = desk.page.soup.select_one("input[name=csrf_token]")["value"]
    answer = desk.client.post("/display", data={"csrf_token": token, "next": target, "elder": "1"})
    assert answer.headers["Location"] == "/"
