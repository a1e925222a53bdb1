"""What a published item keeps back comes up every year; an answer is published as a copy without anybody's data."""

import threading
from contextvars import Context
from datetime import date, timedelta

import pytest

from caseapp.db import db, transaction
from caseapp.domain import masked_copy
from caseapp.domain.catalogue import ItemStatus, WithheldGround
from caseapp.domain.masked_copy import MASK, PersonalDataLeft
from caseapp.domain.yearly_review import NothingToReview, ReviewResult, ReviewTooEarly, next_after
from caseapp.models import Item
from caseapp.services import audit, item_reviews, items, published_copies
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_items import DAY, act, add, facts, publish
from tests.services.test_replies import DAY as ANSWERED_ON

KEPT = {"ground": WithheldGround.PRIVACY, "withheld": "附件三的报价明细"}
YEAR_LATER = DAY.replace(year=DAY.year + 1)


def review(maker, item_id, result=ReviewResult.STILL_WITHHELD, *, on):
    version = items.get(item_id, actor=maker.actor("head")).version
    with transaction():
        item_reviews.review(
            item_id,
            result=result,
            reason="依据仍然成立。",
            version=version,
            actor=maker.actor("officer"),
            at=moment(on),
        )


def due(maker, on, by="officer"):
    db.session.rollback()
    return [item.id for item in item_reviews.due(maker.actor(by), today=on)]


@pytest.mark.rule("R60")
def test_what_is_kept_back_comes_up_a_year_after_it_was_published_and_every_year(maker):
    plain, kept = publish(maker), publish(maker, **KEPT)
    assert due(maker, YEAR_LATER - timedelta(days=1)) == []
    assert due(maker, YEAR_LATER) == due(maker, YEAR_LATER, "head") == [kept]
    assert due(maker, YEAR_LATER, "officer2") == []
    with pytest.raises(ReviewTooEarly):
        review(maker, kept, on=YEAR_LATER - timedelta(days=1))
    with pytest.raises(NothingToReview):
        review(maker, plain, on=YEAR_LATER)
    review(maker, kept, on=YEAR_LATER + timedelta(days=800))
    again = date(DAY.year + 4, DAY.month, DAY.day)
    assert due(maker, again - timedelta(days=1)) == []
    assert due(maker, again) == [kept]
    assert [row.reason for row in item_reviews.of_item(kept)] == ["依据仍然成立。"]
    assert audit.verify() is None


def test_what_can_be_disclosed_stays_owed_until_it_is(maker):
    kept = publish(maker, **KEPT)
    review(maker, kept, ReviewResult.CAN_BE_DISCLOSED, on=YEAR_LATER)
    assert due(maker, YEAR_LATER) == [kept]
    act(maker, items.change, kept, facts=facts(changed_on=DAY))
    assert due(maker, YEAR_LATER + timedelta(days=900)) == []


@pytest.mark.parametrize(
    ("due_on", "today", "wanted"),
    [
        (date(2024, 2, 29), date(2024, 2, 29), date(2025, 3, 1)),
        (date(2025, 3, 4), date(2026, 3, 4), date(2027, 3, 4)),
        (date(2025, 3, 4), date(2025, 3, 4), date(2026, 3, 4)),
    ],
)
def test_the_next_review_is_an_anniversary_after_today(due_on, today, wanted):
    assert next_after(due_on, today=today) == wanted


def test_the_pages_lead_from_the_list_to_the_review_and_on_to_the_change(maker, app):
    kept = publish(maker, **KEPT)
    desk = StaffDesk(app, "officer", at=moment(YEAR_LATER))
    page = desk.open("/cases/items")
    desk.open(page.select_one("[aria-labelledby=to-review] a")["href"])
    desk.open(desk.page.find("a", string="年度复查不予公开的部分")["href"])
    desk.send(reason=" ")
    assert desk.error_at("result") == "请选择复查结果。"
    assert desk.error_at("reason") == "请写明复查的理由。"
    desk.send(result="can_be_disclosed", reason="商业秘密的期限已过。")
    assert desk.path.endswith(f"/items/{kept}/edit")
    assert "商业秘密的期限已过。" in desk.open(f"/cases/items/{kept}").text


