"""更正 (art. 41): a case of its own kind, with answers of its own, and in no row of table three."""

import io

import pytest
from docx import Document
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.correction import CaseKind, EvidenceMissing, NotForCorrections, OutcomeNotForKind
from caseapp.domain.duties import DutyKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.outcome import CORRECTIONS, OFFERED, Outcome, report_row
from caseapp.domain.receipt import Channel
from caseapp.domain.reply_content import ReplyContent
from caseapp.models import Case, Duty
from caseapp.services import attachments, drafts, extensions, intake, letters, next_acts, replies
from tests.makers import RECEIVED, moment
from tests.services.other_desk import came, registered
from tests.services.test_replies import DAY

PDF = b"%PDF-1.4 evidence"
CONTENT = {
    Outcome.CORRECTED: {"facts": "将建筑面积更正为89平方米。"},
    Outcome.NOT_CORRECTED: {"facts": "所附图件是另一处房屋的。"},
    Outcome.CORRECTION_PASSED_ON: {"facts": "由市级登记。", "right_organ": "市登记中心", "right_organ_contact": "窗口"},
    Outcome.CORRECTION_ELSEWHERE: {"facts": "由市级登记。", "right_organ": "市登记中心", "right_organ_contact": "窗口"},
}


def draft(maker, *, evidence):
    key = maker.draft()
    with transaction():
        kind = drafts.find(key).answers["kind"]
        drafts.save(key, "kind", kind | {"case_kind": "correction"}, at=moment(RECEIVED))
        if evidence:
            attachments.add(key, name="证据.pdf", content=PDF, at=moment(RECEIVED))
    return key


@pytest.fixture
def correction(maker):
    key = draft(maker, evidence=True)
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    return maker.again(filed.case_id)


@pytest.mark.rule("R62")
def test_a_request_for_correction_is_a_case_of_its_own_kind(maker, correction):
    assert (correction.case_kind, maker.case().case_kind) == (CaseKind.CORRECTION, CaseKind.DISCLOSURE)
    kinds = set(db.session.scalars(select(Duty.kind).where(Duty.case_id == correction.id)))
    assert DutyKind.SUPPLEMENT_CHECK not in kinds
    assert DutyKind.ANSWER_LOCAL in kinds


def test_online_it_needs_evidence_and_nothing_is_filed_without(maker):
    key = draft(maker, evidence=False)
    with pytest.raises(EvidenceMissing), transaction():
        intake.file(key, at=moment(RECEIVED))
    assert not db.session.scalars(select(Case)).all()


def test_on_paper_a_missing_proof_bars_nothing(maker):
    case = registered(maker, came(Channel.IN_PERSON))
    assert case.case_kind is CaseKind.DISCLOSURE


@pytest.mark.rule("R62")
@pytest.mark.parametrize("outcome", CORRECTIONS)
def test_each_answer_of_article_41_leaves_as_a_numbered_letter_with_the_choice(maker, correction, outcome):
    content = ReplyContent(outcome=outcome, **CONTENT[outcome])
    case = maker.issued(correction, on=DAY, content=content)
    assert (case.status, case.outcome) == (Status.ANSWERED, outcome)
    letter = letters.of_case(case.id)[-1]
    opened = Document(io.BytesIO(letters.download(case, letter.id).content))
    words = "\n".join(paragraph.text for paragraph in opened.paragraphs)
    assert "《中华人民共和国政府信息公开条例》第四十一条的规定" in words
    assert "6个月内依法向" in words
    assert CONTENT[outcome]["facts"].rstrip("。") in words
    assert "政府信息公开申请" not in words


@pytest.mark.rule("R62")
def test_table_three_counts_none_of_them():
    assert {report_row(outcome, None) for outcome in CORRECTIONS} == {""}
    assert "" not in {report_row(outcome, None) for outcome in OFFERED if outcome is not Outcome.WITHHELD}


def test_the_answers_of_both_kinds_are_not_exchanged(maker, correction):
    with pytest.raises(OutcomeNotForKind):
        maker.submitted(correction, on=DAY, content=maker.content(Outcome.DISCLOSED))
    with pytest.raises(OutcomeNotForKind):
        maker.submitted(
            maker.case(), on=DAY, content=ReplyContent(outcome=Outcome.CORRECTED, **CONTENT[Outcome.CORRECTED])
        )


def test_what_the_regulation_knows_for_disclosure_only_is_refused(maker, correction):
    with pytest.raises(NotForCorrections), transaction():
        extensions.propose(
            correction.id, working_days=5, reason="检索。", version=correction.version, actor=maker.actor("officer"),
            at=moment(DAY),
        )  # fmt: skip
    case = maker.again(correction.id)
    acts = next_acts.next_acts(next_acts.standing(case, actor=maker.actor("officer"), today=DAY))
    offered = {*acts.possible, *acts.rare}
    assert Action.DRAFT_REPLY in offered
    assert not offered & {Action.PROPOSE_EXTENSION, Action.ASK_SUPPLEMENT, Action.OPEN_CONSULTATION, Action.PROPOSE_FEE}
    assert acts.obstacles == ()


def test_a_draft_of_another_kind_is_kept_but_not_sent(maker, correction):
    with transaction():
        replies.save_draft(
            correction.id, maker.content(), version=correction.version, actor=maker.actor("officer"), at=moment(DAY)
        )
    assert maker.again(correction.id).status is Status.IN_HAND
