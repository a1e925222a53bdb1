"""The case, its applicant, its attachments, and the draft that an applicant fills in before filing."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseapp.db import Base, by_value
from caseapp.domain.correction import CaseKind
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.receipt import Channel
from caseapp.models.people import Department


class Case(Base):
    """One request for government information (申请), from filing to answer."""

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(status = 'answered') = (answered_on IS NOT NULL)", name="answered_when_dated"),
        CheckConstraint("(status = 'closed') = (closed_on IS NOT NULL)", name="closed_when_dated"),
        CheckConstraint("statutory_due_on >= local_due_on", name="local_within_statute"),
        CheckConstraint("status <> 'awaiting_confirmation' OR confirmed_on IS NULL", name="awaits_unconfirmed"),
        CheckConstraint(
            "confirmed_on IS NOT NULL OR status IN ('awaiting_confirmation', 'closed')", name="confirmed_when_taken_up"
        ),
        CheckConstraint("confirmed_on >= arrived_on", name="confirmed_after_arrival"),
        Index("ix_cases_worklist_department", "department_id", "status", "urgency_on", "id"),
        Index("ix_cases_worklist_office", "status", "urgency_on", "id"),
        Index("ix_cases_list_department", "department_id", "id"),
        Index("ix_cases_list_status", "status", "id"),
        Index("ix_cases_information", "information_key", "id"),
        Index("ix_cases_received", "received_on", "id"),
        Index("ix_cases_reported", "reported_on", "id"),
        Index("ix_cases_split", "split_id", "id"),
        Index("ix_cases_list_both", "department_id", "status", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    filing_digest: Mapped[str] = mapped_column(String(64), unique=True)  # of the idempotency key
    query_digest: Mapped[str] = mapped_column(String(64))  # of the query code; the code itself is nowhere
    split_id: Mapped[int | None] = mapped_column(ForeignKey("splits.id"))  # the filing that became several cases
    status: Mapped[Status] = mapped_column(by_value(Status))
    case_kind: Mapped[CaseKind] = mapped_column(by_value(CaseKind), default=CaseKind.DISCLOSURE)
    title: Mapped[str] = mapped_column(String(200))
    document_no: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(Text)
    information_key: Mapped[str] = mapped_column(String(64), default="")  # a digest of what it is called
    medium: Mapped[Medium] = mapped_column(by_value(Medium))
    delivery_way: Mapped[DeliveryWay] = mapped_column(by_value(DeliveryWay))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    field_code: Mapped[str] = mapped_column(String(20))
    routing_note: Mapped[str] = mapped_column(Text)
    candidates: Mapped[str] = mapped_column(String(200))  # department codes, best first, one space apart
    proposed_outside: Mapped[bool] = mapped_column(default=False)
    filed_at: Mapped[datetime]
    channel: Mapped[Channel] = mapped_column(by_value(Channel))
    arrived_on: Mapped[date]
    confirmed_on: Mapped[date | None]  # by both sides; for a channel without confirmation the day of arrival
    receipt_note: Mapped[str] = mapped_column(Text, default="")  # why the confirmation came late
    help_needed: Mapped[bool] = mapped_column(default=False)  # art. 43
    received_on: Mapped[date]  # the confirmation; until then the arrival, which is the stricter day
    counted_from: Mapped[date]  # the receipt date, until a supplement restarts the period
    local_rule_set: Mapped[str] = mapped_column(String(20))
    statute: Mapped[str] = mapped_column(String(20))
    local_due_on: Mapped[date | None]  # this and the next three: written by services.deadlines only
    statutory_due_on: Mapped[date | None]
    provisional: Mapped[bool]
    urgency_on: Mapped[date | None]  # the due date while the case is open, empty afterwards
    outcome: Mapped[Outcome | None] = mapped_column(by_value(Outcome))
    answered_on: Mapped[date | None]
    closed_on: Mapped[date | None]  # ended without an answer
    report_row: Mapped[str | None] = mapped_column(String(8))  # of table three, as 3.3.6; "" counts in none
    reported_on: Mapped[date | None]  # the day of its first end: a case counts once (I6)
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    applicant: Mapped["Applicant"] = relationship(back_populates="case")
    department: Mapped[Department | None] = relationship()
    attachments: Mapped[list["Attachment"]] = relationship(order_by="Attachment.id")

    __mapper_args__ = {"version_id_col": version}


class Applicant(Base):
    """Who asks, with no more than art. 29 names; the identity number is encrypted and bound to the case."""

    __tablename__ = "applicants"

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[ApplicantKind] = mapped_column(by_value(ApplicantKind))
    name: Mapped[str] = mapped_column(String(120))
    identity_kind: Mapped[IdentityKind | None] = mapped_column(by_value(IdentityKind))  # none: 统一社会信用代码
    identity_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_masked: Mapped[str] = mapped_column(String(40))
    identity_digest: Mapped[str] = mapped_column(String(64), index=True)  # keyed; finds the same applicant
    representative: Mapped[str] = mapped_column(String(120), default="")  # 法定代表人（负责人）
    contact_person: Mapped[str] = mapped_column(String(120), default="")
    agent_name: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(40), index=True)
    address: Mapped[str] = mapped_column(String(300), default="")
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")  # kept only with consent to its use

    case: Mapped[Case] = relationship(back_populates="applicant")


class FilingDraft(Base):
    """What an applicant has typed so far, sealed; emptied at filing, when only the key and its case remain."""

    __tablename__ = "filing_drafts"
    __table_args__ = (Index("ix_filing_drafts_resume_digest", "resume_digest", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    answers_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(index=True)
    resume_digest: Mapped[str | None] = mapped_column(String(64))  # of the code by which it is taken up again
    kept_until: Mapped[datetime | None]  # set aside by its applicant; otherwise it goes after a day


class Attachment(Base):
    """A file that came with a request: bytes under a generated name, written before this row."""

    __tablename__ = "attachments"
    __table_args__ = (
        CheckConstraint("(draft_id IS NULL) <> (case_id IS NULL)", name="draft_or_case"),
        CheckConstraint("size > 0", name="not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("filing_drafts.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    original_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    uploaded_at: Mapped[datetime]
