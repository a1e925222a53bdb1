"""The parts that every document of one form shares, made once with python-docx.

Paper, grid, styles, settings, page numbers, and the double rules of the letter form.
"""

import zipfile
from dataclasses import dataclass
from functools import cache
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Twips

from caseapp.domain.document import LetterForm
from caseapp.gateways.document_styles import LINE, NAMESPACE, RED, font_table_xml, styles_xml

CHARACTER_SPACE = -841  # 28 characters in 156 mm are 0.205 pt narrower than 16 pt; the unit is 1/4096 pt
FOOTER_DISTANCE = 1307  # a 14 pt number whose top lies 7 mm below the type area (7.5)
RULE_FROM_EDGE = 1134  # 20 mm: the lower double rule of the letter form (10.1)
MARK_FROM_EDGE = 1630  # its mark: 30 mm, less the white above the signs in their line
# A rule of 170 mm in the middle of the page begins 8 mm left of the type area and ends 6 mm right of it.
DOUBLE_RULE_INDENT = '<w:ind w:left="-454" w:right="-340"/>'

_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.FONT_TABLE,
    RELATIONSHIP_TYPE.FOOTER,
    RELATIONSHIP_TYPE.HEADER,
}
_SETTINGS = (
    f'<w:settings xmlns:w="{NAMESPACE}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="289"/><w:characterSpacingControl w:val="doNotCompress"/>'
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
)


@dataclass(frozen=True)
class BaseDocument:
    """The shared parts by name, and the section properties that close the body."""

    parts: tuple[tuple[str, bytes], ...]
    section: str


@cache
def base_document(form: LetterForm) -> BaseDocument:
    """Return the shared parts of a form; made once in the life of the process."""
    document = Document()
    _empty(document)
    section = document.sections[0]
    _set_paper(section)
    if form is LetterForm.LETTER:
        _set_double_rules(section)
    else:
        _set_page_numbers(section)
    packed = BytesIO()
    document.save(packed)
    with zipfile.ZipFile(packed) as archive:
        own = ("word/document.xml", "word/header1.xml", "docProps/core.xml")
        parts = tuple((name, archive.read(name)) for name in sorted(archive.namelist()) if name not in own)
        body = archive.read("word/document.xml").decode()
    start = body.index("<w:sectPr")
    return BaseDocument(parts=parts, section=body[start : body.index("</w:sectPr>") + len("</w:sectPr>")])


def red_rule(*, eighths: int, space: int = 0) -> str:
    """Return the pBdr of a red rule below a paragraph; its weight in eighths of a point, its distance in points."""
    return f'<w:pBdr><w:bottom w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{RED}"/></w:pBdr>'


def rule_paragraph(layout: str) -> str:
    """Return an empty paragraph one point high, as wide as the double rules."""
    return f'<w:p><w:pPr><w:pStyle w:val="Rule"/>{layout}{DOUBLE_RULE_INDENT}</w:pPr></w:p>'


def _empty(document: DocxDocument) -> None:
    """Take out of python-docx's own base what a letter has no use for, and put our styles and settings in."""
    for paragraph in list(document.element.body.iterchildren(qn("w:p"))):
        document.element.body.remove(paragraph)
    package, part = document.part.package, document.part
    for source, kept in (
        (part, _KEPT),
        (package, {RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES}),
    ):
        for key in [key for key, relation in source.rels.items() if relation.reltype not in kept]:
            source.rels.pop(key)
    part._styles_part._element = parse_xml(styles_xml())
    part._settings_part._element = parse_xml(_SETTINGS)
    part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table_xml().encode()


def _set_paper(section: Section) -> None:
    """A4 with a type area of 156 × 225 mm (5.1, 5.2) and a grid of 22 lines by 28 characters (5.2.3)."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Twips(FOOTER_DISTANCE)
    section.gutter = Mm(0)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")) + properties.findall(qn("w:cols")):
        properties.remove(old)
    properties.append(
        parse_xml(
            f'<w:docGrid xmlns:w="{NAMESPACE}" w:type="linesAndChars" w:linePitch="{LINE}" '
            f'w:charSpace="{CHARACTER_SPACE}"/>'
        )
    )


def _set_page_numbers(section: Section, *, below: str = "") -> None:
    """— 1 —, odd pages right, even pages left (7.5)."""
    _fill(section.footer, _page_number("PageNumberOdd") + below)
    _fill(section.even_page_footer, _page_number("PageNumberEven") + below)


def _set_double_rules(section: Section) -> None:
    """Mark and upper double rule in the first page's head, the lower one at its foot, no number there (10.1)."""
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False  # its part is written anew for each letter
    section.header_distance, section.footer_distance = Twips(MARK_FROM_EDGE), Twips(RULE_FROM_EDGE)
    rest = f'<w:spacing w:line="{FOOTER_DISTANCE - RULE_FROM_EDGE}" w:lineRule="exact"/>'
    _set_page_numbers(section, below=rule_paragraph(rest))
    _fill(
        section.first_page_footer, rule_paragraph(red_rule(eighths=6)) + rule_paragraph(red_rule(eighths=18, space=1))
    )


def _page_number(style: str) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )


def _fill(footer: _Footer, paragraphs: str) -> None:
    """Put the paragraphs in place of the footer's empty one."""
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f'<w:ftr xmlns:w="{NAMESPACE}">{paragraphs}</w:ftr>')):
        element.append(child)
