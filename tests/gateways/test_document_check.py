"""The finished .docx is read back: a good one passes, and each planted fault is found (R45, R46)."""

from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from caseapp.domain.document import LetterForm
from caseapp.domain.letters import LetterKind
from caseapp.domain.remedies import OrganKind
from caseapp.gateways.document_check import Expectation, check_document, missed
from caseapp.gateways.official_document import set_document
from tests.gateways.letter_samples import DAY, FIELDS, REMEDY, letter_text, make_document

BOTH = pytest.mark.parametrize("form", LetterForm)


def expectation(form, **changes):
    facts = {
        "number": "示规资复〔2026〕5号",
        "addressee": "王某某",
        "dated_on": DAY,
        "remedy": REMEDY,
        "organ_kind": OrganKind.LOCAL_DEPARTMENT,
    }
    return Expectation(form=form, **{**facts, **changes})


def faults(data, form, **changes):
    return {finding.requirement for finding in missed(check_document(data, expect=expectation(form, **changes)))}


def spoilt(form, spoil):
    """Return the bytes of a good document after one thing was changed in it."""
    page = Document(BytesIO(set_document(make_document(form))))
    spoil(page)
    packed = BytesIO()
    page.save(packed)
    return packed.getvalue()


def line(page, style):
    return next(one for one in page.paragraphs if one.style.style_id.startswith(style))


def write(style, text):
    def spoil(page):
        line(page, style).runs[0].text = text

    return spoil


def set_margin(page):
    page.sections[0].left_margin = Mm(25)


def set_paper(page):
    page.sections[0].page_width, page.sections[0].page_height = Mm(216), Mm(279)


def set_style_font(page):
    page.styles["Body Text"].element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def set_run_font(page):
    run = line(page, "Body").runs[0]
    run.font.name = "微软雅黑"
    run._r.rPr.rFonts.set(qn("w:eastAsia"), "微软雅黑")


def set_title_font(page):
    page.styles["Title"].element.rPr.rFonts.set(qn("w:eastAsia"), "黑体")


def set_grid(page):
    page.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), "640")


def set_line(page):
    line(page, "Body").paragraph_format.line_spacing = Pt(32)


def set_characters(page):
    page.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:charSpace"), "0")


def drop_remedy(page):
    paragraph = next(one for one in page.paragraphs if one.text == REMEDY)
    paragraph._p.getparent().remove(paragraph._p)


def swap_sides(page):
    page.sections[0].footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    page.sections[0].even_page_footer.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def one_footer(page):
    page.settings.odd_and_even_pages_header_footer = False


def shorten_rule(page):
    heads = [*page.paragraphs, *page.sections[0].first_page_header.paragraphs]
    rule = next(one for one in heads if one.style.style_id in ("NumberOverRule", "OrganMark") and _ruled(one))
    rule.paragraph_format.left_indent = Mm(10)


def _ruled(paragraph):
    properties = paragraph._p.pPr
    return paragraph.style.style_id == "NumberOverRule" or properties.find(qn("w:pBdr")) is not None


def let_signature_go(page):
    line(page, "Signature").paragraph_format.keep_with_next = False


@pytest.mark.rule("R45")
@BOTH
def test_a_good_document_meets_every_requirement(form):
    assert faults(set_document(make_document(form)), form) == set()


@BOTH
@pytest.mark.parametrize("kind", LetterKind)
def test_every_kind_meets_every_requirement(kind, form):
    words = letter_text(kind)
    data = set_document(make_document(form, title=words.title, blocks=words.blocks))
    assert faults(data, form, remedy=FIELDS[kind].get("remedy")) == set()


