"""Reads a finished .docx back and holds it against GB/T 9704-2012 and the Regulation, requirement by requirement.

The wanted values are written out here once more, apart from the module that sets the page: each controls the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from docx.document import Document
from docx.oxml.ns import qn
from docx.section import Section, _Footer, _Header
from docx.text.paragraph import Paragraph

from caseapp.domain.document import LetterForm
from caseapp.domain.moments import chinese_date
from caseapp.domain.numbering import read_letter_number
from caseapp.domain.remedies import OrganKind, StaleWording, check_wording
from caseapp.gateways.document_reading import (
    all_text,
    attribute,
    effective,
    heads_and_feet,
    millimetres,
    open_document,
    run_values,
    styled,
)

_BODY_STYLES = ("Body", "Addressee", "Attachment", "Signature", "Date")
_BODY_FONTS = {"仿宋_GB2312", "仿宋"}
_TITLE_FONTS = {"方正小标宋简体", "方正小标宋_GBK", "小标宋"}
_UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}|×{2,}|_{3,}")
_DATE = re.compile(r"[1-9][0-9]{3}年[1-9][0-9]?月[1-9][0-9]?日")
_TOLERANCE = 1.0  # mm


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What the letter should say.

    `remedy` is None for letters that carry none (R47); `quoted` are texts that others wrote and that may hold anything;
    `strangers` are names that must not appear.
    """

    form: LetterForm
    number: str | None
    addressee: str
    dated_on: date
    remedy: str | None
    organ_kind: OrganKind
    posted_on: date | None = None
    articles: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One requirement, in Chinese: what is wanted, what was found, and whether that will do."""

    requirement: str
    wanted: str
    found: str
    ok: bool


def check_document(data: bytes, *, expect: Expectation) -> list[Finding]:
    """Return a finding for every requirement, met or not, in the order of the page."""
    document = open_document(data)
    findings: list[Finding] = []
    for section in document.sections:
        findings += _paper(section)
        findings += _grid(section, document)
        findings += _page_numbers(section, document, expect.form)
        findings += _rules(section, document, expect.form)
    return [
        *findings,
        *_fonts(document),
        *_number(document, expect),
        *_frame(document, expect),
        *_words(document, expect),
    ]


def missed(findings: list[Finding]) -> list[Finding]:
    """Return the findings that are not met."""
    return [finding for finding in findings if not finding.ok]


def _measure(requirement: str, wanted: float, found: float) -> Finding:
    return Finding(requirement, f"{wanted:g} 毫米", f"{found:g} 毫米", abs(wanted - found) <= _TOLERANCE)


def _exact(requirement: str, wanted: str, found: str) -> Finding:
    return Finding(requirement, wanted, found or "没有", wanted == found)


def _one_of(requirement: str, wanted: set[str], found: set[str]) -> Finding:
    words = "、".join(sorted(value for value in found if value)) or "没有"
    return Finding(requirement, "或者".join(sorted(wanted)), words, bool(found) and found <= wanted)


def _length(section: Section, name: str) -> float:
    value = getattr(section, name)
    return round(value.mm, 1) if value is not None else 0.0


def _type_area(section: Section) -> tuple[float, float]:
    """Return the type area's width and height in millimetres."""
    width = _length(section, "page_width") - _length(section, "left_margin") - _length(section, "right_margin")
    height = _length(section, "page_height") - _length(section, "top_margin") - _length(section, "bottom_margin")
    return round(width, 1), round(height, 1)


def _paper(section: Section) -> Iterator[Finding]:
    """5.1 and 5.2."""
    yield _measure("纸张宽度", 210, _length(section, "page_width"))
    yield _measure("纸张高度", 297, _length(section, "page_height"))
    yield _measure("天头（上白边）", 37, _length(section, "top_margin"))
    yield _measure("订口（左白边）", 28, _length(section, "left_margin"))
    yield _measure("下白边", 35, _length(section, "bottom_margin"))
    yield _measure("右白边", 26, _length(section, "right_margin"))
    width, height = _type_area(section)
    yield _measure("版心宽度", 156, width)
    yield _measure("版心高度", 225, height)


