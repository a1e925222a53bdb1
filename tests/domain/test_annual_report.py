"""Table three and four: layouts by year, and the identities I1 to I5 on golden, broken and made tables (R55 to R57)."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.annual_report import (
    BLOCKS,
    CELLS,
    COLUMNS,
    ROWS,
    TOTAL,
    Layout,
    NoLayout,
    check,
    check_carried,
    check_disputes,
    completed,
    label,
    layout_of,
    leaves,
    row_in,
)
from caseapp.services import report_lines
from tests.golden_files import golden

A, B = "annual_reports/A_city_2025_fixture", "annual_reports/B_shanghai_office_2019"
F, H = "annual_reports/F_negative_fixture", "annual_reports/H_wanyuan_2025"


def lines(name):
    return golden(f"{name}_table3.csv").read_text("utf-8-sig").splitlines(keepends=True)


@pytest.mark.rule("R57")
@pytest.mark.parametrize(
    ("year", "layout"),
    [(2019, Layout.OF_2019), (2020, Layout.OF_2019), (2021, Layout.OF_2021), (2026, Layout.OF_2021)],
)
def test_the_form_follows_the_year_of_the_report(year, layout):
    assert layout_of(year) is layout


@pytest.mark.rule("R57")
def test_the_form_of_2019_has_one_row_for_other_results_and_no_earlier_year_has_a_form():
    assert (row_in(Layout.OF_2019, "3.6.2"), row_in(Layout.OF_2021, "3.6.2")) == ("3.6", "3.6.2")
    assert (len(leaves(Layout.OF_2019)), len(leaves(Layout.OF_2021))) == (19, 21)
    with pytest.raises(NoLayout):
        layout_of(2018)


@pytest.mark.rule("R55")
@pytest.mark.parametrize(("name", "layout"), [(A, Layout.OF_2021), (B, Layout.OF_2019), (H, Layout.OF_2021)])
def test_the_sums_of_published_reports_hold(name, layout):
    table = report_lines.read(lines(name))
    assert table.layout is layout
    assert report_lines.broken(lines(name)) == []


@pytest.mark.rule("R55")
def test_the_broken_report_names_its_cells():
    found = [(one.identity, one.column, one.left, one.right) for one in report_lines.broken(lines(F))]
    assert found == [("I1", "自然人", 60, 61), ("I1", TOTAL, 62, 63)]


@pytest.mark.rule("R55")
@pytest.mark.parametrize(
    ("cell", "identities"),
    [(("1", "自然人"), {"I1", "I3"}), (("3.4.1", "其他"), {"I2", "I3"}), (("3.7", TOTAL), {"I1", "I2", "I3"})],
)
def test_a_cell_that_is_off_by_one_breaks_the_identities_that_it_stands_in(cell, identities):
    table = report_lines.read(lines(A))
    table.cells[cell] += 1
    assert {one.identity for one in check(table.cells, layout=table.layout)} == identities


def test_the_labels_are_those_of_the_official_form():
    for name in (A, B):
        read = report_lines.read(lines(name))
        quoted = [line.split(",")[1] for line in lines(name)[1:]]
        assert [label(read.layout, code) for code in ROWS[read.layout]] == quoted


@pytest.mark.rule("R55")
@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.data())
def test_a_completed_table_of_cases_always_holds(data):
    layout = data.draw(st.sampled_from(Layout))
    counts = {}
    for column in COLUMNS[:-1]:
        results = {code: data.draw(st.integers(0, 9)) for code in leaves(layout)}
        before, after = data.draw(st.integers(0, 5)), data.draw(st.integers(0, 5))
        counts |= {(code, column): number for code, number in results.items()}
        counts["2", column], counts["4", column] = before, after
        counts["1", column] = sum(results.values()) + after - before
    assert check(completed(counts, layout=layout), layout=layout) == []


@pytest.mark.rule("R56")
def test_row_two_that_is_not_what_the_year_before_carried_over_is_a_warning_with_both_sides():
    table = {("2", "自然人"): 3, ("2", TOTAL): 3}
    assert check_carried(table, frozen={"自然人": 3, TOTAL: 3}) == []
    found = check_carried(table, frozen={"自然人": 4, TOTAL: 4})
    assert [(one.identity, one.column, one.left, one.right) for one in found] == [
        ("I5", "自然人", 3, 4),
        ("I5", TOTAL, 3, 4),
    ]


@pytest.mark.rule("R55")
def test_each_block_of_table_four_adds_up():
    block = BLOCKS[next(iter(BLOCKS))]
    table = {(block, cell): 2 for cell in CELLS} | {(block, TOTAL): 8}
    assert check_disputes(table) == []
    [broken] = check_disputes(table | {(block, TOTAL): 9})
    assert (broken.identity, broken.row, broken.left, broken.right) == ("I4", "行政复议", 9, 8)
    assert replace(broken, left=8).left == 8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda rows: rows[1:], "第 1 行：第一列应为 row_code"),
        (lambda rows: [rows[0].replace("自然人", "个人"), *rows[1:]], "不认识的列“个人”"),
        (lambda rows: [*rows[:3], rows[2], *rows[3:]], "第 4 行：行号“2”与第 3 行重复"),
        (lambda rows: [*rows[:4], *rows[5:]], "缺少或者多出的行：3.2"),
        (lambda rows: [rows[0], rows[1].replace("13612", "许多"), *rows[2:]], "第 2 行：“自然人”列的“许多”不是数字"),
        (lambda rows: [rows[0], rows[1].replace("13612", "-1"), *rows[2:]], "第 2 行"),
        (lambda rows: [rows[0], "9,九,1,1,1,1,1,1,1\n", *rows[1:]], "第 2 行：不认识的行号“9”"),
        (lambda rows: [rows[0], "1,一,1\n", *rows[2:]], "第 2 行：应有 9 列，实有 3 列"),
        (lambda rows: [], "第 1 行"),
    ],
)
def test_a_table_that_cannot_be_read_names_its_line(change, words):
    with pytest.raises(report_lines.TableUnreadable) as refused:
        report_lines.broken(change(lines(A)))
    assert words in str(refused.value)
