"""作废: an issued answer that has not left the office is voided with a reason; its number is never used again (R44)."""

from datetime import datetime

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.domain.replies import ReplyStatus
from caseapp.models import Reply, VoidedLetter
from caseapp.services import audit, cases, deadlines, letters


def void_answer(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Void the answer that waits for its delivery and give the case back to the officer; the clock has not stopped.

    The letter, its bytes and its number stay as they are, shown as voided; the next letter gets the next number.
    Raises `NotVisible`, `NotPermitted`, `CaseChanged` or `ActionNotAllowed`.
    """
    case = cases.take_up(case_id, action=Action.VOID_LETTER, version=version, actor=actor)
    letter = letters.of_case(case.id)[-1]  # while an answer waits for its delivery, no other letter is issued
    reply = db.session.get_one(Reply, case.id)

    db.session.add(VoidedLetter(letter_id=letter.id, reason=reason, voided_by_id=actor.id, voided_at=at))
    reply.status, reply.returned_reason = ReplyStatus.RETURNED, reason
    reply.submitted_by_id = reply.submitted_at = reply.issued_by_id = reply.issued_at = None
    case.outcome = None
    cases.move(case, Action.VOID_LETTER, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.LETTER_VOIDED, actor=actor, at=at, letter_number=letter.number, reason=reason)
