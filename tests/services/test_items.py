"""主动公开: drafted, reviewed, published with a clock of working days, gathered, found, changed, withdrawn."""

import io
import json
from datetime import date

import pytest

from caseapp.db import db, transaction
from caseapp.domain.catalogue import (
    ChangedBeforeMade,
    ChangeUndated,
    ItemStatus,
    KindBroken,
    KindUnknown,
    MadeInFuture,
    NotADraft,
    NotReviewed,
    NumberNeeded,
    WithheldGround,
    WithheldUnexplained,
    due_on,
)
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.domain.search_words import QueryTooShort
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.services import audit, catalogue, items, published
from caseapp.services.attachments import FileKindRefused
from tests.desk import Desk
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk

DAY = date(2026, 3, 4)
PDF = b"%PDF-1.7\n" + b"3" * 100


def facts(**given):
    usual = {
        "kind": "land-notice",
        "title": "示范河以北地块出让公告",
        "document_no": "",
        "project_number": "示范地 2026-01号",
        "body": "面积 3.2 公顷，起始价 5 亿元。",
        "made_on": DAY,
        "changed_on": None,
        "ground": WithheldGround.NOTHING,
        "withheld": "",
        "reviewed_by": "审查人某",
    }
    return items.Facts(**usual | given)


def add(maker, by="officer", at=None, **given):
    with transaction():
        return items.add(facts(**given), actor=maker.actor(by), at=at or moment(DAY, 10))


def act(maker, what, item_id, by="officer", **given):
    version = items.get(item_id, actor=maker.actor("head")).version
    with transaction():
        what(item_id, version=version, actor=maker.actor(by), at=moment(DAY, 11), **given)


def publish(maker, **given):
    item_id = add(maker, **given)
    act(maker, items.publish, item_id)
    return item_id


@pytest.mark.parametrize(
    ("made_on", "days", "wanted"),
    [
        (date(2026, 3, 4), 20, date(2026, 4, 1)),
        (date(2026, 3, 4), 7, date(2026, 3, 13)),
        (date(2026, 9, 25), 7, date(2026, 10, 12)),  # over the national days, with the Saturday worked in exchange
    ],
)
def test_the_clock_counts_working_days_from_the_day_after(made_on, days, wanted):
    calendar = base_calendar()
    assert due_on(made_on, None, days=days, calendar=calendar) == wanted
    assert due_on(date(2020, 1, 6), made_on, days=days, calendar=calendar) == wanted


def test_a_draft_is_owed_until_it_is_published_and_only_then_seen(maker):
    item_id = add(maker)
    [draft] = items.page(ItemStatus.DRAFT, before=None, actor=maker.actor("officer")).items
    owed = items.page(ItemStatus.DRAFT, before=None, actor=maker.actor("head")).due
    assert (draft.id, owed) == (item_id, {item_id: date(2026, 4, 1)})
    with pytest.raises(NotVisible):
        published.get(item_id)
    act(maker, items.publish, item_id)
    assert published.get(item_id).title == "示范河以北地块出让公告"
    assert items.page(ItemStatus.DRAFT, before=None, actor=maker.actor("officer")).items == []
    with pytest.raises(NotADraft):
        act(maker, items.publish, item_id)
    assert audit.verify() is None


@pytest.mark.rule("R38")
def test_what_nobody_reviewed_or_has_no_number_is_not_published(maker):
    unreviewed = add(maker, reviewed_by="")
    with pytest.raises(NotReviewed):
        act(maker, items.publish, unreviewed)
    nameless = add(maker, project_number="")
    with pytest.raises(NumberNeeded, match="地块公告编号"):
        act(maker, items.publish, nameless)
    assert published.page(field="", department="", before=None).items == []


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"made_on": date(2026, 3, 5)}, MadeInFuture),
        ({"changed_on": date(2026, 3, 3)}, ChangedBeforeMade),
        ({"changed_on": date(2026, 3, 5)}, ChangedBeforeMade),
        ({"withheld": "附件二"}, WithheldUnexplained),
        ({"ground": WithheldGround.BUSINESS}, WithheldUnexplained),
        ({"kind": "nonsense"}, KindUnknown),
    ],
)
def test_facts_that_do_not_fit_are_refused(maker, given, refusal):
    with pytest.raises(refusal):
        add(maker, **given)


