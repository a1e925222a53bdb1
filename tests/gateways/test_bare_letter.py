"""A letter that is only a file is held against the standard: samples pass, planted faults are found (R45)."""

from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn

from caseapp.domain.document import LetterForm
from caseapp.domain.letters import LetterKind
from caseapp.gateways.bare_letter import NotADocument, check_file
from caseapp.services import letter_samples
from tests.gateways.letter_samples import FOLDER
from tests.gateways.test_document_check import (
    drop_remedy,
    set_grid,
    set_margin,
    set_paper,
    set_style_font,
    shorten_rule,
    spoilt,
    swap_sides,
    write,
)

BOTH = pytest.mark.parametrize("form", LetterForm)


@pytest.fixture(scope="module")
def samples():
    return {sample.name: sample.content for sample in letter_samples.samples(FOLDER)}


def faults(data):
    return {finding.requirement for finding in check_file(data, name="答复书.docx") if not finding.ok}


@pytest.mark.rule("R45")
def test_there_is_a_sample_of_every_kind_in_both_forms_short_and_long(samples):
    assert len(samples) == 4 * len(LetterKind)


@pytest.mark.rule("R45")
@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_sample_passes(samples, kind):
    for form in LetterForm:
        for length in ("short", "long"):
            assert faults(samples[f"{kind.value}_{form.value}_{length}.docx"]) == set()


def test_long_samples_hold_rare_characters_long_names_and_forty_attachments(samples):
    page = Document(BytesIO(samples["disclosed_letter_long.docx"]))
    words = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert letter_samples.LONGEST_NAME in words
    assert len(letter_samples.LONGEST_NAME) == 60
    assert "𠮷" in words
    assert "㛃" in words
    assert "40.𠮷㛃附件材料之40" in words


def thin_rule(page):
    for paragraph in (*page.paragraphs, *page.sections[0].first_page_header.paragraphs):
        for rule in paragraph._p.iter(qn("w:bottom")):
            rule.set(qn("w:color"), "000000")
    for style in page.styles:
        for rule in style.element.iter(qn("w:bottom")):
            rule.set(qn("w:color"), "000000")


PLANTED = {
    "margin": set_margin,
    "font": set_style_font,
    "line count": set_grid,
    "number form": write("Number", "示规资复〔2026〕第05号"),
    "date form": write("Date", "2026年05月20日"),
    "missing remedy": drop_remedy,
    "page number side": swap_sides,
    "missing brackets": write("Number", "示规资复[2026]5号"),
    "wrong paper": set_paper,
    "rule width": shorten_rule,
    "unfilled field": write("Body", "本机关于{{ received_on }}收到您的申请。"),
}


@pytest.mark.rule("R45", "R46")
@BOTH
@pytest.mark.parametrize("fault", PLANTED)
def test_each_of_eleven_planted_faults_is_found(form, fault):
    good = spoilt(form, lambda page: None)
    before = faults(good)
    assert faults(spoilt(form, PLANTED[fault])) - before, fault


@BOTH
def test_black_rules_and_a_strange_title_are_found(form):
    assert any("红色" in one for one in faults(spoilt(form, thin_rule)))
    assert "文种" in faults(spoilt(form, write("Title", "通知")))


def test_the_letter_of_the_other_tests_lacks_only_its_legal_basis():
    assert faults(spoilt(LetterForm.LETTER, lambda page: None)) <= {"法律依据"}


@pytest.mark.parametrize("data", [b"", b"no document", b"PK\x03\x04broken"])
def test_what_is_no_document_is_refused_in_words(data):
    with pytest.raises(NotADocument, match="不是 Word 文档"):
        check_file(data, name="假.docx")
