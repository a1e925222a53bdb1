"""The forms that stay inside the office, filled from what the case holds; made anew each time, so never stale."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.consultation import Position
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.fee import FeeStatus
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.grounds import GROUNDS
from caseapp.domain.internal_sheets import (
    SHEETS,
    AskedExtension,
    AskedParty,
    Assigned,
    GivenUp,
    ProposedFee,
    Rows,
    Search,
    SentLetter,
    Sheet,
    SheetFacts,
    Signed,
    SubmittedReply,
    Withdrawal,
    sheets,
)
from caseapp.domain.letters import FIELDS, LETTERS
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.permissions import Actor, NotVisible
from caseapp.domain.reply_content import ReplyContent, letter_fields
from caseapp.domain.rulesets import by_id
from caseapp.gateways.sheet_document import sheet_document
from caseapp.models import Case, Consultation, Event, Extension, Letter, Person, Reply
from caseapp.services import cases, fees, letter_papers, letters, replies, supplements
from caseapp.services.letters import Download

OPINION_WORDS = {
    Position.AGREES: "同意公开",
    Position.OBJECTS: "不同意公开",
    Position.SILENT: "期限届满，未提出意见",
}
# Statements of a reply that have a row of their own on the form, or none.
ELSEWHERE = frozenset({"ground", "ground_article"})


def listed(case_id: int, *, actor: Actor) -> Mapping[str, Sheet]:
    """Return the forms that the path of the case has used, under their places; raises `NotVisible`."""
    return sheets(_facts(cases.get(case_id, actor=actor)))


def sheet(case_id: int, place: str, *, actor: Actor) -> Download:
    """Return one form as .docx to who may read the case; raises `NotVisible`, also for a form that it has not."""
    case = cases.get(case_id, actor=actor)
    found = sheets(_facts(case)).get(place)
    if found is None:
        raise NotVisible()
    return _document(case, found)


def of_case(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every form of the case; names are not yet safe for a file system."""
    for one in sheets(_facts(case)).values():
        yield f"{SHEETS[one.kind].code}_{one.title}.docx", _document(case, one).content


def _document(case: Case, one: Sheet) -> Download:
    row = SHEETS[one.kind]
    organ = case.department.name if case.department else "政府信息公开工作机构"
    basis = row.basis if row.basis.startswith("国办") else f"《中华人民共和国政府信息公开条例》{row.basis}"
    content = sheet_document(title=row.title, organ=organ, rows=one.rows, note=f"依据：{basis}")
    return Download(name=f"{row.title}_{case.number}.docx", content=content)


def _facts(case: Case) -> SheetFacts:
    reply = replies.of(case.id)
    query = select(Extension).where(Extension.case_id == case.id).order_by(Extension.id)
    people = joinedload(Extension.proposed_by).lazyload(Person.roles), joinedload(Extension.decided_by)
    extensions = db.session.scalars(query.options(people[0], people[1].lazyload(Person.roles)))
    to_applicant = [
        letter for letter in letters.of_case(case.id) if LETTERS[letter.kind].to_applicant and not letter.voided
    ]
    return SheetFacts(
        case_number=case.number,
        title=case.title or letters.excerpt(case.description),
        applicant=case.applicant.name,
        received_on=case.received_on,
        registered=_registered(case),
        extensions=tuple(_extension(row) for row in extensions),
        search=_search(reply),
        reply=_reply(case, reply),
        letter=_letter(case, to_applicant[-1]) if to_applicant else None,
        assigned=_assigned(case),
        parties=tuple(_parties(case)),
        fee=_fee(case),
        given_up=_given_up(case),
        withdrawal=_withdrawal(case),
    )


def _assigned(case: Case) -> Assigned | None:
    if case.department is None:
        return None
    return Assigned(
        department=case.department.name,
        inner_due_on=case.local_due_on,
        statutory_due_on=case.statutory_due_on,
        description=case.description,
    )


