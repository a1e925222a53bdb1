"""Lists kept under a name: one's own and those that colleagues share. What they show depends on who opens them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.exc import IntegrityError

from caseapp.db import db, fetch
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.models import SavedList

MOST = 20  # of one person
SHOWN = 60
VISIBLE = (
    select(SavedList.id, SavedList.name, SavedList.narrowed_by, SavedList.person_id, SavedList.shared)
    .where(or_(SavedList.person_id == bindparam("person"), SavedList.shared))
    .order_by(SavedList.id.desc())
    .limit(SHOWN)
)


class NameTaken(DomainError):
    text = "您已有一个叫“{name}”的常用列表，请换一个名称。"
    field = "name"


class TooMany(DomainError):
    text = f"每人最多保存 {MOST} 个常用列表，请先删除不用的。"
    field = "name"


class NothingNarrowed(DomainError):
    text = "请先选择筛选条件，再保存为常用列表。"


class Kept(NamedTuple):
    """A list as its reader sees it; `own` lists he may remove."""

    id: int
    name: str
    narrowed_by: str
    own: bool
    shared: bool


def visible(actor: Actor) -> list[Kept]:
    """Return the actor's lists and those shared with the office, the newest `SHOWN`, his own first, then by name."""
    kept = fetch(VISIBLE, {"person": actor.id})
    found = [Kept(row.id, row.name, row.narrowed_by, row.person_id == actor.id, row.shared) for row in kept]
    return sorted(found, key=lambda kept: (not kept.own, kept.name))


def keep(*, name: str, narrowed_by: str, shared: bool, actor: Actor, at: datetime) -> None:
    """Keep a list; raises `NothingNarrowed`, `NameTaken`, `TooMany`, `NotPermitted`."""
    demand(actor, Permission.USE_WORKBENCH)
    if not narrowed_by:
        raise NothingNarrowed()
    own = select(func.count()).where(SavedList.person_id == actor.id)
    if (db.session.scalar(own) or 0) >= MOST:
        raise TooMany()
    kept = SavedList(person_id=actor.id, name=name, narrowed_by=narrowed_by, shared=shared, saved_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(kept)
    except IntegrityError:
        raise NameTaken(name=name) from None


def remove(list_id: int, *, actor: Actor) -> str:
    """Remove one of the actor's own lists and return its name; raises `NotVisible` for any other."""
    found = db.session.get(SavedList, list_id)
    if found is None or found.person_id != actor.id:
        raise NotVisible()
    db.session.delete(found)
    return found.name
