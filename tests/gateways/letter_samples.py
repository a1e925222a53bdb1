"""Sample documents for the tests of the letters; their facts are those of the samples that the product writes."""

from pathlib import Path

from caseapp.domain.document import LetterForm, OfficialDocument, Paragraph
from caseapp.gateways.letter_words import words
from caseapp.services.letter_samples import COMMON, DAY, FIELDS, NOTICE_REMEDY, ORGAN, REMEDY

__all__ = ["COMMON", "DAY", "FIELDS", "FOLDER", "NOTICE_REMEDY", "ORGAN", "REMEDY", "letter_text", "make_document"]
FOLDER = Path(__file__).parents[2] / "letters"


def letter_text(kind, **changes):
    return words(kind, {**COMMON, **FIELDS[kind], **changes}, folder=FOLDER)


def make_document(form=LetterForm.LETTER, **changes):
    parts = {
        "organ": ORGAN,
        "number": "示规资复〔2026〕5号",
        "title": "政府信息公开申请答复书",
        "addressee": "王某某",
        "blocks": (Paragraph("本机关收到您的申请。"), Paragraph(REMEDY), Paragraph("特此答复。")),
        "signature": ORGAN,
        "dated_on": DAY,
        **changes,
    }
    return OfficialDocument(form=form, **parts)
