"""What is kept beside an issued letter: sealed scans, proofs of delivery, deliveries that failed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base, by_value
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letter_paper import PaperKind


class LetterPaper(Base):
    """A file beside a letter, never changed nor taken away; the newest sealed scan is the one that is handed out."""

    __tablename__ = "letter_papers"
    __table_args__ = (
        CheckConstraint("size > 0", name="not_empty"),
        UniqueConstraint("letter_id", "kind", "sha256", name="uq_letter_papers_file"),
        Index("ix_letter_papers_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    kind: Mapped[PaperKind] = mapped_column(by_value(PaperKind))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    original_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


class FailedDelivery(Base):
    """That a letter did not reach its recipient on a day, and why; it changes no date of the case."""

    __tablename__ = "failed_deliveries"
    __table_args__ = (
        UniqueConstraint("letter_id", "on", name="uq_failed_deliveries_day"),
        Index("ix_failed_deliveries_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    way: Mapped[DeliveryWay] = mapped_column(by_value(DeliveryWay))
    on: Mapped[date]
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    reason: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