def _parties(case: Case) -> Iterator[AskedParty]:
    query = select(Consultation).where(Consultation.case_id == case.id).options(joinedload(Consultation.letter))
    for row in db.session.scalars(query.order_by(Consultation.id)):
        yield AskedParty(
            name=row.name,
            letter_number=row.letter.number,
            matter=row.matter,
            reply_days=by_id(case.local_rule_set).consultation_days,
            opinion=OPINION_WORDS[row.position] if row.position else "",
            reasons=row.reasons,
            replied_on=row.closed_on,
        )


def _fee(case: Case) -> ProposedFee | None:
    row = fees.latest(case.id)
    if row is None:
        return None
    decided = _signed(_name(row.decided_by_id), row.decided_at)
    return ProposedFee(
        basis=row.basis.label,
        quantity=f"{row.quantity}（本月此前 {row.earlier} 件）" if row.earlier else str(row.quantity),
        steps="\n".join(row.steps),
        amount=row.amount,
        proposed=Signed(name=row.proposed_by.name, on=local_date(row.proposed_at)),
        agreed=row.status is not FeeStatus.REFUSED if decided else None,
        decided=decided,
        refusal=row.refusal,
        letter_number=row.letter.number if row.letter else "",
    )


def _given_up(case: Case) -> GivenUp | None:
    """Return the end of a case that ended by silence, from the notice that stayed without an answer."""
    ended = _event(case, {Outcome.LAPSED: EventKind.LAPSED, Outcome.UNPAID: EventKind.UNPAID})
    if ended is None:
        return None
    fee, asked = fees.latest(case.id), supplements.latest(case.id)
    if case.outcome is Outcome.UNPAID and fee and fee.letter:
        why, letter, until, judgement = "逾期未缴纳信息处理费", fee.letter, fee.pay_by, fee.closing_note
        delivered_on = fee.delivered_on
    elif asked:
        why, letter, until, judgement = "逾期不补正", asked.letter, asked.reply_by, asked.lapse_judgement
        delivered_on = letter.delivery.on if letter.delivery else None
    else:
        return None
    signed = Signed(name=_name(ended.actor_id), on=local_date(ended.at))
    return GivenUp(
        why=why,
        letter_number=letter.number,
        delivered_on=delivered_on,
        until=until,
        judgement=judgement,
        ended=signed,
    )


def _withdrawal(case: Case) -> Withdrawal | None:
    event = _event(case, {Outcome.WITHDRAWN: EventKind.WITHDRAWN})
    if event is None:
        return None
    facts = event.facts
    return Withdrawal(
        on=date.fromisoformat(str(facts["on"])), way=str(facts["way"]), reason=str(facts.get("reason") or "")
    )


def _event(case: Case, kinds: Mapping[Outcome, EventKind]) -> Event | None:
    """Return the event that ended the case, where it ended in one of these ways."""
    kind = kinds.get(case.outcome) if case.outcome else None
    if kind is None:
        return None
    query = select(Event).where(Event.case_id == case.id, Event.kind == kind).order_by(Event.position.desc())
    return db.session.scalar(query.limit(1))


def _name(person_id: int | None) -> str:
    return (db.session.scalar(select(Person.name).where(Person.id == person_id)) or "") if person_id else ""


def _registered(case: Case) -> Rows:
    applicant = case.applicant
    document = applicant.identity_kind.label if applicant.identity_kind else "统一社会信用代码"
    return (
        ("申请编号", case.number),
        ("申请渠道", case.channel.label),
        ("到达日期", chinese_date(case.arrived_on)),
        ("双方确认日期", chinese_date(case.confirmed_on) if case.confirmed_on else ""),
        ("收到申请之日", chinese_date(case.received_on)),
        ("申请人", applicant.name),
        ("申请人类型", applicant.kind.label),
        (document, applicant.identity_masked),
        ("申请公开的信息", case.title),
        ("文号", case.document_no),
        ("描述", case.description),
        ("形式和获取方式", f"{case.medium.label}，{case.delivery_way.label}"),
        ("承办部门", case.department.name if case.department else ""),
        ("承诺期限届满日", chinese_date(case.local_due_on) if case.local_due_on else ""),
        ("法定期限届满日", chinese_date(case.statutory_due_on) if case.statutory_due_on else ""),
    )


