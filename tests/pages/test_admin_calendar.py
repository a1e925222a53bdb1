"""The calendar pages: shown before entered, refused at the field, nothing typed is lost."""

from datetime import date

import pytest

from caseapp import clock
from tests.desk import Desk
from tests.makers import moment
from tests.services.test_calendar_notices import NOTICE_2027

TODAY = moment(date(2026, 12, 20))


@pytest.fixture
def admin(app):
    with clock.stopped_at(TODAY):
        yield Desk(app).signs_in("admin")


@pytest.mark.rule("R15")
def test_a_notice_is_shown_with_what_it_changes_and_entered_when_confirmed(app, maker, admin):
    case = maker.case(received_on=date(2027, 1, 20))
    number, before = case.number, case.local_due_on
    maker.again(case.id)
    admin.opens("/admin/calendar/notice")
    page = admin.fills_in("查看会改变什么", year="2027", number="试〔2026〕1号", text=NOTICE_2027)
    assert number in page.words
    assert "1月31日（星期日）" in page.words
    assert maker.again(case.id).local_due_on == before
    page = admin.fills_in("确认录入")
    assert page.heading == "工作日历"
    assert "期限有变化的申请 1 件" in page.words
    assert maker.again(case.id).local_due_on != before


def test_a_text_changed_after_it_was_shown_is_shown_again_instead_of_being_entered(maker, admin):
    admin.opens("/admin/calendar/notice")
    admin.fills_in("查看会改变什么", year="2027", number="试", text=NOTICE_2027)
    changed = NOTICE_2027.replace("共3天。\n二", "共3天。12月27日（星期日）上班。\n二")
    page = admin.fills_in("确认录入", text=changed)
    assert page.heading == "录入国务院放假通知"
    assert "2026年12月27日" in page.words


def test_a_notice_that_does_not_add_up_is_refused_at_the_field_with_its_sentence(admin):
    broken = NOTICE_2027.replace("5月1日（星期六）至5日（星期三）", "5月1日（星期六）至5日（星期四）")
    admin.opens("/admin/calendar/notice")
    page = admin.fills_in("查看会改变什么", year="2027", number="试", text=broken)
    assert "5月1日（星期六）至5日（星期四）" in page.soup.select_one("#text-error-1").get_text()
    assert page.fields("查看会改变什么")["text"].replace("\r\n", "\n").strip() == broken.strip()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"year": "", "number": "试", "text": "x"}, "year"),
        ({"year": "1999", "number": "试", "text": "x"}, "year"),
        ({"year": "2027", "number": "", "text": "x"}, "number"),
        ({"year": "2027", "number": "试", "text": ""}, "text"),
        ({"year": "2027", "number": "试", "text": "没有任何安排"}, "text"),
    ],
)
def test_bad_input_is_told_at_its_field(admin, typed, field):
    admin.opens("/admin/calendar/notice")
    page = admin.fills_in("查看会改变什么", **typed)
    assert page.soup.select_one(f"#{field}-error-1")
    for name, value in typed.items():
        assert page.fields("查看会改变什么")[name] == value


def test_a_day_is_set_by_hand_and_taken_back(maker, admin):
    admin.opens("/admin/calendar/day")
    admin.fills_in("修改并重新计算期限", day="", kind="off", reason="", source="")
    assert "请填写日期。" in admin.page.words
    page = admin.fills_in(
        "修改并重新计算期限", day="2026-12-24", kind="off", reason="暴雪停止办公", source="区政府公告"
    )
    assert "2026年12月24日" in page.words
    page = admin.fills_in("撤销")
    assert "没有手工修改过的日期" in page.words
