"""Filing: one act makes the case, its number, due dates, first event and route; a repeated post makes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from caseapp.db import db, table_of
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind, masked_id
from caseapp.domain.lifecycle import Status
from caseapp.domain.moments import local_date
from caseapp.domain.numbering import case_number
from caseapp.domain.rulesets import check_local_standard, statute_for
from caseapp.models import Applicant, Attachment, Case, FilingDraft
from caseapp.services import audit, deadlines, drafts, duties, installation, numbering, routing

# What shows that a step was filled in: files can be attached before the request has been described.
NEEDED = {"kind": "kind", "applicant": "name", "information": "description", "delivery": "way"}

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
        return _filed(db.session.get_one(Case, draft.case_id), key, first_time=False)
    answers = drafts.answers_of(draft)
    check_complete(answers)

    case = _new_case(key, answers, at=at)
    _take_over(draft, case, at=at)
    events: list[audit.Happened] = [(EventKind.FILED, {"due_on": case.local_due_on})]
    if case.department is not None:
        events.append((EventKind.ASSIGNED, {"department": case.department.name, "reason": case.routing_note}))
    audit.record_all(case, events, actor=None, at=at)
    return _filed(case, key, first_time=True)


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


def _filed(case: Case, key: str, *, first_time: bool) -> Filed:
    code = installation.current().vault.query_code(key)
    return Filed(case_id=case.id, number=case.number, query_code=code, first_time=first_time)


def _new_case(key: str, answers: Mapping[str, Mapping[str, object]], *, at: datetime) -> Case:
    received_on = local_date(at)
    information, delivery = answers["information"], answers["delivery"]
    vault = installation.current().vault
    local, statute = deadlines.local_standard(received_on), statute_for(received_on)
    check_local_standard(local, statute)
    case = Case(
        number=case_number(year=received_on.year, serial=_next_case_serial(received_on)),
        filing_digest=drafts.digest(key),
        query_digest=vault.digest(vault.query_code(key), purpose="query code"),
        title=information["title"],
        document_no=information["document_no"],
        description=information["description"],
        medium=Medium(str(delivery["medium"])),
        delivery_way=DeliveryWay(str(delivery["way"])),
        filed_at=at,
        received_on=received_on,
        local_rule_set=local.id,
        statute=statute.id,
        changed_at=at,
    )
    _route(case)
    clocks = deadlines.set_first(case, today=received_on)
    case.applicant = _applicant(answers, number=case.number)
    db.session.add(case)
    db.session.flush()
    duties.begin(case, clocks, today=received_on)
    return case


def _next_case_serial(received_on: date) -> int:
    return numbering.next_serial("cases", year=received_on.year)


def _route(case: Case) -> None:
    proposed = routing.suggestion(title=case.title, document_no=case.document_no, description=case.description)
    clear = routing.apply_suggestion(case, proposed)
    case.department = clear
    case.status = Status.IN_HAND if clear else Status.REGISTERED


def _applicant(answers: Mapping[str, Mapping[str, object]], *, number: str) -> Applicant:
    """Return the applicant's row; the identity number is sealed to the case's number and masked everywhere else."""
    kind = ApplicantKind(str(answers["kind"]["kind"]))
    given = {name: str(value or "") for name, value in answers["applicant"].items()}
    identity_number = given["credit_code"] if kind.is_organisation else given["identity_number"]
    return Applicant(
        kind=kind,
        name=given["name"],
        identity_kind=None if kind.is_organisation else IdentityKind(given["identity_kind"]),
        identity_sealed=installation.current().vault.seal(identity_number, bound_to=f"identity {number}"),
        identity_masked=masked_id(identity_number),
        identity_digest=installation.current().vault.digest(identity_number.upper(), purpose="same applicant"),
        representative=given.get("representative", ""),
        contact_person=given.get("contact_person", ""),
        agent_name=str(answers["kind"].get("agent_name") or ""),
        phone=given["phone"],
        address=str(answers["delivery"].get("address") or ""),
    )


def _take_over(draft: FilingDraft, case: Case, *, at: datetime) -> None:
    """Move the files to the case and empty the draft: nothing typed is kept twice."""
    db.session.execute(TAKE_OVER_FILES, {"draft": draft.id, "case": case.id})
    draft.answers_sealed = drafts.emptied(draft.key_digest)
    draft.case_id, draft.changed_at = case.id, at
