"""征求意见 (art. 32 to 34): asked, delivered, answered or lapsed, weighed; told before disclosing against a wish."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain import consultation as rules
from caseapp.domain.consultation import POSITION_WORDS, ConsultedKind, Position
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LetterKind
from caseapp.domain.lifecycle import OPEN, Action
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.models import Case, Consultation
from caseapp.services import audit, cases, consulted, deadlines, letters
from caseapp.services.consulted import LETTER_OF, Asked, Disclosure, Question


def open_consultation(case_id: int, question: Question, *, version: int, actor: Actor, at: datetime) -> Consultation:
    """Send the question (D8, D12) and tell the applicant that a third party is asked (D10), online at once."""
    case = cases.take_up(case_id, action=Action.OPEN_CONSULTATION, version=version, actor=actor)
    today = local_date(at)

    asked = letters.issue(
        case,
        LETTER_OF[question.kind],
        consulted.question_fields(case, question),
        actor=actor,
        at=at,
        addressee=question.name,
    )
    row = Consultation(
        case_id=case.id,
        kind=question.kind,
        name=question.name,
        contact=question.contact,
        matter=question.matter,
        opened_on=today,
        opened_by_id=actor.id,
        opened_at=at,
        letter_id=asked.id,
    )
    db.session.add(row)
    if question.kind is ConsultedKind.THIRD_PARTY:
        _tell_applicant(case, row, actor=actor, at=at)
    cases.move(case, Action.OPEN_CONSULTATION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.CONSULTATION_OPENED,
        actor=actor,
        at=at,
        party=question.name,
        letter_number=asked.number,
        due_on=case.local_due_on,
    )
    return row


def _tell_applicant(case: Case, row: Consultation, *, actor: Actor, at: datetime) -> None:
    fields = consulted.notice_fields(case, today=local_date(at))
    notice = letters.issue(case, LetterKind.CONSULTATION_NOTICE, fields, actor=actor, at=at)
    row.applicant_letter_id = notice.id
    if case.delivery_way is DeliveryWay.ONLINE:
        letters.deliver(notice, way=case.delivery_way, on=local_date(at), tracking_number="", actor=actor, at=at)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """That a letter reached the one asked, and what proves it: a number of the post, a signed receipt."""

    on: date
    proof: str


def record_delivery(
    case_id: int, consultation_id: int, arrival: Arrival, *, version: int, actor: Actor, at: datetime
) -> None:
    """Record when the question reached the one asked: the reply period runs from that day (R23)."""
    case, asked = _take_up(case_id, consultation_id, Action.RECORD_CONSULTATION_DELIVERY, version, actor, at)
    rules.check_delivery(asked.rules, on=arrival.on, today=local_date(at))

    asked.row.delivered_on, asked.row.delivery_proof = arrival.on, arrival.proof
    cases.move(case, Action.RECORD_CONSULTATION_DELIVERY, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.CONSULTATION_DELIVERED,
        actor=actor,
        at=at,
        party=asked.rules.name,
        on=arrival.on,
        proof=arrival.proof or None,
        due_on=case.local_due_on,
    )


def post_notice(
    case_id: int, consultation_id: int, arrival: Arrival, *, version: int, actor: Actor, at: datetime
) -> None:
    """Record that the applicant's notice of the consultation (D10) was posted or handed over."""
    case, asked = _take_up(case_id, consultation_id, Action.RECORD_CONSULTATION_DELIVERY, version, actor, at)
    notice = asked.row.applicant_letter
    if notice is None or notice.delivery is not None:
        raise rules.NothingConsulted()
    rules.check_date(arrival.on, letter=notice.dated_on, today=local_date(at))
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(arrival.proof)

    letters.deliver(notice, way=case.delivery_way, on=arrival.on, tracking_number=arrival.proof, actor=actor, at=at)
    cases.move(case, Action.RECORD_CONSULTATION_DELIVERY, at=at)

    audit.record(
        case,
        EventKind.CONSULTATION_TOLD,
        actor=actor,
        at=at,
        on=arrival.on,
        way=case.delivery_way.label,
        tracking_number=arrival.proof or None,
        letter_number=notice.number,
    )


@dataclass(frozen=True, kw_only=True)
class Opinion:
    """What came back, and when; an objection may come without reasons (R25)."""

    on: date
    position: Position
    reasons: str


def close(case_id: int, consultation_id: int, opinion: Opinion, *, version: int, actor: Actor, at: datetime) -> None:
    """Take in the answer: the period runs on from its receipt, or from the end of the reply period (R22)."""
    case, asked = _take_up(case_id, consultation_id, Action.CLOSE_CONSULTATION, version, actor, at)
    rules.check_answer(asked.rules, on=opinion.on, today=local_date(at))

    row = asked.row
    row.position, row.closed_on, row.reasons = opinion.position, opinion.on, opinion.reasons
    row.judgement, row.is_reasonable, row.public_interest = "", None, ""  # silence may have been weighed before
    row.judged_by_id, row.judged_on = None, None
    cases.move(case, Action.CLOSE_CONSULTATION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.CONSULTATION_CLOSED,
        actor=actor,
        at=at,
        party=asked.rules.name,
        position=POSITION_WORDS[opinion.position],
        reason=opinion.reasons or None,
        on=opinion.on,
        due_on=case.local_due_on,
    )


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """How an objection, or silence, was weighed: does disclosure harm, and does the public interest outweigh it."""

    is_reasonable: bool
    reasons: str
    public_interest: str


