"""说明理由 (art. 35): asked once by letter, answered or not, judged; the gate before 不予处理 (R36)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import reasons as rules
from caseapp.domain.document import OfficialDocument
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.models import Case, Letter, ReasonsRequest
from caseapp.services import audit, cases, deadlines, letters

ShownReasons = ReasonsRequest  # what pages for the staff are handed


def of(case_id: int) -> ReasonsRequest | None:
    """Return what the applicant was asked to explain, if he was; a case asks once."""
    return db.session.scalar(
        select(ReasonsRequest)
        .where(ReasonsRequest.case_id == case_id)
        .options(joinedload(ReasonsRequest.letter).joinedload(Letter.delivery))
    )


def preview(case: Case, *, question: str, reply_by: date, today: date) -> OfficialDocument:
    """Return the letter that asking would issue, still without its number; refuses what `ask` would refuse."""
    rules.check_question(of(case.id), reply_by=reply_by, today=today)
    return letters.compose(case, LetterKind.REASONS_REQUEST, _fields(question, reply_by), number=None, dated_on=today)


def ask(case_id: int, *, question: str, reply_by: date, version: int, actor: Actor, at: datetime) -> Letter:
    """Issue the letter that asks for reasons (D5); no clock stops."""
    case = cases.take_up(case_id, action=Action.ASK_REASONS, version=version, actor=actor)
    today = local_date(at)
    rules.check_question(of(case.id), reply_by=reply_by, today=today)

    letter = letters.issue(case, LetterKind.REASONS_REQUEST, _fields(question, reply_by), actor=actor, at=at)
    db.session.add(
        ReasonsRequest(
            case_id=case.id,
            question=question,
            asked_on=today,
            reply_by=reply_by,
            asked_by_id=actor.id,
            letter_id=letter.id,
        )
    )
    if case.delivery_way is DeliveryWay.ONLINE:
        letters.deliver(letter, way=case.delivery_way, on=today, tracking_number="", actor=actor, at=at)
    cases.move(case, Action.ASK_REASONS, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.REASONS_ASKED, actor=actor, at=at, answer_by=reply_by, letter_number=letter.number)
    return letter


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back: reasons with the day they came, or silence (`given_on` is None); and when the letter had left."""

    given_on: date | None
    reasons: str
    sent_on: date | None
    tracking_number: str


def record_answer(case_id: int, answer: Answer, *, version: int, actor: Actor, at: datetime) -> None:
    """Write down the reasons, or that none came in time; an unsent letter has no answer (R36)."""
    case = cases.take_up(case_id, action=Action.RECORD_REASONS, version=version, actor=actor)
    asked, today = of(case.id), local_date(at)
    rules.check_waits(asked)
    assert asked is not None
    if asked.letter.delivery is None:
        _send(case, asked, answer, actor=actor, at=at)
    if answer.given_on is None:
        rules.check_silence(reply_by=asked.reply_by, today=today)
    else:
        rules.check_given(on=answer.given_on, asked_on=asked.asked_on, today=today)

    asked.given_on, asked.reasons = answer.given_on, answer.reasons if answer.given_on else ""
    asked.recorded_on, asked.recorded_by_id = today, actor.id
    cases.move(case, Action.RECORD_REASONS, at=at)
    deadlines.refresh(case, at=at)

    said = asked.reasons or rules.SILENT
    audit.record(case, EventKind.REASONS_RECORDED, actor=actor, at=at, on=answer.given_on, reason=said)


def _send(case: Case, asked: ReasonsRequest, answer: Answer, *, actor: Actor, at: datetime) -> None:
    rules.check_sent(answer.sent_on, asked_on=asked.asked_on, today=local_date(at))
    assert answer.sent_on is not None
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(answer.tracking_number)
    letters.deliver(
        asked.letter,
        way=case.delivery_way,
        on=answer.sent_on,
        tracking_number=answer.tracking_number,
        actor=actor,
        at=at,
    )
    db.session.expire(asked.letter, ["delivery"])


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """Whether the reasons hold and why; `delayed_until` is the reasonable delay that the applicant is told."""

    accepted: bool
    why: str
    delayed_until: date | None


def judge(case_id: int, judgement: Judgement, *, version: int, actor: Actor, at: datetime) -> None:
    """Weigh the reasons; a delay that is told moves no due date of art. 33, the case shows it beside them."""
    case = cases.take_up(case_id, action=Action.JUDGE_REASONS, version=version, actor=actor)
    asked = of(case.id)
    rules.check_judgeable(asked)
    assert asked is not None
    rules.check_judgement(
        accepted=judgement.accepted,
        silent=asked.given_on is None,
        delayed_until=judgement.delayed_until,
        due_on=case.local_due_on,
    )

    asked.is_accepted, asked.judgement = judgement.accepted, judgement.why
    asked.judged_by_id, asked.judged_on, asked.delayed_until = actor.id, local_date(at), judgement.delayed_until
    cases.move(case, Action.JUDGE_REASONS, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.REASONS_JUDGED,
        actor=actor,
        at=at,
        judgement=f"{'成立' if judgement.accepted else '不成立'}：{judgement.why}",
        delayed_until=judgement.delayed_until,
    )


def letter_fields(case_id: int) -> dict[str, FieldValue]:
    """Return what the letter of 不予处理 says of the applicant's reasons; refuses until they were judged (R36)."""
    asked = of(case_id)
    rules.check_excessive(asked)
    return {"applicant_reasons": asked.reasons if asked and asked.given_on else rules.SILENT}


def _fields(question: str, reply_by: date) -> dict[str, FieldValue]:
    return {"question": question, "answer_by": reply_by}
