"""What the annual report remembers: what a year carried over, frozen at its end (R56), and its publication (R58)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base


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
