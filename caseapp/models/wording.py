"""The office's own versions of the words of its letters."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.letters import LetterKind
from caseapp.domain.wording import WordingStatus
from caseapp.models.people import Person


class LetterWording(Base):
    """One version of a template; the newest approved one of its kind is in force, and none is ever changed."""

    __tablename__ = "letter_wordings"
    __table_args__ = (
        CheckConstraint("decided_by_id IS NULL OR decided_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint("(status = 'proposed') = (decided_at IS NULL)", name="decided_when_dated"),
        Index("ix_letter_wordings_kind", "kind", "status", "id"),
        Index(
            "uq_letter_wordings_one_waits",
            "kind",
            unique=True,
            sqlite_where=text("status = 'proposed'"),
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[LetterKind] = mapped_column(by_value(LetterKind))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[WordingStatus] = mapped_column(by_value(WordingStatus))
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(Text, default="")

    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id])
