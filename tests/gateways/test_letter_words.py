"""The words of the letters: what each says, and that values stay text."""

import re

import pytest

from caseapp.domain.document import Heading, Paragraph, Table
from caseapp.domain.grounds import GROUNDS, Ground, cite
from caseapp.domain.letters import FIELDS, LETTERS, LetterKind
from caseapp.domain.printable import LineBreakNotAllowed, UnprintableCharacter
from caseapp.domain.remedies import RemedyMissing
from caseapp.gateways.letter_words import (
    LetterFieldMissing,
    LetterFieldUnknown,
    TemplateRefused,
    read_template,
    words_from,
)
from tests.gateways.letter_samples import COMMON, FOLDER, letter_text
from tests.gateways.letter_samples import FIELDS as SAMPLES

ANSWERS = [kind for kind in LetterKind if "remedy" in SAMPLES[kind]]
CLOSINGS = {
    LetterKind.CONSULTATION_THIRD_PARTY: "特此征求意见。",
    LetterKind.CONSULTATION_ORGAN: "特此征求意见。",
    LetterKind.CORRECTION_TRANSFER: "特此函告。",
    LetterKind.DISCLOSURE_NOTICE: "特此告知。",
    LetterKind.FEE_NOTICE: "特此通知。",
    **dict.fromkeys(
        (
            LetterKind.EXCESSIVE,
            LetterKind.BUSINESS_LOOKUP,
            LetterKind.PETITION,
            LetterKind.REPEATED,
            LetterKind.PUBLICATION,
            LetterKind.RECONFIRMATION,
        ),
        "特此告知。",
    ),
}
NOTICE = """title: 政府信息公开申请延期答复告知书
fields:
  you              称呼
  received_on      收到申请之日
  case_number      申请编号
  title            名称
  original_due_on  原期限
  new_due_on       新期限
  days             天数
  reason           理由
---
{{ you }}{{ received_on }}{{ case_number }}{{ title }}{{ original_due_on }}{{ new_due_on }}{{ days }}
BODY
"""


def notice(body):
    return read_template(NOTICE.replace("BODY", body), kind=LetterKind.EXTENSION_NOTICE, file="extension_notice.txt")


def notice_blocks(body, **changes):
    fields = {**COMMON, **SAMPLES[LetterKind.EXTENSION_NOTICE], **changes}
    return words_from(notice(body), fields).blocks[1:]


@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_says_what_it_answers(kind):
    text = letter_text(kind).text
    received = ("2026年5月6日",) if LETTERS[kind].to_applicant else ()
    for part in (*received, "2026-0123", "土地出让合同"):
        assert part in text
    assert text.endswith(CLOSINGS.get(kind) or ("特此答复。" if kind in ANSWERS else "特此告知。"))


@pytest.mark.parametrize(
    ("kind", "articles"),
    [
        (LetterKind.DISCLOSED, ["第三十六条第（二）项", "第四十条"]),
        (LetterKind.ALREADY_PUBLIC, ["第三十六条第（一）项"]),
        (LetterKind.PARTIAL, ["第三十七条", "第十五条"]),
        (LetterKind.WITHHELD, ["第三十六条第（三）项", "第十六条第二款"]),
        (LetterKind.NOT_FOUND, ["第三十六条第（四）项"]),
        (LetterKind.NOT_OURS, ["第十条", "第三十六条第（五）项"]),
        (LetterKind.EXTENSION_NOTICE, ["第三十三条第二款"]),
        (LetterKind.RECEIPT, ["第三十一条"]),
        (LetterKind.CONSULTATION_THIRD_PARTY, ["第十五条", "第三十二条"]),
        (LetterKind.CONSULTATION_ORGAN, ["第三十四条"]),
        (LetterKind.CORRECTION_TRANSFER, ["第四十一条"]),
        (LetterKind.CONSULTATION_NOTICE, ["第三十二条", "第三十三条第三款"]),
        (LetterKind.DISCLOSURE_NOTICE, ["第三十二条"]),
        (LetterKind.FEE_NOTICE, ["第四十二条", "国办函〔2020〕109号"]),
        (LetterKind.REASONS_REQUEST, ["第三十五条"]),
        (LetterKind.EXCESSIVE, ["第三十五条"]),
        (LetterKind.BUSINESS_LOOKUP, ["第三十六条第（七）项", "《不动产登记暂行条例》第二十七条"]),
        (LetterKind.NEEDS_PROCESSING, ["第三十八条"]),
        (LetterKind.UNCLEAR, ["第三十条"]),
        (LetterKind.PETITION, ["第三十九条第一款"]),
        (LetterKind.REPEATED, ["第三十六条第（六）项"]),
        (LetterKind.PUBLICATION, ["第三十九条第二款"]),
        (LetterKind.RECONFIRMATION, ["第二条"]),
    ],
)
def test_every_letter_cites_its_article(kind, articles):
    text = letter_text(kind).text
    assert all(article in text for article in articles)


