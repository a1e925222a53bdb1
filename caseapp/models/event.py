"""The history: append-only (the database refuses changes), every row chained to the one before it."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base, by_value
from caseapp.domain.events import EventKind


class Event(Base):
    """One thing that happened."""

    __tablename__ = "events"
    __table_args__ = (
        Index("ix_events_case", "case_id", "position"),
        Index("ix_events_kind", "kind", "position"),
        Index("ix_events_actor", "actor_id", "position"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[EventKind] = mapped_column(by_value(EventKind))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    facts: Mapped[dict[str, object]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class ChainHead(Base):
    """The one row that names the last event: locked by every writer, so that the chain never forks."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    position: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
