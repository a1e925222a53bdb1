"""正在编辑: a colleague who opens the same form is warned; whoever sent it, or left it for long, is not named."""

from datetime import timedelta

from caseapp.db import db
from caseapp.models import Presence
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk

AT = moment(RECEIVED, 15)


def warned(desk):
    return [words.text for words in desk.page.select(".notice--warning") if "正在编辑" in words.text]


def test_a_colleague_is_warned_until_the_form_is_sent(maker, app):
    case = maker.case(received_on=RECEIVED)
    actor = maker.actor("officer")
    first, second = (StaffDesk(app, name, at=AT) for name in ("officer", "head"))
    first.open(f"/cases/{case.id}/reply/disclosed")
    assert warned(first) == []
    first.at = AT + timedelta(minutes=3)
    second.at = AT + timedelta(minutes=3)
    maker.proposed(case, on=RECEIVED)
    second.open(f"/supervision/cases/{case.id}/extension")
    assert len(warned(second)) == 1
    assert actor.name in warned(second)[0]
    assert "3 分钟前打开" in warned(second)[0]
    first.open(f"/cases/{case.id}/reply/disclosed")
    assert [words.split("（")[0] for words in warned(first)] == [f"{maker.actor('head').name}正在编辑这份申请"]
    assert "刚刚打开" in warned(first)[0]
    first.send(given="备案表", act="save")
    second.open(f"/supervision/cases/{case.id}/extension")
    assert warned(second) == []


def test_who_left_the_form_for_long_is_named_no_more_and_swept(maker, app):
    case = maker.case(received_on=RECEIVED)
    first, second = StaffDesk(app, "officer", at=AT), StaffDesk(app, "clerk", at=AT + timedelta(minutes=16))
    first.open(f"/cases/{case.id}/reply/disclosed")
    second.open(f"/cases/{case.id}/transfer")
    assert warned(second) == []
    db.session.rollback()
    names = [row.person_id for row in db.session.query(Presence)]
    assert names == [maker.actor("clerk").id]


def test_opening_a_form_keeps_what_the_page_has_read(maker, app):
    case = maker.case(received_on=RECEIVED)
    desk = StaffDesk(app, "officer", at=AT)
    for _ in range(3):
        desk.open(f"/cases/{case.id}/reply/disclosed")
        assert desk.status == 200
    db.session.rollback()
    assert db.session.query(Presence).count() == 1
