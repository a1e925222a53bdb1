"""What must be done by when: one table of duties, read by the case page, the worklist and the reminders."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.duties import DutyKind
from caseapp.models.case import Case


class Duty(Base):
    """One duty of one case; the marks name the due date that a reminder was given for, so that each is given once."""

    __tablename__ = "duties"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "ref", name="uq_duties_once"),
        # The reminders and the worklist read what is open by its day.
        Index(
            "ix_duties_open",
            "due_on",
            "id",
            sqlite_where=text("done_on IS NULL"),
            postgresql_where=text("done_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[DutyKind] = mapped_column(by_value(DutyKind))
    ref: Mapped[int]  # id of the supplement, consultation, extension, fee …; 0 for the case itself
    due_on: Mapped[date | None]  # empty while the period stands still
    done_on: Mapped[date | None]
    reminded_for: Mapped[date | None]  # the due date that was still ahead
    reminded_on: Mapped[date | None]
    warned_for: Mapped[date | None]  # the due date that had passed
    warned_on: Mapped[date | None]

    case: Mapped[Case] = relationship()
