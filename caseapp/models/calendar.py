"""The office's own calendar rows, laid over the national calendar."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base


class CalendarDay(Base):
    """One day that differs from the national calendar as installed, with its source."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    is_working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(60))
    source: Mapped[str] = mapped_column(String(120))
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
