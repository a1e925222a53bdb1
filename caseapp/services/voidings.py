"""作废: an issued answer that has not left the office is voided with a reason; its number is never used again (R44)."""

from datetime import datetime

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor
from caseapp.domain.replies import ReplyStatus
from caseapp.models import Reply, VoidedLetter
from caseapp.services import audit, cases, correction_transfers, deadlines, letters


def void_answer(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Void the answer that waits for its delivery and give the case back to the officer; the clock has not stopped.

    The letter, its bytes and its number stay as they are, shown as voided; the next letter gets the next number.
    A 转送函 that was issued with it and has not left is voided too.
    Raises `NotVisible`, `NotPermitted`, `CaseChanged` or `ActionNotAllowed`.
    """
    case = cases.take_up(case_id, action=Action.VOID_LETTER, version=version, actor=actor)
    letter, *with_it = reversed(letters.of_case(case.id))  # while an answer waits, no other letter is issued
    reply = db.session.get_one(Reply, case.id)

    passed_on = [row for row in with_it if correction_transfers.waits(row)]
    for row in (letter, *passed_on):
        db.session.add(VoidedLetter(letter_id=row.id, reason=reason, voided_by_id=actor.id, voided_at=at))
    reply.status, reply.returned_reason = ReplyStatus.RETURNED, reason
    reply.submitted_by_id = reply.submitted_at = reply.issued_by_id = reply.issued_at = None
    case.outcome = None
    cases.move(case, Action.VOID_LETTER, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.LETTER_VOIDED, actor=actor, at=at, letter_number=letter.number, reason=reason)
