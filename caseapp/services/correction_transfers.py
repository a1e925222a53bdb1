"""转送函: a correction that another organ decides goes there with its evidence with the answer (art. 41)."""

from datetime import date, datetime

from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import TO_AN_ORGANISATION, LetterKind
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor, Permission
from caseapp.domain.post import check_tracking_number
from caseapp.domain.replies import check_delivery
from caseapp.domain.reply_content import ReplyContent
from caseapp.models import Case, Letter
from caseapp.services import audit, cases, letter_papers, letters

APPLICATION = "政府信息更正申请"


class NoTransferWaits(DomainError):
    text = "这份文书的送达不在这里登记，或者已经登记过了。"


def issue_with(case: Case, content: ReplyContent, *, actor: Actor, at: datetime) -> Letter | None:
    """Issue the letter that passes the correction on, before the answer that says so; `None` for any other answer."""
    if content.outcome is not Outcome.CORRECTION_PASSED_ON:
        return None
    fields = letters.common_fields(case)
    needed = {name: fields[name] for name in ("received_on", "case_number", "title", "contact")}
    return letters.issue(
        case,
        LetterKind.CORRECTION_TRANSFER,
        {**needed, "you": TO_AN_ORGANISATION, "facts": content.facts},
        actor=actor,
        at=at,
        attachments=(APPLICATION, *(file.original_name for file in case.attachments)),
        addressee=content.right_organ,
    )


def waits(letter: Letter) -> bool:
    """Return whether this is a 转送函 whose delivery is not on record."""
    return letter.kind is LetterKind.CORRECTION_TRANSFER and letter.delivery is None and letter.voided is None


def record_delivery(
    case_id: int, *, letter_id: int, way: DeliveryWay, on: date, tracking_number: str, actor: Actor, at: datetime
) -> None:
    """Record when the organ got the letter; nothing of the case moves, for the applicant has his answer.

    Raises `NotVisible`, `NotPermitted`, `NoTransferWaits`, `NotByPost`, or a refusal of the date.
    """
    case = cases.lock(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    letter = letter_papers.get_letter(case_id, letter_id, actor=actor)
    if not waits(letter):
        raise NoTransferWaits()
    check_delivery(on=on, issued_on=letter.dated_on, today=local_date(at))
    number = check_tracking_number(tracking_number) if way is DeliveryWay.POST else ""

    letters.deliver(letter, way=way, on=on, tracking_number=number, actor=actor, at=at)

    shown = {"on": on, "way": way.label, "tracking_number": number or None, "letter_number": letter.number}
    audit.record(case, EventKind.TRANSFER_DELIVERED, actor=actor, at=at, **shown)
