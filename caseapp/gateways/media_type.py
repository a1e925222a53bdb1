"""What a file is, judged by its content; its name and the browser's word count for nothing."""

import io
import zipfile

import puremagic

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
PDF = "application/pdf"
PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
EXTENSIONS = {PDF: ".pdf", DOCX: ".docx", DOC: ".doc", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif"}
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5_000
WORD_STREAM = "WordDocument".encode("utf-16-le")
MACRO_STREAM = "_VBA_PROJECT".encode("utf-16-le")


def media_type(content: bytes) -> str | None:
    """Return the media type of a PDF, Word or picture file, or `None` for everything else, macros included."""
    if content.startswith(b"%PDF-"):
        return PDF
    for start, kind in PICTURES.items():
        if content.startswith(start):
            return kind if _agrees(content, kind) else None
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return DOC if WORD_STREAM in content and MACRO_STREAM not in content else None
    if content.startswith(b"PK\x03\x04"):
        return DOCX if _is_plain_docx(content) else None
    return None


def _agrees(content: bytes, kind: str) -> bool:
    """Ask a second, independent reader of signatures, so that a bare prefix is not enough."""
    try:
        return any(found.mime_type == kind for found in puremagic.magic_string(content))
    except puremagic.PureError:
        return False


def _is_plain_docx(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = {part.filename for part in parts}
            unpacked = sum(part.file_size for part in parts)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):  # zipfile raises the last for a later archive format
        return False
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    is_word = {"[Content_Types].xml", "word/document.xml"} <= names
    return is_word and not has_macros and unpacked <= LARGEST_UNPACKED and len(parts) <= MOST_PARTS
