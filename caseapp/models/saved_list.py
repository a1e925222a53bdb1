"""Lists of cases that people keep under a name, for themselves or for the office."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base


class SavedList(Base):
    """A way to narrow the list of cases, not the cases: whoever opens it sees what he may see now."""

    __tablename__ = "saved_lists"
    __table_args__ = (
        UniqueConstraint("person_id", "name", name="uq_saved_lists_person_id"),
        Index("ix_saved_lists_shared", "shared", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str] = mapped_column(String(60))
    narrowed_by: Mapped[str] = mapped_column(String(2000))  # the query string of the list
    shared: Mapped[bool]
    saved_at: Mapped[datetime]