@pytest.mark.rule("R31")
@pytest.mark.parametrize("kind", [LetterKind.WITHHELD, LetterKind.PARTIAL])
@pytest.mark.parametrize(
    ("ground", "article"),
    [
        (Ground.STATE_SECRET, "第十四条"),
        (Ground.FORBIDDEN_BY_LAW, "第十四条"),
        (Ground.SAFETY_AND_STABILITY, "第十四条"),
        (Ground.THIRD_PARTY, "第十五条"),
        (Ground.INTERNAL_AFFAIRS, "第十六条第一款"),
        (Ground.DELIBERATION, "第十六条第二款"),
        (Ground.ENFORCEMENT_FILE, "第十六条第二款"),
    ],
)
def test_a_refusal_cites_its_ground_once_by_article_and_paragraph(kind, ground, article):
    row = GROUNDS[ground]
    text = letter_text(kind, ground=row.wording, ground_article=cite(row.citation)).text
    cited = re.findall(r"第十[四五六]条(?:第[一二]款)?", text)
    assert cited == [article]
    assert f"《中华人民共和国政府信息公开条例》{article}" in text


@pytest.mark.rule("R40")
@pytest.mark.parametrize("kind", ANSWERS)
def test_every_answer_carries_its_remedy_in_full(kind):
    assert Paragraph(SAMPLES[kind]["remedy"]) in letter_text(kind).blocks


@pytest.mark.rule("R47")
@pytest.mark.parametrize("kind", [LetterKind.EXTENSION_NOTICE, LetterKind.CONSULTATION_NOTICE, LetterKind.RECEIPT])
def test_a_notice_carries_no_remedy(kind):
    assert "行政复议" not in letter_text(kind).text


@pytest.mark.rule("R23")
@pytest.mark.parametrize("kind", [LetterKind.CONSULTATION_THIRD_PARTY, LetterKind.CONSULTATION_ORGAN])
def test_a_question_names_the_period_and_what_follows_from_silence(kind):
    text = letter_text(kind).text
    assert "自收到本征求意见书之日起15个工作日内" in text
    silence = "视为同意公开" if kind is LetterKind.CONSULTATION_ORGAN else "由本机关依照该条例的规定决定是否公开"
    assert silence in text


@pytest.mark.rule("R21")
def test_the_notice_of_extension_names_both_dates_the_days_and_the_reason():
    text = letter_text(LetterKind.EXTENSION_NOTICE).text
    for part in ("2026年5月27日", "2026年6月10日", "延长10个工作日", "需检索的档案较多。"):
        assert part in text


def test_an_organisation_is_addressed_as_such():
    assert "现告知贵单位" in letter_text(LetterKind.NOT_FOUND, you="贵单位").text


def test_an_unknown_right_organ_is_said_to_be_unknown():
    text = letter_text(LetterKind.NOT_OURS, right_organ="", right_organ_contact="").text
    assert "不能确定负责公开该信息的行政机关" in text


def test_a_rest_that_is_no_government_information_is_told_so():
    text = letter_text(LetterKind.PARTIAL, ground="", ground_article="").text
    assert "不属于政府信息或者没有现成信息" in text
    assert "不应当公开的内容" not in text


def test_headings_and_tables_come_from_the_template():
    assert Heading(1, "一、予以公开的内容") in letter_text(LetterKind.PARTIAL).blocks
    tables = [block for block in letter_text(LetterKind.RECEIPT).blocks if isinstance(block, Table)]
    assert tables[0].rows[0] == ("申请编号", "2026-0123")


