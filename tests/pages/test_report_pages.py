"""年度报告 on its page: the numbers, what does not add up, freezing, and the files."""

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


def figures(desk, code):
    row = next(row for row in desk.page.select("tbody tr") if row.td and row.td.text == code)
    return [cell.text.split()[0] for cell in row.select("td")][1:]


def test_the_head_reads_the_report_of_the_district_and_of_a_department(maker, app):
    maker.issued(maker.case(), on=DAY)
    maker.case(kind="business", name="示范贸易有限公司")
    head = StaffDesk(app, "head", at=moment(DAY, 15))
    head.open("/supervision/reports")
    head.open(head.page.find("a", string="2026年")["href"])
    assert figures(head, "1") == ["1", "1", "0", "0", "0", "0", "2"]
    assert figures(head, "3.1")[-1] == "1"
    assert head.page.find("button", string="冻结 2026 年的结转") is None
    head.open("/supervision/reports/2026?department=guizi")
    assert figures(head, "1")[-1] == "0"
    assert "规划" in head.page.h1.text
    head.open("/supervision/reports/2026?department=nobody")
    assert head.status == 404


def test_the_administrator_freezes_a_year_that_is_over_once(maker, app):
    maker.case()
    admin = StaffDesk(app, "admin", at=moment(date(2027, 1, 5), 10))
    admin.open("/supervision/reports/2026")
    admin.send(to="/supervision/reports/2026/carried-over")
    assert "已冻结 2026 年的结转：1 件" in admin.said[0]
    assert "结转已经冻结" in admin.page.text
    admin.open("/supervision/reports/2027")
    assert figures(admin, "2")[-1] == "1"


def test_the_report_is_handed_out_as_a_file(maker, app):
    maker.case()
    auditor = StaffDesk(app, "auditor", at=moment(DAY, 15))
    answer = auditor._ask(auditor.client.get, "/supervision/reports/2026/files/docx")
    assert len(Document(BytesIO(answer.data)).tables) == 3
    auditor.open("/supervision/reports/2026/files/exe")
    assert auditor.status == 404


@pytest.mark.rule("R58")
def test_the_owed_report_stands_on_the_worklist_until_the_administrator_has_recorded_where_it_is(maker, app):
    maker.case()
    day = moment(date(2027, 1, 5), 10)
    head, officer, admin = (StaffDesk(app, name, at=day) for name in ("head", "officer", "admin"))
    head.open("/cases/")
    assert "2026年政府信息公开工作年度报告：应于 2027年3月31日 前公布" in " ".join(head.page.text.split())
    officer.open("/cases/")
    assert "年度报告" not in officer.page.text
    admin.open("/admin/")
    admin.open(admin.page.find("a", string="登记公布")["href"])
    admin.send()
    assert "请写明公布的网址或者栏目。" in admin.error_at("place")
    admin.send(place="门户网站“政府信息公开”栏目")
    assert "2027年1月5日公布于门户网站" in admin.page.text
    head.open("/cases/")
    assert "前公布" not in head.page.text


def test_a_number_opens_its_cases_for_the_head_and_is_only_a_number_for_the_administrator(maker, app):
    case = maker.issued(maker.case(), on=DAY)
    head, admin = (StaffDesk(app, name, at=moment(DAY, 15)) for name in ("head", "admin"))
    head.open("/supervision/reports/2026")
    link = next(row for row in head.page.select("tbody tr") if row.td and row.td.text == "3.1").a
    head.open(link["href"])
    assert "1 件" in head.page.h1.text
    assert case.number in head.page.text
    admin.open("/supervision/reports/2026")
    assert not admin.page.select("tbody a")
    admin.open(link["href"])
    assert admin.status == 403
    head.open("/supervision/reports/2026/cells?row=9&column=x")
    assert head.status == 404