def judge(
    case_id: int, consultation_id: int, judgement: Judgement, *, version: int, actor: Actor, at: datetime
) -> None:
    """Weigh an objection or silence, with reasons (R24, R25); it may be weighed anew until the third party is told."""
    case, asked = _take_up(case_id, consultation_id, Action.JUDGE_CONSULTATION, version, actor, at)
    rules.check_judgement(asked.rules)

    row = asked.row
    if row.position is None:
        row.position, row.closed_on = Position.SILENT, asked.rules.due_on
    row.is_reasonable, row.judgement = judgement.is_reasonable, judgement.reasons
    row.public_interest = judgement.public_interest if judgement.is_reasonable else ""
    row.judged_by_id, row.judged_on = actor.id, local_date(at)
    cases.move(case, Action.JUDGE_CONSULTATION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.CONSULTATION_JUDGED,
        actor=actor,
        at=at,
        party=asked.rules.name,
        judgement=judgement.reasons,
        public_interest=row.public_interest or None,
    )


def issue_disclosure_notice(
    case_id: int, consultation_id: int, told: Disclosure, *, version: int, actor: Actor, at: datetime
) -> None:
    """Tell the third party in writing what will be disclosed against his wish, and why (D11; art. 32)."""
    case, asked = _take_up(case_id, consultation_id, Action.NOTIFY_THIRD_PARTY, version, actor, at)
    rules.check_notice(asked.rules)

    notice = letters.issue(
        case,
        LetterKind.DISCLOSURE_NOTICE,
        consulted.disclosure_fields(case, asked.row, told, today=local_date(at)),
        actor=actor,
        at=at,
        addressee=asked.row.name,
    )
    asked.row.notice_letter_id = notice.id
    cases.move(case, Action.NOTIFY_THIRD_PARTY, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.THIRD_PARTY_NOTICE_ISSUED,
        actor=actor,
        at=at,
        party=asked.rules.name,
        letter_number=notice.number,
        reason=told.reasons,
    )


def deliver_disclosure_notice(
    case_id: int, consultation_id: int, arrival: Arrival, *, version: int, actor: Actor, at: datetime
) -> None:
    """Record when the third party received the notice; only then may the information go out (R25)."""
    case, asked = _take_up(case_id, consultation_id, Action.NOTIFY_THIRD_PARTY, version, actor, at)
    notice = asked.row.notice_letter
    if notice is None:
        raise rules.NoticeNotIssued(name=asked.rules.name)
    rules.check_notice_delivery(asked.rules, on=arrival.on, issued_on=notice.dated_on, today=local_date(at))

    asked.row.notice_delivered_on, asked.row.notice_proof = arrival.on, arrival.proof
    cases.move(case, Action.NOTIFY_THIRD_PARTY, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.THIRD_PARTY_NOTIFIED,
        actor=actor,
        at=at,
        party=asked.rules.name,
        on=arrival.on,
        proof=arrival.proof or None,
    )


def refresh_lapsed(at: datetime) -> int:
    """Record the silence of all whose reply period has passed, and return how many; the due dates do not wait for it.

    An organ's silence is consent (art. 34), a third party's still waits for a person (R24). A question that nobody is
    known to have received says nothing by staying unanswered, and is left alone.
    """
    waiting = db.session.execute(
        select(Consultation.case_id, Consultation.id)
        .join(Case, Case.id == Consultation.case_id)
        .where(Consultation.closed_on.is_(None), Consultation.delivered_on.is_not(None), Case.status.in_(OPEN))
        .order_by(Consultation.case_id, Consultation.id)
    ).all()
    return sum(_lapse(case_id, consultation_id, at=at) for case_id, consultation_id in waiting)


def _lapse(case_id: int, consultation_id: int, *, at: datetime) -> bool:
    case = db.session.get_one(Case, case_id, with_for_update={"of": Case}, populate_existing=True)
    asked = consulted.one(case, consultation_id, today=local_date(at))
    if case.status not in OPEN or asked.row.position is not None or asked.rules.position is not Position.SILENT:
        return False

    asked.row.position, asked.row.closed_on = Position.SILENT, asked.rules.due_on
    case.changed_at = at
    deadlines.refresh(case, at=at)
    audit.record(
        case,
        EventKind.CONSULTATION_LAPSED,
        actor=None,
        at=at,
        party=asked.rules.name,
        on=asked.rules.due_on,
        position="视为同意公开" if asked.row.kind is ConsultedKind.ORGAN else POSITION_WORDS[Position.SILENT],
    )
    return True


def _take_up(
    case_id: int, consultation_id: int, action: Action, version: int, actor: Actor, at: datetime
) -> tuple[Case, Asked]:
    case = cases.take_up(case_id, action=action, version=version, actor=actor)
    return case, consulted.one(case, consultation_id, today=local_date(at))
