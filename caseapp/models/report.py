"""What the annual report remembers: what a year carried over, frozen at its end (R56), and its publication (R58)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.report_correction import Part
from caseapp.models.people import Person


class FrozenYear(Base):
    """A year whose 结转 has been frozen."""

    __tablename__ = "frozen_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class CarriedOver(Base):
    """One case that stood open at the end of a year: row 4 of its report, row 2 of the next."""

    __tablename__ = "carried_over"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    frozen_at: Mapped[datetime]
    frozen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PublishedReport(Base):
    """Where and when the report of a year was published (art. 49, 50)."""

    __tablename__ = "published_reports"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    place: Mapped[str] = mapped_column(String(300))
    published_on: Mapped[date]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]


class ReportText(Base):
    """One section of the report of a year, as a person wrote it."""

    __tablename__ = "report_texts"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    section: Mapped[str] = mapped_column(String(20), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]


class ReportNumber(Base):
    """One figure of table two of a year, as a person entered it; "" is kept as no row."""

    __tablename__ = "report_numbers"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    value: Mapped[str] = mapped_column(String(20))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]


class ReportVerdict(Base):
    """What a person said of a warning; it holds as long as both sides of the warning stay as they were."""

    __tablename__ = "report_verdicts"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    judged_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    judged_at: Mapped[datetime]


class ReportCorrection(Base):
    """A cell of tables three or four moved by hand, and why; never removed: what was wrong is corrected back."""

    __tablename__ = "report_corrections"
    __table_args__ = (
        CheckConstraint("by_how_many <> 0", name="of_something"),
        Index("ix_report_corrections_year", "year", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))  # none: of no department's cases
    part: Mapped[Part] = mapped_column(by_value(Part))
    row: Mapped[str] = mapped_column(String(40))
    column: Mapped[str] = mapped_column(String(40))
    by_how_many: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    corrected_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    corrected_at: Mapped[datetime]

    corrected_by: Mapped[Person] = relationship()


class ProgressRound(Base):
    """The departments are asked what they did in a year, by a day."""

    __tablename__ = "progress_rounds"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    due_on: Mapped[date]
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]


class ProgressReport(Base):
    """What one department says of its year; `submitted_on` is the first day on which it had said it."""

    __tablename__ = "progress_reports"

    year: Mapped[int] = mapped_column(ForeignKey("progress_rounds.year"), primary_key=True, autoincrement=False)
    department_id: Mapped[int] = mapped_column(ForeignKey("departments.id"), primary_key=True, autoincrement=False)
    work: Mapped[str] = mapped_column(Text)
    trouble: Mapped[str] = mapped_column(Text)
    plan: Mapped[str] = mapped_column(Text)
    submitted_on: Mapped[date]
    written_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]

    written_by: Mapped[Person] = relationship()
