"""说明理由 on real cases: asked, answered or not, judged; the gate before 不予处理 (art. 35; R36, R37)."""

import io
from datetime import date

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain import reasons as rules
from caseapp.domain.extension import OwnProposal
from caseapp.domain.letters import LetterKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Role
from caseapp.domain.post import TrackingNumberMissing
from caseapp.services import letters, reasons, replies
from tests.makers import moment

RECEIVED, DAY, REPLY_BY, AFTER, DUE = (
    date(2026, 3, 2),
    date(2026, 3, 4),
    date(2026, 3, 11),
    date(2026, 3, 12),
    date(2026, 3, 23),
)
GIVEN = reasons.Answer(given_on=date(2026, 3, 9), reasons="课题研究需要。", sent_on=None, tracking_number="")
SILENCE = reasons.Answer(given_on=None, reasons="", sent_on=None, tracking_number="")


def asked(maker, **sample):
    case = maker.case(received_on=RECEIVED, **sample)
    with transaction():
        reasons.ask(
            case.id,
            question="本月已申请四十件，请说明用途。",
            reply_by=REPLY_BY,
            version=case.version,
            actor=maker.actor("officer"),
            at=moment(DAY),
        )
    return maker.again(case.id)


def answered(maker, case, answer, *, at=AFTER):
    with transaction():
        reasons.record_answer(case.id, answer, version=case.version, actor=maker.actor("officer"), at=moment(at))
    return maker.again(case.id)


def judged(maker, case, *, accepted, delayed_until=None):
    judgement = reasons.Judgement(accepted=accepted, why="用途与申请内容无关。", delayed_until=delayed_until)
    with transaction():
        reasons.judge(case.id, judgement, version=case.version, actor=maker.actor("officer"), at=moment(AFTER, 11))
    return maker.again(case.id)


def letter_words(case, kind):
    content = letters.download(case, letters.latest(case.id, kind).id).content
    return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)


@pytest.mark.rule("R36")
@pytest.mark.rule("R37")
def test_a_request_is_turned_away_after_question_answer_judgement_and_a_second_person(maker):
    case = judged(maker, answered(maker, asked(maker), GIVEN), accepted=False)
    content = maker.content(Outcome.EXCESSIVE)
    case = maker.submitted(case, on=AFTER, content=content)
    both = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)
    with pytest.raises(OwnProposal), transaction():
        replies.issue(case.id, version=case.version, actor=both, at=moment(AFTER, 12))
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(AFTER, 12))
    case = maker.again(case.id)
    assert (case.status, case.outcome) == (Status.ANSWERED, Outcome.EXCESSIVE)
    words = letter_words(case, LetterKind.EXCESSIVE)
    assert "课题研究需要。" in words
    assert "第三十五条" in words
    assert "可以自收到本告知书之日起60日内向示范区人民政府申请行政复议" in words


@pytest.mark.rule("R36")
def test_each_missing_step_stands_in_the_way(maker):
    content = maker.content(Outcome.EXCESSIVE)
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(rules.ExcessNotAsked):
        maker.submitted(case, on=DAY, content=content)
    case = asked(maker)
    with pytest.raises(rules.ExcessNotAnswered):
        maker.submitted(case, on=DAY, content=content)
    case = answered(maker, maker.again(case.id), GIVEN)
    with pytest.raises(rules.ExcessNotJudged):
        maker.submitted(case, on=AFTER, content=content)
    case = judged(maker, maker.again(case.id), accepted=True)
    with pytest.raises(rules.ReasonsHold):
        maker.submitted(case, on=AFTER, content=content)
    assert maker.again(case.id).status is Status.IN_HAND


@pytest.mark.rule("R36")
def test_silence_is_recorded_after_the_period_and_named_in_the_letter(maker):
    case = asked(maker)
    with pytest.raises(rules.StillTimeToAnswer):
        answered(maker, case, SILENCE, at=REPLY_BY)
    case = answered(maker, maker.again(case.id), SILENCE)
    with pytest.raises(rules.SilenceHolds):
        judged(maker, case, accepted=True)
    case = judged(maker, maker.again(case.id), accepted=False)
    case = maker.issued(case, on=AFTER, content=maker.content(Outcome.EXCESSIVE))
    assert "在规定的期限内没有说明理由" in letter_words(case, LetterKind.EXCESSIVE)


@pytest.mark.rule("R36")
def test_a_letter_that_nobody_posted_has_no_answer(maker):
    case = asked(maker, way="post")
    with pytest.raises(rules.SendingMissing):
        answered(maker, case, GIVEN)
    posted = reasons.Answer(given_on=date(2026, 3, 9), reasons="课题研究需要。", sent_on=DAY, tracking_number="")
    with pytest.raises(TrackingNumberMissing):
        answered(maker, maker.again(case.id), posted)
    posted = reasons.Answer(
        given_on=date(2026, 3, 9), reasons="课题研究需要。", sent_on=DAY, tracking_number="EX000000001CN"
    )
    case = answered(maker, maker.again(case.id), posted)
    assert letters.latest(case.id, LetterKind.REASONS_REQUEST).delivery.on == DAY


def test_a_delay_that_is_told_moves_no_due_date(maker):
    case = answered(maker, asked(maker), GIVEN)
    with pytest.raises(rules.DelayTooShort):
        judged(maker, case, accepted=True, delayed_until=DUE)
    case = judged(maker, maker.again(case.id), accepted=True, delayed_until=date(2026, 4, 30))
    assert case.local_due_on == DUE
    assert reasons.of(case.id).delayed_until == date(2026, 4, 30)


def test_being_asked_for_reasons_stops_no_clock_and_happens_once(maker):
    case = asked(maker)
    assert (case.status, case.local_due_on) == (Status.IN_HAND, DUE)
    with pytest.raises(rules.ReasonsAskedTwice), transaction():
        reasons.ask(
            case.id,
            question="再问一次。",
            reply_by=REPLY_BY,
            version=case.version,
            actor=maker.actor("officer"),
            at=moment(DAY, 12),
        )


@pytest.mark.rule("R47")
def test_the_question_carries_no_remedy(maker):
    words = letter_words(asked(maker), LetterKind.REASONS_REQUEST)
    assert "请于2026年3月11日前（含当日）以书面形式向本机关说明" in words
    assert "行政复议" not in words
