"""Extending the reply period (art. 33, para. 2): proposed, decided by another person, effective once told."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import extension as rules
from caseapp.domain.document import OfficialDocument
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.post import check_tracking_number
from caseapp.domain.rulesets import by_id
from caseapp.models import Case, Extension, Letter, Person
from caseapp.services import audit, cases, deadlines, letters
from caseapp.services.deadlines import Moved


def latest(case_id: int) -> Extension | None:
    """Return the newest extension of the case, whatever became of it."""
    return db.session.scalar(
        select(Extension)
        .where(Extension.case_id == case_id)
        .options(
            joinedload(Extension.proposed_by).lazyload(Person.roles),
            joinedload(Extension.decided_by).lazyload(Person.roles),
        )
        .order_by(Extension.id.desc())
        .limit(1)
    )


def of_period(case: Case, extension: Extension | None) -> ExtensionStatus | None:
    """Return how the newest extension stands, `None` for one that ended with an earlier period (R19: once a period)."""
    if extension is None:
        return None
    ended = extension.status is ExtensionStatus.NOTIFIED and extension.counted_from != case.counted_from
    return None if ended else extension.status


def limit(case: Case) -> int:
    """Return the most working days by which the period of this case may be extended (R19)."""
    return by_id(case.local_rule_set).extension_days


def would_move(case: Case, working_days: int, *, today: date) -> Moved:
    """Return the dates that a proposal would lead to; refuses what `propose` would refuse."""
    rules.check_once(of_period(case, latest(case.id)))
    rules.check_length(working_days, limit=limit(case))
    rules.check_in_time(due_on=case.local_due_on, today=today)
    return deadlines.if_extended(case, working_days, today=today)


def notice(case: Case, extension: Extension, *, today: date) -> OfficialDocument:
    """Return the notice letter that approving this proposal would issue, still without its number."""
    fields = notice_fields(case, extension, today=today)
    return letters.compose(case, LetterKind.EXTENSION_NOTICE, fields, number=None, dated_on=today)


def propose(case_id: int, *, working_days: int, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Ask the head for more time, while the period still runs."""
    case = cases.take_up(case_id, action=Action.PROPOSE_EXTENSION, version=version, actor=actor)
    rules.check_once(of_period(case, latest(case.id)))
    rules.check_length(working_days, limit=limit(case))
    rules.check_in_time(due_on=case.local_due_on, today=local_date(at))

    proposed = Extension(
        case_id=case.id,
        status=ExtensionStatus.PROPOSED,
        counted_from=case.counted_from,
        working_days=working_days,
        reason=reason,
        proposed_by_id=actor.id,
        proposed_at=at,
    )
    db.session.add(proposed)
    cases.move(case, Action.PROPOSE_EXTENSION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.EXTENSION_PROPOSED, actor=actor, at=at, working_days=working_days, reason=reason)


def approve(case_id: int, *, version: int, actor: Actor, at: datetime) -> Letter:
    """Grant the proposed extension and issue its notice; the due date moves once the applicant has been told."""
    case = cases.take_up(case_id, action=Action.APPROVE_EXTENSION, version=version, actor=actor)
    extension = _waiting(case)
    today = local_date(at)
    rules.check_two_people(proposed_by=(extension.proposed_by_id,), decided_by=actor.id)
    rules.check_length(extension.working_days, limit=limit(case))
    rules.check_in_time(due_on=case.local_due_on, today=today)

    notice = letters.issue(
        case, LetterKind.EXTENSION_NOTICE, notice_fields(case, extension, today=today), actor=actor, at=at
    )
    extension.status = ExtensionStatus.APPROVED
    extension.decided_by_id, extension.decided_at, extension.approved_on = actor.id, at, today
    cases.move(case, Action.APPROVE_EXTENSION, at=at)
    deadlines.refresh(case, at=at)
    audit.record(
        case,
        EventKind.EXTENSION_APPROVED,
        actor=actor,
        at=at,
        working_days=extension.working_days,
        letter_number=notice.number,
    )
    if case.delivery_way is DeliveryWay.ONLINE:
        _tell(case, extension, notice, on=today, tracking_number="", actor=actor, at=at)
    return notice


def refuse(case_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Send the proposal back with a reason; the period stays as it is."""
    case = cases.take_up(case_id, action=Action.REFUSE_EXTENSION, version=version, actor=actor)
    extension = _waiting(case)
    rules.check_two_people(proposed_by=(extension.proposed_by_id,), decided_by=actor.id)

    extension.status = ExtensionStatus.REFUSED
    extension.decided_by_id, extension.decided_at, extension.refusal = actor.id, at, reason
    cases.move(case, Action.REFUSE_EXTENSION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.EXTENSION_REFUSED, actor=actor, at=at, reason=reason)


@dataclass(frozen=True, kw_only=True)
class Posting:
    """That a letter was handed to the post, or over the counter, on a day."""

    on: date
    tracking_number: str
    confirmed_late: bool


def notify(case_id: int, posting: Posting, *, version: int, actor: Actor, at: datetime) -> None:
    """Record when the notice went out; told after the due date it has no effect, and the ledger says so (R20)."""
    case = cases.take_up(case_id, action=Action.NOTIFY_EXTENSION, version=version, actor=actor)
    extension = latest(case.id)
    if extension is None or extension.status is not ExtensionStatus.APPROVED or extension.approved_on is None:
        raise rules.NotApprovedYet()
    rules.check_notice(on=posting.on, approved_on=extension.approved_on, today=local_date(at))
    if case.local_due_on and not posting.confirmed_late:
        rules.check_notice_in_time(on=posting.on, due_on=case.local_due_on)
    if case.delivery_way is DeliveryWay.POST:
        check_tracking_number(posting.tracking_number)
    notice = letters.latest(case.id, LetterKind.EXTENSION_NOTICE)

    _tell(case, extension, notice, on=posting.on, tracking_number=posting.tracking_number, actor=actor, at=at)


def _tell(
    case: Case, extension: Extension, notice: Letter, *, on: date, tracking_number: str, actor: Actor, at: datetime
) -> None:
    letters.deliver(notice, way=case.delivery_way, on=on, tracking_number=tracking_number, actor=actor, at=at)
    extension.status, extension.notified_on = ExtensionStatus.NOTIFIED, on
    cases.move(case, Action.NOTIFY_EXTENSION, at=at)
    deadlines.refresh(case, at=at)

    audit.record(
        case,
        EventKind.EXTENSION_NOTIFIED,
        actor=actor,
        at=at,
        on=on,
        way=case.delivery_way.label,
        tracking_number=tracking_number or None,
        due_on=case.local_due_on,
    )


def _waiting(case: Case) -> Extension:
    extension = latest(case.id)
    if extension is None or extension.status is not ExtensionStatus.PROPOSED:
        raise rules.NothingProposed()
    return extension


def notice_fields(case: Case, extension: Extension, *, today: date) -> dict[str, FieldValue]:
    """Return what the notice says: the due date so far, the new one as computed here, the days and the reason (R21)."""
    moved = deadlines.if_extended(case, extension.working_days, today=today)
    return {
        "original_due_on": moved.local_before,
        "new_due_on": moved.local_after,
        "days": extension.working_days,
        "reason": extension.reason,
    }
