"""Replies, letters, their numbers and their delivery."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LetterKind
from caseapp.domain.outcome import Outcome
from caseapp.domain.replies import ReplyStatus
from caseapp.models.people import Department, Person


class Series(Base):
    """A locked counter: the last number given out in one series and year."""

    __tablename__ = "series"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


class LetterSeries(Base):
    """That a department numbers one kind of letter apart from the others, by a pattern of its own."""

    __tablename__ = "letter_series"

    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), primary_key=True, autoincrement=False)
    kind: Mapped[LetterKind] = mapped_column(by_value(LetterKind), primary_key=True)
    pattern: Mapped[str] = mapped_column(String(80))


class Reply(Base):
    """The answer that an officer drafts and the head approves; `content` is what the letter will state."""

    __tablename__ = "replies"
    __table_args__ = (
        CheckConstraint("issued_by_id IS NULL OR issued_by_id <> drafted_by_id", name="two_people"),
        CheckConstraint("issued_by_id IS NULL OR issued_by_id <> submitted_by_id", name="not_own_proposal"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    status: Mapped[ReplyStatus] = mapped_column(by_value(ReplyStatus))
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    content: Mapped[dict[str, object]] = mapped_column(JSON)
    drafted_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drafted_at: Mapped[datetime]
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    submitted_at: Mapped[datetime | None]
    returned_reason: Mapped[str] = mapped_column(Text, default="")
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime | None]

    drafted_by: Mapped[Person] = relationship(foreign_keys=[drafted_by_id])


class ReplyFile(Base):
    """A file that is disclosed with the answer; the applicant gets it once the letter has been delivered.

    `reopening_id` is set on the files of an answer after which the case was handled anew.
    """

    __tablename__ = "reply_files"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"), Index("ix_reply_files_case", "case_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    reopening_id: Mapped[int | None] = mapped_column(ForeignKey("reopenings.id"))
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    original_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


class Letter(Base):
    """An issued letter: its number, the data it was made from, and the digest of its frozen bytes."""

    __tablename__ = "letters"
    __table_args__ = (
        UniqueConstraint("department_id", "series", "year", "serial", name="uq_letters_serial"),
        Index("ix_letters_case", "case_id", "id"),
        Index("ix_letters_kind", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    kind: Mapped[LetterKind] = mapped_column(by_value(LetterKind))
    number: Mapped[str] = mapped_column(String(80), unique=True)
    series: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    serial: Mapped[int]
    dated_on: Mapped[date]
    fields: Mapped[dict[str, object]] = mapped_column(JSON)
    sha256: Mapped[str] = mapped_column(String(64))
    issued_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    issued_at: Mapped[datetime]

    department: Mapped[Department] = relationship()
    document: Mapped["IssuedDocument"] = relationship(lazy="raise")
    delivery: Mapped["Delivery | None"] = relationship()
    voided: Mapped["VoidedLetter | None"] = relationship()


class VoidedLetter(Base):
    """That a letter was voided before it left the office, and why; its number is never given out again (R44)."""

    __tablename__ = "voided_letters"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(Text)
    voided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    voided_at: Mapped[datetime]


class IssuedDocument(Base):
    """The bytes of an issued letter, apart from its row so that lists never read them; never changed."""

    __tablename__ = "issued_documents"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Delivery(Base):
    """That a letter reached the applicant, how and on which day (L8)."""

    __tablename__ = "deliveries"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"), primary_key=True)
    way: Mapped[DeliveryWay] = mapped_column(by_value(DeliveryWay))
    on: Mapped[date]
    tracking_number: Mapped[str] = mapped_column(String(40), default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
