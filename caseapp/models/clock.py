"""Facts that move the reply period."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.extension import ExtensionStatus
from caseapp.models.case import Case
from caseapp.models.people import Person


class Extension(Base):
    """A proposal to extend the period and what became of it (art. 33, para. 2)."""

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint("working_days >= 1", name="at_least_a_day"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(status IN ('approved', 'notified')) = (approved_on IS NOT NULL)", name="approved_when_dated"),
        CheckConstraint("(status = 'notified') = (notified_on IS NOT NULL)", name="notified_when_dated"),
        Index("ix_extensions_case", "case_id", "id"),
        Index("ix_extensions_to_decide", "status", "id"),
        # In each period at most one that waits or was granted; refused ones may be followed by another (R19).
        Index(
            "uq_extensions_one_alive",
            "case_id",
            "counted_from",
            unique=True,
            sqlite_where=text("status <> 'refused'"),
            postgresql_where=text("status <> 'refused'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    status: Mapped[ExtensionStatus] = mapped_column(by_value(ExtensionStatus))
    counted_from: Mapped[date]  # the day zero of the period that it extends
    working_days: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")
    approved_on: Mapped[date | None]
    notified_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
