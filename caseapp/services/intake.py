"""Filing: one act makes the case, its number, due dates, first event and route; a repeated post makes nothing.

What comes on paper, by fax or by word of mouth is registered through the same steps (services.registration).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from caseapp.db import db, table_of
from caseapp.domain.correction import CaseKind, check_evidence
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind, masked_id
from caseapp.domain.lifecycle import Status
from caseapp.domain.moments import local_date
from caseapp.domain.numbering import case_number
from caseapp.domain.receipt import Channel, Receipt, check_open, closed_channels
from caseapp.domain.rulesets import check_local_standard, statute_for
from caseapp.models import Applicant, Attachment, Case, FilingDraft
from caseapp.services import (
    attachments,
    audit,
    deadlines,
    drafts,
    duties,
    installation,
    numbering,
    publications,
    routing,
    search,
)

# What shows that a step was filled in: files can be attached before the request has been described.
NEEDED = {"kind": "kind", "applicant": "name", "information": "description", "delivery": "way"}

Answers = Mapping[str, Mapping[str, object]]

ATTACHMENTS = table_of(Attachment)
TAKE_OVER_FILES = (
    update(ATTACHMENTS)
    .where(ATTACHMENTS.c.draft_id == bindparam("draft"))
    .values(draft_id=None, case_id=bindparam("case"))
)


class DraftGone(DomainError):
    text = "您填写的内容已超过保存时间，请重新填写。"


class StepMissing(DomainError):
    text = "请先填完前面的步骤，再提交。"

    def __init__(self, *, step: str) -> None:
        self.step = step
        super().__init__()


@dataclass(frozen=True, kw_only=True)
class Filed:
    """What the applicant takes away: the number, and the query code that only he gets to see."""

    case_id: int
    number: str
    query_code: str
    first_time: bool


def check_complete(answers: drafts.Answers) -> None:
    """Refuse with `StepMissing`, naming the first step that is not filled in (art. 29, para. 2)."""
    for step, needed in NEEDED.items():
        if not answers.get(step, {}).get(needed):
            raise StepMissing(step=step)


def file(key: str, *, at: datetime) -> Filed:
    """Register the draft of this key as a case; the same key returns the same case (L7)."""
    draft = drafts.lock(key)
    if draft is None:
        raise DraftGone()
    if draft.case_id is not None:
        return filed(draft.case_id, key, first_time=False)
    check_open(Channel.ONLINE, closed=closed())
    answers = drafts.answers_of(draft)
    check_complete(answers)
    case_kind = CaseKind(str(answers["kind"].get("case_kind") or CaseKind.DISCLOSURE))
    check_evidence(case_kind, files=attachments.how_many(draft))

    case = enter(draft, key, answers, _online(local_date(at)), at=at)
    audit.record_all(case, [(EventKind.FILED, {"due_on": case.local_due_on}), *assigned(case)], actor=None, at=at)
    return filed(case.id, key, first_time=True)


def _online(day: date) -> Receipt:
    """Return the receipt of a request filed online: the page confirms by itself, unless a person is to do it (L7)."""
    confirmed_on = day if installation.current().settings.confirms_itself else None
    return Receipt(channel=Channel.ONLINE, arrived_on=day, confirmed_on=confirmed_on)


def closed() -> frozenset[Channel]:
    """Return the channels that this office has switched off."""
    return closed_channels(installation.current().settings.closed_channels)


def enter(draft: FilingDraft, key: str, answers: Answers, receipt: Receipt, *, at: datetime) -> Case:
    """Make the case of this draft, with number, route, due dates and duties; its files move along, the draft ends."""
    case = _new_case(key, answers, receipt, at=at)
    _take_over(draft, case, at=at)
    search.put(case)
    return case


def assigned(case: Case) -> list[audit.Happened]:
    """Return the event of a route that was clear, if it was."""
    if case.department is None:
        return []
    return [(EventKind.ASSIGNED, {"department": case.department.name, "reason": case.routing_note})]


def filed_with(key: str) -> tuple[Case, str] | None:
    """Return the case filed with this key and its query code, so that the receipt can be reached again."""
    query = (
        select(Case)
        .join(FilingDraft, FilingDraft.case_id == Case.id)
        .where(FilingDraft.key_digest == drafts.digest(key))
        .options(joinedload(Case.applicant))
    )
    case = db.session.scalar(query)
    return (case, installation.current().vault.query_code(key)) if case else None


def filed(case_id: int, key: str, *, first_time: bool) -> Filed:
    """Return what is handed over after filing; whoever holds the key may have the query code again."""
    case = db.session.get_one(Case, case_id)
    code = installation.current().vault.query_code(key)
    return Filed(case_id=case.id, number=case.number, query_code=code, first_time=first_time)


def _new_case(key: str, answers: Answers, receipt: Receipt, *, at: datetime) -> Case:
    received_on, today = receipt.received_on, local_date(at)
    information, delivery = answers["information"], answers["delivery"]
    vault = installation.current().vault
    local, statute = deadlines.local_standard(received_on), statute_for(received_on)
    check_local_standard(local, statute)
    case = Case(
        number=next_number(today),
        filing_digest=drafts.digest(key),
        query_digest=vault.digest(vault.query_code(key), purpose="query code"),
        case_kind=CaseKind(str(answers["kind"].get("case_kind") or CaseKind.DISCLOSURE)),
        title=information["title"],
        document_no=information["document_no"],
        description=information["description"],
        medium=Medium(str(delivery["medium"])),
        delivery_way=DeliveryWay(str(delivery["way"])),
        filed_at=at,
        channel=receipt.channel,
        arrived_on=receipt.arrived_on,
        confirmed_on=receipt.confirmed_on,
        receipt_note=receipt.note,
        help_needed=receipt.help_needed,
        received_on=received_on,
        local_rule_set=local.id,
        statute=statute.id,
        changed_at=at,
    )
    case.information_key = publications.key_of(case)
    route(case)
    clocks = deadlines.set_first(case, today=today)
    case.applicant = _applicant(answers, number=case.number)
    db.session.add(case)
    db.session.flush()
    duties.begin(case, clocks, today=today)
    return case


def next_number(today: date) -> str:
    """Return the next case number of the year, taken from its locked counter."""
    return case_number(year=today.year, serial=numbering.next_serial("cases", year=today.year))


def route(case: Case) -> None:
    """Write the suggested route to a case; while its receipt is unconfirmed, it waits at the window (待确认)."""
    proposed = routing.suggestion(title=case.title, document_no=case.document_no, description=case.description)
    clear = routing.apply_suggestion(case, proposed)
    if case.confirmed_on is None:
        case.status, case.department_id = Status.AWAITING_CONFIRMATION, None
        return
    case.department = clear
    case.status = Status.IN_HAND if clear else Status.REGISTERED


def _applicant(answers: Answers, *, number: str) -> Applicant:
    """Return the applicant's row; the identity number is sealed to the case's number and masked everywhere else.

    Who gave no number on paper is the same applicant as nobody.
    """
    kind = ApplicantKind(str(answers["kind"]["kind"]))
    given = {name: str(value or "") for name, value in answers["applicant"].items()}
    identity_number = given["credit_code"] if kind.is_organisation else given["identity_number"]
    return Applicant(
        kind=kind,
        name=given["name"],
        identity_kind=None if kind.is_organisation else IdentityKind(given["identity_kind"]),
        identity_sealed=installation.current().vault.seal(identity_number, bound_to=f"identity {number}"),
        identity_masked=masked_id(identity_number),
        identity_digest=installation.current().vault.digest(
            identity_number.upper() or f"none {number}", purpose="same applicant"
        ),
        representative=given.get("representative", ""),
        contact_person=given.get("contact_person", ""),
        agent_name=str(answers["kind"].get("agent_name") or ""),
        phone=given["phone"],
        address=str(answers["delivery"].get("address") or ""),
        email=str(answers["delivery"].get("email") or ""),
    )


def _take_over(draft: FilingDraft, case: Case, *, at: datetime) -> None:
    """Move the files to the case and empty the draft: nothing typed is kept twice."""
    db.session.execute(TAKE_OVER_FILES, {"draft": draft.id, "case": case.id})
    draft.answers_sealed = drafts.emptied(draft.key_digest)
    draft.resume_digest = draft.kept_until = None
    draft.case_id, draft.changed_at = case.id, at
