"""The annual report as a file: JSON, a .docx in the official form of its tables, or a workbook."""

import json

from caseapp.domain.annual_report import BLOCKS, CELLS, COLUMNS, ROWS, TOTAL, Broken, label
from caseapp.domain.report_correction import Correction
from caseapp.domain.report_text import TABLES_TWO, Warned
from caseapp.gateways.report_document import WrittenParts, report_document
from caseapp.gateways.spreadsheet import Value, workbook
from caseapp.services import installation, report_texts
from caseapp.services.reports import Report

FORMATS = ("json", "docx", "xlsx")


def written(report: Report, *, form: str) -> bytes:
    """Return the report in one of `FORMATS`."""
    if form == "docx":
        return report_document(
            title=title(report),
            layout=report.layout,
            three=report.table_three,
            four=report.table_four,
            notes=notes(report),
            written=_written(report),
        )
    if form == "xlsx":
        sheets = {"表二": _sheet_two, "表三": _sheet_three, "表四": _sheet_four, "核对": _sheet_check}
        return workbook([(name, rows(report)) for name, rows in sheets.items()])
    return (json.dumps(as_record(report), ensure_ascii=False, indent=1) + "\n").encode()


def title(report: Report) -> str:
    """Return the title of the report."""
    organ = report.department_name or installation.current().settings.office.name
    return f"{organ}{report.year}年政府信息公开工作年度报告"


def notes(report: Report) -> list[str]:
    """Return what stands below the tables: fees (section 六), and whatever does not add up."""
    fees = report.fees
    found = [f"本年度收取信息处理费 {fees['yuan']} 元，涉及 {fees['cases']} 件申请。"]
    found += [said_of(one) for one in report.corrections]
    found += [f"勾稽关系 {one.identity} 不成立：{_said(one)}" for one in report.broken]
    found += [
        f"请核对（{one.broken.identity}）：{_said(one.broken)}" + (f"。已核对：{one.verdict}" if one.verdict else "")
        for one in _warnings(report)
    ]
    return found


def said_of(one: Correction) -> str:
    """Return a correction in words, as it stands below the tables."""
    return f"人工更正：{one.part.label} {one.row}（{one.column}）{one.by_how_many:+}，理由：{one.reason}"


def _warnings(report: Report) -> list[Warned]:
    """Return the warnings of the report; what a person writes belongs to the whole office."""
    if report.department:
        return [Warned(broken=one, key="", verdict="") for one in report.warnings]
    return report_texts.warnings(report)


def _written(report: Report) -> WrittenParts:
    if report.department:
        return WrittenParts()
    return WrittenParts(texts=report_texts.texts(report.year), numbers=report_texts.numbers(report.year))


def as_record(report: Report) -> dict[str, object]:
    """Return the report as plain values: each table by row and column."""
    written_parts = _written(report)
    return {
        "year": report.year,
        "layout": report.layout.value,
        "department": report.department or None,
        "sections": written_parts.texts,
        "table_two": written_parts.numbers,
        "table_three": {
            code: {"label": label(report.layout, code), **{name: report.table_three[code, name] for name in COLUMNS}}
            for code in ROWS[report.layout]
        },
        "table_four": {
            block: {cell: report.table_four[block, cell] for cell in (*CELLS, TOTAL)} for block in BLOCKS.values()
        },
        "fees": report.fees,
        "carried_over_frozen": report.is_frozen,
        "corrections": [
            {"table": one.part.value, "row": one.row, "column": one.column, "by": one.by_how_many, "reason": one.reason}
            for one in report.corrections
        ],
        "broken": [_plain(one) for one in report.broken],
        "warnings": [{**_plain(one.broken), "verdict": one.verdict} for one in _warnings(report)],
    }


def _plain(one: Broken) -> dict[str, object]:
    return {name: getattr(one, name) for name in ("identity", "row", "column", "left", "right", "words")}


def _said(one: Broken) -> str:
    return f"{one.words}（{one.row}，{one.column}：{one.left} 与 {one.right}）"


def _sheet_two(report: Report) -> list[list[Value]]:
    entered = _written(report).numbers
    head: list[Value] = ["依据", "信息内容", "项目", "数量"]
    rows: list[list[Value]] = [[*place, entered.get(name, "")] for name, place in TABLES_TWO[report.layout].items()]
    return [head, *rows]


def _sheet_three(report: Report) -> list[list[Value]]:
    head: list[Value] = ["行号", "项目", *COLUMNS]
    rows: list[list[Value]] = [
        [code, label(report.layout, code), *(report.table_three[code, column] for column in COLUMNS)]
        for code in ROWS[report.layout]
    ]
    return [head, *rows]


def _sheet_four(report: Report) -> list[list[Value]]:
    cells = (*CELLS, TOTAL)
    head: list[Value] = ["途径", *cells]
    rows: list[list[Value]] = [
        [block, *(report.table_four[block, cell] for cell in cells)] for block in BLOCKS.values()
    ]
    return [head, *rows]


def _sheet_check(report: Report) -> list[list[Value]]:
    rows: list[list[Value]] = [["说明"]]
    rows += [[note] for note in notes(report)]
    return rows
