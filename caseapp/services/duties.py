"""The duties of a case as rows: written anew with its dates, read by the case page, the worklist and the reminders."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, insert, or_, select, update
from sqlalchemy import case as sql_case
from sqlalchemy.orm import joinedload

from caseapp.db import db, fetch, table_of
from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.correction import CaseKind
from caseapp.domain.deadlines import TwoClocks
from caseapp.domain.duties import (
    DUTY_ARTICLES,
    DUTY_WORDS,
    LAPSES_BY_ITSELF,
    LEAD_WORKING_DAYS,
    ConsultationFacts,
    DutyFacts,
    DutyKind,
    duties,
    is_overdue,
)
from caseapp.domain.fee import GONE
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.rulesets import by_id
from caseapp.models import Case, Consultation, Delivery, Duty, Extension, Fee, ReasonsRequest, Reply, Supplement
from caseapp.services import working_calendar

MOST = 20
DUTIES = table_of(Duty)
OF_THE_CLOCKS = {
    DutyKind.ANSWER_LOCAL: "local_due_on",
    DutyKind.DELIVERY: "local_due_on",
    DutyKind.ANSWER_STATUTORY: "statutory_due_on",
    DutyKind.SUPPLEMENT_CHECK: "notice_due_on",
    DutyKind.EXTENSION_NOTICE: "first_due_on",
}
NEW_DAYS = (
    update(DUTIES)
    .where(
        DUTIES.c.case_id == bindparam("of_case"),
        DUTIES.c.done_on.is_(None),
        or_(*(DUTIES.c.kind == kind for kind in OF_THE_CLOCKS)),  # a list cannot be sent for many cases at once
    )
    .values(
        due_on=sql_case(*((DUTIES.c.kind == kind, bindparam(name, type_=Date)) for kind, name in OF_THE_CLOCKS.items()))
    )
)

# What the window sees to for every department, besides all that has no department yet.
OF_THE_WINDOW = (DutyKind.DELIVERY, DutyKind.SUPPLEMENT_NOTICE, DutyKind.FEE_PAYMENT)
OF_THE_HEAD = (DutyKind.EXTENSION_NOTICE,)
BEGIN = insert(table_of(Duty))
OF_CASE = (
    select(Duty.id, Duty.kind, Duty.due_on, Duty.done_on, Consultation.name)
    .outerjoin(Consultation, and_(Duty.kind == DutyKind.CONSULTATION_REPLY, Duty.ref == Consultation.id))
    .where(Duty.case_id == bindparam("case"))
)


def refresh(case: Case, clocks: TwoClocks, *, at: datetime) -> None:
    """Write the duties that the facts of the case make; called by `deadlines.refresh` alone, with the dates."""
    found = duties(_facts(case, clocks, today=local_date(at)))
    rows = {(row.kind, row.ref): row for row in db.session.scalars(select(Duty).where(Duty.case_id == case.id))}
    for duty in found:
        row = rows.pop((duty.kind, duty.ref), None)
        if row is None:
            row = Duty(case_id=case.id, kind=duty.kind, ref=duty.ref)
            db.session.add(row)
        if duty.done_on is None or row.done_on is None:
            row.done_on = duty.done_on
        if row.done_on is None or row.due_on is None:
            row.due_on = duty.due_on  # what is done keeps the day that it was due on
    for row in rows.values():
        if row.kind is DutyKind.DELIVERY and row.done_on is None:
            db.session.delete(row)  # its letter was voided: nothing was delivered, and nothing is left to deliver
        else:
            row.done_on = row.done_on or local_date(at)


def begin(case: Case, clocks: TwoClocks, *, today: date) -> None:
    """Give a case that has just been registered, and has no other facts yet, its first duties."""
    facts = DutyFacts(
        clocks=clocks,
        today=today,
        is_correction=case.case_kind is CaseKind.CORRECTION,
        consultation_due=_no_consultation,
    )
    rows = [
        {"case_id": case.id, "kind": duty.kind, "ref": duty.ref, "due_on": duty.due_on, "done_on": duty.done_on}
        for duty in duties(facts)
    ]
    db.session.execute(BEGIN, rows)


def _no_consultation(row: ConsultationFacts) -> date:
    raise LookupError(f"a new case has no consultation {row.id}")


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The dates of one open case by another calendar."""

    case_id: int
    local_due_on: date | None
    statutory_due_on: date | None
    notice_due_on: date | None
    first_due_on: date | None

    @property
    def values(self) -> dict[str, object]:
        """Return them by the names that the statement uses."""
        return {
            "of_case": self.case_id,
            "local_due_on": self.local_due_on,
            "statutory_due_on": self.statutory_due_on,
            "notice_due_on": self.notice_due_on,
            "first_due_on": self.first_due_on,
        }


