"""部分公开 on its page: items are added without losing a word, judged each at its field, and told one by one."""

import pytest

from caseapp.domain.lifecycle import Status
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

TWO = {
    "item_name_1": "施工合同正文",
    "item_way_1": "given",
    "item_name_2": "评标委员会讨论记录",
    "item_way_2": "E16b",
    "item_reason_2": "该记录是作出决定前的讨论记录。",
    "way": "网上下载",
    "disclosure_demanded": "no",
    "discretion": "公开会影响坦率讨论。",
    "reviewed_by": "科室负责人",
}


@pytest.fixture
def officer(app):
    return StaffDesk(app, "officer", at=moment(DAY, 14))


@pytest.mark.rule("R31")
def test_items_are_added_and_judged_one_by_one(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}/reply/partial")
    officer.send(act="more", **TWO)
    assert officer.typed()["item_reason_2"] == "该记录是作出决定前的讨论记录。"
    officer.send(act="submit", item_name_3="附表")
    assert "请选择第 3 项怎样处理。" in officer.error_at("item_way_3")
    officer.send(act="submit", item_way_3="needs_processing")
    assert "第 3 项的事实和理由" in officer.error_at("item_reason_3")

    officer.send(act="preview", item_reason_3="须由台账汇总得出。")
    words = officer.page.text
    assert "1. 评标委员会讨论记录。该内容属于行政机关在履行行政管理职能过程中形成的过程性信息" in words
    assert "2. 附表。该内容没有现成信息，需要加工、分析" in words
    assert "先向示范区人民政府申请行政复议" in words


def test_a_draft_comes_back_item_by_item_and_can_be_sent(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}/reply/partial")
    officer.send(act="save", **TWO)
    officer.open(f"/cases/{case.id}/reply/partial")
    typed = officer.typed()
    assert (typed["item_way_1"], typed["item_way_2"]) == ("given", "E16b")
    officer.send(act="submit")
    assert maker.again(case.id).status is Status.IN_APPROVAL


def test_nothing_given_is_no_partial_disclosure(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}/reply/partial")
    officer.send(act="submit", **TWO | {"item_way_1": "E16b", "item_reason_1": "同上。"})
    assert "至少有一项予以公开" in officer.page.text
    assert maker.again(case.id).status is Status.IN_HAND
