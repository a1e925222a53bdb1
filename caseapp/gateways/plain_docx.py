"""What the documents that are no official letters share: text in a font that holds for Chinese too, and the file."""

from io import BytesIO

from docx.document import Document as DocxDocument
from docx.oxml.ns import qn
from docx.shared import Length, Pt
from docx.text.paragraph import Paragraph


def write(paragraph: Paragraph, words: str, *, size: Length, font: str) -> None:
    """Add the words to the paragraph in this font, for Latin and East Asian letters alike, without space below."""
    run = paragraph.add_run(words)
    run.font.size, run.font.name = size, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_after = Pt(0)


def packed(document: DocxDocument) -> bytes:
    """Return the bytes of the .docx."""
    content = BytesIO()
    document.save(content)
    return content.getvalue()
