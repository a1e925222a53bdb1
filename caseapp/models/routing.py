"""Which words and numbers lead to which department: data that an administrator edits; columns as in the plan file."""

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseapp.db import Base, by_value
from caseapp.domain.routing_table import Kind


class RoutingTerm(Base):
    """A word that speaks for a department or an organ outside, or, without one, tells how a clause is meant."""

    __tablename__ = "routing_terms"
    __table_args__ = (
        UniqueConstraint("term", "kind", "department_code", name="uq_routing_terms_term"),
        CheckConstraint("weight <> 0 OR department_code = ''", name="weighs_something"),
        CheckConstraint("weight >= 0 AND weight <= 20", name="weight_in_range"),
        Index("ix_routing_terms_list", "term", "id"),
        Index("ix_routing_terms_department", "department_code", "term", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    term: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    department_code: Mapped[str] = mapped_column(
        String(20)
    )  # or `outside`, `triage`; empty for words that belong to nobody
    field_code: Mapped[str] = mapped_column(String(20))
    weight: Mapped[float]
    active: Mapped[bool] = mapped_column(default=True)


class NumberPattern(Base):
    """A form of document or project number that names its department."""

    __tablename__ = "number_patterns"
    __table_args__ = (CheckConstraint("weight > 0 AND weight <= 20", name="weight_in_range"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pattern: Mapped[str] = mapped_column(String(200), unique=True)
    meaning: Mapped[str] = mapped_column(String(60))
    department_code: Mapped[str] = mapped_column(String(20))
    field_code: Mapped[str] = mapped_column(String(20))
    weight: Mapped[float]
    active: Mapped[bool] = mapped_column(default=True)
