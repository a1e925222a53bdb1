"""The list narrowed by what has no index, kept under a name, and several of its cases assigned at once."""

from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.lifecycle import Status
from caseapp.models import Case, Event, Person, SavedList
from caseapp.services import cases, saved_lists
from tests.makers import RECEIVED, VAGUE, moment
from tests.pages.staff_desk import StaffDesk

WEEK = timedelta(days=7)


def numbers(page):
    return [link.text for link in page.select(".rows__number a")]


@pytest.fixture
def desk(app):
    return lambda name, *, on=RECEIVED: StaffDesk(app, name, at=moment(on, 15))


def test_each_condition_finds_its_cases_and_no_other(maker, desk):
    answered = maker.issued(maker.case(received_on=RECEIVED), on=RECEIVED)
    later = maker.case(received_on=RECEIVED + WEEK)
    firm = maker.case(received_on=RECEIVED + 2 * WEEK, kind="business", name="示范建设有限公司")
    due = {case.id: case.local_due_on for case in (answered, later, firm)}
    clerk = desk("clerk", on=due[later.id])
    day = RECEIVED + WEEK
    for narrowed, wanted in [
        ({"outcome": "disclosed"}, [answered]),
        ({"outcome": "not_ours"}, []),
        ({"deadline": "today"}, [later]),
        ({"deadline": "overdue"}, []),
        ({"deadline": "later"}, [firm]),
        ({"deadline": "overdue", "department": "zhujian"}, []),
        ({"received_from": day}, [firm, later]),
        ({"received_from": day, "received_through": day}, [later]),
        ({"received_through": RECEIVED}, [answered]),
        ({"applicant_kind": "business"}, [firm]),
        ({"number": later.number, "received_through": RECEIVED}, []),
        ({"number": later.number, "received_through": day}, [later]),
        ({"drafted_by": "me"}, []),
    ]:
        page = clerk.open(f"/cases/all?{urlencode(narrowed)}")
        assert numbers(page) == [case.number for case in wanted], narrowed
        assert len(page.select("[aria-label=已用的筛选条件] li")) == len(narrowed)
    assert numbers(desk("officer").open("/cases/all?drafted_by=me")) == [answered.number]
    clerk.open("/cases/all?received_from=2026-03-02&applicant_kind=business")
    chips = [chip.get_text(strip=True) for chip in clerk.page.select("[aria-label=已用的筛选条件] a")]
    assert chips[0].startswith("申请人类型：商业企业")
    assert chips[1].startswith("收到日期，从：2026年3月2日")


def test_a_list_is_narrowed_to_what_one_officer_drafted(maker, desk):
    answered = maker.issued(maker.case(received_on=RECEIVED), on=RECEIVED + WEEK)
    maker.case(received_on=RECEIVED)
    clerk, officer = desk("clerk", on=RECEIVED + WEEK), desk("officer", on=RECEIVED + WEEK)
    offered = {
        one.get_text(): one["value"] for one in clerk.open("/cases/all?more=1").select("[name=drafted_by] option")
    }
    assert list(offered) == ["全部", "我起草的", "承办员乙（住建局）", "承办员丙（规自分局）"]
    assert numbers(clerk.open(f"/cases/all?drafted_by={offered['承办员乙（住建局）']}")) == [answered.number]
    assert numbers(clerk.open(f"/cases/all?drafted_by={offered['承办员丙（规自分局）']}")) == []
    own = [one.get_text() for one in officer.open("/cases/all?more=1").select("[name=drafted_by] option")]
    assert own == ["全部", "我起草的"]
    db.session.rollback()
    with transaction():
        db.session.scalars(select(Person).where(Person.sign_in_name == "officer")).one().active = False
    left = [one.get_text() for one in clerk.open("/cases/all?more=1").select("[name=drafted_by] option")]
    assert left[2:] == ["承办员丙（规自分局）", "承办员乙（住建局，账号已停用）"]
    with transaction():
        db.session.scalars(select(Person).where(Person.sign_in_name == "officer")).one().active = True
    others = officer.open(f"/cases/all?drafted_by={offered['承办员丙（规自分局）']}")
    assert (officer.error_at("drafted_by"), len(numbers(others))) == ("请从列出的选项中选择一项。", 2)


