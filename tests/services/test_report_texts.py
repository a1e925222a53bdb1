"""The written parts of the annual report: kept, held against the tables, a verdict remembered until a side moves."""

import io
import json
from datetime import date

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.annual_report import NEW, RESULTS, TOTAL
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.domain.report_text import (
    NumberBroken,
    VerdictMissing,
    draft_of_requests,
    stock_against_last_year,
    text_against_tables,
)
from caseapp.services import report_files, report_texts, reports
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

AT = moment(date(2027, 1, 10))
THREE = {(NEW, TOTAL): 5, ("2", TOTAL): 1, (RESULTS, TOTAL): 4, ("3.1", TOTAL): 2, ("3.2", TOTAL): 1, ("4", TOTAL): 2}


def write(maker, *, year=2026, by="admin", **texts):
    with transaction():
        report_texts.write(year, texts, actor=maker.actor(by), at=AT)


def enter(maker, *, year=2026, by="admin", **numbers):
    with transaction():
        report_texts.enter(year, numbers, actor=maker.actor(by), at=AT)


def judge(maker, key, words="口径不同，无误。", by="admin"):
    with transaction():
        report_texts.judge(reports.annual(2026), key, words, actor=maker.actor(by), at=AT)


def warned():
    return report_texts.warnings(reports.annual(2026))


@pytest.mark.rule("R55")
@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("新收政府信息公开申请 6 件，办结4件。", [(NEW, 6, 5)]),
        ("全年收到申请5件，答复3件，其中予以公开2件、部分公开9件。", [(RESULTS, 3, 4), ("3.2", 9, 1)]),
        ("结转下年度继续办理7件，开展培训3次。", []),
        ("", []),
    ],
)
def test_each_number_of_the_text_is_held_against_table_three(text, found):
    broken = list(text_against_tables({"requests": text}, THREE))
    assert [(one.row, one.left, one.right) for one in broken] == found
    assert {one.identity for one in broken} <= {"I7"}


def test_the_draft_agrees_with_the_tables():
    assert list(text_against_tables({"requests": draft_of_requests(2026, THREE)}, THREE)) == []


def test_the_stock_of_rules_is_last_years_with_what_was_made_and_repealed():
    now = {"norms_made": "3", "norms_repealed": "1", "norms_valid": "11"}
    assert list(stock_against_last_year(now, {"norms_valid": "9"})) == []
    [broken] = stock_against_last_year(now, {"norms_valid": "10"})
    assert (broken.identity, broken.left, broken.right) == ("I8", 11, 12)
    assert list(stock_against_last_year(now, {})) == []


def test_what_is_written_is_kept_and_what_is_emptied_is_gone(maker):
    write(maker, published="发布信息 100 条。", shortcomings="培训不够。")
    write(maker, published="发布信息 101 条。", shortcomings="")
    assert report_texts.texts(2026) == {"published": "发布信息 101 条。"}
    enter(maker, licences="120", charges="5125.11")
    assert report_texts.numbers(2026) == {"licences": "120", "charges": "5125.11"}
    for bad in ({"licences": "1.5"}, {"charges": "x"}, {"penalties": "-1"}, {"charges": "1.23456"}):
        with pytest.raises(NumberBroken):
            enter(maker, **bad)
    assert report_texts.numbers(2026) == {"licences": "120", "charges": "5125.11"}
    with pytest.raises(NotPermitted):
        write(maker, by="head", published="x")


@pytest.mark.rule("R55")
def test_a_report_of_2020_has_the_table_two_of_its_layout(maker, app):
    admin = StaffDesk(app, "admin", at=AT)
    page = admin.open("/supervision/reports/2020/table-two")
    names = [box["name"] for box in page.select("main input[inputmode=decimal]")]
    assert len(names) == 22
    assert any("其他对外管理服务事项：本年增/减" in label.text for label in page.select("label"))
    admin.send(services19_change="many")
    assert "应为数字" in admin.error_at("services19_change")
    admin.send(services19_change="-3", purchases_amount="1890.5", purchases_count="12")
    assert admin.said == ["已保存表二。"]
    assert "政府集中采购" in admin.page.text
    report = reports.annual(2020)
    cells = [
        cell.text
        for row in Document(io.BytesIO(report_files.written(report, form="docx"))).tables[0].rows
        for cell in row.cells
    ]
    assert cells[-3:] == ["政府集中采购", "采购总金额", "1890.5"]
    assert "行政规范性文件" not in cells
    record = json.loads(report_files.written(report, form="json"))
    assert record["table_two"] == {"services19_change": "-3", "purchases_count": "12", "purchases_amount": "1890.5"}
    assert "本年处理决定数量" in admin.open("/supervision/reports/2021/table-two").text
    assert reports.annual(2021).warnings == reports.annual(2019).warnings == ()


def test_a_verdict_is_remembered_until_a_side_of_the_warning_moves(maker):
    maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    write(maker, requests="新收政府信息公开申请3件。")
    [warning] = warned()
    assert (warning.broken.identity, warning.verdict) == ("I7", "")
    with pytest.raises(VerdictMissing):
        judge(maker, warning.key, "")
    with pytest.raises(NotVisible):
        judge(maker, "I7|1|总计|9|9")
    with pytest.raises(NotPermitted):
        judge(maker, warning.key, by="head")
    judge(maker, warning.key)
    judge(maker, warning.key, "含口头咨询，已注明。")
    assert [one.verdict for one in warned()] == ["含口头咨询，已注明。"]
    maker.case(received_on=RECEIVED)
    assert [(one.broken.right, one.verdict) for one in warned()] == [(2, "")]


def test_every_form_of_the_report_holds_what_was_written(maker):
    write(maker, published="发布信息 101 条。", others="没有。")
    enter(maker, licences="120")
    report = reports.annual(2026)
    opened = Document(io.BytesIO(report_files.written(report, form="docx")))
    lines = [paragraph.text.strip("　") for paragraph in opened.paragraphs]
    order = ["一、总体情况", "（一）主动公开", "发布信息 101 条。", "二、主动公开政府信息情况"]
    order += ["三、收到和处理政府信息公开申请情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项", "没有。"]
    assert [line for line in lines if line in order] == order
    assert [cell.text for cell in opened.tables[0].rows[7].cells] == [
        "第二十条第（五）项",
        "行政许可",
        "本年处理决定数量",
        "120",
    ]
    record = json.loads(report_files.written(report, form="json"))
    assert (record["sections"]["published"], record["table_two"]) == ("发布信息 101 条。", {"licences": "120"})
    assert report_files.written(report, form="xlsx").startswith(b"PK")


def test_the_administrator_writes_enters_and_judges_on_the_pages(maker, app):
    maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    admin = StaffDesk(app, "admin", at=AT)
    admin.open("/supervision/reports/2026/text")
    assert "还没有写" in admin.page.text
    admin.send(requests="新收政府信息公开申请4件。")
    assert "I7" in admin.page.text
    admin.open("/supervision/reports/2026/table-two")
    admin.send(licences="x")
    assert "应为数字" in admin.page.text
    admin.send(licences="12")
    assert "已保存表二" in admin.page.text
    admin.open(admin.page.select_one("a[href*='/verdict?']")["href"])
    admin.send(words="口径不同，无误。")
    assert "已核对：口径不同，无误。" in admin.page.text
    auditor = StaffDesk(app, "auditor", at=AT)
    auditor.open("/supervision/reports/2026")
    assert "已核对：口径不同，无误。" in auditor.page.text
    assert not auditor.page.select("a[href*='/verdict?'], a[href$='/text']")
