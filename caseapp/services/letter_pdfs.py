"""Issued letters as PDF, where the office has LibreOffice; the frozen .docx stays the letter."""

from dataclasses import replace
from pathlib import PurePath

from caseapp.domain.permissions import Actor
from caseapp.gateways.pdf import PdfFailed, as_pdf, converter
from caseapp.services import installation, letters
from caseapp.services.letters import Download

PDF = "application/pdf"
QUEUE = "pdf.lock"  # in the data folder, which is the installation's own


def are_made() -> bool:
    """Return whether this installation can make a PDF."""
    return converter(installation.current().settings.soffice) is not None


def for_staff(case_id: int, letter_id: int, *, actor: Actor) -> Download:
    """Return a letter as PDF to who may read its case; raises `NotVisible`, `PdfBusy` or `PdfFailed`."""
    letter = letters.download_for_staff(case_id, letter_id, actor=actor)
    settings = installation.current().settings
    program = converter(settings.soffice)
    if program is None:
        raise PdfFailed()
    name = str(PurePath(letter.name).with_suffix(".pdf"))
    made = as_pdf(letter.content, program=program, queue=settings.data_folder / QUEUE)
    return replace(letter, name=name, content=made, media_type=PDF)
