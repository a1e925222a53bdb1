"""What the annual report remembers: the list of cases that a year carried over, frozen at its end (R56)."""

from datetime import datetime

from sqlalchemy import ForeignKey
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
