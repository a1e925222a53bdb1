"""The forms that stay inside the office, filled from what the case holds; made anew each time, so never stale."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.grounds import GROUNDS
from caseapp.domain.internal_sheets import (
    SHEETS,
    AskedExtension,
    Rows,
    Search,
    SentLetter,
    SheetFacts,
    SheetKind,
    Signed,
    SubmittedReply,
    sheets,
)
from caseapp.domain.letters import FIELDS, LETTERS, chinese_date
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.permissions import Actor, NotVisible
from caseapp.domain.reply_content import ReplyContent, letter_fields
from caseapp.gateways.sheet_document import sheet_document
from caseapp.models import Case, Extension, Letter, Person, Reply
from caseapp.services import cases, letter_papers, letters, replies
from caseapp.services.letters import Download

# Statements of a reply that have a row of their own on the form, or none.
ELSEWHERE = frozenset({"ground", "ground_article"})


def listed(case_id: int, *, actor: Actor) -> list[SheetKind]:
    """Return which forms the path of the case has used; raises `NotVisible`."""
    return list(sheets(_facts(cases.get(case_id, actor=actor))))


def sheet(case_id: int, kind: SheetKind, *, actor: Actor) -> Download:
    """Return one form as .docx to who may read the case; raises `NotVisible`, also for a form that it has not."""
    case = cases.get(case_id, actor=actor)
    rows = sheets(_facts(case)).get(kind)
    if rows is None:
        raise NotVisible()
    return _document(case, kind, rows)


def of_case(case: Case) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every form of the case."""
    for kind, rows in sheets(_facts(case)).items():
        made = _document(case, kind, rows)
        yield f"{SHEETS[kind].code}_{SHEETS[kind].title}.docx", made.content


def _document(case: Case, kind: SheetKind, rows: Rows) -> Download:
    row = SHEETS[kind]
    organ = case.department.name if case.department else "政府信息公开工作机构"
    basis = row.basis if row.basis.startswith("国办") else f"《中华人民共和国政府信息公开条例》{row.basis}"
    content = sheet_document(title=row.title, organ=organ, rows=rows, note=f"依据：{basis}")
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
    )


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
    recorder = db.session.scalar(select(Person.name).where(Person.id == delivery.recorded_by_id)) if delivery else ""
    return SentLetter(
        label=LETTERS[letter.kind].label,
        number=letter.number,
        way=way.label,
        in_person=way is DeliveryWay.IN_PERSON,
        tracking_number=delivery.tracking_number if delivery else "",
        delivered_on=delivery.on if delivery else None,
        recorded_by=recorder or "",
        failures=tuple(
            f"{chinese_date(row.on)}{row.way.label}未能送达：{row.reason}"
            for row in letter_papers.failures_of(case.id)
            if row.letter_id == letter.id
        ),
    )
