"""The order in which items were published, changed and withdrawn: other sites fetch it or are pushed to."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from caseapp.db import db
from caseapp.domain.catalogue import WITHHELD_WORDS, ItemStatus
from caseapp.domain.push import ItemChangeKind, PushState
from caseapp.models import Item, ItemChange, Push, PushTarget

MOST = 200
Link = Callable[[int, int | None], str]  # the address of an item, or of one of its files


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Changes in the order in which they were made, and the token that gives those after them."""

    rows: Sequence[ItemChange]
    next_since: int


def record(item: Item, kind: ItemChangeKind, *, at: datetime) -> None:
    """Write the change, and queue it for every site that is pushed to; in the act's own transaction.

    Called after the act has written its event: the lock on the chain of events is held until the act is committed, so
    that ids grow in the order of commits, and whoever has read up to one will never find a smaller one later.
    """
    change = ItemChange(item_id=item.id, kind=kind, at=at)
    db.session.add(change)
    db.session.flush()
    targets = db.session.scalars(select(PushTarget.id).where(PushTarget.active)).all()
    db.session.add_all(
        Push(target_id=target, change_id=change.id, state=PushState.WAITING, next_try_at=at) for target in targets
    )


def since(token: int, *, most: int = MOST) -> Changes:
    """Return what happened after the token, at most `most` changes; an item stands in its present state."""
    query = select(ItemChange).where(ItemChange.id > token).order_by(ItemChange.id).limit(most)
    rows = db.session.scalars(query.options(*whole())).all()
    return Changes(rows=rows, next_since=rows[-1].id if rows else token)


def whole() -> Iterator[ExecutableOption]:
    """Yield what loads changes with all that is told of their items, in a bounded number of statements."""
    for part in (joinedload(Item.kind), joinedload(Item.department), selectinload(Item.files)):
        yield joinedload(ItemChange.item).options(part)


def told(change: ItemChange, *, link: Link) -> dict[str, object]:
    """Return what other sites are told of a change: of an item that is withdrawn by now, only that it is."""
    item = change.item
    is_there = item.status is ItemStatus.PUBLISHED
    return {
        "since": change.id,
        "change": (change.kind if is_there else ItemChangeKind.WITHDRAWN).value,
        "at": change.at.isoformat(),
        "id": item.id,
        "item": data(item, link=link) if is_there else None,
    }


def data(item: Item, *, link: Link) -> dict[str, object]:
    """Return a published item as programs of others read it."""
    return {
        "id": item.id,
        "field": item.field_code,
        "kind": item.kind.code,
        "kind_name": item.kind.name,
        "department": item.department.name,
        "title": item.title,
        "document_no": item.document_no,
        "project_number": item.project_number,
        "text": item.body,
        "made_on": item.made_on.isoformat(),
        "changed_on": item.changed_on.isoformat() if item.changed_on else None,
        "published_at": item.published_at.isoformat() if item.published_at else "",
        "withheld": f"{item.withheld}（{WITHHELD_WORDS[item.ground]}）" if item.withheld else "",
        "url": link(item.id, None),
        "files": [
            {"name": file.original_name, "sha256": file.sha256, "url": link(item.id, file.id)} for file in item.files
        ],
    }
