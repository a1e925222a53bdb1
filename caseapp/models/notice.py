"""Messages to applicants and to staff, sent by the worker; number and address stay with the case and the person."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.notices import NoticeKind, NoticeState
from caseapp.models.case import Case
from caseapp.models.people import Person


class Notice(Base):
    """One message: to the applicant of a case, or to a member of staff."""

    __tablename__ = "notices"
    __table_args__ = (
        CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name="sent_when_dated"),
        CheckConstraint("(case_id IS NULL) <> (person_id IS NULL)", name="one_addressee"),
        Index("ix_notices_person", "person_id", "id"),
        Index(
            "ix_notices_waiting",
            "next_try_at",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("ix_notices_case", "case_id", "id"),
        Index("ix_notices_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[NoticeKind] = mapped_column(by_value(NoticeKind))
    subject: Mapped[str] = mapped_column(String(200), default="", server_default="")  # of a letter by e-mail
    words: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(by_value(NoticeState), default=NoticeState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error: Mapped[str] = mapped_column(String(200), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case | None] = relationship()
    person: Mapped[Person | None] = relationship()