def test_further_conditions_are_shown_when_asked_for(maker, desk):
    maker.case()
    clerk = desk("clerk")
    clerk.open("/cases/all?status=in_hand")
    assert not clerk.page.select("[name=outcome]")
    clerk.open(clerk.page.find("a", string="更多条件")["href"])
    assert clerk.page.select("[name=outcome]")
    assert clerk.page.select_one("[name=status] option[selected]")["value"] == "in_hand"


def test_a_day_that_cannot_be_read_is_said_at_its_field(maker, desk):
    maker.case()
    clerk = desk("clerk")
    clerk.open("/cases/all?received_from=gestern")
    assert any("2026-11-23" in words for words in clerk.errors)
    assert clerk.error_at("received_from")
    assert len(numbers(clerk.page)) == 1


def test_what_has_no_index_is_looked_for_a_stretch_at_a_time(maker, desk, monkeypatch):
    monkeypatch.setattr(cases, "STRETCH", 2)
    cases._newest_first.cache_clear()
    old = maker.case(received_on=RECEIVED)
    for _ in range(4):
        maker.case(received_on=RECEIVED + WEEK)
    clerk = desk("clerk", on=RECEIVED + WEEK)
    page, asked = clerk.open(f"/cases/all?received_through={RECEIVED}"), 1
    while not numbers(page):
        assert "继续查找更早的申请" in page.text
        page, asked = clerk.open(page.select_one(".empty a")["href"]), asked + 1
    assert numbers(page) == [old.number]
    assert asked == 3
    cases._newest_first.cache_clear()


def test_a_list_is_kept_for_its_owner_or_for_the_office_and_removed_by_its_owner_only(maker, desk):
    case, _ = maker.case(), maker.case(description=VAGUE)
    clerk, head, officer = desk("clerk"), desk("head"), desk("officer")
    clerk.open("/cases/all?status=in_hand&before=9999")
    clerk.send(name="在办的")
    clerk.open("/cases/all?deadline=later")
    clerk.send(name="不急的", shared="y")
    assert clerk.said == ["已保存常用列表“不急的”。"]
    kept = [link.get_text(strip=True) for link in clerk.page.select("[aria-label=常用列表] a")]
    assert kept == ["不急的", "在办的"]
    assert numbers(clerk.open(clerk.page.find("a", string="在办的")["href"])) == [case.number]
    shared = [link.get_text(strip=True) for link in head.open("/cases/all").select("[aria-label=常用列表] a")]
    assert shared == ["不急的（共用）"]
    db.session.rollback()
    own = db.session.scalars(select(SavedList).order_by(SavedList.id)).all()
    assert [row.narrowed_by for row in own] == ["status=in_hand", "deadline=later"]
    assert len(numbers(officer.open(officer.open("/cases/all").select_one("[aria-label=常用列表] a")["href"]))) == 1
    head.send(to=f"/cases/lists/{own[1].id}/removal", csrf_token=head.open("/cases/search").form.input["value"])
    assert head.status == 404
    clerk.send(to=f"/cases/lists/{own[1].id}/removal")
    assert clerk.said == ["已删除常用列表“不急的”。"]
    assert not head.open("/cases/all").select("[aria-label=常用列表] a")


