"""卷内目录: what the path of a case asks for stands in its file, and what is missing is named (R59)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.case_file import CODES, Asked, FileFacts, IssuedLetter, missing, papers, table
from caseapp.domain.letters import LetterKind
from caseapp.domain.outcome import Outcome

DAY = date(2026, 3, 10)
BEGUN = FileFacts(filed_on=date(2026, 3, 2), registered_on=date(2026, 3, 2), outcome=None, ended_on=None)


def letter(kind, *, delivered_on=DAY):
    return IssuedLetter(kind=kind, number="示建〔2026〕1号", dated_on=DAY, delivered_on=delivered_on)


def answered(kind, outcome, **more):
    facts = replace(BEGUN, outcome=outcome, ended_on=DAY, approved_on=DAY, letters=(letter(kind),))
    return replace(facts, **more)


def codes(facts):
    return [paper.code for paper in papers(facts)]


@pytest.mark.rule("R59")
def test_a_plain_answer_has_request_register_approval_letter_and_proof():
    facts = answered(LetterKind.NOT_OURS, Outcome.NOT_OURS)
    assert codes(facts) == ["D1", "D2", "D33", "D22", "D34"]
    assert missing(papers(facts)) == ()


@pytest.mark.rule("R59")
@pytest.mark.parametrize(
    ("facts", "code", "words"),
    [
        (answered(LetterKind.NOT_OURS, Outcome.NOT_OURS, approved_on=None), "D33", "没有审批记录"),
        (
            answered(LetterKind.NOT_OURS, Outcome.NOT_OURS, letters=(letter(LetterKind.NOT_OURS, delivered_on=None),)),
            "D34",
            "没有送达记录",
        ),
        (answered(LetterKind.NOT_OURS, Outcome.NOT_OURS, letters=()), "D17", "没有签发"),
        (answered(LetterKind.NOT_FOUND, Outcome.NOT_FOUND), "D14", "没有检索记录"),
        (answered(LetterKind.DISCLOSED, Outcome.DISCLOSED), "D15", "没有审查人"),
        (replace(BEGUN, extensions=(None,)), "D6", "负责人尚未审批"),
        (replace(BEGUN, extensions=(DAY,)), "D7", "没有签发"),
        (
            replace(BEGUN, letters=(letter(LetterKind.SUPPLEMENT_NOTICE, delivered_on=None),)),
            "D34",
            "没有送达记录",
        ),
        (
            replace(BEGUN, consulted=(Asked(name="示范公司", is_settled=False),)),
            "D9",
            "没有收到，也没有期满的记录",
        ),
    ],
)
def test_what_the_path_asks_for_and_is_not_there_is_named(facts, code, words):
    assert [(paper.code, paper.missing) for paper in missing(papers(facts))] == [(code, words)]


@pytest.mark.rule("R59")
@pytest.mark.parametrize(
    ("outcome", "code"), [(Outcome.LAPSED, "D30"), (Outcome.UNPAID, "D30"), (Outcome.WITHDRAWN, "D31")]
)
def test_a_case_that_ended_without_an_answer_holds_the_record_of_its_end(outcome, code):
    facts = replace(BEGUN, outcome=outcome, ended_on=DAY)
    assert codes(facts) == ["D1", "D2", code]
    assert missing(papers(facts)) == ()


def test_every_kind_of_letter_has_its_place_in_the_set():
    assert set(CODES) == set(LetterKind)


def test_the_table_reads_like_a_list_of_papers():
    facts = answered(LetterKind.NOT_FOUND, Outcome.NOT_FOUND)
    rows = table(papers(facts))
    assert rows[0] == ("序号", "文书名称", "文号", "日期", "备注")
    assert ("3", "检索记录", "", "", "缺：没有检索记录") in rows
    assert ("5", "信息不存在答复书", "示建〔2026〕1号", "2026年3月10日", "") in rows
