"""What follows an answer: the yearly review of what it withheld, and whether it becomes public (art. 18, 44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import publication as rules
from caseapp.domain import yearly_review
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.publication import DISCLOSES, PublicationSource, information_name
from caseapp.domain.yearly_review import WITHHOLDS, ReviewResult
from caseapp.models import Applicant, Case, PublicationTask, WithheldReview
from caseapp.services import audit, cases, installation

MOST = 20
ShownTask = PublicationTask
ShownReview = WithheldReview


def key_of(case: Case) -> str:
    """Return under what the case's information is found again, "" where nothing names it; a digest, not the words."""
    name = information_name(title=case.title, document_no=case.document_no, description=case.description)
    return installation.current().vault.digest(name, purpose="information")[:64] if name else ""


def follow(case: Case, *, at: datetime) -> None:
    """Open what follows a delivered answer: its yearly review, and the question whether to publish it (R60, R61)."""
    if case.outcome in WITHHOLDS and case.answered_on is not None:
        _open_review(case, due_on=yearly_review.next_review(case.answered_on))
    if case.outcome in DISCLOSES:
        earlier = _same_information(case)
        if earlier is not None and not _is_settled(case.information_key):
            _ask(case, PublicationSource.SEVERAL_APPLICANTS, other=earlier, at=at)


def reviews_of(case_id: int) -> Sequence[WithheldReview]:
    """Return the yearly reviews of the case, the oldest first, at most twenty."""
    theirs = select(WithheldReview).where(WithheldReview.case_id == case_id).order_by(WithheldReview.id)
    return db.session.scalars(theirs.limit(MOST)).all()


def tasks_of(case_id: int) -> Sequence[PublicationTask]:
    """Return the questions whether to publish what this case disclosed, the oldest first."""
    theirs = select(PublicationTask).where(PublicationTask.case_id == case_id).order_by(PublicationTask.id)
    return db.session.scalars(theirs.limit(MOST).options(joinedload(PublicationTask.other_case))).all()


def due_review(reviews: Sequence[WithheldReview], *, today: date) -> WithheldReview:
    """Return the review that is to be made; raises `NothingToReview` or `ReviewTooEarly`."""
    for review in reviews:
        if review.done_on is None:
            if today < review.due_on:
                raise yearly_review.ReviewTooEarly(due=chinese_date(review.due_on))
            return review
    raise yearly_review.NothingToReview


def waiting_task(tasks: Sequence[PublicationTask]) -> PublicationTask:
    """Return the question that waits for an answer; raises `NothingToPublish`."""
    for task in tasks:
        if task.decided_at is None:
            return task
    raise rules.NothingToPublish


def review(case_id: int, *, result: ReviewResult, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Record the yearly review; what stays withheld comes up again a year after its day, however late this one is."""
    case = cases.take_up(case_id, action=Action.REVIEW_WITHHELD, version=version, actor=actor)
    row, today = due_review(reviews_of(case.id), today=local_date(at)), local_date(at)
    yearly_review.check_review(due_on=row.due_on, reason=reason, today=today)

    row.done_on, row.result, row.reason, row.by_id = today, result, reason, actor.id
    db.session.flush()
    if result is ReviewResult.STILL_WITHHELD:
        _open_review(case, due_on=yearly_review.next_after(row.due_on, today=today))
    else:
        _ask(case, PublicationSource.YEARLY_REVIEW, other=None, at=at)
    cases.move(case, Action.REVIEW_WITHHELD, at=at)

    facts = {"result": result.label, "reason": reason, "due_on": row.due_on}
    audit.record(case, EventKind.WITHHELD_REVIEWED, actor=actor, at=at, **facts)


@dataclass(frozen=True, kw_only=True)
class Publishing:
    """The answer of a person: published where and when, or why not."""

    publishes: bool
    place: str = ""
    published_on: date | None = None
    reason: str = ""


def decide(case_id: int, decision: Publishing, *, version: int, actor: Actor, at: datetime) -> None:
    """Record whether what was disclosed is now public on own initiative (art. 44)."""
    case = cases.take_up(case_id, action=Action.DECIDE_PUBLICATION, version=version, actor=actor)
    task = waiting_task(tasks_of(case.id))
    rules.check_decision(
        publishes=decision.publishes,
        place=decision.place,
        published_on=decision.published_on,
        reason=decision.reason,
        today=local_date(at),
    )

    task.publishes, task.reason = decision.publishes, decision.reason
    if decision.publishes:
        task.place, task.published_on = decision.place, decision.published_on
    task.decided_by_id, task.decided_at = actor.id, at
    cases.move(case, Action.DECIDE_PUBLICATION, at=at)

    facts = {
        "result": "转为主动公开" if decision.publishes else "不转为主动公开",
        "on": decision.published_on if decision.publishes else None,
        "place": decision.place if decision.publishes else None,
        "reason": decision.reason or None,
    }
    audit.record(case, EventKind.PUBLICATION_DECIDED, actor=actor, at=at, **facts)


def _open_review(case: Case, *, due_on: date) -> None:
    if not any(row.done_on is None for row in reviews_of(case.id)):
        db.session.add(WithheldReview(case_id=case.id, due_on=due_on))
        db.session.flush()


def _same_information(case: Case) -> Case | None:
    """Return an earlier case of another applicant that disclosed what bears the same name, `None` where none did."""
    if not case.information_key:
        return None
    query = (
        select(Case)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(
            Case.information_key == case.information_key,
            Case.id < case.id,
            Case.department_id == case.department_id,
            Case.status == Status.ANSWERED,
            Case.outcome.in_(DISCLOSES),
            Applicant.identity_digest != case.applicant.identity_digest,
        )
        .order_by(Case.id.desc())
        .limit(1)
    )
    return db.session.scalar(query)


def _is_settled(information_key: str) -> bool:
    """Say whether a person has been asked, or has decided, about this information already."""
    known = select(PublicationTask.id).where(PublicationTask.information_key == information_key).limit(1)
    return db.session.scalar(known) is not None


def _ask(case: Case, source: PublicationSource, *, other: Case | None, at: datetime) -> None:
    if any(task.decided_at is None for task in tasks_of(case.id)):
        return
    db.session.add(
        PublicationTask(
            case_id=case.id,
            other_case_id=other.id if other else None,
            source=source,
            information_key=case.information_key,
            found_at=at,
        )
    )
    db.session.flush()