def test_the_worklist_tells_the_department_what_it_owes_the_catalogue(maker, app):
    assert "主动公开：" not in StaffDesk(app, "officer", at=moment(DAY)).open("/cases/").select_one("main").text
    add(maker)
    publish(maker, **KEPT)
    said = {}
    for name, on in [("officer", DAY + timedelta(days=27)), ("officer", YEAR_LATER), ("officer2", YEAR_LATER)]:
        notice = StaffDesk(app, name, at=moment(on)).open("/cases/").select_one("main .notice")
        said[name, on] = notice.text if notice else ""
    assert said["officer", DAY + timedelta(days=27)] == "主动公开：1 条在 3 个工作日内应当公开。"
    assert said["officer", YEAR_LATER] == "主动公开：1 条逾期未公开，1 条待年度复查。"
    assert said["officer2", YEAR_LATER] == ""


# --- copies -------------------------------------------------------------------------------------------------------


def test_names_and_numbers_are_masked_and_a_hidden_one_is_found():
    text = "申请人张示范（电话13800000000，身份证11010119900101001X，a.b@example.com）"
    assert masked_copy.mask(text, ["张示范", "", "某"]) == f"申请人{MASK}（电话{MASK}，身份证{MASK}，{MASK}）"
    for left in ("张 示范同志", "张示范", "１３８００００００００", "11010119900101001x", "见a@b.cn"):
        with pytest.raises(PersonalDataLeft):
            masked_copy.check_copy(left, ["张示范"], label="正文", field="body")
    for fine in ("示范河以北", "编号 2026-0001，面积 13800 平方米", "合同号 110101199001010012345", "某"):
        masked_copy.check_copy(fine, ["张示范", "某", ""], label="正文", field="body")


def answered(maker):
    return maker.issued(maker.case(received_on=RECEIVED), on=ANSWERED_ON)


def test_an_answer_becomes_a_copy_that_a_person_has_looked_through(maker, app):
    case = answered(maker)
    name = case.applicant.name
    desk = StaffDesk(app, "officer", at=moment(ANSWERED_ON))
    desk.open(f"/cases/{case.id}")
    desk.open(desk.page.find("a", string="制作遮去个人信息的公开副本")["href"])
    assert desk.typed()["title"] == case.title
    typed = {"kind": "housing-source", "title": f"{name}要的备案表", "reviewed_by": "审查人某"}
    kinds = [option["value"] for option in desk.page.select("[name=kind] option")]
    typed["kind"] = next(kind for kind in kinds if kind)
    desk.send(**typed)
    assert desk.error_at("masked").startswith("请逐字核对")
    desk.send(**typed, masked="y")
    assert "姓名或联系方式" in desk.error_at("title")
    desk.send(title="备案表", masked="y")
    assert desk.said == ["已登记，审查后可以公开。"]
    db.session.rollback()
    [copy] = published_copies.of_case(case.id)
    assert (copy.title, copy.status, copy.source_case_id) == ("备案表", ItemStatus.DRAFT, case.id)
    with pytest.raises(PersonalDataLeft):
        act(maker, items.change, copy.id, facts=facts(title=f"{name}要的备案表"))


def test_only_what_was_disclosed_is_copied_and_by_its_department_only(maker, app):
    open_case, case = maker.case(received_on=RECEIVED), answered(maker)
    mine, other = (StaffDesk(app, name, at=moment(ANSWERED_ON)) for name in ("officer", "officer2"))
    mine.open(f"/cases/items/new?case={open_case.id}")
    assert mine.status == 404
    other.open(f"/cases/items/new?case={case.id}")
    assert other.status == 404
    other.open("/cases/items/new")
    other.send(case=str(case.id), title="备案表", masked="y")
    assert other.status == 404
    assert db.session.query(Item).count() == 0


def test_a_form_sent_twice_or_at_once_drafts_one_item(maker, app):
    desk = StaffDesk(app, "officer", at=moment(DAY))
    desk.open("/cases/items/new")
    fields = desk.typed() | {"kind": "land-notice", "title": "出让公告", "project_number": "示范地 2026-01号"}
    start = threading.Barrier(4)
    places = []

    def send():
        start.wait()
        places.append(desk.client.post("/cases/items/new", data=fields).headers.get("Location"))

    threads = [threading.Thread(target=Context().run, args=(send,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(places)) == 1
    assert places[0]
    assert db.session.query(Item).count() == 1
    assert add(maker) != add(maker)
