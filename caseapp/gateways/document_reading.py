"""Reads a .docx back: which font, size, line and indent a paragraph really has, through runs, styles and defaults."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document
from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer, _Header
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

TWIPS_A_MILLIMETRE = 1440 / 25.4


def open_document(data: bytes) -> DocxDocument:
    """Return the document; raises what python-docx raises when the bytes are no .docx."""
    return Document(BytesIO(data))


def attribute(element: BaseOxmlElement | None, path: str, name: str = "w:val") -> str | None:
    """Return an attribute of the element found under `path` (w:rPr/w:sz), or None where there is none."""
    found = element.find("/".join(qn(step) for step in path.split("/"))) if element is not None else None
    return None if found is None else found.get(qn(name))


def millimetres(twips: str | int | None) -> float:
    """Return a length in millimetres, one place after the point; nothing counts as 0."""
    return round(float(twips or 0) / TWIPS_A_MILLIMETRE, 1)


def styled(document: DocxDocument, *style_ids: str) -> list[Paragraph]:
    """Return the paragraphs of the body, in order, that have one of the styles."""
    return [paragraph for paragraph in document.paragraphs if paragraph.style and paragraph.style.style_id in style_ids]


def effective(paragraph: Paragraph, path: str, name: str = "w:val") -> str | None:
    """Return a property of the paragraph as its own pPr, its styles or the defaults set it."""
    own = attribute(paragraph._p.pPr, path, name)
    return own if own is not None else _from_styles(paragraph, f"w:pPr/{path}", name)


def run_values(paragraph: Paragraph, path: str, name: str = "w:val") -> set[str]:
    """Return every value that the paragraph's runs of text have for a property of the run, as w:rFonts or w:sz."""
    inherited = _from_styles(paragraph, f"w:rPr/{path}", name) or ""
    runs = [run for run in paragraph.runs if run.text]
    return {attribute(run._r.rPr, path, name) or inherited for run in runs} or {inherited}


def all_text(document: DocxDocument) -> str:
    """Return the text of body, tables, heads and feet, a paragraph to a line."""
    parts: list[BaseOxmlElement] = [document.element.body]
    for section in document.sections:
        parts += [part._element for part in heads_and_feet(section)]
    lines = ("".join(_pieces(paragraph)) for part in parts for paragraph in part.iter(qn("w:p")))
    return "\n".join(lines)


def heads_and_feet(section: Section) -> Iterator[_Header | _Footer]:
    """Give the heads and feet that the section defines itself."""
    for part in (
        section.first_page_header,
        section.header,
        section.even_page_header,
        section.first_page_footer,
        section.footer,
        section.even_page_footer,
    ):
        if not part.is_linked_to_previous:
            yield part


def _pieces(paragraph: BaseOxmlElement) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t"), qn("w:tab"), qn("w:br")):
        yield (element.text or "") if element.tag == qn("w:t") else " "


def _from_styles(paragraph: Paragraph, path: str, name: str) -> str | None:
    """Return the first value on the way up the styles, then in the document's defaults."""
    style: ParagraphStyle | None = paragraph.style
    while style is not None:
        value = attribute(style.element, path, name)
        if value is not None:
            return value
        style = style.base_style
    defaults = paragraph.part._document_part.styles.element.find(qn("w:docDefaults"))
    properties, rest = path.split("/", 1)
    return attribute(defaults, f"{properties}Default/{properties}/{rest}", name)
