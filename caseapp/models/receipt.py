"""Receipt of a request: attempts to reach its applicant, and changes of the day that counts (art. 31)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.receipt import ChangeStatus, ContactWay
from caseapp.models.case import Case
from caseapp.models.people import Person


class ContactAttempt(Base):
    """One attempt to reach an applicant so that both sides confirm; the clock starts at the one that `reached` him."""

    __tablename__ = "contact_attempts"
    __table_args__ = (Index("ix_contact_attempts_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime]
    way: Mapped[ContactWay] = mapped_column(by_value(ContactWay))
    reached: Mapped[bool]
    note: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    by: Mapped[Person] = relationship()


class ReceiptChange(Base):
    """A proposal to change the day of receipt, decided by a second person; the old day stays here (R12)."""

    __tablename__ = "receipt_changes"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided_when_dated"),
        CheckConstraint("new_on <> old_on", name="another_day"),
        Index("ix_receipt_changes_case", "case_id", "id"),
        Index(
            "uq_receipt_changes_one_waits",
            "case_id",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    status: Mapped[ChangeStatus] = mapped_column(by_value(ChangeStatus))
    old_on: Mapped[date]
    new_on: Mapped[date]
    reason: Mapped[str] = mapped_column(Text)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
