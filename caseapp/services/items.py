"""Items of the catalogue in the hands of staff: drafted, published after review, changed, withdrawn (art. 17, 26)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from caseapp.db import db
from caseapp.domain import catalogue as rules
from caseapp.domain import search_words
from caseapp.domain.catalogue import ITEM_WORDS, ItemStatus, NotADraft, WithheldGround, gathering_number
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.moments import local_date
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import Actor, NotPermitted, NotVisible, Permission, demand, is_granted, may_ever
from caseapp.domain.push import ItemChangeKind
from caseapp.domain.yearly_review import next_review
from caseapp.gateways.files import digest
from caseapp.models import Case, Item, ItemFile
from caseapp.services import audit, catalogue, installation, item_changes, published_copies, working_calendar
from caseapp.services.attachments import Opened, judged, shown_name
from caseapp.services.cases import PAGE, sees_every_department

MOST_FILES = 20
PUT = {
    "sqlite": text("INSERT OR REPLACE INTO item_entries (rowid, tokens) VALUES (:item, :tokens)"),
    "postgresql": text(
        "INSERT INTO item_entries (item_id, tokens) VALUES (:item, to_tsvector('simple', :tokens)) "
        "ON CONFLICT (item_id) DO UPDATE SET tokens = excluded.tokens"
    ),
}
TAKE_OUT = {
    "sqlite": text("DELETE FROM item_entries WHERE rowid = :item"),
    "postgresql": text("DELETE FROM item_entries WHERE item_id = :item"),
}
ShownItem = Item


class ItemChanged(DomainError):
    """The form was drawn from an older state of the item; `version` is that of now."""

    text = "这条信息刚被别人更新。您填写的内容已保留在下面，请核对后再保存。"

    def __init__(self, *, version: int) -> None:
        super().__init__()
        self.version = version


class TooManyItemFiles(DomainError):
    text = "一条信息最多附 {most} 个文件。"
    field = "file"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What an officer writes of an item."""

    kind: str
    title: str
    document_no: str
    project_number: str
    body: str
    made_on: date
    changed_on: date | None
    ground: WithheldGround
    withheld: str
    reviewed_by: str


def add(facts: Facts, *, form_key: str = "", source: Case | None = None, actor: Actor, at: datetime) -> int:
    """Draft an item for the actor's department and return its id; its clock runs from the day of making.

    A form that is sent twice drafts one item. `source` is the case whose answer is published: nothing personal of it
    may be left (`PersonalDataLeft`). Also raises `NotPermitted` for somebody without a department, `KindUnknown`, or a
    refusal of dates and grounds.
    """
    if actor.department_id is None or not may_ever(actor, Permission.PUBLISH_ITEMS):
        raise NotPermitted()
    form_digest = installation.current().vault.digest(form_key, purpose="item form") if form_key else None
    known = db.session.scalar(select(Item.id).where(Item.form_digest == form_digest)) if form_digest else None
    if known is not None:
        return known
    row = Item(
        department_id=actor.department_id,
        status=ItemStatus.DRAFT,
        drafted_by_id=actor.id,
        source_case_id=source.id if source else None,
        form_digest=form_digest,
        changed_at=at,
    )
    _write(row, facts, at=at)
    if not _drafted(row):  # its twin was quicker
        return add(facts, form_key=form_key, source=source, actor=actor, at=at)

    audit.record(None, EventKind.ITEM_DRAFTED, actor=actor, at=at, setting=row.title)
    return row.id


def change(item_id: int, facts: Facts, *, version: int, actor: Actor, at: datetime) -> None:
    """Change a draft, or what is published: then with the day of the change, reviewed anew, and shown at once."""
    row = take_up(item_id, version=version, actor=actor)
    if row.status is ItemStatus.WITHDRAWN:
        raise NotADraft(status=ITEM_WORDS[row.status], what="修改")
    _write(row, facts, at=at)
    if row.status is ItemStatus.PUBLISHED:
        _check_published(row)
        rules.check_change(facts.changed_on)
        _index(row)
        _plan_review(row, at=at)

    audit.record(None, EventKind.ITEM_CHANGED, actor=actor, at=at, setting=row.title, on=facts.changed_on)
    if row.status is ItemStatus.PUBLISHED:
        item_changes.record(row, ItemChangeKind.CHANGED, at=at)


def publish(item_id: int, *, version: int, actor: Actor, at: datetime) -> None:
    """Publish a draft that somebody has reviewed (art. 17); raises what `check_publication` raises."""
    row = take_up(item_id, version=version, actor=actor)
    if row.status is not ItemStatus.DRAFT:
        raise NotADraft(status=ITEM_WORDS[row.status], what="公开")
    _check_published(row)
    row.status, row.published_at, row.published_by_id = ItemStatus.PUBLISHED, at, actor.id
    row.changed_at = at
    _plan_review(row, at=at)
    db.session.flush()
    _index(row)

    audit.record(None, EventKind.ITEM_PUBLISHED, actor=actor, at=at, setting=row.title)
    item_changes.record(row, ItemChangeKind.PUBLISHED, at=at)


def withdraw(item_id: int, *, reason: str, version: int, actor: Actor, at: datetime) -> None:
    """Take a published item off the public pages, with a reason; it stays in the office's own list."""
    row = take_up(item_id, version=version, actor=actor)
    if row.status is not ItemStatus.PUBLISHED:
        raise NotADraft(status=ITEM_WORDS[row.status], what="撤下")
    row.status, row.withdrawn_reason, row.changed_at = ItemStatus.WITHDRAWN, reason, at
    db.session.execute(TAKE_OUT[db.engine.dialect.name], {"item": row.id})

    audit.record(None, EventKind.ITEM_WITHDRAWN, actor=actor, at=at, setting=row.title, reason=reason)
    item_changes.record(row, ItemChangeKind.WITHDRAWN, at=at)