def follow(moved: Sequence[Dates], *, calendar: WorkingCalendar) -> None:
    """Move the open duties of cases that were counted anew all at once; their facts are the same as before (L6)."""
    if moved:
        db.session.execute(NEW_DAYS, [dates.values for dates in moved])
    asked = (
        select(Duty, Consultation, Case.local_rule_set)
        .join(Consultation, and_(Duty.kind == DutyKind.CONSULTATION_REPLY, Duty.ref == Consultation.id))
        .join(Case, Case.id == Duty.case_id)
        .where(Duty.done_on.is_(None), Duty.case_id.in_([dates.case_id for dates in moved]))
    )
    for duty, row, rules in db.session.execute(asked):
        days = by_id(rules).consultation_days
        duty.due_on = calendar.nth_working_day(row.delivered_on or row.opened_on, days)


def _facts(case: Case, clocks: TwoClocks, *, today: date) -> DutyFacts:
    issued_at = db.session.scalar(select(Reply.issued_at).where(Reply.case_id == case.id))
    calendar, days = working_calendar.current(), by_id(case.local_rule_set).consultation_days

    def consultation_due(row: ConsultationFacts) -> date:
        return calendar.nth_working_day(row.delivered_on or row.opened_on, days)

    posted = (
        select(Supplement, Delivery.on)
        .outerjoin(Delivery, Delivery.letter_id == Supplement.letter_id)
        .where(Supplement.case_id == case.id)
        .order_by(Supplement.id)
    )
    return DutyFacts(
        clocks=clocks,
        ended_on=case.answered_on or case.closed_on,
        issued_on=local_date(issued_at) if issued_at else None,
        today=today,
        supplements=tuple((row, on) for row, on in db.session.execute(posted)),
        consultations=tuple(_of(Consultation, case)),
        extensions=tuple(_of(Extension, case)),
        reasons=tuple(_of(ReasonsRequest, case)),
        fees=tuple(fee for fee in _of(Fee, case) if fee.status not in GONE),
        is_correction=case.case_kind is CaseKind.CORRECTION,
        consultation_due=consultation_due,
    )


def _of(table: type[Any], case: Case) -> Sequence[Any]:
    return db.session.scalars(select(table).where(table.case_id == case.id).order_by(table.id)).all()


@dataclass(frozen=True, kw_only=True)
class ShownDuty:
    """One duty as a page lists it."""

    words: str
    about: str  # who is asked, where it is a consultation
    article: str
    due_on: date | None
    done_on: date | None
    is_overdue: bool


def of_case(case_id: int, *, today: date) -> list[ShownDuty]:
    """Return the duties of the case: the open ones by their day, then those done."""
    ordered = sorted(
        fetch(OF_CASE, {"case": case_id}), key=lambda row: (row.done_on is not None, row.due_on or date.max, row.id)
    )
    return [_shown(row, about=row.name or "", today=today) for row in ordered]


def _shown(row: Any, *, today: date, about: str = "") -> ShownDuty:
    return ShownDuty(
        words=DUTY_WORDS[row.kind],
        about=about,
        article=DUTY_ARTICLES[row.kind],
        due_on=row.due_on,
        done_on=row.done_on,
        is_overdue=row.done_on is None and is_overdue(row.kind, due_on=row.due_on, today=today),
    )


@dataclass(frozen=True, kw_only=True)
class NearDuty:
    """An open duty of a case, near or past its day."""

    case_id: int
    number: str
    duty: ShownDuty


def horizon(today: date) -> date:
    """Return the last day that counts as near: the third working day from today."""
    return working_calendar.current().nth_working_day(today, LEAD_WORKING_DAYS)


def due_and_not_done(at: datetime) -> Select[Any]:
    """Return the query of open duties due within three working days or past their day, oldest first, by their index."""
    today = local_date(at)
    near = Duty.done_on.is_(None), Duty.due_on <= horizon(today)
    return (
        select(Duty)
        .where(*near, or_(Duty.due_on >= today, Duty.kind.not_in(LAPSES_BY_ITSELF)))
        .order_by(Duty.due_on, Duty.id)
    )


def near(actor: Actor, *, at: datetime) -> list[NearDuty]:
    """Return what this person must see to within three working days or has missed, at most twenty."""
    rows = db.session.scalars(
        due_and_not_done(at).join(Duty.case).where(is_responsible(actor)).options(joinedload(Duty.case)).limit(MOST)
    )
    today = local_date(at)
    return [NearDuty(case_id=row.case_id, number=row.case.number, duty=_shown(row, today=today)) for row in rows]


def is_responsible(actor: Actor) -> ColumnElement[bool]:
    """Say of a duty whether it is this person's, by the roles he holds; nobody is told of what is not his to do."""
    mine: list[ColumnElement[bool]] = [Case.id < 0]
    if Role.OFFICER in actor.roles and actor.department_id is not None:
        mine.append(and_(Case.department_id == actor.department_id))
    if Role.CLERK in actor.roles:
        mine.append(or_(Case.department_id.is_(None), Duty.kind.in_(OF_THE_WINDOW)))
    if Role.HEAD in actor.roles:
        mine.append(Duty.kind.in_(OF_THE_HEAD))
    return or_(*mine)
