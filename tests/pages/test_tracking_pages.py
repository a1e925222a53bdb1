"""Following a request: the same answer for every wrong pair, few tries, half an hour, nobody else's letters."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.models import Attempt
from caseapp.services import throttle
from tests.makers import moment
from tests.pages.filing_desk import PERSON, FilingDesk

START = moment(date(2026, 3, 2))
NOT_FOUND = "没有查到这份申请。请核对申请编号和查询码。"
TOO_MANY = "查询次数过多，请 15 分钟后再试。"


@pytest.fixture(autouse=True)
def _monday_morning():
    with clock.stopped_at(START):
        yield


@pytest.fixture
def filed(app):
    """Return number and query code of a request that has been filed."""
    desk = FilingDesk(app)
    return desk.files(), desk.code


def at_the_door(app, *, address="127.0.0.1"):
    desk = FilingDesk(app)
    desk.client.environ_base["REMOTE_ADDR"] = address
    desk.opens("/track")
    return desk


def asks(desk, number, code):
    desk.fills_in("查询", number=number, code=code)
    return desk


def in_general(desk):
    """Return the page without what differs from visit to visit: the token and what was typed."""
    for one in desk.page.soup.select("input"):
        del one["value"]
    return str(desk.page.soup)


def test_number_and_code_open_the_progress(app, filed):
    number, code = filed
    assert number in asks(at_the_door(app), number, code).page.heading


def test_number_and_code_may_be_typed_loosely(app, filed):
    number, code = filed
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in number)
    spaced = f" {code[:5].lower()} {code[5:].lower()} "
    assert number in asks(at_the_door(app), full_width, spaced).page.heading


def test_a_wrong_number_and_a_wrong_code_are_answered_alike(app, filed):
    number, code = filed
    wrong_code = asks(at_the_door(app), number, "2222222222")
    wrong_number = asks(at_the_door(app), "2026-9999", code)
    both = asks(at_the_door(app), "2026-9999", "2222222222")
    assert wrong_code.errors == [NOT_FOUND]
    assert in_general(wrong_code) == in_general(wrong_number) == in_general(both)
    assert wrong_code.page.status == wrong_number.page.status == 200


def test_what_was_typed_is_kept_after_a_wrong_pair(app, filed):
    desk = asks(at_the_door(app), filed[0], "2222222222")
    assert desk.page.fields("查询")["number"] == filed[0]
    assert desk.page.fields("查询")["code"] == "2222222222"


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("number", "", "请填写申请编号。"),
        ("code", " ", "请填写查询码。"),
        ("number", "2026\x07", "“申请编号”第 5 个字是看不见的控制字符，请删除后再提交。"),
        ("code", "甲" * 201, "请控制在 200 字以内，现在是 201 字。"),
    ],
)
def test_a_wrong_answer_is_told_at_its_field(app, field, typed, words):
    desk = at_the_door(app)
    desk.fills_in("查询", **{"number": "2026-0001", "code": "ABCDEFGH23", field: typed})
    assert desk.error_at(field) == words


@pytest.mark.parametrize("number", ["𠮷" * 10, "' OR 1=1 --", "%", "2026-0001\u2028", "9" * 200])
def test_a_strange_number_is_only_not_found(app, number):
    assert asks(at_the_door(app), number, "2222222222").errors == [NOT_FOUND]


def test_the_eleventh_try_of_an_address_is_refused_though_the_pair_is_right(app, filed):
    desk = at_the_door(app)
    for _ in range(10):
        assert asks(desk, "2026-9999", "2222222222").errors == [NOT_FOUND]
    assert asks(desk, *filed).errors == [TOO_MANY]
    assert asks(at_the_door(app), *filed).errors == [TOO_MANY]
    assert filed[0] in asks(at_the_door(app, address="10.0.0.2"), *filed).page.heading
    with clock.stopped_at(START + timedelta(minutes=15)):
        assert filed[0] in asks(desk, *filed).page.heading


def test_an_unreadable_form_is_no_try(app, filed):
    desk = at_the_door(app)
    for _ in range(12):
        asks(desk, "", "")
    assert filed[0] in asks(desk, *filed).page.heading


def test_everybody_together_may_try_six_hundred_times(app, filed):
    with app.app_context(), transaction():
        throttle.count(throttle.TRACKING, {"address": "10.0.0.9"}, at=START)
        db.session.execute(update(Attempt).values(count=599))
    assert filed[0] in asks(at_the_door(app, address="10.0.0.2"), *filed).page.heading
    assert asks(at_the_door(app, address="10.0.0.3"), *filed).errors == [TOO_MANY]


def test_a_visit_ends_after_half_an_hour(app, filed):
    desk = asks(at_the_door(app), *filed)
    with clock.stopped_at(START + timedelta(minutes=30)):
        assert filed[0] in desk.opens("/track/case").heading
    with clock.stopped_at(START + timedelta(minutes=30, seconds=1)):
        assert desk.opens("/track/case").heading == "查询进度"


def test_a_visit_ends_when_its_reader_says_so(app, filed):
    desk = asks(at_the_door(app), *filed)
    desk.fills_in("结束查询")
    assert desk.opens("/track/case").heading == "查询进度"


def test_without_number_and_code_there_is_no_progress(app, filed):
    assert FilingDesk(app).opens("/track/case").heading == "查询进度"


def test_letters_of_another_request_are_not_there(app, filed, maker):
    other = maker.issued(maker.case(), on=date(2026, 3, 3))
    with app.app_context():
        wanted = db.session.scalar(db.text(f"SELECT id FROM letters WHERE case_id = {other.id}"))
    desk = asks(at_the_door(app), *filed)
    desk.opens(f"/track/letters/{wanted}", status=404)
    desk.opens("/track/letters/99999", status=404)
    desk.opens("/track/letters/99999999999999999999", status=404)


def test_a_letter_is_not_handed_out_without_number_and_code(app, maker):
    other = maker.issued(maker.case(), on=date(2026, 3, 3))
    with app.app_context():
        wanted = db.session.scalar(db.text(f"SELECT id FROM letters WHERE case_id = {other.id}"))
    FilingDesk(app).opens(f"/track/letters/{wanted}", status=404)


def test_a_persons_name_is_masked_in_the_progress_and_whole_on_the_receipt(app):
    desk = FilingDesk(app)
    number = desk.files()
    assert "申请人某" in desk.page.words
    asks(at := at_the_door(app), number, desk.code)
    assert "申***" in at.page.words
    assert "申请人某" not in at.page.words
    assert PERSON["identity_number"] not in at.page.words


def test_an_organisations_name_is_whole_in_the_progress(app):
    desk = FilingDesk(app).for_an_organisation()
    number = desk.files()
    assert "某某示范有限公司" in asks(at_the_door(app), number, desk.code).page.words


def test_the_progress_tells_nothing_of_the_offices_own(app, filed):
    page = asks(at_the_door(app), *filed).page
    for word in ("退回", "分派", "承办员", "candidates", "routing"):
        assert word not in page.words.replace("分派给", "")


ELSEWHERE = [
    "https://evil.example.com",
    "//evil.example.com",
    "/\\evil.example.com",
    "/\t/evil.example.com",
    "javascript:x",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_the_staff_door_never_leads_to_another_host(app, target):
    desk = FilingDesk(app)
    desk.opens("/staff/sign-in?next=" + target.replace("\t", "%09").replace("\\", "%5C"))
    fields = desk.page.fields("登录") | {"sign_in_name": "officer", "password": "yanshi-2026", "next": target}
    answer = desk.client.post("/staff/sign-in", data=fields)
    assert answer.headers["Location"] == "/cases/"
