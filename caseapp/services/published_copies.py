"""公开的副本: an item drafted from what an answer disclosed, without the personal data of anybody (art. 15, 44)."""

from collections.abc import Sequence

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain import masked_copy
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Actor, Permission
from caseapp.domain.publication import DISCLOSES
from caseapp.models import Applicant, Case, Item
from caseapp.services import cases, replies

MOST = 20


class NothingToCopy(DomainError):
    text = "只有已经予以公开或部分公开的答复，可以制作公开的副本。"


def can_be_copied(case: Case) -> bool:
    """Return whether the case has an answer that may be published (art. 44)."""
    return case.status is Status.ANSWERED and case.outcome in DISCLOSES


def source(case_id: int, *, actor: Actor) -> Case:
    """Return the case whose answer may be published; raises `NotVisible`, `NotPermitted` or `NothingToCopy`."""
    case = cases.get(case_id, actor=actor, permission=Permission.WORK_ON_CASE)
    if not can_be_copied(case):
        raise NothingToCopy()
    return case


def proposed(case: Case) -> dict[str, object]:
    """Return what the form of the copy begins with: title, number and text of the answer, masked as far as is certain.

    The machine masks the names and numbers that the case holds and what looks like a number of a person; whether
    anything else tells of somebody, a person judges.
    """
    names = _names(case.applicant)
    reply = replies.of(case.id)
    content = replies.content_of(reply) if reply else None
    texts = (content.given, content.facts) if content else ()
    return {
        "title": masked_copy.mask(case.title, names),
        "document_no": masked_copy.mask(case.document_no, names),
        "body": masked_copy.mask("\n\n".join(text for text in texts if text), names),
        "made_on": case.answered_on,
    }


def check(case_id: int, title: str, document_no: str, body: str) -> None:
    """Refuse a copy in which personal data are left; raises `PersonalDataLeft`."""
    names = _names(db.session.scalars(select(Applicant).where(Applicant.case_id == case_id)).one())
    for label, field, text in (("标题", "title", title), ("文号", "document_no", document_no), ("正文", "body", body)):
        masked_copy.check_copy(text, names, label=label, field=field)


def of_case(case_id: int) -> Sequence[Item]:
    """Return the items that are copies of the case's answer, the newest first."""
    query = select(Item).where(Item.source_case_id == case_id).order_by(Item.id.desc())
    return db.session.scalars(query.limit(MOST)).all()


def _names(applicant: Applicant) -> tuple[str, ...]:
    return (
        *(applicant.name, applicant.representative, applicant.contact_person, applicant.agent_name),
        *(applicant.phone, applicant.address, applicant.email),
    )
