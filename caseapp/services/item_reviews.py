"""The yearly review of what a published item keeps back (art. 18), as `publications.review` is for cases."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain import yearly_review
from caseapp.domain.catalogue import ItemStatus
from caseapp.domain.events import EventKind
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor
from caseapp.domain.yearly_review import ReviewResult
from caseapp.models import Item, ItemReview
from caseapp.services import audit, items
from caseapp.services.cases import sees_every_department

MOST = 50
ShownItemReview = ItemReview


def due(actor: Actor, *, today: date) -> Sequence[Item]:
    """Return what is to be reviewed by now in the actor's department, or in all, the longest overdue first."""
    query = items.whole().where(Item.review_due_on <= today, Item.status == ItemStatus.PUBLISHED)
    if not sees_every_department(actor.roles):
        query = query.where(Item.department_id == actor.department_id)
    return db.session.scalars(query.order_by(Item.review_due_on, Item.id).limit(MOST)).unique().all()


def of_item(item_id: int) -> Sequence[ItemReview]:
    """Return the reviews of an item, the newest first."""
    theirs = select(ItemReview).where(ItemReview.item_id == item_id).order_by(ItemReview.id.desc())
    return db.session.scalars(theirs.limit(MOST)).all()


def review(item_id: int, *, result: ReviewResult, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Record the yearly review; what stays withheld comes up again a year after its day, however late this one is.

    What can be disclosed stays owed until the item is changed. Raises `NothingToReview`, `ReviewTooEarly`,
    `ReviewReasonMissing`.
    """
    row, today = items.take_up(item_id, version=version, actor=actor), local_date(at)
    owed_on = row.review_due_on
    if owed_on is None or row.status is not ItemStatus.PUBLISHED:
        raise yearly_review.NothingToReview()
    yearly_review.check_review(due_on=owed_on, reason=reason, today=today)

    db.session.add(
        ItemReview(item_id=row.id, due_on=owed_on, done_on=today, result=result, reason=reason, by_id=actor.id)
    )
    stays = result is ReviewResult.STILL_WITHHELD
    row.review_due_on = yearly_review.next_after(owed_on, today=today) if stays else today
    row.changed_at = at

    facts = {"result": result.label, "reason": reason, "due_on": owed_on}
    audit.record(None, EventKind.ITEM_REVIEWED, actor=actor, at=at, setting=row.title, **facts)
