"""Holds a letter that is only a file against the standard: what it should say is read from its own title and text."""

import re
from datetime import date
from zipfile import BadZipFile

from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError

from caseapp.domain.document import LetterForm
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS
from caseapp.domain.numbering import read_letter_number
from caseapp.domain.remedies import OrganKind
from caseapp.gateways.document_check import Expectation, Finding, check_document
from caseapp.gateways.document_reading import all_text, open_document, styled

# The title says which letter it is, and with it whether it must carry a remedy (R40, R47).
REMEDY_BY_TITLE = {row.title: row.needs_remedy for row in LETTERS.values()}
_REMEDY = re.compile(r"如对[^\n]{0,40}不服，[^\n]*60日内[^\n]*申请行政复议[^\n]*提起行政诉讼[^\n]*")
_DAY = re.compile(r"([1-9][0-9]{3})年([0-9]{1,2})月([0-9]{1,2})日")
_CITED = re.compile(r"《[^》]+》|国办[^，。]{2,20}号")
NO_DAY = date(1900, 1, 1)


class NotADocument(DomainError):
    text = "“{name}”不是 Word 文档（.docx），无法检查。"


def check_file(data: bytes, *, name: str) -> list[Finding]:
    """Return a finding for every requirement of GB/T 9704 and of the letter's kind; raises `NotADocument`."""
    try:
        document = open_document(data)
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as reason:
        raise NotADocument(name=name) from reason
    title = "".join(paragraph.text for paragraph in styled(document, "Title")).replace("\n", "")
    known = Finding("文种", "规定的标题", title or "没有", title in REMEDY_BY_TITLE)
    cited = _CITED.search(all_text(document))
    basis = Finding("法律依据", "引用条例或者其他依据", cited.group() if cited else "没有", cited is not None)
    return [known, *check_document(data, expect=_expectation(document, title)), basis]


def _expectation(document: Document, title: str) -> Expectation:
    text = all_text(document)
    number = "".join(one.text for one in styled(document, "NumberOverRule", "NumberUnderRule"))
    remedy = _REMEDY.search(text)
    return Expectation(
        form=_form(document),
        number=number if read_letter_number(number) else "（机关代字）〔年份〕（序号）号",
        addressee="".join(one.text for one in styled(document, "Addressee")).removesuffix("：") or "（收件人）",
        dated_on=_day(document),
        remedy=(remedy.group() if remedy else "（救济途径）") if REMEDY_BY_TITLE.get(title, True) else None,
        organ_kind=OrganKind.LOCAL_DEPARTMENT,
    )


def _form(document: Document) -> LetterForm:
    """Return the form by where the organ's name stands: over the body, or in the head of the first page (10.1)."""
    return LetterForm.OFFICIAL if styled(document, "NumberOverRule") else LetterForm.LETTER


def _day(document: Document) -> date:
    found = _DAY.search("".join(paragraph.text for paragraph in styled(document, "Date")))
    try:
        return date(*(int(part) for part in found.groups())) if found else NO_DAY
    except ValueError:
        return NO_DAY
