"""No text becomes a formula in a workbook, and rare characters survive."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from caseapp.gateways.spreadsheet import workbook


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("x")', "𠮷㛃😀", "甲\n乙", "a\x00b\x0b"])
def test_a_text_stays_a_text(text):
    sheet = load_workbook(BytesIO(workbook([("表", [["项目"], [text]])])))["表"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].value == text.replace("\x00", "").replace("\x0b", "")
    assert sheet["A1"].font.bold
