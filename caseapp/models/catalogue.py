"""主动公开目录: kinds of information, the items published under them, and their files."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.catalogue import ItemStatus, WithheldGround
from caseapp.domain.yearly_review import ReviewResult
from caseapp.models.people import Department, Person


class ItemKind(Base):
    """One kind of information that is published without being asked for."""

    __tablename__ = "item_kinds"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    field_code: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))
    content: Mapped[str] = mapped_column(Text, default="")  # what an item of the kind says
    days: Mapped[int]  # working days to publish it
    way: Mapped[str] = mapped_column(String(200), default="")
    supervision: Mapped[str] = mapped_column(String(200), default="")
    number_label: Mapped[str] = mapped_column(String(40), default="")  # what its items are gathered under
    active: Mapped[bool] = mapped_column(default=True)


class Item(Base):
    """One piece of information: drafted, published, perhaps changed and withdrawn; it is never removed."""

    __tablename__ = "items"
    __table_args__ = (
        CheckConstraint("(status = 'draft') = (published_at IS NULL)", name="published_when_dated"),
        CheckConstraint("(ground = '') = (withheld = '')", name="withheld_with_ground"),
        Index("ix_items_department", "department_id", "status", "id"),
        Index("ix_items_kind", "kind_id", "status", "id"),
        Index("ix_items_status", "status", "id"),
        Index("ix_items_field", "field_code", "status", "id"),
        Index("ix_items_project", "project_number", "status", "id"),
        Index("ix_items_source", "source_case_id", "id"),
        Index("ix_items_review", "review_due_on", "id"),
        Index("ix_items_form_digest", "form_digest", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("item_kinds.id"))
    field_code: Mapped[str] = mapped_column(String(20))  # that of the kind, beside it for the lists
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    status: Mapped[ItemStatus] = mapped_column(by_value(ItemStatus))
    title: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(100), default="")
    project_number: Mapped[str] = mapped_column(String(80), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    made_on: Mapped[date]
    changed_on: Mapped[date | None]
    ground: Mapped[WithheldGround] = mapped_column(by_value(WithheldGround), default=WithheldGround.NOTHING)
    withheld: Mapped[str] = mapped_column(Text, default="")
    reviewed_by: Mapped[str] = mapped_column(String(60), default="")
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    source_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))  # whose answer this is a copy of
    form_digest: Mapped[str | None] = mapped_column(String(64))  # of the form that drafted it
    review_due_on: Mapped[date | None]  # of what a published item keeps back (art. 18)
    version: Mapped[int] = mapped_column(default=1)

    kind: Mapped[ItemKind] = relationship()
    department: Mapped[Department] = relationship()
    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])
    files: Mapped[list["ItemFile"]] = relationship(order_by="ItemFile.id")

    __mapper_args__ = {"version_id_col": version}


class ItemFile(Base):
    """A file of an item: bytes under a generated name, written before this row."""

    __tablename__ = "item_files"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"), Index("ix_item_files_item", "item_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    original_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_at: Mapped[datetime]


class ItemReview(Base):
    """One yearly review of what an item keeps back."""

    __tablename__ = "item_reviews"
    __table_args__ = (Index("ix_item_reviews_item", "item_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    due_on: Mapped[date]
    done_on: Mapped[date]
    result: Mapped[ReviewResult] = mapped_column(by_value(ReviewResult))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