def _extension(row: Extension) -> AskedExtension:
    decided = _signed(row.decided_by.name if row.decided_by else "", row.decided_at)
    return AskedExtension(
        working_days=row.working_days,
        reason=row.reason,
        asked=Signed(name=row.proposed_by.name, on=local_date(row.proposed_at)),
        agreed=row.status is not ExtensionStatus.REFUSED if decided else None,
        decided=decided,
        refusal=row.refusal,
        notified_on=row.notified_on,
    )


def _signed(name: str, at: datetime | None) -> Signed | None:
    return Signed(name=name, on=local_date(at)) if at else None


def _search(reply: Reply | None) -> Search | None:
    if reply is None or reply.outcome is not Outcome.NOT_FOUND or reply.submitted_at is None:
        return None
    made = replies.content_of(reply).search
    if made is None or not made.systems:
        return None
    return Search(
        systems=made.systems,
        keywords=made.keywords,
        units=made.units,
        searched_by=made.searched_by,
        searched_on=made.searched_on,
        result="未检索到申请公开的信息",
    )


def _reply(case: Case, reply: Reply | None) -> SubmittedReply | None:
    """Return what was sent for approval; a text that was taken back to be changed is no submission any more."""
    if reply is None or reply.submitted_by_id is None or reply.submitted_at is None:
        return None
    content = replies.content_of(reply)
    ids = {one for one in (reply.submitted_by_id, reply.issued_by_id) if one}
    query = select(Person.id, Person.name).where(Person.id.in_(ids))
    names = {row.id: row.name for row in db.session.execute(query)}
    issued = _signed(names[reply.issued_by_id], reply.issued_at) if reply.issued_by_id else None
    statements = tuple(
        (FIELDS[name].label, chinese_date(value) if not isinstance(value, str | int) else str(value))
        for name, value in letter_fields(content).items()
        if value and name not in ELSEWHERE
    )
    return SubmittedReply(
        outcome=OUTCOMES[content.outcome].label,
        ground=_ground(content),
        statements=statements,
        reviewed_by=content.reviewed_by,
        submitted=Signed(name=names[reply.submitted_by_id], on=local_date(reply.submitted_at)),
        returned=reply.returned_reason,
        issued=issued,
        letter_number=_answer_number(case, content.outcome) if issued else "",
    )


def _ground(content: ReplyContent) -> str:
    """Return the article that the answer rests on, and the grounds of what is withheld."""
    kind = OUTCOMES[content.outcome].letter
    grounds = (f"{GROUNDS[one].label}（{GROUNDS[one].citation}）" for one in content.grounds)
    return "；".join([*([f"《条例》{LETTERS[kind].basis}"] if kind else []), *grounds])


def _answer_number(case: Case, outcome: Outcome) -> str:
    kind = OUTCOMES[outcome].letter
    return letters.latest(case.id, kind).number if kind else ""


def _letter(case: Case, letter: Letter) -> SentLetter:
    delivery = letter.delivery
    way = delivery.way if delivery else case.delivery_way
    return SentLetter(
        label=LETTERS[letter.kind].label,
        number=letter.number,
        way=way.label,
        in_person=way is DeliveryWay.IN_PERSON,
        tracking_number=delivery.tracking_number if delivery else "",
        delivered_on=delivery.on if delivery else None,
        recorded_by=_name(delivery.recorded_by_id) if delivery else "",
        failures=tuple(
            letter_papers.words_of(row) for row in letter_papers.failures_of(case.id) if row.letter_id == letter.id
        ),
    )
