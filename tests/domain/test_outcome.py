"""What each answer must state (R31 to R34, R38) and where it counts in the annual report (R39)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import GROUNDS, Ground
from caseapp.domain.letters import FIELDS
from caseapp.domain.outcome import CORRECTIONS, OFFERED, OUTCOMES, GroundMissing, Outcome, OutcomeNotOffered, report_row
from caseapp.domain.printable import LineBreakNotAllowed, UnprintableCharacter
from caseapp.domain.reply_content import (
    DisclosureDemanded,
    GroundNotWanted,
    NotStated,
    ReplyContent,
    RightOrganContradicted,
    RightOrganMissing,
    SearchRecord,
    SeparabilityNotAnswered,
    Separable,
    check_reply,
    letter_fields,
)

SEARCH = SearchRecord(
    systems="电子公文系统", keywords="土地 出让", units="档案室", searched_by="承办员乙", searched_on=date(2026, 5, 12)
)
COMPLETE = {
    Outcome.DISCLOSED: ReplyContent(
        outcome=Outcome.DISCLOSED, given="合同复制件", way="电子文件", reviewed_by="审查员"
    ),
    Outcome.ALREADY_PUBLIC: ReplyContent(
        outcome=Outcome.ALREADY_PUBLIC, given="年度结果公告", where="https://www.example.gov.cn/land"
    ),
    Outcome.PARTIAL: ReplyContent(
        outcome=Outcome.PARTIAL,
        ground=Ground.THIRD_PARTY,
        given="合同正文",
        way="邮寄",
        withheld="附件三",
        facts="附件三是报价构成",
        consultation="第三方不同意公开，理由成立",
        reviewed_by="审查员",
    ),
    Outcome.WITHHELD: ReplyContent(
        outcome=Outcome.WITHHELD,
        ground=Ground.DELIBERATION,
        facts="讨论记录",
        discretion="公开会影响坦率讨论",
        disclosure_demanded=False,
        separable=False,
    ),
    Outcome.NOT_FOUND: ReplyContent(outcome=Outcome.NOT_FOUND, search=SEARCH),
    Outcome.NOT_OURS: ReplyContent(
        outcome=Outcome.NOT_OURS, facts="由市一级制作", right_organ="市规划局", right_organ_contact="0431-11111111"
    ),
    Outcome.EXCESSIVE: ReplyContent(outcome=Outcome.EXCESSIVE, facts="所称研究需要与申请的内容无关"),
    Outcome.BUSINESS_LOOKUP: ReplyContent(
        outcome=Outcome.BUSINESS_LOOKUP, special_law="《不动产登记暂行条例》第二十七条", where="不动产登记中心"
    ),
    Outcome.NEEDS_PROCESSING: ReplyContent(outcome=Outcome.NEEDS_PROCESSING, facts="须由多份台账比对得出"),
    Outcome.UNCLEAR: ReplyContent(outcome=Outcome.UNCLEAR, unclear="仍未写明地块"),
    Outcome.PETITION: ReplyContent(outcome=Outcome.PETITION, facts="要求查处", right_channel="区信访局"),
    Outcome.REPEATED: ReplyContent(outcome=Outcome.REPEATED, earlier_case="2026-0007", facts="同一份合同"),
    Outcome.PUBLICATION: ReplyContent(outcome=Outcome.PUBLICATION, where="区图书馆"),
    Outcome.RECONFIRMATION: ReplyContent(outcome=Outcome.RECONFIRMATION, facts="该合同已经提供"),
}


@pytest.mark.parametrize("outcome", OFFERED)
def test_a_complete_reply_passes(outcome):
    check_reply(COMPLETE[outcome])


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome.DISCLOSED, "given"),
        (Outcome.DISCLOSED, "way"),
        pytest.param(Outcome.DISCLOSED, "reviewed_by", marks=pytest.mark.rule("R38")),
        (Outcome.ALREADY_PUBLIC, "where"),
        (Outcome.PARTIAL, "given"),
        (Outcome.PARTIAL, "withheld"),
        (Outcome.PARTIAL, "facts"),
        pytest.param(Outcome.PARTIAL, "consultation", marks=pytest.mark.rule("R32")),
        pytest.param(Outcome.PARTIAL, "reviewed_by", marks=pytest.mark.rule("R38")),
        pytest.param(Outcome.WITHHELD, "facts", marks=pytest.mark.rule("R31")),
        pytest.param(Outcome.WITHHELD, "discretion", marks=pytest.mark.rule("R32")),
        pytest.param(Outcome.NOT_OURS, "facts", marks=pytest.mark.rule("R34")),
        (Outcome.BUSINESS_LOOKUP, "special_law"),
        (Outcome.BUSINESS_LOOKUP, "where"),
        (Outcome.NEEDS_PROCESSING, "facts"),
        (Outcome.UNCLEAR, "unclear"),
        (Outcome.PETITION, "facts"),
        (Outcome.PETITION, "right_channel"),
        pytest.param(Outcome.REPEATED, "earlier_case", marks=pytest.mark.rule("R35")),
        (Outcome.REPEATED, "facts"),
        (Outcome.PUBLICATION, "where"),
        (Outcome.RECONFIRMATION, "facts"),
        pytest.param(Outcome.NOT_OURS, "right_organ_contact", marks=pytest.mark.rule("R34")),
    ],
)
def test_a_reply_without_a_statement_is_refused_at_its_field(outcome, field):
    with pytest.raises(NotStated) as refusal:
        check_reply(replace(COMPLETE[outcome], **{field: "  "}))
    assert refusal.value.field == field
    assert "依照条例第" in str(refusal.value)


@pytest.mark.rule("R33")
@pytest.mark.parametrize(
    ("part", "field"),
    [
        ("systems", "search_systems"),
        ("keywords", "search_keywords"),
        ("searched_by", "searched_by"),
        ("searched_on", "searched_on"),
    ],
)
def test_a_search_names_system_key_words_person_and_date(part, field):
    search = replace(SEARCH, **{part: None if part == "searched_on" else ""})
    with pytest.raises(NotStated) as refusal:
        check_reply(replace(COMPLETE[Outcome.NOT_FOUND], search=search))
    assert refusal.value.field == field


@pytest.mark.rule("R33")
def test_an_answer_that_nothing_exists_needs_a_search():
    with pytest.raises(NotStated, match="第三十六条第（四）项"):
        check_reply(ReplyContent(outcome=Outcome.NOT_FOUND))


@pytest.mark.rule("R31")
@pytest.mark.parametrize("outcome", [Outcome.WITHHELD, Outcome.PARTIAL])
def test_withholding_needs_a_ground(outcome):
    with pytest.raises(GroundMissing) as refusal:
        check_reply(replace(COMPLETE[outcome], ground=None))
    assert refusal.value.field == "ground"


def test_a_part_that_is_no_government_information_needs_no_ground():
    check_reply(replace(COMPLETE[Outcome.PARTIAL], ground=None, rest_is_not_information=True))


@pytest.mark.parametrize("outcome", [one for one in OFFERED if one not in (Outcome.WITHHELD, Outcome.PARTIAL)])
def test_other_answers_take_no_ground(outcome):
    with pytest.raises(GroundNotWanted):
        check_reply(replace(COMPLETE[outcome], ground=Ground.STATE_SECRET))


@pytest.mark.rule("R31")
@pytest.mark.parametrize(("separable", "refused"), [(None, SeparabilityNotAnswered), (True, Separable)])
def test_a_whole_refusal_says_that_nothing_can_be_separated(separable, refused):
    with pytest.raises(refused) as refusal:
        check_reply(replace(COMPLETE[Outcome.WITHHELD], separable=separable))
    assert refusal.value.field == "separable"


@pytest.mark.rule("R32")
@pytest.mark.parametrize("ground", [Ground.INTERNAL_AFFAIRS, Ground.DELIBERATION, Ground.ENFORCEMENT_FILE])
def test_article_16_gives_way_to_a_law_that_demands_disclosure(ground):
    reply = replace(COMPLETE[Outcome.WITHHELD], ground=ground)
    with pytest.raises(DisclosureDemanded):
        check_reply(replace(reply, disclosure_demanded=True))
    with pytest.raises(NotStated) as refusal:
        check_reply(replace(reply, disclosure_demanded=None))
    assert refusal.value.field == "disclosure_demanded"


@pytest.mark.rule("R32")
def test_a_state_secret_needs_the_basis_of_its_classification():
    with pytest.raises(NotStated) as refusal:
        check_reply(replace(COMPLETE[Outcome.WITHHELD], ground=Ground.STATE_SECRET))
    assert refusal.value.field == "classification_basis"


@pytest.mark.rule("R34")
def test_the_right_organ_is_named_or_cannot_be_determined():
    reply = replace(COMPLETE[Outcome.NOT_OURS], right_organ="", right_organ_contact="")
    with pytest.raises(RightOrganMissing):
        check_reply(reply)
    check_reply(replace(reply, right_organ_unknown=True))
    with pytest.raises(RightOrganContradicted):
        check_reply(replace(COMPLETE[Outcome.NOT_OURS], right_organ_unknown=True))


@pytest.mark.parametrize("outcome", [Outcome.LAPSED, Outcome.UNPAID, Outcome.WITHDRAWN])
def test_an_end_without_an_answer_is_no_answer(outcome):
    with pytest.raises(OutcomeNotOffered):
        check_reply(ReplyContent(outcome=outcome, facts="未补正"))


@pytest.mark.parametrize(
    ("reply", "field"),
    [
        (replace(COMPLETE[Outcome.WITHHELD], facts="甲\x00乙"), "facts"),
        (replace(COMPLETE[Outcome.NOT_FOUND], search=replace(SEARCH, keywords="\x07")), "search_keywords"),
        (replace(COMPLETE[Outcome.NOT_FOUND], search=replace(SEARCH, searched_by="\x07")), "searched_by"),
    ],
)
def test_a_control_character_is_refused_where_it_was_typed(reply, field):
    with pytest.raises(UnprintableCharacter) as refusal:
        check_reply(reply)
    assert refusal.value.field == field


def test_what_the_letter_says_in_one_line_is_typed_in_one_line():
    with pytest.raises(LineBreakNotAllowed) as refusal:
        check_reply(replace(COMPLETE[Outcome.DISCLOSED], way="电子文件\n邮寄"))
    assert refusal.value.field == "way"
    check_reply(replace(COMPLETE[Outcome.DISCLOSED], given="合同\n宗地图", way="电子文件\n"))


@pytest.mark.rule("R39")
@pytest.mark.parametrize(
    ("outcome", "ground", "row"),
    [
        (Outcome.DISCLOSED, None, "3.1"),
        (Outcome.ALREADY_PUBLIC, None, "3.1"),
        (Outcome.PARTIAL, Ground.STATE_SECRET, "3.2"),
        (Outcome.PARTIAL, None, "3.2"),
        (Outcome.WITHHELD, Ground.STATE_SECRET, "3.3.1"),
        (Outcome.WITHHELD, Ground.FORBIDDEN_BY_LAW, "3.3.2"),
        (Outcome.WITHHELD, Ground.SAFETY_AND_STABILITY, "3.3.3"),
        (Outcome.WITHHELD, Ground.THIRD_PARTY, "3.3.4"),
        (Outcome.WITHHELD, Ground.INTERNAL_AFFAIRS, "3.3.5"),
        (Outcome.WITHHELD, Ground.DELIBERATION, "3.3.6"),
        (Outcome.WITHHELD, Ground.ENFORCEMENT_FILE, "3.3.7"),
        (Outcome.BUSINESS_LOOKUP, None, "3.3.8"),
        (Outcome.NOT_FOUND, None, "3.4.1"),
        (Outcome.NOT_OURS, None, "3.4.1"),
        (Outcome.NEEDS_PROCESSING, None, "3.4.2"),
        (Outcome.UNCLEAR, None, "3.4.3"),
        (Outcome.PETITION, None, "3.5.1"),
        (Outcome.REPEATED, None, "3.5.2"),
        (Outcome.PUBLICATION, None, "3.5.3"),
        (Outcome.EXCESSIVE, None, "3.5.4"),
        (Outcome.RECONFIRMATION, None, "3.5.5"),
        (Outcome.LAPSED, None, "3.6.1"),
        (Outcome.UNPAID, None, "3.6.2"),
        (Outcome.WITHDRAWN, None, "3.6.3"),
    ],
)
def test_each_decision_counts_in_one_row(outcome, ground, row):
    assert report_row(outcome, ground) == row


def test_a_refusal_without_a_ground_counts_nowhere():
    with pytest.raises(GroundMissing):
        report_row(Outcome.WITHHELD, None)


def test_every_ground_cites_its_article():
    assert {ground.value: GROUNDS[ground].citation for ground in Ground} == {
        "E14a": "第十四条",
        "E14b": "第十四条",
        "E14c": "第十四条",
        "E15": "第十五条",
        "E16a": "第十六条第一款",
        "E16b": "第十六条第二款",
        "E16c": "第十六条第二款",
    }


def test_every_answer_of_the_regulation_is_offered():
    assert set(Outcome) - set(OFFERED) == {
        *(Outcome.LAPSED, Outcome.UNPAID, Outcome.WITHDRAWN),
        *CORRECTIONS,
    }


def test_every_outcome_has_its_row_and_every_offered_one_its_letter():
    assert set(OUTCOMES) == set(Outcome)
    assert all(OUTCOMES[outcome].letter for outcome in OFFERED)


@pytest.mark.parametrize("outcome", OFFERED)
def test_the_letter_hears_neither_of_the_searcher_nor_of_the_reviewer(outcome):
    fields = letter_fields(COMPLETE[outcome])
    assert set(fields) <= set(FIELDS)
    assert "承办员乙" not in fields.values()
    assert "审查员" not in fields.values()


def test_refusals_are_domain_errors_with_a_field():
    assert issubclass(NotStated, DomainError)
    assert NotStated(article="第三十七条", answer="部分公开", field="facts").field == "facts"