def _grid(section: Section, document: Document) -> Iterator[Finding]:
    """22 lines of 28 characters (5.2.3): by the grid of the section and by the lines of the body itself."""
    width, height = _type_area(section)
    grid = section._sectPr.find(qn("w:docGrid"))
    kind = grid.get(qn("w:type")) if grid is not None else ""
    pitch = millimetres(grid.get(qn("w:linePitch"))) if grid is not None else 0.0
    space = int(grid.get(qn("w:charSpace")) or 0) if grid is not None else 0
    character = (16 + space / 4096) * 25.4 / 72
    yield _exact("文档网格", "linesAndChars", kind or "")
    yield _exact("每页行数", "22", str(int(height / pitch + 0.05)) if pitch else "")
    yield _exact("每行字数", "28", str(int(width / character + 0.05)))
    for paragraph in styled(document, "Body")[:1]:
        exact = effective(paragraph, "w:spacing", "w:lineRule") == "exact"
        line = millimetres(effective(paragraph, "w:spacing", "w:line"))
        yield _exact("正文行距（每页行数）", "22", str(int(height / line + 0.05)) if exact and line else "")


def _fonts(document: Document) -> Iterator[Finding]:
    """5.2.2 and 7.3.1: whatever run or style sets it."""
    body = styled(document, *_BODY_STYLES)
    yield _one_of("正文字体", _BODY_FONTS, _values(body, "w:rFonts", "w:eastAsia"))
    yield _one_of("正文字号（半磅）", {"32"}, _values(body, "w:sz"))
    title = styled(document, "Title")
    yield _one_of("标题字体", _TITLE_FONTS, _values(title, "w:rFonts", "w:eastAsia"))
    yield _one_of("标题字号（半磅）", {"44"}, _values(title, "w:sz"))
    yield _one_of("一级标题字体", {"黑体"}, _values(styled(document, "Heading1"), "w:rFonts", "w:eastAsia") or {"黑体"})
    defaults = document.styles.element.find(qn("w:docDefaults"))
    yield _exact("东亚语言", "zh-CN", attribute(defaults, "w:rPrDefault/w:rPr/w:lang", "w:eastAsia") or "")


def _values(paragraphs: list[Paragraph], path: str, name: str = "w:val") -> set[str]:
    return {value for paragraph in paragraphs for value in run_values(paragraph, path, name)}


def _page_numbers(section: Section, document: Document, form: LetterForm) -> Iterator[Finding]:
    """7.5: odd pages right, even pages left, one character in; none on the first page of a letter (10.1)."""
    yield _exact("奇偶页页码分设", "是", "是" if document.settings.odd_and_even_pages_header_footer else "否")
    for name, footer, side in (("单页", section.footer, "right"), ("双页", section.even_page_footer, "left")):
        numbers = [paragraph for paragraph in footer.paragraphs if _is_page_number(paragraph)]
        sides = {effective(paragraph, "w:jc") or "" for paragraph in numbers}
        yield _one_of(f"{name}码位置", {side}, sides)
        yield _one_of(f"{name}码字体", {"宋体"}, _values(numbers, "w:rFonts", "w:eastAsia"))
        yield _one_of(f"{name}码一字线", {"—  —"}, {re.sub(r"[0-9]+", "", paragraph.text) for paragraph in numbers})
    if form is LetterForm.LETTER:
        hidden = section.different_first_page_header_footer and not any(
            _is_page_number(paragraph) for paragraph in section.first_page_footer.paragraphs
        )
        yield _exact("首页页码", "不显示", "不显示" if hidden else "显示")


def _is_page_number(paragraph: Paragraph) -> bool:
    return any("PAGE" in (code.text or "") for code in paragraph._p.iter(qn("w:instrText")))


def _rules(section: Section, document: Document, form: LetterForm) -> Iterator[Finding]:
    """7.2.7: one red rule as wide as the type area; 10.1: two double rules of 170 mm, the thick lines outside."""
    if form is LetterForm.OFFICIAL:
        rules = list(_red_rules(document.paragraphs, section))
        yield _exact("红色分隔线条数", "1", str(len(rules)))
        for length, _ in rules:
            yield _measure("红色分隔线长度", 156, length)
        return
    for name, part, order in (
        ("首页上方", section.first_page_header, "上粗下细"),
        ("首页下方", section.first_page_footer, "上细下粗"),
    ):
        rules = list(_red_rules(_own_paragraphs(part, section), section))
        yield _exact(f"{name}红色双线条数", "2", str(len(rules)))
        for length, _ in rules:
            yield _measure(f"{name}红色双线长度", 170, length)
        if len(rules) == 2:
            found = "上粗下细" if rules[0][1] > rules[1][1] else "上细下粗"
            yield _exact(f"{name}红色双线粗细", order, found)


