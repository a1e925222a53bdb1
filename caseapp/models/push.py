"""What leaves the catalogue for other sites: the order of changes, where they are pushed, each push's receipt."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.push import ItemChangeKind, PushState
from caseapp.models.catalogue import Item


class ItemChange(Base):
    """An item was published, changed or withdrawn; the ids grow in the order in which that was committed."""

    __tablename__ = "item_changes"
    __table_args__ = (Index("ix_item_changes_item", "item_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    kind: Mapped[ItemChangeKind] = mapped_column(by_value(ItemChangeKind))
    at: Mapped[datetime]

    item: Mapped[Item] = relationship()


class PushTarget(Base):
    """A site that is told of every change, with the secret that signs what it is told."""

    __tablename__ = "push_targets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    address: Mapped[str] = mapped_column(String(300))
    site: Mapped[str] = mapped_column(String(200))  # under which the addresses in a push begin
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    active: Mapped[bool] = mapped_column(default=True)
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


class Push(Base):
    """One change on its way to one site, and what the site answered."""

    __tablename__ = "pushes"
    __table_args__ = (
        UniqueConstraint("target_id", "change_id", name="uq_pushes_target_id"),
        Index("ix_pushes_due", "state", "next_try_at", "id"),
        Index("ix_pushes_change", "change_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("push_targets.id"))
    change_id: Mapped[int] = mapped_column(ForeignKey("item_changes.id"))
    state: Mapped[PushState] = mapped_column(by_value(PushState))
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(Text, default="")  # status and the beginning of what the site said

    target: Mapped[PushTarget] = relationship()
    change: Mapped[ItemChange] = relationship()
