"""What a department owes besides its cases: items to publish, parts to review, its progress; in one statement."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Date, and_, cast, literal, null, select, union_all

from caseapp.db import db
from caseapp.domain.catalogue import ItemStatus, due_on
from caseapp.domain.permissions import Actor, Permission, is_granted
from caseapp.domain.progress import year_asked
from caseapp.models import Item, ItemKind, ProgressReport, ProgressRound
from caseapp.services import working_calendar

MOST = 50
NEAR = 3  # working days
DRAFT, REVIEW, PROGRESS = "draft", "review", "progress"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """Drafts past their last day and drafts with a few days left, reviews due, counted up to fifty; the progress."""

    late: int
    near: int
    reviews: int
    progress: tuple[int, date] | None  # the year, and by when it is to be told


def owed(actor: Actor, *, today: date) -> Owed | None:
    """Return what the actor's department owes by now (art. 18, 26, 46); `None` when it is nothing, or not his to do."""
    if actor.department_id is None or not is_granted(actor, Permission.PUBLISH_ITEMS, actor):
        return None
    rows = db.session.execute(_query(actor.department_id, today=today)).all()
    calendar = working_calendar.current()
    drafts = [(made, changed, days) for kind, made, changed, days in rows if kind == DRAFT]
    due = [due_on(made, changed, days=days, calendar=calendar) for made, changed, days in drafts]
    soon = calendar.nth_working_day(today, NEAR)
    found = Owed(
        late=sum(day < today for day in due),
        near=sum(today <= day <= soon for day in due),
        reviews=sum(kind == REVIEW for kind, *_ in rows),
        progress=next(((number, first) for kind, first, _, number in rows if kind == PROGRESS), None),
    )
    return found if any((found.late, found.near, found.reviews, found.progress)) else None


def _query(department: int, *, today: date) -> CompoundSelect[*tuple[Any, ...]]:
    nothing = cast(null(), Date)
    drafts = (
        select(literal(DRAFT), Item.made_on, Item.changed_on, ItemKind.days)
        .join(ItemKind, ItemKind.id == Item.kind_id)
        .where(Item.department_id == department, Item.status == ItemStatus.DRAFT)
        .order_by(Item.id)
        .limit(MOST)
    )
    reviews = select(literal(REVIEW), Item.review_due_on, nothing, literal(0)).where(
        Item.department_id == department, Item.status == ItemStatus.PUBLISHED, Item.review_due_on <= today
    )
    theirs = and_(ProgressReport.year == ProgressRound.year, ProgressReport.department_id == department)
    progress = (
        select(literal(PROGRESS), ProgressRound.due_on, nothing, ProgressRound.year)
        .outerjoin(ProgressReport, theirs)
        .where(ProgressRound.year == year_asked(today), ProgressReport.year.is_(None))
    )
    parts = (drafts.subquery(), reviews.limit(MOST).subquery(), progress.subquery())
    return union_all(*(select(part) for part in parts))
