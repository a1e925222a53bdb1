"""An envelope as a .docx, size DL (220 × 110 mm), laid out as post in China wants it (GB/T 1416-2003).

The receiver's postcode stands at the upper left, the receiver in the middle, the sender at the lower right.
"""

from dataclasses import dataclass

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt
from docx.table import _Cell

from caseapp.gateways.plain_docx import packed, write

FONT = "宋体"
POSTCODE_DIGITS = 6
LARGE, USUAL = Pt(16), Pt(11)
LONGEST_LARGE = 60  # letters of address and name that leave room for the sender in the large size
BOX = Mm(8)


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """What stands on an envelope; what is not known is left to be written by hand."""

    postcode: str
    address: str
    receiver: str
    sender: str
    sender_address: str
    sender_phone: str


def envelope_document(envelope: Envelope) -> bytes:
    """Return the envelope as the bytes of a .docx of one page."""
    document = Document()
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(220), Mm(110)
    section.left_margin, section.right_margin = Mm(12), Mm(15)
    section.top_margin = section.bottom_margin = Mm(10)
    section.header_distance = section.footer_distance = Mm(4)
    _boxes(document, envelope.postcode)
    is_short = len(envelope.address) + len(envelope.receiver) <= LONGEST_LARGE
    size, gap = (LARGE, Pt(42)) if is_short else (USUAL, Pt(8))
    _line(document, envelope.address, size=size, indent=Mm(35), above=Pt(20))
    _line(document, f"{envelope.receiver}（收）", size=size, indent=Mm(35), above=Pt(6))
    for place, words in enumerate(_sender(envelope)):
        _line(document, words, size=USUAL, right=True, above=gap if place == 0 else Pt(0))
    return packed(document)


def _sender(envelope: Envelope) -> list[str]:
    phone = f"电话：{envelope.sender_phone}" if envelope.sender_phone else ""
    return [words for words in (envelope.sender, envelope.sender_address, phone) if words]


def _boxes(document: DocxDocument, postcode: str) -> None:
    """Draw the six boxes of the receiver's postcode, filled where it is known."""
    table = document.add_table(rows=1, cols=POSTCODE_DIGITS, style="Table Grid")
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for column in table.columns:
        column.width = BOX
    table.rows[0].height = BOX
    for place, digit in enumerate(postcode.ljust(POSTCODE_DIGITS)[:POSTCODE_DIGITS]):
        cell: _Cell = table.cell(0, place)
        cell.width, cell.vertical_alignment = BOX, WD_CELL_VERTICAL_ALIGNMENT.CENTER
        write(cell.paragraphs[0], digit.strip(), size=LARGE, font=FONT)
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _line(document: DocxDocument, words: str, *, size: Pt, above: Pt, indent: int = 0, right: bool = False) -> None:
    paragraph = document.add_paragraph()
    write(paragraph, words, size=size, font=FONT)
    paragraph.paragraph_format.left_indent = Length(indent)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_before = above
