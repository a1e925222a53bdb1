"""Envelopes: whom and where to, the postcode in its boxes, and only for those who send letters."""

from io import BytesIO

import pytest
from docx import Document
from docx.shared import Mm

from caseapp.db import transaction
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.services import envelopes
from tests.makers import RECEIVED


def made(maker, address, name="申请人甲"):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        applicant = maker.again(case.id).applicant
        applicant.address, applicant.name = address, name
    return maker.again(case.id)


def read(case, actor):
    document = Document(BytesIO(envelopes.envelope(case.id, actor=actor).content))
    return document, [paragraph.text for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", ["申请人甲", "长" * 60, "<w:p>&{{ x }}"])
def test_the_envelope_bears_receiver_sender_and_postcode(maker, name):
    case = made(maker, "130000 示范市示范区示范路 12345678901 号", name)
    document, lines = read(case, maker.actor("clerk"))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == list("130000")
    assert lines[:2] == ["示范市示范区示范路 12345678901 号", f"{name}（收）"]
    assert case.department.name in lines
    section = document.sections[0]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (220, 110)


def test_an_unknown_postcode_leaves_its_boxes_empty(maker):
    document, _ = read(made(maker, "示范市示范路1号"), maker.actor("officer"))
    assert [cell.text for cell in document.tables[0].rows[0].cells] == [""] * 6


def test_without_an_address_there_is_none_and_it_is_said(maker):
    with pytest.raises(envelopes.NoAddress, match="没有留下通信地址"):
        envelopes.envelope(made(maker, "").id, actor=maker.actor("clerk"))


def test_labels_are_those_of_what_waits_to_be_posted_and_of_whom_it_concerns(maker):
    with pytest.raises(envelopes.NothingToPost, match="没有等待邮寄"):
        envelopes.labels(actor=maker.actor("clerk"))
    for name, address in (("申请人甲", "130000 示范市示范路1号"), ("长" * 60, "长" * 240)):
        case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=RECEIVED)
        with transaction():
            applicant = maker.again(case.id).applicant
            applicant.address, applicant.name = address, name
    maker.issued(maker.case(received_on=RECEIVED, way="in_person"), on=RECEIVED)

    cells = [
        [paragraph.text for paragraph in cell.paragraphs]
        for row in Document(BytesIO(envelopes.labels(actor=maker.actor("clerk")).content)).tables[0].rows
        for cell in row.cells
    ]
    assert cells[0] == ["130000", "示范市示范路1号", "申请人甲（收）"]
    assert cells[1] == ["长" * 240, f"{'长' * 60}（收）"]
    assert cells[2:] == [[""]] * 22
    assert envelopes.labels(actor=maker.actor("officer")).content.startswith(b"PK")
    with pytest.raises(envelopes.NothingToPost):
        envelopes.labels(actor=maker.actor("officer2"))
    with pytest.raises(NotPermitted):
        envelopes.labels(actor=maker.actor("head"))


def test_who_sends_no_letters_gets_no_address(maker):
    case = made(maker, "示范市示范路1号")
    for name, refusal in (("head", NotPermitted), ("auditor", NotPermitted), ("officer2", NotVisible)):
        with pytest.raises(refusal):
            envelopes.envelope(case.id, actor=maker.actor(name))
