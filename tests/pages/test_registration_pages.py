"""The pages of the window: 登记, 接收回执, 登记下一件, 确认, and a changed day of receipt with the head (R1 to R12)."""

import io
from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp.db import db
from caseapp.domain.lifecycle import Status
from caseapp.models import Case
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.other_desk import change_proposed, unconfirmed

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)
GIVEN = {
    "channel": "in_person",
    "arrived_on": "2026-03-02",
    "kind": "person",
    "name": "申请人某",
    "identity_kind": "passport",
    "identity_number": "E00000000",
    "phone": "0431-00000000",
    "description": "申请公开示范花园3号楼竣工验收备案表。",
    "medium": "paper",
    "way": "post",
    "address": "示范区示范街1号",
}


@pytest.fixture
def desk(app):
    return lambda name, day=RECEIVED: StaffDesk(app, name, at=moment(day, 14))


def how_many_cases():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Case))


@pytest.mark.rule("R5")
def test_the_clerk_registers_prints_the_receipt_and_takes_the_next(maker, desk):
    clerk = desk("clerk")
    clerk.open("/cases/register")
    assert "提交之日就是收到申请之日" in clerk.page.text

    clerk.send(**GIVEN)

    assert clerk.page.h1.text == "政府信息公开申请接收回执"
    said = clerk.page.select_one("main").get_text(" ", strip=True)
    assert "2026-0001" in said
    assert "2026年3月23日" in said
    assert "2026年3月30日" in said
    assert len(clerk.page.select_one("dd span.code").text) >= 10
    assert "E00000000" not in said
    following = clerk.page.find("a", string="登记下一件")["href"]
    clerk.open(following)
    assert clerk.page.select_one("[name=channel][checked]")["value"] == "in_person"
    assert clerk.typed()["name"] == ""


@pytest.mark.rule("R1")
@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"channel": ""}, "channel", "请选择申请渠道。"),
        ({"channel": "online"}, "channel", "请从列出的选项中选择一项。"),
        ({"arrived_on": ""}, "arrived_on", "请填写到达日期。"),
        ({"arrived_on": "2026-02-30"}, "arrived_on", "请按 2026-11-23 的样子填写日期。"),
        ({"arrived_on": "2026-03-03"}, "arrived_on", "到达日期不能晚于今天。"),
        ({"channel": "fax", "confirmed_on": "2026-03-03"}, "confirmed_on", "确认日期不能晚于今天。"),
        ({"confirmed_on": "2026-03-02", "arrived_on": "2026-03-01"}, "confirmed_on", "请将确认日期留空"),
        (
            {"channel": "fax", "arrived_on": "2026-02-26", "confirmed_on": "2026-03-02"},
            "note",
            "请说明理由",
        ),
        ({"channel": "oral"}, "signed", "须经申请人签名或者确认"),
        ({"kind": "nobody"}, "kind", "请选择申请人类型。"),
        ({"name": " "}, "name", "请填写申请人的姓名或者名称。"),
        ({"identity_kind": "resident_id", "identity_number": "123"}, "identity_number", "18 位"),
        ({"kind": "business", "identity_number": "123"}, "identity_number", "18 位"),
        ({"phone": "1"}, "phone", "电话"),
        ({"description": ""}, "description", "请照录申请人需要的政府信息。"),
        ({"way": "online"}, "way", "网上"),
    ],
)
def test_what_cannot_be_registered_stands_at_its_field_and_nothing_typed_is_lost(maker, desk, typed, field, words):
    clerk = desk("clerk")
    clerk.open("/cases/register")

    clerk.send(**GIVEN | typed)

    assert words in clerk.error_at(field)
    kept = clerk.typed()
    for name in ("address", "name", "description"):
        if name != field:
            assert kept[name] == (GIVEN | typed)[name]
    assert how_many_cases() == 0


def test_a_refused_scan_is_told_at_its_field(maker, desk):
    clerk = desk("clerk")
    clerk.open("/cases/register")
    clerk.send(**GIVEN, files=(io.BytesIO(b"MZ"), "程序.exe"))
    assert "PDF、Word、图片" in clerk.error_at("files")
    assert how_many_cases() == 0