@pytest.mark.parametrize(
    "value", ["{{ you }}", "{% if you %}", "<w:p/>&amp;", "# 一、标题", "| 甲 | 乙 |", "---", "{# 注 #}", "𠮷㛃😀"]
)
def test_a_value_is_nothing_but_text(value):
    assert notice_blocks("{{ reason }}", reason=value) == (Paragraph(value),)
    table = notice_blocks("| 理由 | {{ reason }} |", reason=value)[0]
    assert table.rows == (("理由", value),)


def test_the_lines_of_a_reason_are_paragraphs_and_nothing_more():
    blocks = notice_blocks("{{ reason | sentence }}", reason="第一段\r\n\n# 第二段")
    assert blocks == (Paragraph("第一段"), Paragraph("# 第二段。"))


def test_a_name_cannot_forge_a_paragraph():
    with pytest.raises(LineBreakNotAllowed) as refusal:
        letter_text(LetterKind.NOT_FOUND, title="土地\n特此答复。")
    assert refusal.value.field == "title"


def test_a_control_character_is_refused_at_its_field():
    with pytest.raises(UnprintableCharacter) as refusal:
        letter_text(LetterKind.WITHHELD, facts="甲\x1f乙")
    assert refusal.value.field == "facts"


def test_a_missing_value_is_asked_for_by_name():
    with pytest.raises(LetterFieldMissing, match="延长的理由") as refusal:
        letter_text(LetterKind.EXTENSION_NOTICE, reason="")
    assert refusal.value.field == "reason"


def test_a_field_outside_the_vocabulary_is_refused():
    with pytest.raises(LetterFieldUnknown):
        letter_text(LetterKind.RECEIPT, colour="red")


@pytest.mark.parametrize(
    ("body", "line", "why"),
    [
        ("{{ reason }}\n{{ identity_number }}", 14, "identity_number"),
        ("{{ reason }}{% for x in reason %}{% endfor %}", 13, "For"),
        ("{{ reason }}{% include 'x' %}", 13, "Include"),
        ("{{ reason }}\n\n{% nonsense %}", 15, "nonsense"),
        ("{{ reason }}{{ reason.__class__ }}", 13, "Getattr"),
        ("{{ reason }}{{ reason() }}", 13, "Call"),
        ("{{ reason | upper }}", 13, "upper"),
        ("{{ reason }}{{ range }}", 13, "range"),
        ("{{ reason", 13, "模板标记有错"),
        ("没有理由", 12, "reason"),
    ],
)
def test_a_faulty_template_is_refused_with_file_and_line(body, line, why):
    with pytest.raises(TemplateRefused) as refusal:
        notice(body)
    assert str(refusal.value).startswith(f"文书模板 extension_notice.txt 第 {line} 行：")
    assert why in str(refusal.value)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (NOTICE.replace("  reason           理由", "  remedy           救济"), 10),
        (NOTICE.replace("  reason           理由", "reason"), 10),
        (NOTICE.replace("title: 政府信息公开申请延期答复告知书", ""), 1),
        ("title: 告知书\n正文", 2),
    ],
)
def test_a_faulty_head_is_refused_with_its_line(text, line):
    with pytest.raises(TemplateRefused, match=f"第 {line} 行"):
        read_template(text, kind=LetterKind.EXTENSION_NOTICE, file="extension_notice.txt")


@pytest.mark.rule("R40")
def test_words_that_hide_the_remedy_are_refused():
    source = (FOLDER / "not_found.txt").read_text(encoding="utf-8")
    hidden = source.replace("{{ remedy }}", "{% if facts %}{{ remedy }}{% endif %}")
    template = read_template(hidden, kind=LetterKind.NOT_FOUND, file="not_found.txt")
    with pytest.raises(RemedyMissing):
        words_from(template, {**COMMON, **SAMPLES[LetterKind.NOT_FOUND]})


@pytest.mark.parametrize("kind", LetterKind)
def test_the_shipped_templates_declare_only_what_they_use(kind):
    path = FOLDER / f"{kind.value}.txt"
    template = read_template(path.read_text(encoding="utf-8"), kind=kind, file=path.name)
    assert all(f"{name} " in template.source for name in template.fields)
    assert set(template.fields) <= set(FIELDS)
