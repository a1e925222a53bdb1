"""A published table three, read from a CSV file and held against the identities (R55)."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from caseapp.domain.annual_report import COLUMNS, ROWS, Broken, Cell, Layout, check
from caseapp.domain.errors import DomainError

CODE, NOTES = "row_code", ("row_label", "basis")


class TableUnreadable(DomainError):
    text = "第 {line} 行：{why}"


@dataclass(frozen=True)
class ReadTable:
    """The cells of a table three, with the layout that its rows are of."""

    cells: dict[Cell, int | None]
    layout: Layout
    columns: tuple[str, ...]


def broken(lines: Iterable[str]) -> list[Broken]:
    """Return each identity that does not hold; raises `TableUnreadable`, which names the line."""
    table = read(lines)
    return check(table.cells, layout=table.layout, columns=table.columns)


def read(lines: Iterable[str]) -> ReadTable:
    """Return the table of the CSV file, its head first; raises `TableUnreadable`. An empty cell is None."""
    reader = csv.reader(lines)
    try:
        head = next(reader, [])
        columns = _columns(head)
        cells: dict[Cell, int | None] = {}
        codes: dict[str, int] = {}
        for row in reader:
            if any(cell.strip() for cell in row):
                cells |= _cells(row, head, columns, codes, line=reader.line_num)
    except csv.Error as reason:
        raise TableUnreadable(line=reader.line_num, why=f"不是 CSV 格式（{reason}）") from reason
    return ReadTable(cells, _layout(codes, line=reader.line_num), columns)


def _columns(head: list[str]) -> tuple[str, ...]:
    if not head or head[0] != CODE:
        raise TableUnreadable(line=1, why=f"第一列应为 {CODE}")
    for name in head[1:]:
        if name not in (*COLUMNS, *NOTES):
            raise TableUnreadable(line=1, why=f"不认识的列“{name}”")
    if len(set(head)) != len(head):
        raise TableUnreadable(line=1, why="列名重复")
    columns = tuple(name for name in head if name in COLUMNS)
    if not columns:
        raise TableUnreadable(line=1, why="没有数字列")
    return columns


def _cells(
    row: list[str], head: list[str], columns: tuple[str, ...], codes: dict[str, int], *, line: int
) -> dict[Cell, int | None]:
    if len(row) != len(head):
        raise TableUnreadable(line=line, why=f"应有 {len(head)} 列，实有 {len(row)} 列")
    code = row[0].strip()
    if not any(code in rows for rows in ROWS.values()):
        raise TableUnreadable(line=line, why=f"不认识的行号“{code}”")
    if code in codes:
        raise TableUnreadable(line=line, why=f"行号“{code}”与第 {codes[code]} 行重复")
    codes[code] = line
    return {(code, column): _number(row[head.index(column)], column, line=line) for column in columns}


def _number(typed: str, column: str, *, line: int) -> int | None:
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise TableUnreadable(line=line, why=f"“{column}”列的“{typed}”不是数字")
    return int(text)


def _layout(codes: dict[str, int], *, line: int) -> Layout:
    for layout in Layout:
        if set(codes) == set(ROWS[layout]):
            return layout
    nearest = Layout.OF_2019 if "3.6" in codes else Layout.OF_2021
    lacking = "、".join(_ordered(set(ROWS[nearest]) ^ set(codes), nearest))
    raise TableUnreadable(line=max(line, 1), why=f"缺少或者多出的行：{lacking}（{nearest.value} 年格式）")


def _ordered(codes: set[str], layout: Layout) -> Iterator[str]:
    yield from (code for code in ROWS[layout] if code in codes)
    yield from sorted(codes - set(ROWS[layout]))
