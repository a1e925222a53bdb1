"""The answer (art. 36, 37, 45): drafted, approved by another person, issued as a numbered letter, delivered."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.consulted_reply import check_reply_with_consultations
from caseapp.domain.correction import check_fits
from caseapp.domain.document import OfficialDocument
from caseapp.domain.events import EventKind
from caseapp.domain.extension import check_two_people
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.grounds import Ground
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import OUTCOMES, Outcome, OutcomeNotOffered, report_row
from caseapp.domain.partial import check_items
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.domain.remedies import check_wording, remedy_paragraph
from caseapp.domain.replies import NothingDrafted, ReplyStatus, check_delivery
from caseapp.domain.reply_content import Item, ItemDecision, ReplyContent, SearchRecord, check_reply, letter_fields
from caseapp.gateways.document_check import Finding
from caseapp.gateways.official_document import set_document
from caseapp.models import Case, Letter, Person, Reply
from caseapp.services import (
    audit,
    cases,
    consulted,
    correction_transfers,
    deadlines,
    letter_checks,
    letters,
    publications,
    reply_files,
    reply_gates,
)


def of(case_id: int) -> Reply | None:
    """Return the reply of the case, if one has been drafted."""
    drafter = joinedload(Reply.drafted_by).lazyload(Person.roles)
    return db.session.get(Reply, case_id, options=[drafter])


def content_of(reply: Reply) -> ReplyContent:
    """Return what the drafted reply states."""
    return _from_stored(reply.content)


def save_draft(case_id: int, content: ReplyContent, *, version: int, actor: Actor, at: datetime) -> None:
    """Keep a draft as it is, complete or not; what the law asks for is judged when it is sent for approval."""
    case = cases.take_up(case_id, action=Action.DRAFT_REPLY, version=version, actor=actor)
    _keep(case, content, actor=actor, at=at)
    cases.move(case, Action.DRAFT_REPLY, at=at)

    audit.record(case, EventKind.REPLY_DRAFTED, actor=actor, at=at, outcome=OUTCOMES[content.outcome].label)


def submit(case_id: int, content: ReplyContent, *, version: int, actor: Actor, at: datetime) -> None:
    """Send the reply for approval; refuses what leaves out a statement or an asked opinion (R24, R25, R31 to R34)."""
    case = cases.take_up(case_id, action=Action.SUBMIT_REPLY, version=version, actor=actor)
    check_fits(case.case_kind, content.outcome)
    check_items(content)
    check_reply(content)
    check_reply_with_consultations(content, consulted.rules_of(case, today=local_date(at)))
    compose(case, content, dated_on=local_date(at))

    reply = _keep(case, content, actor=actor, at=at)
    reply.status = ReplyStatus.SUBMITTED
    reply.submitted_by_id, reply.submitted_at = actor.id, at
    cases.move(case, Action.SUBMIT_REPLY, at=at)

    audit.record(case, EventKind.REPLY_SUBMITTED, actor=actor, at=at, outcome=OUTCOMES[content.outcome].label)


def return_to_officer(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Send the reply back to be mended; a changed text needs a new approval (R48)."""
    case = cases.take_up(case_id, action=Action.RETURN_REPLY, version=version, actor=actor)
    reply = _submitted(case)
    check_two_people(proposed_by=(reply.drafted_by_id, reply.submitted_by_id), decided_by=actor.id)

    reply.status, reply.returned_reason = ReplyStatus.RETURNED, reason
    cases.move(case, Action.RETURN_REPLY, at=at)

    audit.record(case, EventKind.REPLY_RETURNED, actor=actor, at=at, reason=reason)


def issue(case_id: int, *, version: int, actor: Actor, at: datetime) -> Letter:
    """Approve the reply and issue its letter; online it is delivered in the same act (L8)."""
    case = cases.take_up(case_id, action=Action.ISSUE_REPLY, version=version, actor=actor)
    reply = _submitted(case)
    content = content_of(reply)
    check_two_people(proposed_by=(reply.drafted_by_id, reply.submitted_by_id), decided_by=actor.id)
    check_reply(content)
    check_reply_with_consultations(content, consulted.rules_of(case, today=local_date(at)))
    letters.check_can_go_online(case)

    today = local_date(at)
    fields = _fields(case, content, dated_on=today)
    correction_transfers.issue_with(case, content, actor=actor, at=at)
    names = reply_files.names(case, content.outcome)
    letter = letters.issue(case, _kind(content), fields, actor=actor, at=at, attachments=names)
    reply.status, reply.issued_by_id, reply.issued_at = ReplyStatus.ISSUED, actor.id, at
    case.outcome = content.outcome
    cases.move(case, Action.ISSUE_REPLY, at=at)
    deadlines.refresh(case, at=at)
    audit.record(
        case,
        EventKind.REPLY_ISSUED,
        actor=actor,
        at=at,
        outcome=OUTCOMES[content.outcome].label,
        letter_number=letter.number,
    )
    if case.delivery_way is DeliveryWay.ONLINE:
        _delivered(case, letter, on=today, tracking_number="", actor=actor, at=at)
    return letter


@dataclass(frozen=True, kw_only=True)
class Handover:
    """When and how an issued letter left: posted with its number, or signed for at the counter."""

    on: date
    tracking_number: str


