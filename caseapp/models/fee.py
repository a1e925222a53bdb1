"""信息处理费 and 说明理由: what excess leads to (art. 35, 42; fee measure)."""

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.fee import FeeStatus
from caseapp.domain.fee_schedule import FeeBasis
from caseapp.models.case import Case
from caseapp.models.papers import Letter
from caseapp.models.people import Person


class Fee(Base):
    """One fee for one application: never both standards (R49); amounts in whole yuan."""

    __tablename__ = "fees"
    __table_args__ = (
        CheckConstraint("amount > 0", name="worth_a_notice"),
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(status = 'paid') = (paid_on IS NOT NULL)", name="paid_when_dated"),
        Index("ix_fees_case", "case_id", "id"),
        CheckConstraint("delivered_on IS NULL OR noticed_on IS NOT NULL", name="delivered_after_sending"),
        CheckConstraint("(delivered_on IS NULL) = (pay_by IS NULL)", name="payable_from_delivery"),
        Index("ix_fees_waiting", "status", "id"),
        # Never both standards, and never twice (R49); one refused or given up may be followed by another.
        Index(
            "uq_fees_one_alive",
            "case_id",
            unique=True,
            sqlite_where=text("status NOT IN ('refused', 'cancelled')"),
            postgresql_where=text("status NOT IN ('refused', 'cancelled')"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    status: Mapped[FeeStatus] = mapped_column(by_value(FeeStatus))
    basis: Mapped[FeeBasis] = mapped_column(by_value(FeeBasis))
    quantity: Mapped[int]  # items or pages of this application
    earlier: Mapped[int]  # items of the same applicant in the same calendar month before this one
    amount: Mapped[int]
    steps: Mapped[list[str]] = mapped_column(JSON)  # the calculation, as the notice shows it
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))
    noticed_on: Mapped[date | None]  # the notice went out
    delivered_on: Mapped[date | None]  # the applicant received it: 20 working days from the day after
    pay_by: Mapped[date | None]
    paid_on: Mapped[date | None]
    paper: Mapped[str] = mapped_column(String(60), default="")  # number of the 财政票据
    closing_note: Mapped[str] = mapped_column(Text, default="")  # why it ended unpaid, or was given up

    case: Mapped[Case] = relationship()
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
    letter: Mapped[Letter | None] = relationship()


class ReasonsRequest(Base):
    """An applicant beyond a reasonable number or frequency was asked for reasons (art. 35; D5)."""

    __tablename__ = "reasons_requests"
    __table_args__ = (
        UniqueConstraint("case_id", name="uq_reasons_requests_once"),
        CheckConstraint("is_accepted IS NULL OR recorded_on IS NOT NULL", name="judged_after_answer"),
        CheckConstraint("(is_accepted IS NULL) = (judged_on IS NULL)", name="judged_when_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    question: Mapped[str] = mapped_column(Text)
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    recorded_on: Mapped[date | None]  # reasons or silence: what came back has been written down
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    given_on: Mapped[date | None]  # none: he was silent
    reasons: Mapped[str] = mapped_column(Text, default="")
    is_accepted: Mapped[bool | None]
    judgement: Mapped[str] = mapped_column(Text, default="")
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    judged_on: Mapped[date | None]
    delayed_until: Mapped[date | None]  # the reasonable delay that he was told; moves no due date (art. 35)

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter] = relationship()