@pytest.mark.rule("R45")
@BOTH
@pytest.mark.parametrize(
    ("spoil", "requirement"),
    [
        pytest.param(set_margin, "订口（左白边）", id="margin"),
        pytest.param(set_paper, "纸张宽度", id="wrong paper"),
        pytest.param(set_style_font, "正文字体", id="font of the style"),
        pytest.param(set_run_font, "正文字体", id="font of one run"),
        pytest.param(set_title_font, "标题字体", id="font of the title"),
        pytest.param(set_grid, "每页行数", id="line count by the grid"),
        pytest.param(set_line, "正文行距（每页行数）", id="line count by the lines"),
        pytest.param(set_characters, "每行字数", id="character count"),
        pytest.param(write("Number", "示规资复〔2026〕第5号"), "发文字号不编虚位、不加“第”", id="number with 第"),
        pytest.param(write("Number", "示规资复〔2026〕005号"), "发文字号不编虚位、不加“第”", id="number padded"),
        pytest.param(write("Number", "示规资复[2026]5号"), "发文字号年份用六角括号〔〕", id="missing 〔〕"),
        pytest.param(write("Date", "2026年05月20日"), "成文日期写法", id="date form"),
        pytest.param(write("Date", "二〇二六年五月二十日"), "成文日期写法", id="date in words"),
        pytest.param(drop_remedy, "救济途径", id="missing remedy"),
        pytest.param(swap_sides, "单页码位置", id="page number side, odd"),
        pytest.param(swap_sides, "双页码位置", id="page number side, even"),
        pytest.param(one_footer, "奇偶页页码分设", id="one footer for all pages"),
        pytest.param(write("Body", "本机关于{{ received_on }}收到申请。"), "未填的字段", id="unfilled field"),
        pytest.param(write("Body", "本机关于××年收到申请。"), "未填的字段", id="unfilled blank"),
        pytest.param(write("Addressee", "李某某："), "主送", id="addressee"),
        pytest.param(write("Body", "可以在3个月内提起行政诉讼。"), "失效的表述", id="stale law"),
        pytest.param(let_signature_go, "署名与成文日期同页", id="signature alone"),
    ],
)
def test_a_planted_fault_is_found(spoil, requirement, form):
    assert requirement in faults(spoilt(form, spoil), form)


@pytest.mark.rule("R45")
@pytest.mark.parametrize(
    ("form", "requirement"), [(LetterForm.OFFICIAL, "红色分隔线长度"), (LetterForm.LETTER, "首页上方红色双线长度")]
)
def test_a_rule_of_another_length_is_found(form, requirement):
    assert requirement in faults(spoilt(form, shorten_rule), form)


@pytest.mark.rule("R45")
def test_a_number_on_the_first_page_of_a_letter_is_found():
    def show(page):
        page.sections[0].different_first_page_header_footer = False

    assert "首页页码" in faults(spoilt(LetterForm.LETTER, show), LetterForm.LETTER)


def test_the_wrong_form_is_found():
    data = set_document(make_document(LetterForm.OFFICIAL))
    assert "首页上方红色双线条数" in faults(data, LetterForm.LETTER)


@pytest.mark.rule("R46")
def test_a_letter_dated_after_its_posting_is_found():
    data = set_document(make_document())
    assert faults(data, LetterForm.LETTER, posted_on=DAY) == set()
    assert faults(data, LetterForm.LETTER, posted_on=DAY.replace(day=19)) == {"成文日期与寄出日期"}


@pytest.mark.rule("R47")
def test_a_remedy_where_none_belongs_is_found():
    assert faults(set_document(make_document()), LetterForm.LETTER, remedy=None) == {"救济途径"}


def test_articles_and_strangers_are_looked_for():
    data = set_document(make_document())
    assert faults(data, LetterForm.LETTER, articles=("第三十七条",)) == {"引用第三十七条"}
    assert faults(data, LetterForm.LETTER, strangers=("王某某",)) == {"他人姓名"}


def test_braces_that_the_applicant_wrote_are_no_unfilled_field():
    document = make_document()
    title = "关于{{模板}}的说明"
    quoting = replace(document, blocks=(replace(document.blocks[0], text=f"申请公开“{title}”。"), *document.blocks[1:]))
    data = set_document(quoting)
    assert faults(data, LetterForm.LETTER) == {"未填的字段"}
    assert faults(data, LetterForm.LETTER, quoted=(title,)) == set()


def test_a_finding_says_what_was_wanted_and_what_was_found():
    data = spoilt(LetterForm.LETTER, set_margin)
    finding = missed(check_document(data, expect=expectation(LetterForm.LETTER)))[0]
    assert (finding.requirement, finding.wanted, finding.found) == ("订口（左白边）", "28 毫米", "25 毫米")
