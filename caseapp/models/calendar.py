"""The office's own calendar rows, laid over the national calendar; the notices behind them; the dates they moved."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base


class CalendarDay(Base):
    """One day that differs from the national calendar as installed, with its source."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(120))
    notice_year: Mapped[int | None] = mapped_column(index=True)  # none: entered by hand, and left alone by notices
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]


class CalendarNotice(Base):
    """A State Council notice as it was entered; several of one year stand on top of each other in their order."""

    __tablename__ = "calendar_notices"
    __table_args__ = (Index("ix_calendar_notices_year", "year", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # none: entered on the command line
    entered_at: Mapped[datetime]


class DueDateChange(Base):
    """That a change of the calendar moved the due dates of a case: the line in the case's ledger (L6)."""

    __tablename__ = "due_date_changes"
    __table_args__ = (Index("ix_due_date_changes_case", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    cause: Mapped[str] = mapped_column(String(200))
    local_before: Mapped[date | None]
    local_after: Mapped[date | None]
    statutory_before: Mapped[date | None]
    statutory_after: Mapped[date | None]
    at: Mapped[datetime]
