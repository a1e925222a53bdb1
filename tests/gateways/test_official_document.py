"""The page of an official document: text in equals text out, the same bytes each time, nobody's name."""

import hashlib
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from docx import Document

from caseapp.domain.document import Heading, LetterForm, Paragraph, Table
from caseapp.domain.letters import LetterKind
from caseapp.domain.printable import LineBreakNotAllowed, UnprintableCharacter
from caseapp.gateways.document_parts import even_lines, width
from caseapp.gateways.official_document import set_document
from tests.gateways.letter_samples import ORGAN, letter_text, make_document

BOTH = pytest.mark.parametrize("form", LetterForm)
LONG = "甲乙丙丁戊己庚辛壬癸" * 6


def opened(document):
    return Document(BytesIO(set_document(document)))


def texts(document, style):
    return [one.text for one in opened(document).paragraphs if one.style.style_id == style]


@BOTH
def test_the_same_document_gives_the_same_bytes(form):
    first, second = set_document(make_document(form)), set_document(make_document(form))
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert set_document(make_document(form, addressee="李某某")) != first


@BOTH
def test_every_part_of_the_page_is_there_in_order(form):
    document = make_document(
        form,
        attachments=("合同", "宗地图"),
        note="联系人：承办员乙",
        copies_to=("区政府办公室", "区档案馆"),
        printed_by="分局办公室",
        printed_on=date(2026, 5, 21),
    )
    page = opened(document)
    lines = [one.text for one in page.paragraphs if one.text]
    expected = [
        "示规资复〔2026〕5号",
        "政府信息公开申请答复书",
        "王某某：",
        "本机关收到您的申请。",
        document.blocks[1].text,
        "特此答复。",
        "附件：1.合同",
        "2.宗地图",
        ORGAN,
        "2026年5月20日",
        "（联系人：承办员乙）",
    ]
    if form is LetterForm.OFFICIAL:
        expected.insert(0, f"{ORGAN}文件")
    else:
        assert page.sections[0].first_page_header.paragraphs[0].text == ORGAN
    assert lines == expected
    imprint = [row.cells[0].text for row in page.tables[0].rows]
    printed = ["分局办公室\t2026年5月21日印发"] if form is LetterForm.OFFICIAL else []
    assert imprint == ["抄送：区政府办公室，区档案馆。", *printed]


@BOTH
@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_is_set_in_both_forms(kind, form):
    words = letter_text(kind)
    page = opened(make_document(form, title=words.title, blocks=words.blocks))
    assert all(block.text in [one.text for one in page.paragraphs] for block in words.blocks if hasattr(block, "text"))


@pytest.mark.parametrize(
    "text", ["𠮷㛃😀", "<w:t>&lt;]]>", "{{ x }}", "  两端空格  ", "https://example.gov.cn/a?b=1&c=2"]
)
def test_text_in_equals_text_out(text):
    document = make_document(
        organ=text, number=text, title=text, addressee=text, signature=text, blocks=(Paragraph(text),)
    )
    assert texts(document, "Body") == [text]
    assert texts(document, "Addressee") == [f"{text}："]
    assert "".join(texts(document, "Signature")) == text
    assert opened(document).sections[0].first_page_header.paragraphs[0].text.replace("\n", "") == text


def test_a_line_break_in_a_paragraph_stays_one():
    assert texts(make_document(blocks=(Paragraph("甲\n乙"),)), "Body") == ["甲\n乙"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"addressee": "甲\x00"}, "addressee"),
        ({"title": "\x1b"}, "title"),
        ({"attachments": ("合同", "\x07")}, "attachments"),
        ({"blocks": (Paragraph("甲\x0b乙"),)}, "blocks"),
        ({"blocks": (Heading(1, "\x01"),)}, "blocks"),
        ({"blocks": (Table((("甲", "\x02"),)),)}, "blocks"),
    ],
)
def test_a_control_character_is_refused_with_its_field(changes, field):
    with pytest.raises(UnprintableCharacter) as refusal:
        set_document(make_document(**changes))
    assert refusal.value.field == field


def test_a_name_with_a_line_break_is_refused():
    with pytest.raises(LineBreakNotAllowed):
        set_document(make_document(addressee="甲\n特此答复。"))


@BOTH
def test_nobody_and_no_machine_is_named_in_the_file(form):
    data = set_document(make_document(form))
    properties = Document(BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.date() == date(2026, 5, 20)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert all(entry.date_time == (1980, 1, 1, 0, 0, 0) for entry in archive.infolist())
        assert b"python-docx" not in b"".join(archive.read(name) for name in archive.namelist())


@BOTH
def test_the_language_is_chinese_for_chinese_text(form):
    with zipfile.ZipFile(BytesIO(set_document(make_document(form)))) as archive:
        assert 'w:eastAsia="zh-CN"' in archive.read("word/styles.xml").decode()


@pytest.mark.rule("R45")
def test_signature_and_date_share_their_middle_and_the_date_stands_four_characters_from_the_right():
    signed, dated = (
        next(one for one in opened(make_document()).paragraphs if one.style.style_id == style)
        for style in ("Signature", "Date")
    )
    assert signed.paragraph_format.left_indent == dated.paragraph_format.left_indent
    assert signed.paragraph_format.right_indent == dated.paragraph_format.right_indent
    short = make_document(signature="区政府")
    line = next(one for one in opened(short).paragraphs if one.style.style_id == "Date")
    assert line.paragraph_format.right_indent.twips == pytest.approx(2.5 * 316, abs=1)  # one and a half to spare


@pytest.mark.rule("R45")
def test_the_signature_never_stands_alone():
    page = opened(make_document(attachments=tuple(f"附件{number}" for number in range(1, 41))))
    kept = [one.text for one in page.paragraphs if one.paragraph_format.keep_with_next]
    assert kept[:1] == ["特此答复。"]
    assert "40.附件40" in kept


@BOTH
def test_long_names_are_cut_into_even_lines(form):
    document = make_document(form, organ=LONG, signature=LONG, addressee=LONG, title=LONG)
    assert "".join(texts(document, "Signature")) == LONG
    assert len(texts(document, "Signature")) == 3
    assert texts(document, "Title")[0].replace("\n", "") == LONG


def test_even_lines_keep_every_sign():
    for length in range(1, 70):
        text = LONG[:length]
        lines = even_lines(text, characters=20)
        assert "".join(lines) == text
        assert max(map(width, lines)) <= 20


def test_a_letter_without_a_number_has_no_number_line():
    assert texts(make_document(number=None), "NumberUnderRule") == []


def test_documents_of_both_forms_do_not_share_a_head():
    assert opened(make_document(LetterForm.OFFICIAL)).sections[0].first_page_header.is_linked_to_previous
    changed = replace(make_document(), organ="另一机关")
    assert opened(changed).sections[0].first_page_header.paragraphs[0].text == "另一机关"
