"""One filing that became several cases: what was filed, word by word, and why it was split."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base


class Split(Base):
    """The filing as it came; its cases point here (`Case.split_id`), the first of them keeps its number."""

    __tablename__ = "splits"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
