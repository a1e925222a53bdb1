"""补正: what the applicant was told to correct, and what came of it (art. 30)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.supplement import SupplementStatus
from caseapp.models.case import Case
from caseapp.models.papers import Letter


class Supplement(Base):
    """One notice to correct an application; a late or second one carries the reason for which it was allowed."""

    __tablename__ = "supplements"
    __table_args__ = (
        CheckConstraint("reply_by > asked_on", name="time_to_answer"),
        CheckConstraint("(status = 'taken') = (taken_on IS NOT NULL)", name="taken_when_dated"),
        CheckConstraint("(status = 'lapsed') = (lapsed_on IS NOT NULL)", name="lapsed_when_dated"),
        Index("ix_supplements_case", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    status: Mapped[SupplementStatus] = mapped_column(by_value(SupplementStatus))
    items: Mapped[str] = mapped_column(Text)  # each point to correct, one to a line
    guidance: Mapped[str] = mapped_column(Text, default="")
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    override: Mapped[str] = mapped_column(Text, default="")  # why a late or second notice went out; flagged for ever
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id"))
    taken_on: Mapped[date | None]
    taken_text: Mapped[str] = mapped_column(Text, default="")
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # none: the applicant himself, online
    lapsed_on: Mapped[date | None]
    lapse_judgement: Mapped[str] = mapped_column(Text, default="")
    lapsed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]

    case: Mapped[Case] = relationship()
    letter: Mapped[Letter] = relationship()
