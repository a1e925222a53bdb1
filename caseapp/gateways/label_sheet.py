"""Address labels as a .docx: an A4 sheet of three by eight, 70 × 37 mm each, the common size."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE
from docx.shared import Mm, Pt
from docx.table import _Cell

from caseapp.gateways.plain_docx import packed, write

COLUMNS, ROWS = 3, 8
ON_A_SHEET = COLUMNS * ROWS
WIDTH, HEIGHT = Mm(70), Mm(37)
FONT = "宋体"
SIZES = ((50, Pt(11)), (110, Pt(9)), (10_000, Pt(5.5)))  # up to so many letters, this size fits the label


@dataclass(frozen=True, kw_only=True)
class Label:
    """What stands on one label; an unknown postcode is left out."""

    postcode: str
    address: str
    receiver: str


def label_sheet(labels: Sequence[Label]) -> bytes:
    """Return up to 24 labels, in rows from the left, as the bytes of a .docx of one page."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(0)
    section.header_distance = section.footer_distance = Mm(0)
    table = document.add_table(rows=ROWS, cols=COLUMNS)
    table.autofit = False
    for column in table.columns:
        column.width = WIDTH
    for row in table.rows:
        row.height, row.height_rule = HEIGHT, WD_ROW_HEIGHT_RULE.EXACTLY
    for place, label in enumerate(labels[:ON_A_SHEET]):
        _fill(table.cell(place // COLUMNS, place % COLUMNS), label)
    after = document.add_paragraph().paragraph_format  # what follows a table must not begin a page
    after.line_spacing, after.space_after = Pt(1), Pt(0)
    return packed(document)


def _fill(cell: _Cell, label: Label) -> None:
    cell.width, cell.vertical_alignment = WIDTH, WD_CELL_VERTICAL_ALIGNMENT.CENTER
    length = len(label.address) + len(label.receiver)
    size = next(size for most, size in SIZES if length <= most)
    lines = [line for line in (label.postcode, label.address, f"{label.receiver}（收）") if line]
    for place, words in enumerate(lines):
        paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
        write(paragraph, words, size=size, font=FONT)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(4)