def test_a_list_without_a_name_twice_the_same_or_one_too_many_is_refused_and_nothing_is_lost(maker, desk, monkeypatch):
    clerk = desk("clerk")
    clerk.open("/cases/all?status=in_hand&applicant_kind=person")
    clerk.send(name=" ")
    assert clerk.error_at("name") == "请填写名称。"
    assert clerk.typed()["narrowed_by"] == "status=in_hand&applicant_kind=person"
    clerk.send(name="我的")
    clerk.open("/cases/all?status=answered")
    clerk.send(name="我的")
    assert "已有一个叫“我的”" in clerk.error_at("name")
    assert clerk.typed()["name"] == "我的"
    clerk.send(name="x" * 61)
    assert clerk.error_at("name") == "名称最多 60 个字。"
    monkeypatch.setattr(saved_lists, "MOST", 1)
    clerk.send(name="另一个")
    assert "请先删除不用的" in clerk.error_at("name")
    clerk.send(name="什么也没有", narrowed_by="colour=red&before=3")
    assert any("请先选择筛选条件" in words for words in clerk.errors)
    assert len(db.session.scalars(select(SavedList)).all()) == 1


def test_ticked_cases_are_given_to_one_department_all_or_none(maker, desk):
    waiting = [maker.case(description=VAGUE) for _ in range(3)]
    clerk = desk("clerk")
    assert not clerk.open("/cases/all").select("[name=case]")
    page = clerk.open("/cases/all?status=registered&tick=all")
    assert len(page.select("[name=case][checked]")) == 3
    two = "&".join(f"case={case.id}" for case in waiting[:2])
    clerk.open(f"/cases/assignment?{two}")
    assert numbers(clerk.page) == [case.number for case in waiting[:2]]
    boxes = [box["value"] for box in clerk.page.select("[name=case]")]
    clerk.send(case=boxes)
    assert clerk.error_at("department") == "请选择承办部门。"
    clerk.send(case=boxes, department="zhujian")
    assert clerk.said == ["已将 2 件申请分派给" + maker.department("zhujian").name + "。"]
    db.session.rollback()
    assert [case.status for case in waiting] == [Status.IN_HAND, Status.IN_HAND, Status.REGISTERED]
    assert (
        len(db.session.scalars(select(Event).where(Event.kind == "assigned", Event.case_id == waiting[0].id)).all())
        == 1
    )


def test_one_case_that_a_colleague_assigned_meanwhile_holds_all_back(maker, desk):
    first, second = (maker.case(description=VAGUE) for _ in range(2))
    clerk, other = desk("clerk"), desk("clerk")
    clerk.open(f"/cases/assignment?case={first.id}&case={second.id}")
    boxes = [box["value"] for box in clerk.page.select("[name=case]")]
    other.open(f"/cases/{second.id}/assignment")
    other.send(department="guizi")
    clerk.send(case=boxes, department="zhujian")
    assert any(words.startswith(second.number) and "所选各件都还没有分派" in words for words in clerk.errors)
    db.session.rollback()
    assert db.session.get(Case, first.id).department_id is None
    assert numbers(clerk.open(f"/cases/assignment?case={first.id}&case={second.id}")) == [first.number]


@pytest.mark.parametrize("boxes", ["case=x", "case=99999999999", "case=1:99999999999", "case=2147483600"])
def test_boxes_that_were_tampered_with_are_not_found(desk, boxes):
    clerk = desk("clerk")
    clerk.open(f"/cases/assignment?{boxes}")
    assert clerk.status == 404
    clerk.send(to="/cases/assignment", csrf_token=clerk.open("/cases/search").form.input["value"])
    assert clerk.said == ["请先选择申请。"]


def test_the_days_of_a_heading_touch_and_do_not_overlap():
    from caseapp.domain.urgency import DATED, Urgency, due_days, urgency

    monday = date(2026, 11, 23)
    for today in (monday + timedelta(days=n) for n in range(7)):
        for due in (today + timedelta(days=n) for n in range(-9, 9)):
            under = [
                heading
                for heading in DATED
                for first, last in [due_days(heading, today=today)]
                if (first is None or first <= due) and (last is None or due <= last)
            ]
            assert under == [urgency(due, today=today)]
            assert Urgency.PAUSED not in under