def deliver(case_id: int, handover: Handover, *, version: int, actor: Actor, at: datetime) -> None:
    """Record the posting or the signature: the day on which the case counts as answered (L8, R29)."""
    case = cases.take_up(case_id, action=Action.DELIVER, version=version, actor=actor)
    reply = db.session.get_one(Reply, case.id)
    letter = letters.latest(case.id, _kind(content_of(reply)))
    check_delivery(on=handover.on, issued_on=letter.dated_on, today=local_date(at))
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(handover.tracking_number)

    _delivered(case, letter, on=handover.on, tracking_number=handover.tracking_number, actor=actor, at=at)


def _delivered(case: Case, letter: Letter, *, on: date, tracking_number: str, actor: Actor, at: datetime) -> None:
    letters.deliver(letter, way=case.delivery_way, on=on, tracking_number=tracking_number, actor=actor, at=at)
    case.answered_on = on
    reply = db.session.get_one(Reply, case.id)
    content = content_of(reply)
    cases.count_in_report(case, row=report_row(content.outcome, content.ground), on=on)
    cases.move(case, Action.DELIVER, at=at)
    deadlines.refresh(case, at=at)
    publications.follow(case, at=at)

    audit.record(
        case,
        EventKind.DELIVERED,
        actor=actor,
        at=at,
        on=on,
        way=case.delivery_way.label,
        tracking_number=tracking_number or None,
        letter_number=letter.number,
    )


def compose(case: Case, content: ReplyContent, *, dated_on: date) -> OfficialDocument:
    """Return the letter that this reply would make, still without its number."""
    return _composed(case, content, _fields(case, content, dated_on=dated_on), dated_on=dated_on)


def _composed(
    case: Case, content: ReplyContent, fields: Mapping[str, FieldValue], *, dated_on: date
) -> OfficialDocument:
    return letters.compose(
        case,
        _kind(content),
        fields,
        number=None,
        dated_on=dated_on,
        attachments=reply_files.names(case, content.outcome),
    )


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A letter as it would be issued, with every requirement and what the finished file says to it."""

    document: OfficialDocument
    findings: list[Finding]

    @property
    def is_good(self) -> bool:
        return all(one.ok for one in self.findings)


def proof(case: Case, content: ReplyContent, *, dated_on: date) -> Proof:
    """Return the letter of this reply with its check list, for the one who decides."""
    fields = _fields(case, content, dated_on=dated_on)
    document = _composed(case, content, fields, dated_on=dated_on)
    found = letter_checks.findings(case, _kind(content), fields, document, set_document(document))
    return Proof(document=document, findings=found)


def _fields(case: Case, content: ReplyContent, *, dated_on: date) -> dict[str, FieldValue]:
    if case.department is None:
        raise letters.NoDepartment()
    organ = letters.profile(case.department)
    fields: dict[str, FieldValue] = dict(letter_fields(content))
    for typed in fields.values():
        if isinstance(typed, str):
            check_wording(typed, letter_date=dated_on, organ_kind=organ.kind)
    fields |= reply_gates.letter_fields(case, content)
    fields["remedy"] = remedy_paragraph(content.outcome, content.ground, letter_date=dated_on, profile=organ)
    return fields


def _kind(content: ReplyContent) -> LetterKind:
    kind = OUTCOMES[content.outcome].letter
    if kind is None:
        raise OutcomeNotOffered(outcome=OUTCOMES[content.outcome].label)
    return kind


def _keep(case: Case, content: ReplyContent, *, actor: Actor, at: datetime) -> Reply:
    reply = of(case.id)
    if reply is None:
        reply = Reply(case_id=case.id)
        db.session.add(reply)
    reply.status = ReplyStatus.DRAFT
    reply.outcome, reply.content = content.outcome, _stored(content)
    reply.drafted_by_id, reply.drafted_at = actor.id, at
    return reply


def _submitted(case: Case) -> Reply:
    reply = of(case.id)
    if reply is None or reply.status is not ReplyStatus.SUBMITTED or case.status is not Status.IN_APPROVAL:
        raise NothingDrafted()
    return reply


def _stored(content: ReplyContent) -> dict[str, object]:
    """Return the content as plain JSON values."""

    def plain(value: object) -> object:
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Mapping):
            return {name: plain(part) for name, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [plain(part) for part in value]
        return value

    return {name: plain(value) for name, value in asdict(content).items()}


def _from_stored(stored: Mapping[str, object]) -> ReplyContent:
    values = dict(stored)
    search = values.pop("search", None)
    ground = values.pop("ground", None)
    if isinstance(search, Mapping):
        searched_on = search.get("searched_on")
        search = SearchRecord(**{**search, "searched_on": date.fromisoformat(searched_on) if searched_on else None})
    items = values.pop("items", None)
    return ReplyContent(
        **{  # type: ignore[arg-type]
            **values,
            "items": tuple(_item(one) for one in items) if isinstance(items, list) else (),
            "outcome": Outcome(str(values["outcome"])),
            "ground": Ground(str(ground)) if ground else None,
            "search": search,
        }
    )


def _item(stored: Mapping[str, str | None]) -> Item:
    return Item(
        name=stored["name"] or "",
        decision=ItemDecision(stored["decision"]) if stored["decision"] else None,
        ground=Ground(stored["ground"]) if stored["ground"] else None,
        reason=stored["reason"] or "",
    )
