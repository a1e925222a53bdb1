"""Cases drawn at random and looked at by the auditor, each once, with what was found."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.oversight import Verdict
from caseapp.models.case import Case
from caseapp.models.people import Person


class CaseCheck(Base):
    """One case that was drawn; without a verdict it is still to be looked at."""

    __tablename__ = "case_checks"
    __table_args__ = (
        CheckConstraint("(verdict IS NULL) = (checked_at IS NULL)", name="checked_when_judged"),
        Index("ix_case_checks_open", "verdict", "case_id"),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True, autoincrement=False)
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    drawn_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = mapped_column(by_value(Verdict))
    findings: Mapped[str] = mapped_column(Text, default="")
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime | None]

    case: Mapped[Case] = relationship()
    checked_by: Mapped[Person | None] = relationship(foreign_keys=[checked_by_id])
