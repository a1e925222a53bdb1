"""The elements of an official document as WordprocessingML (GB/T 9704-2012, 7): from the mark to the imprint.

Every function returns text; every value goes through `escape`. The looks stand in the named styles.
"""

import math
import re
import unicodedata
from xml.sax.saxutils import escape

from caseapp.domain.document import Block, Heading, LetterForm, OfficialDocument, Paragraph, Table
from caseapp.domain.moments import chinese_date
from caseapp.gateways.document_base import DOUBLE_RULE_INDENT, red_rule, rule_paragraph
from caseapp.gateways.document_styles import CHARACTER, CHARACTERS_A_LINE, LINE

TYPE_AREA = 8845  # 156 mm
MARK_BELOW_TYPE_AREA = 1984  # 35 mm (7.2.4)
LARGEST_MARK, SMALLEST_MARK = 44, 24  # points
SLACK = 1.5  # characters on each side, since word processors set a little white between signs and figures
SIGNATURE_LINE = 20  # characters, the most in one line of the signature
RIGHT_OF_DATE = 4  # characters (7.3.5.1)
KEPT_ATTACHMENTS = 5  # so many names stay with the signature, and a list no longer with the last words too
_SPACER = '<w:p><w:pPr><w:pStyle w:val="Rule"/><w:spacing w:line="140" w:lineRule="exact"/></w:pPr></w:p>'
_LONG_WORD = re.compile(r"[!-~]{25,}")  # an address on the web: it is cut where the line ends


def width(text: str) -> float:
    """Return the width in Chinese characters; half-width signs count one half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def even_lines(text: str, *, characters: float) -> list[str]:
    """Return the text cut into the fewest lines of at most `characters` each, all about equally long."""
    count = max(1, math.ceil(width(text) / characters))
    target, line = width(text) / count, ""
    lines: list[str] = []
    for sign in text:
        if line and len(lines) < count - 1 and width(line + sign) > target + 0.5:
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def paragraph(text: str, style: str, layout: str = "", run: str = "") -> str:
    """Return one paragraph; a line break in the text stays a line break."""
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    properties = f"<w:rPr>{run}</w:rPr>" if run else ""
    if _LONG_WORD.search(text):
        layout = _with_word_breaks(layout)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr><w:r>{properties}{lines}</w:r></w:p>'


def head(document: OfficialDocument) -> str:
    """Return what stands over the title: mark and number, or the number alone where the mark is in the page's head."""
    if document.form is LetterForm.OFFICIAL:
        return _official_head(document)
    return paragraph(document.number, "NumberUnderRule") if document.number else ""


def letter_mark(document: OfficialDocument) -> str:
    """Return the head of the letter form's first page: the mark and, 4 mm below it, the double rule (10.1)."""
    size, lines = _mark(document.organ)
    space = round(11.3 - _lead(size) / 20)
    marks = [_mark_line(line, size, 0) for line in lines[:-1]]
    marks.append(_mark_line(lines[-1], size, 0, red_rule(eighths=18, space=space), DOUBLE_RULE_INDENT))
    return "".join(marks) + rule_paragraph(red_rule(eighths=6, space=1))


def title(document: OfficialDocument) -> str:
    """Return the title, 2号, centred, cut into even lines (7.3.1)."""
    return paragraph("\n".join(even_lines(document.title, characters=19)), "Title")


def addressee(document: OfficialDocument) -> str:
    """Return the addressee, flush left, with a full-width colon (7.3.2)."""
    return paragraph(f"{document.addressee}：", "Addressee")


def body(blocks: tuple[Block, ...]) -> str:
    """Return the body; its last paragraph keeps with what follows, so that no signature stands alone (7.3.5.5)."""
    last = len(blocks) - 1
    return "".join(_block(block, keep="<w:keepNext/>" if index == last else "") for index, block in enumerate(blocks))


def attachments(names: tuple[str, ...]) -> str:
    """Return the 附件说明: a line below the body, numbered if there are several, no mark after a name (7.3.4)."""
    lines = []
    for index, name in enumerate(names, start=1):
        number = f"{index}." if len(names) > 1 else ""
        lead, hang = ("附件：", 3 + width(number)) if index == 1 else ("", width(number))
        left = 5 + width(number)
        spacing = f'<w:spacing w:before="{LINE}"/>' if index == 1 else ""
        keep = "<w:keepNext/>" if index > len(names) - KEPT_ATTACHMENTS else ""
        lines.append(paragraph(f"{lead}{number}{name}", "Attachment", keep + spacing + _indent(left, 0, hang)))
    return "".join(lines)


def signature(document: OfficialDocument) -> str:
    """Return organ and date with room for the seal: date four characters from the right, organ above it (7.3.5.1).

    A name wider than the date pushes both to the left until the name fits; a very long one is cut into even lines.
    """
    day = chinese_date(document.dated_on)
    lines = even_lines(document.signature, characters=SIGNATURE_LINE)
    widest = max(width(line) for line in lines)
    centre = RIGHT_OF_DATE + width(day) / 2  # characters from the right edge
    half = max(widest, width(day)) / 2 + SLACK
    right = max(0.0, centre - half)
    indent = _indent(max(0.0, CHARACTERS_A_LINE - right - 2 * half), right)
    above = f'<w:spacing w:before="{2 * LINE}"/>'
    organ = "".join(
        paragraph(line, "Signature", (above if index == 0 else "") + indent) for index, line in enumerate(lines)
    )
    keep = "<w:keepNext/>" if document.note else ""
    return organ + paragraph(day, "Date", keep + indent)


