"""Reviews and suits about a case, and the handling anew that a decision ordered (table four; decision 11)."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.dispute import DisputeKind, DisputeResult
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.models.people import Person


class Dispute(Base):
    """One review or suit about a case; without a result it is pending (尚未审结)."""

    __tablename__ = "disputes"
    __table_args__ = (
        CheckConstraint("(result IS NULL) = (decided_on IS NULL)", name="decided_when_dated"),
        CheckConstraint("decided_on >= began_on", name="decided_after_beginning"),
        Index("ix_disputes_case", "case_id", "id"),
        Index("ix_disputes_table_four", "began_on", "kind", "result", "decided_on"),
        Index(
            "uq_disputes_one_pending",
            "case_id",
            unique=True,
            sqlite_where=text("result IS NULL"),
            postgresql_where=text("result IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[DisputeKind] = mapped_column(by_value(DisputeKind))
    body: Mapped[str] = mapped_column(String(120))
    docket: Mapped[str] = mapped_column(String(80))
    began_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
    result: Mapped[DisputeResult | None] = mapped_column(by_value(DisputeResult))
    decided_on: Mapped[date | None]
    decision_no: Mapped[str] = mapped_column(String(80), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    result_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    recorded_by: Mapped[Person] = relationship(foreign_keys=[recorded_by_id])
    reopening: Mapped["Reopening | None"] = relationship(back_populates="dispute")


class Reopening(Base):
    """That a case is handled anew, from which day and how long; and how it had ended before, which stays counted."""

    __tablename__ = "reopenings"
    __table_args__ = (
        CheckConstraint("working_days IS NULL OR answer_by IS NULL", name="one_period"),
        CheckConstraint("working_days > 0", name="some_days"),
        CheckConstraint("answer_by > effective_on", name="some_time"),
        Index("ix_reopenings_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"), unique=True)
    effective_on: Mapped[date]
    working_days: Mapped[int | None]
    answer_by: Mapped[date | None]
    earlier_status: Mapped[Status] = mapped_column(by_value(Status))
    earlier_outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))
    earlier_answered_on: Mapped[date | None]
    earlier_closed_on: Mapped[date | None]
    earlier_reply: Mapped[dict[str, object] | None] = mapped_column(JSON(none_as_null=True))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    dispute: Mapped[Dispute] = relationship(back_populates="reopening")
