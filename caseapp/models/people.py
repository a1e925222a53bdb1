"""Departments, members of staff and their roles, and the count of attempts at a guarded door."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.document import LetterForm
from caseapp.domain.permissions import Role
from caseapp.domain.remedies import OrganKind


class Department(Base):
    """An organ that answers requests under its own name and numbers its own letters."""

    __tablename__ = "departments"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    short_name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    organ_kind: Mapped[OrganKind] = mapped_column(by_value(OrganKind))
    review_body: Mapped[str] = mapped_column(String(80), default="")
    review_address: Mapped[str] = mapped_column(String(200), default="")
    court: Mapped[str] = mapped_column(String(80), default="")
    letter_prefix: Mapped[str] = mapped_column(String(40))  # 机关代字
    number_pattern: Mapped[str] = mapped_column(String(80))
    letter_form: Mapped[LetterForm] = mapped_column(by_value(LetterForm))
    active: Mapped[bool] = mapped_column(default=True)


class Person(Base):
    """A member of staff; `signed_version` changes when the password or the rights do, which ends every session."""

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    sign_in_name: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")  # reminders go there
    mailed_on: Mapped[date | None]  # the day of the newest reminder, or on which there was nothing to remind of
    active: Mapped[bool] = mapped_column(default=True)
    demonstration: Mapped[bool] = mapped_column(default=False)
    signed_version: Mapped[int] = mapped_column(default=1)

    roles: Mapped[list["PersonRole"]] = relationship(lazy="selectin", cascade="all, delete-orphan")
    department: Mapped[Department | None] = relationship()


class PersonRole(Base):
    """One role of one person."""

    __tablename__ = "person_roles"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(by_value(Role), primary_key=True)


class Attempt(Base):
    """How often a guarded door was tried within one window; `subject` is a keyed digest, never the name or address."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("door", "subject", "window", name="uq_attempts_window"),
        Index("ix_attempts_sweep", "window"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    door: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    window: Mapped[int]
    count: Mapped[int] = mapped_column(server_default=text("0"))
    last_at: Mapped[datetime]
