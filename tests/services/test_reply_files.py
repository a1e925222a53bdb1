"""Files disclosed with an answer: added while it is drafted, fixed with it, open once it has been delivered."""

import io
from datetime import date

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.lifecycle import ActionNotAllowed
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotVisible
from caseapp.services import letters, reply_files, tracking
from caseapp.services.attachments import FileKindRefused
from tests.makers import RECEIVED, moment

PDF = b"%PDF-1.7\n" + b"0" * 100
DAY = date(2026, 3, 10)


def add(maker, case, *, name="竣工验收备案表.pdf", content=PDF):
    with transaction():
        reply_files.add(
            case.id, name=name, content=content, version=case.version, actor=maker.actor("officer"), at=moment(DAY)
        )
    return maker.again(case.id)


def test_the_applicant_downloads_what_the_answer_discloses_once_it_is_delivered(maker):
    case = maker.submitted(add(maker, maker.case(received_on=RECEIVED)), on=DAY)
    file = reply_files.of_case(case.id)[0]
    with pytest.raises(NotVisible):
        tracking.download_file(case.id, file.id)
    case = maker.case(received_on=RECEIVED)
    case = maker.issued(add(maker, case), on=DAY)
    file = reply_files.of_case(case.id)[0]
    opened = tracking.download_file(case.id, file.id)
    assert (opened.name, opened.content) == ("竣工验收备案表.pdf", PDF)


def test_the_letter_lists_the_files(maker):
    case = maker.issued(add(maker, maker.case(received_on=RECEIVED)), on=DAY)
    letter = letters.of_case(case.id)[0]
    words = "\n".join(p.text for p in Document(io.BytesIO(letters.download(case, letter.id).content)).paragraphs)
    assert "附件：" in words
    assert "竣工验收备案表.pdf" in words


def test_nothing_is_added_or_taken_away_once_the_answer_waits_for_approval(maker):
    case = maker.submitted(add(maker, maker.case(received_on=RECEIVED)), on=DAY)
    with pytest.raises(ActionNotAllowed):
        add(maker, case)
    with pytest.raises(ActionNotAllowed), transaction():
        reply_files.remove(
            case.id,
            file_id=reply_files.of_case(case.id)[0].id,
            version=case.version,
            actor=maker.actor("officer"),
            at=moment(DAY),
        )


def test_another_cases_file_and_another_departments_officer_are_not_served(maker):
    case, other = add(maker, maker.case(received_on=RECEIVED)), maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    file = reply_files.of_case(case.id)[0]
    with pytest.raises(NotVisible):
        tracking.download_file(other.id, file.id)
    with pytest.raises(NotVisible):
        reply_files.open_for_staff(other.id, file.id, actor=maker.actor("clerk"))
    with pytest.raises(NotVisible):
        reply_files.open_for_staff(case.id, file.id, actor=maker.actor("officer2"))


def test_a_withheld_answer_hands_out_nothing_that_was_uploaded_before(maker):
    case = add(maker, maker.case(received_on=RECEIVED))
    case = maker.issued(case, on=DAY, content=maker.content(Outcome.NOT_FOUND))
    with pytest.raises(NotVisible):
        tracking.download_file(case.id, reply_files.of_case(case.id)[0].id)


def test_only_documents_and_pictures_are_taken(maker):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(FileKindRefused):
        add(maker, case, content=b"MZ program")
    assert reply_files.of_case(case.id) == []
