"""Issued letters as PDF, where the office has LibreOffice; the frozen .docx stays the letter."""

from dataclasses import replace
from pathlib import PurePath

from caseapp.domain.permissions import Actor
from caseapp.gateways.pdf import PdfFailed, as_pdf, converter
from caseapp.services import installation, letters
from caseapp.services.letters import Download

PDF = "application/pdf"


def are_made() -> bool:
    """Return whether this installation can make a PDF."""
    return converter(installation.current().settings.soffice) is not None


def for_staff(case_id: int, letter_id: int, *, actor: Actor) -> Download:
    """Return a letter as PDF to who may read its case; raises `NotVisible`, `PdfBusy` or `PdfFailed`."""
    letter = letters.download_for_staff(case_id, letter_id, actor=actor)
    program = converter(installation.current().settings.soffice)
    if program is None:
        raise PdfFailed()
    name = str(PurePath(letter.name).with_suffix(".pdf"))
    return replace(letter, name=name, content=as_pdf(letter.content, program=program), media_type=PDF)
