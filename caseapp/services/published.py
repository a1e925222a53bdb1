"""What the public reads of the catalogue: lists by field and department, one project, a search, a feed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, text

from caseapp.db import db
from caseapp.domain import search_words
from caseapp.domain.catalogue import ItemStatus, gathering_number
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import NotVisible
from caseapp.models import Department, Item
from caseapp.services import items
from caseapp.services.attachments import Opened
from caseapp.services.cases import PAGE
from caseapp.services.search import MATCH

MOST_OF_A_PROJECT = 200
MOST_OF_A_FEED = 50
MOST_OF_THE_MAP = 5_000
FIND = {
    "sqlite": "SELECT rowid FROM item_entries WHERE item_entries MATCH :match AND rowid < :before "
    "ORDER BY rowid DESC LIMIT :most",
    "postgresql": "SELECT item_id FROM item_entries WHERE tokens @@ to_tsquery('simple', :match) AND item_id < :before "
    "ORDER BY item_id DESC LIMIT :most",
}
PublishedItem = Item


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of published items, and where the next one begins, if there is one."""

    items: Sequence[Item]
    next_before: int | None


def page(*, field: str, department: str, before: int | None, size: int = PAGE) -> Page:
    """Return published items, the newest first, of one field or department where one is named."""
    query = _published().where(Item.id < (before or LARGEST_ID))
    if field:
        query = query.where(Item.field_code == field)
    if department:
        of_code = select(Department.id).where(Department.code == department).scalar_subquery()
        query = query.where(Item.department_id == of_code)
    rows = db.session.scalars(query.order_by(Item.id.desc()).limit(size + 1)).all()
    shown = rows[:size]
    return Page(items=shown, next_before=shown[-1].id if len(rows) > size else None)


def get(item_id: int) -> Item:
    """Return a published item; raises `NotVisible` for drafts and what was withdrawn."""
    row = db.session.scalar(_published().where(Item.id == item_id))
    if row is None:
        raise NotVisible()
    return row


def open_file(item_id: int, file_id: int) -> Opened:
    """Return a file of a published item; raises `NotVisible` or `FileBroken`."""
    return items.opened(get(item_id), file_id)


def project(number: str) -> Sequence[Item]:
    """Return what is published of one project, from its first paper to its last."""
    query = _published().where(Item.project_number == gathering_number(number), Item.project_number != "")
    return db.session.scalars(query.order_by(Item.made_on, Item.id).limit(MOST_OF_A_PROJECT)).all()


def find(query: str, *, before: int | None) -> Page:
    """Return the published items in which every word occurs, the newest first; raises `QueryTooShort` or `…TooLong`."""
    dialect = db.engine.dialect.name
    place = {"match": MATCH[dialect](search_words.phrases(query)), "before": before or LARGEST_ID, "most": PAGE + 1}
    ids = list(db.session.scalars(text(FIND[dialect]), place))
    rows = db.session.scalars(_published().where(Item.id.in_(ids[:PAGE])).order_by(Item.id.desc())).all()
    return Page(items=rows, next_before=ids[PAGE - 1] if len(ids) > PAGE else None)


def named(*names: str, most: int = 5) -> Sequence[Item]:
    """Return the newest items in which one of these names occurs, those of the first name first; at most so many."""
    found: dict[int, Item] = {}
    for name in names:
        try:
            page = find(name, before=None)
        except (search_words.QueryTooShort, search_words.QueryTooLong):
            continue
        found |= {item.id: item for item in page.items if item.id not in found}
    return list(found.values())[:most]


def newest(field: str) -> Sequence[Item]:
    """Return the newest items of a field, for its feed."""
    return page(field=field, department="", before=None, size=MOST_OF_A_FEED).items


def addresses() -> Sequence[tuple[int, datetime]]:
    """Return the published items, the newest first, each as its id and the moment of its last change; bounded."""
    query = select(Item.id, Item.changed_at).where(Item.status == ItemStatus.PUBLISHED)
    rows = db.session.execute(query.order_by(Item.id.desc()).limit(MOST_OF_THE_MAP))
    return [(row.id, row.changed_at) for row in rows]


def _published() -> Select[Item]:
    return items.whole().where(Item.status == ItemStatus.PUBLISHED)
