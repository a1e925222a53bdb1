"""The envelope in which the letters of a case are posted; only for those who send them, since it bears the address."""

import re

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Actor, NotPermitted, Permission, is_granted, may_ever
from caseapp.gateways.envelope import POSTCODE_DIGITS, Envelope, envelope_document
from caseapp.gateways.label_sheet import ON_A_SHEET, Label, label_sheet
from caseapp.models import Applicant, Case
from caseapp.services import cases, installation
from caseapp.services.letters import Download

_POSTCODE = re.compile(rf"(?<![0-9])[0-9]{{{POSTCODE_DIGITS}}}(?![0-9])")


class NoAddress(DomainError):
    text = "申请人没有留下通信地址，无法制作信封。"


class NothingToPost(DomainError):
    text = "现在没有等待邮寄、又留有通信地址的答复书。"


def labels(*, actor: Actor) -> Download:
    """Return address labels for the answers that wait to be posted, the most urgent first, one sheet at most.

    A clerk gets those of every department, an officer those of his own; raises `NotPermitted` or `NothingToPost`.
    """
    if not may_ever(actor, Permission.RECORD_DELIVERY):
        raise NotPermitted()
    query = select(Applicant.name, Applicant.address).join(Case, Case.id == Applicant.case_id)
    query = query.where(Case.status == Status.ISSUED, Case.delivery_way == DeliveryWay.POST, Applicant.address != "")
    if not is_granted(actor, Permission.RECORD_DELIVERY):
        query = query.where(Case.department_id == actor.department_id)
    rows = db.session.execute(query.order_by(Case.urgency_on, Case.id).limit(ON_A_SHEET)).all()
    if not rows:
        raise NothingToPost()
    return Download(name="地址标签.docx", content=label_sheet([_label(name, address) for name, address in rows]))


def _label(name: str, typed: str) -> Label:
    postcode, address = _taken_apart(typed)
    return Label(postcode=postcode, address=address, receiver=name)


def _taken_apart(typed: str) -> tuple[str, str]:
    """Return postcode and address of what an applicant typed as his address."""
    found = _POSTCODE.search(typed)
    return (found.group() if found else ""), _POSTCODE.sub("", typed, count=1).strip(" ,，;；")


def envelope(case_id: int, *, actor: Actor) -> Download:
    """Return the envelope as .docx; raises `NotVisible`, `NotPermitted` or `NoAddress`."""
    case = cases.get(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    office, applicant = installation.current().settings.office, case.applicant
    if not applicant.address:
        raise NoAddress()
    postcode, address = _taken_apart(applicant.address)
    content = envelope_document(
        Envelope(
            postcode=postcode,
            address=address,
            receiver=applicant.name,
            sender=case.department.name if case.department else office.name,
            sender_address=(case.department.address if case.department else "") or office.address,
            sender_phone=(case.department.phone if case.department else "") or office.phone,
        )
    )
    return Download(name=f"信封_{case.number}.docx", content=content)
