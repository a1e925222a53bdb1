"""Consultations read: those of a case as the rules and the pages see them on a day, and the letters they lead to."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.consultation import Consulted, ConsultedKind, Position, check_keeps_identity, names_for_staff
from caseapp.domain.document import OfficialDocument
from caseapp.domain.letters import TO_A_THIRD_PARTY, TO_AN_ORGANISATION, FieldValue, LetterKind
from caseapp.domain.permissions import NotVisible
from caseapp.domain.remedies import Remedy, paragraph
from caseapp.domain.rulesets import by_id
from caseapp.domain.timeline import ConsultationClosed, ConsultationOpened, Event
from caseapp.models import Case, Consultation, Letter
from caseapp.services import deadlines, letters, working_calendar

LETTER_OF = {
    ConsultedKind.THIRD_PARTY: LetterKind.CONSULTATION_THIRD_PARTY,
    ConsultedKind.ORGAN: LetterKind.CONSULTATION_ORGAN,
}
YOU = {ConsultedKind.THIRD_PARTY: TO_A_THIRD_PARTY, ConsultedKind.ORGAN: TO_AN_ORGANISATION}
PROJECTED = "本次征求意见"  # a consultation that is only being thought of
ASKED = "征求意见的信息内容"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Whom to ask, and what."""

    kind: ConsultedKind
    name: str
    contact: str
    matter: str


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """What a third party is told before it is disclosed, and why (art. 32)."""

    disclosed: str
    reasons: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One consultation: its row, and what the rules make of it today."""

    row: Consultation
    rules: Consulted

    @property
    def applicant_waits(self) -> bool:
        """Say whether the applicant has not been told yet that somebody is asked (D10)."""
        return self.row.applicant_letter is not None and self.row.applicant_letter.delivery is None


def of_case(case: Case, *, today: date) -> list[Asked]:
    """Return the consultations of the case, oldest first, as they stand today."""
    query = select(Consultation).where(Consultation.case_id == case.id).order_by(Consultation.id)
    rows = db.session.scalars(
        query.options(
            joinedload(Consultation.letter),
            joinedload(Consultation.applicant_letter).joinedload(Letter.delivery),
            joinedload(Consultation.notice_letter),
        )
    ).all()
    names = names_for_staff([(row.kind, row.name) for row in rows])
    return [Asked(row=row, rules=_rules(case, row, name, today=today)) for row, name in zip(rows, names, strict=True)]


def one(case: Case, consultation_id: int, *, today: date) -> Asked:
    """Return one consultation of this case; raises `NotVisible` for any other."""
    for asked in of_case(case, today=today):
        if asked.row.id == consultation_id:
            return asked
    raise NotVisible()


def rules_of(case: Case, *, today: date) -> list[Consulted]:
    """Return the consultations of the case as the rules see them today."""
    return [asked.rules for asked in of_case(case, today=today)]


def reply_due(case: Case, row: Consultation) -> date:
    """Return the last day to reply: 15 working days after the delivery, after the opening while there is none."""
    days = by_id(case.local_rule_set).consultation_days
    return working_calendar.current().nth_working_day(row.delivered_on or row.opened_on, days)


def _rules(case: Case, row: Consultation, name: str, *, today: date) -> Consulted:
    return Consulted(
        id=row.id,
        kind=row.kind,
        name=name,
        opened_on=row.opened_on,
        delivered_on=row.delivered_on,
        due_on=reply_due(case, row),
        today=today,
        recorded=row.position,
        is_judged=row.judged_on is not None,
        is_reasonable=row.is_reasonable,
        public_interest=row.public_interest,
        notice_issued=row.notice_letter_id is not None,
        notice_delivered_on=row.notice_delivered_on,
    )


# What the letters would say.


def letter(case: Case, question: Question, *, today: date) -> OfficialDocument:
    """Return the question as it would go out (D8, D12), without its number; refuses one that names the applicant."""
    return letters.compose(
        case,
        LETTER_OF[question.kind],
        question_fields(case, question),
        number=None,
        dated_on=today,
        addressee=question.name,
    )


def question_fields(case: Case, question: Question) -> dict[str, FieldValue]:
    """Return what the question says: nothing of the applicant, nor of his own words (E19, R64)."""
    texts = {"name": ("名称", question.name), "matter": (ASKED, question.matter)}
    check_keeps_identity(texts, identity=_identity(case))
    return {
        "you": YOU[question.kind],
        "matter": question.matter,
        "reply_days": by_id(case.local_rule_set).consultation_days,
    }


def notice_fields(case: Case, *, today: date) -> dict[str, FieldValue]:
    """Return what the applicant is told when a third party is asked (D10); not who it is."""
    return {"opened_on": today, "reply_days": by_id(case.local_rule_set).consultation_days}


def disclosure_letter(case: Case, row: Consultation, told: Disclosure, *, today: date) -> OfficialDocument:
    """Return the notice to the third party as it would go out (D11), without its number."""
    fields = disclosure_fields(case, row, told, today=today)
    return letters.compose(case, LetterKind.DISCLOSURE_NOTICE, fields, number=None, dated_on=today, addressee=row.name)


def disclosure_fields(case: Case, row: Consultation, told: Disclosure, *, today: date) -> dict[str, FieldValue]:
    """Return what the third party is told: what, why, and the choice of remedies that is his (art. 32, R40)."""
    texts = {"disclosed": ("决定公开的信息内容", told.disclosed), "reasons": ("决定公开的理由", told.reasons)}
    check_keeps_identity(texts, identity=_identity(case))
    if case.department is None:
        raise letters.NoDepartment()
    organ = letters.profile(case.department)
    return {
        "you": YOU[row.kind],
        "matter": row.matter,
        "disclosed": told.disclosed,
        "disclosure_reason": told.reasons,
        "remedy": paragraph(Remedy.CHOICE, letter_date=today, profile=organ, paper="告知书"),
    }


def _identity(case: Case) -> list[str]:
    applicant = case.applicant
    return [
        applicant.name,
        applicant.representative,
        applicant.contact_person,
        applicant.agent_name,
        applicant.phone,
        applicant.address,
    ]


# What an act would do to the dates, read before it is confirmed.


@dataclass(frozen=True, kw_only=True)
class Moved:
    """Both due dates after an act; `safe_on` is the date if no day were left out (R22)."""

    local_before: date | None
    local_after: date | None
    statutory_after: date | None
    safe_on: date | None
    reply_due_on: date | None
    provisional: bool


def if_opened(case: Case, *, today: date) -> Moved:
    """Return the dates were the question sent today and no answer to come for the whole reply period."""
    return _if(case, (ConsultationOpened(on=today, delivered_on=None, ref=PROJECTED),), today=today)


def if_delivered(case: Case, asked: Asked, *, on: date, today: date) -> Moved:
    """Return the dates had the question been delivered on that day."""
    events = [
        replace(event, delivered_on=on)
        if isinstance(event, ConsultationOpened) and event.ref == asked.rules.name
        else event
        for event in deadlines.timeline(case).events
    ]
    return _if(case, (), today=today, events=events)


def if_answered(case: Case, asked: Asked, *, on: date, today: date) -> Moved:
    """Return the dates had the answer been received on that day."""
    return _if(case, (ConsultationClosed(on=on, ref=asked.rules.name),), today=today)


def _if(case: Case, more: tuple[Event, ...], *, today: date, events: list[Event] | None = None) -> Moved:
    facts = deadlines.timeline(case)
    known = facts.events if events is None else tuple(events)
    both = deadlines.clocks_if(case, replace(facts, events=(*known, *more)), today=today)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        safe_on=both.local.safe_due,
        reply_due_on=both.local.consultation_due,
        provisional=both.local.provisional,
    )


def summary(case: Case, *, today: date) -> str:
    """Return what an answer on art. 15 may say of the third parties, without naming any; "" where nobody was asked."""
    asked = [one for one in rules_of(case, today=today) if one.kind is ConsultedKind.THIRD_PARTY and one.delivered_on]
    if not asked or any(one.position is None for one in asked):
        return ""
    if all(one.keeps_back for one in asked):
        silent = all(one.position is Position.SILENT for one in asked)
        said = "第三方逾期未提出意见" if silent else "第三方不同意公开"
        found = "公开会损害其合法权益" if silent else "其理由成立"
        return f"本机关已依照《条例》第三十二条书面征求第三方意见，{said}，经审查，{found}。"
    return "本机关已依照《条例》第三十二条书面征求第三方意见。"