@pytest.mark.rule("R2")
def test_a_bare_application_is_registered_and_what_it_lacks_is_said(desk):
    clerk = desk("clerk")
    clerk.open("/cases/register")
    clerk.send(**GIVEN | {"identity_number": "", "phone": "", "address": ""})
    said = clerk.page.select_one(".notice--warning").text
    assert "身份证明（第一项）、联系方式（第一项）、获取信息的途径：邮寄地址（第三项）" in said
    assert "补正" in said


@pytest.mark.rule("R3")
def test_no_form_asks_what_the_information_is_for(desk):
    clerk = desk("clerk")
    clerk.open("/cases/register")
    assert not [name for name in clerk.typed() if "purpose" in name or "use" in name.split("_")]
    assert not [label for label in clerk.page.select("label, legend") if "用途" in label.text]


def test_the_same_page_sent_twice_registers_once(maker, desk):
    clerk = desk("clerk")
    clerk.open("/cases/register")
    fields = clerk.typed()
    clerk.send(**GIVEN)
    clerk.send(to="/cases/register", **GIVEN | {"filing_key": fields["filing_key"], "csrf_token": fields["csrf_token"]})
    assert "2026-0001" in clerk.page.text
    assert how_many_cases() == 1


@pytest.mark.rule("R8")
@pytest.mark.rule("R9")
def test_a_fax_is_looked_for_then_confirmed_with_both_dates_shown_first(maker, desk):
    case = unconfirmed(maker)
    clerk = desk("clerk", TUESDAY)
    clerk.open(f"/cases/{case.id}/contact")
    clerk.send(note="")
    assert "请写明联系的情况" in clerk.error_at("note")
    clerk.send(note="无人接听。")
    assert "尚未确认" in clerk.page.text
    assert "未联系上" in clerk.page.text

    clerk.open(f"/cases/{case.id}/confirmation")
    assert "无人接听。" in clerk.page.text
    clerk.send(on="2026-03-01", step="show")
    assert "不能早于申请到达之日" in clerk.page.text
    clerk.send(on="2026-03-03", step="confirm")  # not shown yet: shown first
    said = clerk.page.get_text(" ", strip=True)
    assert "自到达之日起算的答复期限 2026年3月23日" in said
    assert "自确认之日起算的答复期限 2026年3月24日" in said
    assert maker.again(case.id).status is Status.AWAITING_CONFIRMATION
    clerk.send(step="confirm")

    assert "这一天就是收到申请之日" in clerk.said[0]
    assert maker.again(case.id).received_on == TUESDAY


@pytest.mark.rule("R12")
def test_the_clerk_proposes_another_day_and_the_head_decides(maker, desk):
    case = maker.case()
    clerk = desk("clerk")
    clerk.open(f"/cases/{case.id}/receipt-change")
    clerk.send(new_on="2026-02-27", reason=" ", step="show")
    assert "请说明更改的理由。" in clerk.error_at("reason")
    clerk.send(new_on="2026-03-03", reason="误登。", step="show")
    assert "不能晚于今天" in clerk.error_at("new_on")
    assert clerk.typed()["reason"] == "误登。"
    clerk.send(new_on="2026-02-27", reason="信封上的签收日更早。", step="show")
    assert "更改后的答复期限 2026年3月19日" in clerk.page.get_text(" ", strip=True)
    clerk.send(step="confirm")
    assert "负责人同意之后" in clerk.said[0]

    head = desk("head")
    head.open("/supervision/")
    assert "审批收到日期" in head.page.text
    head.open(f"/supervision/cases/{case.id}/receipt-change")
    assert "信封上的签收日更早。" in head.page.text
    head.send(decision="return")
    assert "请说明理由" in head.error_at("reason")
    head.send(decision="approve")
    assert "答复期限已重新计算" in head.said[0]
    assert maker.again(case.id).received_on == date(2026, 2, 27)


@pytest.mark.rule("R12")
def test_the_head_refuses_with_a_reason(maker, desk):
    case = change_proposed(maker, maker.case())
    head = desk("head", TUESDAY)
    head.open(f"/supervision/cases/{case.id}/receipt-change")
    head.send(decision="return", reason="签收日无误。")
    assert "答复期限不变" in head.said[0]
    head.open(f"/cases/{case.id}")
    assert "签收日无误。" in head.page.text
    assert maker.again(case.id).received_on == RECEIVED