def _own_paragraphs(part: _Header | _Footer, section: Section) -> list[Paragraph]:
    return part.paragraphs if any(part._element is own._element for own in heads_and_feet(section)) else []


def _red_rules(paragraphs: list[Paragraph], section: Section) -> Iterator[tuple[float, int]]:
    """Give length (mm) and weight (eighths of a point) of each red rule below a paragraph."""
    width, _ = _type_area(section)
    for paragraph in paragraphs:
        if effective(paragraph, "w:pBdr/w:bottom", "w:color") == "FF0000":
            indent = sum(millimetres(effective(paragraph, "w:ind", side)) for side in ("w:left", "w:right"))
            yield round(width - indent, 1), int(effective(paragraph, "w:pBdr/w:bottom", "w:sz") or 0)


def _number(document: Document, expect: Expectation) -> Iterator[Finding]:
    """7.2.5: year in 〔〕, no 第, no leading zeros."""
    if expect.number is None:
        return
    text = "".join(paragraph.text for paragraph in styled(document, "NumberOverRule", "NumberUnderRule"))
    yield _exact("发文字号", expect.number, text)
    number = read_letter_number(text)
    yield _exact("发文字号年份用六角括号〔〕", "是", "是" if number else "否")
    follows = number is not None and number.follows_the_standard
    yield _exact("发文字号不编虚位、不加“第”", "是", "是" if follows else "否")


def _frame(document: Document, expect: Expectation) -> Iterator[Finding]:
    """Addressee, signature and date (7.3.2, 7.3.5; R46)."""
    yield _exact("主送", f"{expect.addressee}：", "".join(one.text for one in styled(document, "Addressee")))
    day = "".join(paragraph.text for paragraph in styled(document, "Date"))
    yield _exact("成文日期", chinese_date(expect.dated_on), day)
    yield _exact("成文日期写法", "是", "是" if _DATE.fullmatch(day) else "否")
    if expect.posted_on:
        wanted = f"不晚于{chinese_date(expect.posted_on)}"
        yield Finding("成文日期与寄出日期", wanted, chinese_date(expect.dated_on), expect.dated_on <= expect.posted_on)
    signed = styled(document, "Signature")
    kept = bool(signed) and all(map(_keeps, signed))
    yield _exact("署名与成文日期同页", "是", "是" if kept else "否")


def _keeps(paragraph: Paragraph) -> bool:
    own = paragraph.paragraph_format.keep_with_next
    if own is None and paragraph.style:
        own = paragraph.style.paragraph_format.keep_with_next
    return bool(own)


def _words(document: Document, expect: Expectation) -> Iterator[Finding]:
    """No unfilled field, the remedy as it must be, no stale law, the articles cited, nobody else's name."""
    text = all_text(document)
    own = text
    for quoted in sorted(filter(None, expect.quoted), key=len, reverse=True):
        for line in quoted.splitlines():
            own = own.replace(line.strip(), "") if line.strip() else own
    unfilled = "、".join(dict.fromkeys(_UNFILLED.findall(own)))
    yield _exact("未填的字段", "无", unfilled or "无")
    if expect.remedy is None:
        found = "有" if "申请行政复议" in own else "无"
        yield _exact("救济途径", "无", found)
    else:
        yield _exact("救济途径", "有", "有" if expect.remedy in text else "无")
    try:
        check_wording(own, letter_date=expect.dated_on, organ_kind=expect.organ_kind)
        yield Finding("失效的表述", "无", "无", True)
    except StaleWording as stale:
        yield Finding("失效的表述", "无", str(stale), False)
    for article in expect.articles:
        yield _exact(f"引用{article}", "有", "有" if article in own else "无")
    if expect.strangers:
        named = "、".join(stranger for stranger in expect.strangers if stranger in text)
        yield _exact("他人姓名", "无", named or "无")