def note(text: str) -> str:
    """Return the 附注 in round brackets (7.3.6)."""
    return paragraph(f"（{text}）", "Note") if text else ""


def imprint(document: OfficialDocument) -> str:
    """Return the 版记 at the foot of the last page (7.4); the letter form has neither printer nor rules (10.1)."""
    ruled = document.form is LetterForm.OFFICIAL
    rows = []
    if document.copies_to:
        rows.append(f"抄送：{'，'.join(document.copies_to)}。")
    if ruled and document.printed_by:
        day = f"\t{chinese_date(document.printed_on)}印发" if document.printed_on else ""
        rows.append(document.printed_by + day)
    return _imprint_table(rows, ruled=ruled) if rows else ""


def _official_head(document: OfficialDocument) -> str:
    """The mark's top edge 35 mm below the top of the type area, the number over a red rule (7.2.4 to 7.2.7)."""
    size, lines = _mark(document.organ + "文件")
    before = MARK_BELOW_TYPE_AREA // len(lines) - _lead(size)  # a very long name still leaves room for body text
    marks = (_mark_line(line, size, before if index == 0 else 0) for index, line in enumerate(lines))
    return "".join(marks) + paragraph(document.number or "", "NumberOverRule")


def _mark(text: str) -> tuple[int, list[str]]:
    """Return the size in points and the lines of the organ's mark: as large as the width allows."""
    most = TYPE_AREA / 20
    lines = even_lines(text, characters=most / SMALLEST_MARK - 1)
    return min(LARGEST_MARK, int(most / max(width(line) for line in lines))), lines


def _lead(size: int) -> int:
    """Return, in twips, the white above the signs in a line of the mark."""
    return size * 2


def _mark_line(text: str, size: int, before: int, border: str = "", indent: str = "") -> str:
    spacing = f'<w:spacing w:before="{before}" w:line="{size * 24}" w:lineRule="exact"/>'
    run = f'<w:sz w:val="{size * 2}"/><w:szCs w:val="{size * 2}"/>'
    return paragraph(text, "OrganMark", border + spacing + indent, run)


def _block(block: Block, *, keep: str) -> str:
    if isinstance(block, Heading):
        return paragraph(block.text, f"Heading{block.level}")
    if isinstance(block, Paragraph):
        return paragraph(block.text, "Body", keep)
    return _table(block)


def _table(table: Table) -> str:
    """Return a table over the whole type area; its head is repeated on the next page, no row is cut in two."""
    shares = table.widths or (1,) * len(table.rows[0])
    columns = [round(TYPE_AREA * share / sum(shares)) for share in shares]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = []
    for index, row in enumerate(table.rows):
        repeat = "<w:tblHeader/>" if index == 0 and len(table.rows[0]) > 2 else ""
        cells = "".join(_cell(text, column) for text, column in zip(row, columns, strict=True))
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{cells}</w:tr>")
    return (
        f'{_SPACER}<w:tbl><w:tblPr><w:tblW w:w="{TYPE_AREA}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{edges}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>{_grid(columns)}{"".join(rows)}</w:tbl>{_SPACER}'
    )


def _imprint_table(rows: list[str], *, ruled: bool) -> str:
    """First and last rule 0.35 mm, those between 0.25 mm (7.4)."""
    weights = {"top": 8, "bottom": 8, "insideH": 6} if ruled else {}
    edges = "".join(f'<w:{edge} w:val="single" w:sz="{weights[edge]}" w:space="0" w:color="auto"/>' for edge in weights)
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        'w:tblpX="1587" w:tblpYSpec="bottom"/>'
    )
    lines = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(row, TYPE_AREA, style='Imprint')}</w:tr>" for row in rows
    )
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{TYPE_AREA}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr>{_grid([TYPE_AREA])}{lines}</w:tbl>"
        '<w:p><w:pPr><w:pStyle w:val="Rule"/></w:pPr></w:p>'
    )


def _grid(columns: list[int]) -> str:
    widths = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return f"<w:tblGrid>{widths}</w:tblGrid>"


def _cell(text: str, column: int, *, style: str = "Cell") -> str:
    parts = paragraph(text, style).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    return f'<w:tc><w:tcPr><w:tcW w:w="{column}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{parts}</w:tc>'


def _with_word_breaks(layout: str) -> str:
    """Put wordWrap where the schema wants it: after keepNext and the borders, before spacing and indent."""
    lead = re.match(r"(?:<w:keepNext/>)?(?:<w:pBdr>.*?</w:pBdr>)?", layout)
    end = lead.end() if lead else 0
    return f'{layout[:end]}<w:wordWrap w:val="0"/>{layout[end:]}'


def _indent(left: float, right: float, hanging: float = 0) -> str:
    """Return an indent, its lengths given in characters of the body."""
    parts = [f'w:left="{round(left * CHARACTER)}"', f'w:right="{round(right * CHARACTER)}"']
    if hanging:
        parts.append(f'w:hanging="{round(hanging * CHARACTER)}"')
    return f"<w:ind {' '.join(parts)}/>"