def test_one_project_is_one_page_from_its_first_paper_on(maker):
    late = publish(maker, kind="land-deal", title="成交公示", made_on=DAY, project_number="示范地2026-01号")
    early = publish(maker, made_on=date(2026, 1, 5))
    publish(maker, title="另一地块", project_number="示范地2026-02号")
    publish(maker, kind="housing-plan", title="没有编号的", project_number="")
    assert [item.id for item in published.project("示范地２０２６－01号".replace("－", "-"))] == [early, late]
    assert published.project("") == []


def test_it_is_found_by_words_and_numbers_until_it_is_withdrawn(maker):
    item_id = publish(maker)
    add(maker, title="示范河以北地块草稿")
    for words in ("示范河", "起始价 公顷", "示范地2026-01号"):
        assert [item.id for item in published.find(words, before=None).items] == [item_id], words
    assert published.find("没有的词", before=None).items == []
    with pytest.raises(QueryTooShort):
        published.find("地", before=None)
    act(maker, items.withdraw, item_id, reason="误公开")
    assert published.find("示范河", before=None).items == []
    with pytest.raises(NotVisible):
        published.get(item_id)
    assert items.get(item_id, actor=maker.actor("officer")).withdrawn_reason == "误公开"
    with pytest.raises(NotADraft):
        act(maker, items.change, item_id, facts=facts())


def test_a_published_item_is_changed_at_once_and_reviewed_anew(maker):
    item_id = publish(maker)
    act(maker, items.change, item_id, facts=facts(body="面积更正为 3.3 公顷。", changed_on=DAY))
    assert published.get(item_id).body == "面积更正为 3.3 公顷。"
    assert [item.id for item in published.find("更正为", before=None).items] == [item_id]
    with pytest.raises(NotReviewed):
        act(maker, items.change, item_id, facts=facts(reviewed_by=""))
    with pytest.raises(ChangeUndated):
        act(maker, items.change, item_id, facts=facts())
    with pytest.raises(items.ItemChanged), transaction():
        items.change(item_id, facts(), version=1, actor=maker.actor("officer"), at=moment(DAY, 12))


def test_each_department_handles_its_own(maker):
    item_id = publish(maker)
    with pytest.raises(NotVisible):
        act(maker, items.withdraw, item_id, by="officer2", reason="x")
    for name in ("head", "auditor", "clerk"):
        assert items.get(item_id, actor=maker.actor(name)).id == item_id
        with pytest.raises(NotPermitted):
            act(maker, items.withdraw, item_id, by=name, reason="x")
        with pytest.raises(NotPermitted):
            add(maker, by=name)


def test_files_go_out_with_the_item(maker):
    item_id = add(maker)
    act(maker, items.add_file, item_id, name="附图.pdf", content=PDF)
    with pytest.raises(FileKindRefused):
        act(maker, items.add_file, item_id, name="x.exe", content=b"MZ" * 50)
    [file] = items.get(item_id, actor=maker.actor("officer")).files
    file_id = file.id
    with pytest.raises(NotVisible):
        published.open_file(item_id, file_id)
    act(maker, items.publish, item_id)
    assert published.open_file(item_id, file_id).content == PDF
    other = publish(maker, title="另一条")
    with pytest.raises(NotVisible):
        published.open_file(other, file_id)


def test_lists_page_by_key_and_narrow_by_field_and_department(maker):
    for number in range(27):
        publish(maker, title=f"公告{number}", kind="land-notice" if number % 2 else "housing-plan")
    first = published.page(field="", department="", before=None)
    rest = published.page(field="", department="", before=first.next_before)
    assert len({item.id for item in (*first.items, *rest.items)}) == 27
    assert {item.field_code for item in published.page(field="land", department="", before=None).items} == {"land"}
    code = maker.department("zhujian").code
    assert len(published.page(field="housing", department=code, before=None).items) == 14
    assert published.page(field="", department="guizi", before=None).items == []


