"""Sets an official document as a .docx after GB/T 9704-2012, in 公文格式 or 信函格式 (10.1).

The same document gives the same bytes: no clock, no machine and no author enters the file.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from caseapp.domain.document import LetterForm, OfficialDocument, Table
from caseapp.domain.printable import check_line, check_text
from caseapp.gateways import document_parts as parts
from caseapp.gateways.document_base import base_document
from caseapp.gateways.document_styles import NAMESPACE

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LABELS = {
    "organ": "发文机关",
    "number": "发文字号",
    "title": "标题",
    "addressee": "主送机关（收件人）",
    "signature": "署名",
    "printed_by": "印发机关",
    "note": "附注",
    "attachments": "附件名称",
    "copies_to": "抄送机关",
    "blocks": "正文",
}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest moment that a .zip can name


def set_document(document: OfficialDocument) -> bytes:
    """Return the document as the bytes of a .docx file.

    Refuses, at the field of the document, control characters and line breaks where one line is wanted.
    """
    _check(document)
    base = base_document(document.form)
    own = [("docProps/core.xml", _properties(document)), ("word/document.xml", _document(document, base.section))]
    if document.form is LetterForm.LETTER:
        own.append(("word/header1.xml", _header(document)))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*base.parts, *own):
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 0, 0
            archive.writestr(entry, content)
    return packed.getvalue()


def _document(document: OfficialDocument, section: str) -> bytes:
    """Return the main part: the elements in the order of the standard, and the section that closes them."""
    elements = (
        parts.head(document),
        parts.title(document),
        parts.addressee(document),
        parts.body(document.blocks),
        parts.attachments(document.attachments),
        parts.signature(document),
        parts.note(document.note),
        parts.imprint(document),
        section,
    )
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = f'<w:document xmlns:w="{NAMESPACE}" xmlns:r="{relations}"><w:body>'
    return f"{_XML}{head}{''.join(elements)}</w:body></w:document>".encode()


def _header(document: OfficialDocument) -> bytes:
    """Return the head of the letter form's first page."""
    return f'{_XML}<w:hdr xmlns:w="{NAMESPACE}">{parts.letter_mark(document)}</w:hdr>'.encode()


def _properties(document: OfficialDocument) -> bytes:
    """Return the core properties: title, language, and the day of the document; nobody's name."""
    moment = f"{document.dated_on.isoformat()}T00:00:00Z"
    return (
        f"{_XML}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(document.title)}</dc:title><dc:language>zh-CN</dc:language>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{moment}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{moment}</dcterms:modified></cp:coreProperties>'
    ).encode()


def _check(document: OfficialDocument) -> None:
    """Refuse what no document can carry, at the part that holds it."""
    for field, text in _lines(document):
        check_line(text, field=field, label=_LABELS[field])
    for block in document.blocks:
        texts = (cell for row in block.rows for cell in row) if isinstance(block, Table) else (block.text,)
        for text in texts:
            check_text(text, field="blocks", label=_LABELS["blocks"])


def _lines(document: OfficialDocument) -> Iterator[tuple[str, str]]:
    """Give each part that is one line, with the name of its field."""
    for field in ("organ", "number", "title", "addressee", "signature", "printed_by", "note"):
        yield field, getattr(document, field) or ""
    for field in ("attachments", "copies_to"):
        for text in getattr(document, field):
            yield field, text
