"""撤回: the applicant takes the request back before an answer has been issued (D31)."""

from datetime import date, datetime

from caseapp.domain import withdrawal as rules
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action, Status, next_status
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor
from caseapp.models import Case
from caseapp.services import audit, cases, deadlines

ONLINE, PAPER = "网上", "书面"


def can_withdraw(status: Status) -> bool:
    """Return whether a request that stands there can still be withdrawn."""
    return rules.can_withdraw(status)


def by_applicant(case_id: int, *, reason: str, at: datetime) -> None:
    """End the case at the wish of its applicant, stated online; asked twice, it happens once.

    Raises `NotVisible` or `ActionNotAllowed`.
    """
    case = cases.lock_for_applicant(case_id)
    if case.status is Status.CLOSED and case.outcome is Outcome.WITHDRAWN:
        return
    next_status(case.status, Action.WITHDRAW)

    _withdraw(case, on=local_date(at), way=ONLINE, reason=reason, actor=None, at=at)


def on_paper(case_id: int, *, on: date, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Record a signed statement of the applicant, on the day on which it arrived."""
    case = cases.take_up(case_id, action=Action.WITHDRAW, version=version, actor=actor)
    rules.check_day(on, received_on=case.received_on, today=local_date(at))

    _withdraw(case, on=on, way=PAPER, reason=reason, actor=actor, at=at)


def _withdraw(case: Case, *, on: date, way: str, reason: str, actor: Actor | None, at: datetime) -> None:
    cases.close(case, Action.WITHDRAW, Outcome.WITHDRAWN, on=on, at=at)
    deadlines.refresh(case, at=at)

    audit.record(case, EventKind.WITHDRAWN, actor=actor, at=at, on=on, way=way, reason=reason or None)
