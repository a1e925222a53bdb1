"""`report check` reads a published table three and leaves with a status that a script can act on."""

import json
from datetime import date

import pytest
from docx import Document
from openpyxl import load_workbook

from caseapp import clock
from tests.golden_files import golden
from tests.makers import moment
from tests.services.test_replies import DAY


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=["report", *map(str, arguments)])


@pytest.mark.rule("R55")
def test_good_tables_say_nothing_and_the_broken_one_names_row_and_column(run):
    for name in ("A_city_2025_fixture", "B_shanghai_office_2019", "H_wanyuan_2025"):
        checked = run("check", golden(f"annual_reports/{name}_table3.csv"))
        assert (checked.exit_code, checked.output) == (0, "")
    checked = run("check", golden("annual_reports/F_negative_fixture_table3.csv"))
    assert checked.exit_code == 1
    found = [json.loads(line) for line in checked.output.splitlines()]
    assert [(one["identity"], one["row"], one["column"]) for one in found] == [
        ("I1", "1+2=3.7+4", "自然人"),
        ("I1", "1+2=3.7+4", "总计"),
    ]


@pytest.mark.parametrize("content", [b"", b"row_code\n", "row_code,总计\n1,许多\n".encode(), b"\xff\xfe\x00"])
def test_what_cannot_be_read_leaves_with_status_two_and_says_where(run, tmp_path, content):
    (tmp_path / "table.csv").write_bytes(content)
    checked = run("check", tmp_path / "table.csv")
    assert checked.exit_code == 2
    assert "行：" in checked.output or "UTF-8" in checked.output


def test_the_report_of_a_year_is_written_as_json_as_the_official_form_and_as_a_workbook(run, maker, tmp_path):
    maker.issued(maker.case(), on=DAY)
    maker.case(kind="business", name="=示范贸易有限公司")

    written = run("annual", 2026)
    assert written.exit_code == 0
    record = json.loads(written.output)
    assert record["layout"] == "2021"
    assert record["table_three"]["1"] == {
        "label": "一、本年新收政府信息公开申请数量",
        "自然人": 1,
        "商业企业": 1,
        "科研机构": 0,
        "社会公益组织": 0,
        "法律服务机构": 0,
        "其他": 0,
        "总计": 2,
    }
    assert (record["table_three"]["3.1"]["总计"], record["table_three"]["4"]["商业企业"]) == (1, 1)
    assert record["broken"] == record["warnings"] == []

    run("annual", 2026, "--format", "docx", "--output", tmp_path / "report.docx")
    _two, three, four = Document(str(tmp_path / "report.docx")).tables
    assert three.cell(0, 0).text.startswith("（本列数据的勾稽关系为")
    assert [cell.text for cell in three.rows[0].cells][1:] == ["申请人情况"] * 7
    assert [cell.text for cell in three.rows[1].cells][2:7] == ["法人或其他组织"] * 5
    assert [cell.text for cell in three.rows[3].cells] == ["一、本年新收政府信息公开申请数量", *"1100002"]
    assert [cell.text for cell in three.rows[5].cells][:2] == ["三、本年度办理结果", ""]
    assert len(four.columns) == 15

    run("annual", 2026, "--format", "xlsx", "--output", tmp_path / "report.xlsx")
    sheet = load_workbook(tmp_path / "report.xlsx")["表三"]
    assert [cell.value for cell in sheet[2]][:3] == ["1", "一、本年新收政府信息公开申请数量", 1]


def test_a_year_without_a_form_or_a_department_that_is_not_there_is_refused_in_words(run):
    refused = run("annual", 2018)
    assert refused.exit_code == 2
    assert "2018 年没有规定的年度报告格式" in refused.output
    assert run("annual", 2026, "--department", "nobody").exit_code == 2


@pytest.mark.rule("R56")
def test_a_year_is_frozen_once_and_not_before_its_end(run, maker):
    maker.case()
    with clock.stopped_at(moment(date(2027, 1, 4))):
        assert json.loads(run("freeze", 2026).output) == {"year": 2026, "carried_over": 1}
        assert run("freeze", 2026).exit_code == 2
        assert "还没有结束" in run("freeze", 2027).output
