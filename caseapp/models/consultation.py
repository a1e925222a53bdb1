"""征求意见: who was asked, what came back, and how it was weighed (art. 32, 34)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.models.case import Case
from caseapp.models.papers import Letter


class Consultation(Base):
    """One question to a third party or to an organ that made the information jointly."""

    __tablename__ = "consultations"
    __table_args__ = (
        CheckConstraint("delivered_on IS NULL OR delivered_on >= opened_on", name="delivered_after_opening"),
        CheckConstraint("closed_on IS NULL OR closed_on >= opened_on", name="closed_after_opening"),
        CheckConstraint("(closed_on IS NULL) = (position IS NULL)", name="closed_with_a_position"),
        Index("ix_consultations_case", "case_id", "id"),
        Index("ix_consultations_open", "closed_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[ConsultedKind] = mapped_column(by_value(ConsultedKind))
    name: Mapped[str] = mapped_column(String(120))
    contact: Mapped[str] = mapped_column(String(300))
    matter: Mapped[str] = mapped_column(Text)  # which information, and what part of it concerns the one asked
    opened_on: Mapped[date]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    delivered_on: Mapped[date | None]
    delivery_proof: Mapped[str] = mapped_column(String(120), default="")
    closed_on: Mapped[date | None]  # the reply received; silence ends by itself at the reply due date
    position: Mapped[Position | None] = mapped_column(by_value(Position))
    reasons: Mapped[str] = mapped_column(Text, default="")
    judgement: Mapped[str] = mapped_column(Text, default="")  # how an objection, or silence, was weighed
    is_reasonable: Mapped[bool | None]
    public_interest: Mapped[str] = mapped_column(Text, default="")
    judged_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    judged_on: Mapped[date | None]
    applicant_letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))  # D10
    notice_letter_id: Mapped[int | None] = mapped_column(ForeignKey("letters.id"))  # D11
    notice_delivered_on: Mapped[date | None]
    notice_proof: Mapped[str] = mapped_column(String(120), default="")
    opened_at: Mapped[datetime]

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter] = relationship(foreign_keys=[letter_id])
    applicant_letter: Mapped[Letter | None] = relationship(foreign_keys=[applicant_letter_id])
    notice_letter: Mapped[Letter | None] = relationship(foreign_keys=[notice_letter_id])
