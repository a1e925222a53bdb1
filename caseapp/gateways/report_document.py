"""The tables of the annual report as a .docx, in the form that the national authority has set (3.3, 3.4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import Table, _Cell

from caseapp.domain.annual_report import BLOCKS, CELLS, COLUMNS, HEADINGS, ROWS, TOTAL, Cell, Layout
from caseapp.domain.report_text import SECTIONS, TABLES_TWO
from caseapp.gateways.plain_docx import packed, write

BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
FONT, SIZE = "宋体", Pt(9)
TWO = "二、主动公开政府信息情况"
THREE, FOUR = "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"


@dataclass(frozen=True, kw_only=True)
class WrittenParts:
    """What a person wrote: the sections and the figures of table two, by name; what is missing is left to be filled."""

    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


def report_document(
    *,
    title: str,
    layout: Layout,
    three: Mapping[Cell, int],
    four: Mapping[Cell, int],
    notes: Sequence[str],
    written: WrittenParts,
) -> bytes:
    """Return the report as the bytes of a .docx, in the order of 2021; `notes` stand at its end, a line each."""
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(18)
    _line(document, title, size=Pt(16), centred=True)
    _sections(document, written.texts, before_tables=True)
    _line(document, TWO, size=Pt(12))
    _two(document, layout, written.numbers)
    _line(document, THREE, size=Pt(12))
    _three(document, layout, three)
    _line(document, FOUR, size=Pt(12))
    _four(document, four)
    _sections(document, written.texts, before_tables=False)
    for note in notes:
        _line(document, note, size=SIZE)
    return packed(document)


def _sections(document: DocxDocument, texts: Mapping[str, str], *, before_tables: bool) -> None:
    """Set the sections that stand before or after the tables; one that nobody wrote keeps its heading."""
    headings: list[str] = []
    for name, (heading, title) in SECTIONS.items():
        if heading.startswith("一、") is not before_tables:
            continue
        if heading not in headings:
            headings.append(heading)
            _line(document, heading, size=Pt(12))
        if title:
            _line(document, title, size=Pt(11))
        for paragraph in texts.get(name, "").splitlines() or [""]:
            _line(document, f"　　{paragraph}" if paragraph else "", size=Pt(11))


def _two(document: DocxDocument, layout: Layout, numbers: Mapping[str, str]) -> None:
    """Set table two: one line a figure, under the item of art. 20 that asks for it (3.2)."""
    table = _grid(document, rows=1 + len(TABLES_TWO[layout]), columns=4)
    for place, words in enumerate(("依据", "信息内容", "项目", "数量")):
        _set(table.cell(0, place), words)
    for number, (name, places) in enumerate(TABLES_TWO[layout].items(), start=1):
        for place, words in enumerate((*places, numbers.get(name, ""))):
            _set(table.cell(number, place), words)
    _widths(table, [Mm(60), Mm(60), Mm(80), Mm(61)])


def _three(document: DocxDocument, layout: Layout, cells: Mapping[Cell, int]) -> None:
    lines = list(_lines(layout))
    table = _grid(document, rows=3 + len(lines), columns=1 + len(COLUMNS))
    _set(table.cell(0, 0).merge(table.cell(2, 0)), BALANCE)
    _set(table.cell(0, 1).merge(table.cell(0, len(COLUMNS))), "申请人情况")
    _set(table.cell(1, 1).merge(table.cell(2, 1)), COLUMNS[0])
    _set(table.cell(1, 2).merge(table.cell(1, len(COLUMNS) - 1)), "法人或其他组织")
    _set(table.cell(1, len(COLUMNS)).merge(table.cell(2, len(COLUMNS))), TOTAL)
    for place, column in enumerate(COLUMNS[1:-1], start=2):
        _set(table.cell(2, place), column)
    for number, (code, words) in enumerate(lines, start=3):
        _set(table.cell(number, 0), words, centred=False)
        for place, column in enumerate(COLUMNS, start=1):
            _set(table.cell(number, place), "" if code in HEADINGS and code != "3.6" else _figure(cells, code, column))
    _widths(table, [Mm(86), *[Mm(25)] * len(COLUMNS)])


def _lines(layout: Layout) -> list[tuple[str, str]]:
    """Return code and words of every line of table three, its headings among them."""
    found: list[tuple[str, str]] = []
    for code, words in ROWS[layout].items():
        for heading in (code.partition(".")[0], code.rpartition(".")[0]):
            if heading in HEADINGS and heading not in ROWS[layout] and (heading, HEADINGS[heading]) not in found:
                found.append((heading, HEADINGS[heading]))
        found.append((code, words))
    return found


def _figure(cells: Mapping[Cell, int], code: str, column: str) -> str:
    return str(cells[code, column]) if (code, column) in cells else ""


def _four(document: DocxDocument, cells: Mapping[Cell, int]) -> None:
    """Set one row of fifteen figures under its three blocks (3.4)."""
    heads = (*CELLS, TOTAL)
    table = _grid(document, rows=4, columns=len(BLOCKS) * len(heads))
    size = len(heads)
    _set(table.cell(0, 0).merge(table.cell(1, size - 1)), "行政复议")
    _set(table.cell(0, size).merge(table.cell(0, 3 * size - 1)), "行政诉讼")
    _set(table.cell(1, size).merge(table.cell(1, 2 * size - 1)), "未经复议直接起诉")
    _set(table.cell(1, 2 * size).merge(table.cell(1, 3 * size - 1)), "复议后起诉")
    for place, (block, head) in enumerate((block, head) for block in BLOCKS.values() for head in heads):
        _set(table.cell(2, place), head)
        _set(table.cell(3, place), str(cells.get((block, head), 0)))
    _widths(table, [Mm(17.4)] * (3 * size))


def _grid(document: DocxDocument, *, rows: int, columns: int) -> Table:
    table = document.add_table(rows=rows, cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    return table


def _widths(table: Table, widths: Sequence[int]) -> None:
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _set(cell: _Cell, words: str, *, centred: bool = True) -> None:
    paragraph = cell.paragraphs[0]
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, words, size=SIZE, font=FONT)


def _line(document: DocxDocument, words: str, *, size: int, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, words, size=size, font=FONT)
