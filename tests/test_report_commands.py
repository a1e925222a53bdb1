"""`report check` reads a published table three and leaves with a status that a script can act on."""

import json

import pytest

from tests.golden_files import golden


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