def add_file(item_id: int, *, name: str, content: bytes, version: int, actor: Actor, at: datetime) -> None:
    """Attach a file to a draft; the bytes are on disk before the row exists."""
    row = take_up(item_id, version=version, actor=actor)
    if row.status is not ItemStatus.DRAFT:
        raise NotADraft(status=ITEM_WORDS[row.status], what="增删文件")
    kind = judged(content)
    if len(row.files) >= MOST_FILES:
        raise TooManyItemFiles(most=MOST_FILES)
    file = ItemFile(
        stored_name=installation.current().files.keep(content),
        original_name=shown_name(name, kind),
        media_type=kind,
        size=len(content),
        sha256=digest(content),
        added_at=at,
    )
    row.files.append(file)
    row.changed_at = at

    audit.record(None, EventKind.ITEM_CHANGED, actor=actor, at=at, setting=row.title, file=file.original_name)


def get(item_id: int, *, actor: Actor) -> Item:
    """Return an item to who may handle it, or look at every department's; raises `NotVisible`."""
    row = db.session.scalar(whole().where(Item.id == item_id))
    if row is None or not is_granted(actor, Permission.READ_CASE, row):
        raise NotVisible()
    return row


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A page of items with the day by which each draft is due, and where the next page begins."""

    items: Sequence[Item]
    due: dict[int, date]
    next_before: int | None


def page(status: ItemStatus, *, before: int | None, actor: Actor) -> Listed:
    """Return the items of the actor's department, or of all to those who read all, the newest first."""
    demand(actor, Permission.USE_WORKBENCH)
    query = whole().where(Item.status == status, Item.id < (before or LARGEST_ID))
    if not sees_every_department(actor.roles):
        query = query.where(Item.department_id == actor.department_id)
    rows = db.session.scalars(query.order_by(Item.id.desc()).limit(PAGE + 1)).unique().all()
    calendar = working_calendar.current()
    shown = rows[:PAGE]
    due = {
        row.id: rules.due_on(row.made_on, row.changed_on, days=row.kind.days, calendar=calendar)
        for row in shown
        if row.status is ItemStatus.DRAFT
    }
    return Listed(items=shown, due=due, next_before=shown[-1].id if len(rows) > PAGE else None)


def open_file(item_id: int, file_id: int, *, actor: Actor) -> Opened:
    """Return a file of an item to the staff; raises `NotVisible` or `FileBroken`."""
    return opened(get(item_id, actor=actor), file_id)


def opened(item: Item, file_id: int) -> Opened:
    """Return a file of this item with its bytes; raises `NotVisible` for another's, `FileBroken`."""
    row = next((file for file in item.files if file.id == file_id), None)
    if row is None:
        raise NotVisible()
    content = installation.current().files.read(row.stored_name, sha256=row.sha256)
    return Opened(name=row.original_name, media_type=row.media_type, content=content)


def whole() -> Select[Item]:
    """Return the query for items with all that their pages show, in a bounded number of statements."""
    return select(Item).options(joinedload(Item.kind), joinedload(Item.department), selectinload(Item.files))


def _drafted(row: Item) -> bool:
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        return False
    return True


def take_up(item_id: int, *, version: int, actor: Actor) -> Item:
    """Lock the item for an act; raises `NotVisible`, `NotPermitted` or `ItemChanged`."""
    row = db.session.get(Item, item_id, with_for_update={"of": Item}, populate_existing=True)
    if row is None:
        raise NotVisible()
    demand(actor, Permission.PUBLISH_ITEMS, row)
    if row.version != version:
        raise ItemChanged(version=row.version)
    return row


def _write(row: Item, facts: Facts, *, at: datetime) -> None:
    if row.source_case_id is not None:
        published_copies.check(row.source_case_id, facts.title, facts.document_no, facts.body)
    kind = row.kind if row.kind and row.kind.code == facts.kind else catalogue.kind_of(facts.kind)
    rules.check_dates(facts.made_on, facts.changed_on, today=local_date(at))
    rules.check_withheld(facts.ground, facts.withheld)
    row.kind, row.field_code = kind, kind.field_code
    row.title, row.document_no, row.body = facts.title, facts.document_no, facts.body
    row.project_number = gathering_number(facts.project_number)
    row.made_on, row.changed_on = facts.made_on, facts.changed_on
    row.ground, row.withheld, row.reviewed_by = facts.ground, facts.withheld, facts.reviewed_by
    row.changed_at = at


def _plan_review(row: Item, *, at: datetime) -> None:
    """Let what is kept back come up in a year, and nothing where nothing is kept back any more (art. 18)."""
    if not row.withheld:
        row.review_due_on = None
    elif row.review_due_on is None:
        row.review_due_on = next_review(local_date(at))


def _check_published(row: Item) -> None:
    rules.check_publication(
        reviewed_by=row.reviewed_by, number_label=row.kind.number_label, project_number=row.project_number
    )


def _index(row: Item) -> None:
    words = search_words.tokens((row.title, row.document_no, row.project_number, row.body))
    db.session.execute(PUT[db.engine.dialect.name], {"item": row.id, "tokens": words})
