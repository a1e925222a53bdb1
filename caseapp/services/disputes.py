"""复议、诉讼 about a case: recorded, decided, and handled anew where a decision orders it (art. 51; R63)."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import dispute as rules
from caseapp.domain.dispute import Begun, Decision, Order
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import OUTCOMES
from caseapp.domain.permissions import Actor
from caseapp.domain.replies import ReplyStatus
from caseapp.domain.timeline import Reopened
from caseapp.models import Case, Dispute, Reopening, Reply, ReplyFile
from caseapp.services import audit, cases, deadlines

MOST = 20


def of_case(case_id: int) -> Sequence[Dispute]:
    """Return the reviews and suits about the case with what they ordered, in the order they began, at most twenty."""
    query = select(Dispute).where(Dispute.case_id == case_id).order_by(Dispute.id).limit(MOST)
    return db.session.scalars(query.options(joinedload(Dispute.reopening))).all()


def pending(disputes: Sequence[Dispute]) -> Dispute:
    """Return the one that has no result yet; raises `NothingPending`."""
    for dispute in disputes:
        if dispute.result is None:
            return dispute
    raise rules.NothingPending


def record(case_id: int, begun: Begun, *, version: int, actor: Actor, at: datetime) -> None:
    """Record that the answer, its absence or the end of the case is contested."""
    case = cases.take_up(case_id, action=Action.RECORD_DISPUTE, version=version, actor=actor)
    rules.check_begun(begun, known=of_case(case.id), arrived_on=case.arrived_on, today=local_date(at))

    db.session.add(
        Dispute(
            case_id=case.id,
            kind=begun.kind,
            body=begun.body,
            docket=begun.docket,
            began_on=begun.began_on,
            recorded_by_id=actor.id,
            recorded_at=at,
        )
    )
    cases.move(case, Action.RECORD_DISPUTE, at=at)

    facts = {"dispute": begun.kind.label, "body": begun.body, "docket": begun.docket or None, "on": begun.began_on}
    audit.record(case, EventKind.DISPUTE_RECORDED, actor=actor, at=at, **facts)


def decide(case_id: int, decision: Decision, *, version: int, actor: Actor, at: datetime) -> None:
    """Record the result of the pending review or suit, one that orders nothing of the office."""
    case = cases.take_up(case_id, action=Action.DECIDE_DISPUTE, version=version, actor=actor)
    dispute = pending(of_case(case.id))
    rules.check_decision(decision, began_on=dispute.began_on, today=local_date(at))

    _decided(dispute, decision, actor=actor)
    cases.move(case, Action.DECIDE_DISPUTE, at=at)

    audit.record(case, EventKind.DISPUTE_DECIDED, actor=actor, at=at, **_facts(dispute))


def reopen(case_id: int, decision: Decision, order: Order, *, version: int, actor: Actor, at: datetime) -> None:
    """Record the result and take the case up anew in the period that the decision sets, or else in a full one.

    The answer given before stays: its letter, its files, its place in the reports. Raises the refusals of
    `domain.dispute`; `NoDepartment` for a case that ended before anybody had it.
    """
    case = cases.take_up(case_id, action=Action.REOPEN, version=version, actor=actor)
    dispute, today = pending(of_case(case.id)), local_date(at)
    if case.department_id is None:
        raise rules.NoDepartment
    rules.check_decision(decision, began_on=dispute.began_on, today=today)
    rules.check_order(order, decision, last_fact_on=_last_fact_on(case), today=today)
    old_due_on, earlier = case.local_due_on, case.outcome

    _decided(dispute, decision, actor=actor)
    _put_aside(case, dispute, order, actor=actor, at=at)
    case.outcome = case.answered_on = case.closed_on = None
    cases.move(case, Action.REOPEN, at=at)
    deadlines.refresh(case, at=at)

    facts = {
        **_facts(dispute),
        "effective_on": order.effective_on,
        "earlier_outcome": OUTCOMES[earlier].label if earlier else None,
        "old_due_on": old_due_on,
        "due_on": case.local_due_on,
    }
    audit.record(case, EventKind.REOPENED, actor=actor, at=at, **facts)


def if_reopened(case: Case, decision: Decision, order: Order, *, today: date) -> deadlines.Moved:
    """Return the dates that this order would lead to, to be read first; refuses what `reopen` would refuse."""
    rules.check_decision(decision, began_on=pending(of_case(case.id)).began_on, today=today)
    rules.check_order(order, decision, last_fact_on=_last_fact_on(case), today=today)
    fact = Reopened(on=order.effective_on, working_days=order.working_days, answer_by=order.answer_by)
    return deadlines.if_reopened(case, fact, today=today)


def _last_fact_on(case: Case) -> date | None:
    """Return the last day on which anything happened that a new period cannot come before."""
    ended = [day for day in (case.answered_on, case.closed_on) if day is not None]
    days = [event.on for event in deadlines.timeline(case).events]
    return max((*ended, *days), default=None)


def _decided(dispute: Dispute, decision: Decision, *, actor: Actor) -> None:
    dispute.result, dispute.decided_on = decision.result, decision.decided_on
    dispute.decision_no, dispute.summary = decision.decision_no, decision.summary
    dispute.result_by_id = actor.id


def _facts(dispute: Dispute) -> dict[str, object]:
    return {
        "dispute": dispute.kind.label,
        "result": dispute.result.label if dispute.result else None,
        "decided_on": dispute.decided_on,
        "decision_no": dispute.decision_no or None,
        "summary": dispute.summary or None,
    }


def _put_aside(case: Case, dispute: Dispute, order: Order, *, actor: Actor, at: datetime) -> None:
    """Keep how the case had ended, and free its place for another answer; a draft on an open case goes on."""
    reply = db.session.get(Reply, case.id)
    answered = reply is not None and reply.status is ReplyStatus.ISSUED
    row = Reopening(
        case_id=case.id,
        dispute_id=dispute.id,
        effective_on=order.effective_on,
        working_days=order.working_days,
        answer_by=order.answer_by,
        earlier_status=case.status,
        earlier_outcome=case.outcome,
        earlier_answered_on=case.answered_on,
        earlier_closed_on=case.closed_on,
        earlier_reply=_kept(reply) if reply is not None and answered else None,
        by_id=actor.id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    if reply is not None and case.status is not Status.IN_HAND:
        db.session.delete(reply)
        theirs = update(ReplyFile).where(ReplyFile.case_id == case.id, ReplyFile.reopening_id.is_(None))
        db.session.execute(theirs.values(reopening_id=row.id))
        db.session.flush()


def _kept(reply: Reply) -> dict[str, object]:
    return {
        "outcome": reply.outcome.value,
        "content": reply.content,
        "drafted_by_id": reply.drafted_by_id,
        "submitted_by_id": reply.submitted_by_id,
        "issued_by_id": reply.issued_by_id,
        "issued_at": reply.issued_at.isoformat() if reply.issued_at else None,
    }
