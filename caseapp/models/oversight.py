"""Cases drawn at random and looked at by the auditor, each once, with what was found."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.oversight import Verdict
from caseapp.models.case import Case
from caseapp.models.people import Department, Person


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


class ScoreAdjustment(Base):
    """Points that a person gave a department for a year, or took from it, and why; never removed."""

    __tablename__ = "score_adjustments"
    __table_args__ = (
        CheckConstraint("points <> 0", name="of_something"),
        Index("ix_score_adjustments_year", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"))
    points: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime]

    department: Mapped[Department] = relationship()