def test_the_catalogue_is_loaded_once_and_a_broken_file_adds_nothing(maker, tmp_path):
    assert len(catalogue.kinds()) == 36
    with transaction():
        assert catalogue.load() == 0
    path = tmp_path / "kinds.json"
    good = {"code": "new-kind", "field": "land", "name": "新的一类", "days": 20}
    for bad in ({**good, "days": 8}, {**good, "field": "x"}, {**good, "code": "A"}, {**good, "name": ""}, 3):
        path.write_text(json.dumps({"kinds": [good, bad]}), "utf-8")
        with pytest.raises(KindBroken, match="第 2 项"), transaction():
            catalogue.load(path)
    path.write_text("not json", "utf-8")
    with pytest.raises(KindBroken), transaction():
        catalogue.load(path)
    assert len(catalogue.kinds()) == 36


def test_an_administrator_changes_a_kind_and_stops_using_it(maker, app):
    admin = StaffDesk(app, "admin", at=moment(DAY))
    admin.open("/admin/catalogue")
    assert "土地供应计划" in admin.page.text
    admin.open("/admin/catalogue/land-plan")
    fields = {"name": "土地供应计划（年度）", "days": "7"}
    admin.send(**fields, without=("active",))
    assert "已保存" in admin.page.text
    kind = catalogue.get("land-plan")
    assert (kind.name, kind.days, kind.active) == ("土地供应计划（年度）", 7, False)
    with pytest.raises(KindUnknown):
        add(maker, kind="land-plan")


def test_the_officer_publishes_on_the_pages_and_everybody_finds_it(maker, app):
    desk = StaffDesk(app, "officer", at=moment(DAY, 10))
    desk.open("/cases/items/new")
    desk.send(kind="", title="", made_on="")
    assert "请填写标题" in desk.page.text
    desk.send(kind="land-notice", title="示范地块出让公告", made_on=DAY.isoformat(), project_number="示范地2026-09号")
    assert "公开前请先填写审查人" in desk.page.text
    where = desk.path
    desk.send(to=f"{where}/files", file=(io.BytesIO(PDF), "附图.pdf"))
    assert "附图.pdf" in desk.page.text
    desk.send(to=f"{where}/publish")
    assert "请填写审查人" in desk.page.text
    desk.open(f"{where}/edit")
    desk.send(reviewed_by="审查人某")
    desk.send(to=f"{where}/publish")
    assert "已公开" in desk.page.text

    anybody = Desk(app)
    page = anybody.opens("/search?words=示范地块")
    assert "出让公告" in page.words
    item = where.rsplit("/", 1)[1]
    page = anybody.opens(f"/published/{item}")
    assert "地块公告编号或者地块编号" in page.words
    assert "附图.pdf" in page.words
    anybody.opens("/published/projects?number=示范地2026-09号")
    anybody.opens("/published?field=land")
    assert "请至少输入两个连续的字" in anybody.opens("/search?words=地").words
    for path in ("/published?field=x", "/published/projects?number=x", "/published/feed/x", "/published/999"):
        anybody.opens(path, status=404)


def test_who_was_overtaken_by_a_colleague_can_save_after_looking_again(maker, app):
    item_id = add(maker)
    desk = StaffDesk(app, "officer", at=moment(DAY, 10))
    desk.open(f"/cases/items/{item_id}/edit")
    act(maker, items.change, item_id, facts=facts(title="同事改的标题"))
    desk.send(title="我改的标题")
    assert "刚被别人更新" in desk.page.text
    assert desk.typed()["title"] == "我改的标题"
    desk.send()
    assert "已保存" in desk.page.text
    assert items.get(maker_item(maker, item_id), actor=maker.actor("officer")).title == "我改的标题"


def maker_item(maker, item_id):
    """Return the id, with the session of the test at the newest state."""
    db.session.rollback()
    return item_id


def test_the_feed_and_the_site_map_are_whole_xml(maker, app):
    from xml.etree import ElementTree

    publish(maker, title="<标题> & “引号”", body="𠮷㛃 ]]> &amp;")
    client = app.test_client()
    answer = client.get("/published/feed/land")
    feed = ElementTree.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.find(f"{atom}entry/{atom}title").text == "<标题> & “引号”"
    assert "𠮷㛃 ]]> &amp;" in feed.find(f"{atom}entry/{atom}summary").text
    links = ElementTree.fromstring(client.get("/sitemap.xml").data)
    assert len(links) == 3
    assert len(ElementTree.fromstring(client.get("/published/feed/equity").data).findall(f"{atom}entry")) == 0
