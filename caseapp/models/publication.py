"""What follows an answer: the yearly review of what was withheld, and the question whether to publish (art. 18, 44)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.publication import PublicationSource
from caseapp.domain.yearly_review import ReviewResult
from caseapp.models.case import Case


class WithheldReview(Base):
    """One yearly review of what a case withheld; without a result it is still to be made."""

    __tablename__ = "withheld_reviews"
    __table_args__ = (
        CheckConstraint("(result IS NULL) = (done_on IS NULL)", name="done_with_a_result"),
        Index("ix_withheld_reviews_case", "case_id", "id"),
        Index(
            "ix_withheld_reviews_open",
            "due_on",
            "case_id",
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
        Index(
            "uq_withheld_reviews_one_open",
            "case_id",
            unique=True,
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    result: Mapped[ReviewResult | None] = mapped_column(by_value(ReviewResult))
    reason: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PublicationTask(Base):
    """The question whether disclosed information becomes public on own initiative; a person answers it."""

    __tablename__ = "publication_tasks"
    __table_args__ = (
        CheckConstraint("(decided_at IS NULL) = (publishes IS NULL)", name="decided_when_dated"),
        CheckConstraint("publishes IS NOT TRUE OR published_on IS NOT NULL", name="published_on_a_day"),
        Index("ix_publication_tasks_case", "case_id", "id"),
        Index(
            "ix_publication_tasks_open",
            "case_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index("ix_publication_tasks_name", "information_key", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    other_case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))  # which asked for the same before
    source: Mapped[PublicationSource] = mapped_column(by_value(PublicationSource))
    information_key: Mapped[str] = mapped_column(String(64))
    found_at: Mapped[datetime]
    publishes: Mapped[bool | None]
    place: Mapped[str] = mapped_column(String(300), default="")
    published_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    other_case: Mapped[Case | None] = relationship(foreign_keys=[other_case_id])
