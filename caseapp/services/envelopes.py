"""The envelope in which the letters of a case are posted; only for those who send them, since it bears the address."""

import re

from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Actor, Permission
from caseapp.gateways.envelope import POSTCODE_DIGITS, Envelope, envelope_document
from caseapp.services import cases, installation
from caseapp.services.letters import Download

_POSTCODE = re.compile(rf"(?<![0-9])[0-9]{{{POSTCODE_DIGITS}}}(?![0-9])")


class NoAddress(DomainError):
    text = "申请人没有留下通信地址，无法制作信封。"


def envelope(case_id: int, *, actor: Actor) -> Download:
    """Return the envelope as .docx; raises `NotVisible`, `NotPermitted` or `NoAddress`."""
    case = cases.get(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    office, applicant = installation.current().settings.office, case.applicant
    if not applicant.address:
        raise NoAddress()
    found = _POSTCODE.search(applicant.address)
    address = _POSTCODE.sub("", applicant.address, count=1).strip(" ,，;；")
    content = envelope_document(
        Envelope(
            postcode=found.group() if found else "",
            address=address,
            receiver=applicant.name,
            sender=case.department.name if case.department else office.name,
            sender_address=(case.department.address if case.department else "") or office.address,
            sender_phone=(case.department.phone if case.department else "") or office.phone,
        )
    )
    return Download(name=f"信封_{case.number}.docx", content=content)
