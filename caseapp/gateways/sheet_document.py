"""A form on A4 with two columns, what is asked and what is said: the papers that stay inside the office."""

from collections.abc import Sequence

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import _Row

from caseapp.gateways.plain_docx import packed, write

TITLE_FONT, FONT = "方正小标宋简体", "仿宋_GB2312"
TITLE, BODY, SMALL = Pt(22), Pt(14), Pt(12)
LONG_TEXT = 300  # letters
LABEL, VALUE = Mm(46), Mm(110)  # the page of GB/T 9704-2012 is 156 mm wide between its margins
ROW, BY_HAND = Mm(12), Mm(20)
CLOSE = Mm(14)  # rows to be filled in by hand, where thirteen of them fit a page


def sheet_document(
    *, title: str, organ: str, rows: Sequence[tuple[str, str]], note: str, by_hand: Length = BY_HAND
) -> bytes:
    """Return the form as the bytes of a .docx; `note` stands below it.

    An empty value leaves its cell to be filled in, in a row at least `by_hand` high.
    """
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    _line(document, title, size=TITLE, font=TITLE_FONT, alignment=WD_ALIGN_PARAGRAPH.CENTER)
    _line(document, organ, size=BODY, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (LABEL, VALUE), strict=True):
        column.width = width
    for label, value in rows:
        row = table.add_row()
        row.height, row.height_rule = ROW if value else by_hand, WD_ROW_HEIGHT_RULE.AT_LEAST
        _keep_whole(row, value)
        _cell(row, 0, label, LABEL)
        _cell(row, 1, value, VALUE)
    _line(document, note, size=SMALL)
    document.core_properties.title = title
    document.core_properties.author = organ
    return packed(document)


def _keep_whole(row: _Row, value: str) -> None:
    """Keep a short row on one page; a long text may run over."""
    if len(value) < LONG_TEXT:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _cell(row: _Row, place: int, words: str, width: Length) -> None:
    cell = row.cells[place]
    cell.width, cell.vertical_alignment = width, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    first, *rest = words.split("\n")
    write(cell.paragraphs[0], first, size=BODY, font=FONT)
    for line in rest:
        write(cell.add_paragraph(), line, size=BODY, font=FONT)


def _line(
    document: DocxDocument, words: str, *, size: Pt, font: str = FONT, alignment: WD_ALIGN_PARAGRAPH | None = None
) -> None:
    paragraph = document.add_paragraph()
    write(paragraph, words, size=size, font=font)
    if alignment is not None:
        paragraph.alignment = alignment
    paragraph.paragraph_format.space_after = Pt(6)
