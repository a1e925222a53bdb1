"""The annual report as it follows from the cases: tables three and four, fees, and the frozen 结转 (art. 49, 50)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, insert, literal, or_, select
from sqlalchemy.orm import joinedload

from caseapp.db import db, table_of
from caseapp.domain import annual_report as rules
from caseapp.domain.annual_report import CARRIED_IN, CARRIED_OUT, NEW, RESULTS, TOTAL, Broken, Cell, Layout, OfficeKind
from caseapp.domain.correction import CaseKind
from caseapp.domain.dispute import RESULT_LABELS
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.moments import local_date
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.report_correction import Correction, Part
from caseapp.models import (
    Applicant,
    CarriedOver,
    Case,
    Department,
    Dispute,
    FrozenYear,
    PublishedReport,
    ReportCorrection,
)
from caseapp.services import audit, fees, installation
from caseapp.services.cases import PAGE

# A request counts once it has been received; one for correction is not counted at all (R62).
COUNTS = and_(Case.confirmed_on.is_not(None), Case.case_kind == CaseKind.DISCLOSURE)


class YearNotOver(DomainError):
    text = "{year} 年还没有结束，不能冻结结转。"


class DepartmentUnknown(DomainError):
    text = "没有代码为“{code}”的部门。"


class AlreadyFrozen(DomainError):
    text = "{year} 年的结转已经冻结。"


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report: of a department, or of the whole district as the sum of its departments."""

    year: int
    layout: Layout
    department: str  # "" for the whole district
    department_name: str
    table_three: dict[Cell, int]
    table_four: dict[Cell, int]
    fees: dict[str, int]
    is_frozen: bool  # its own 结转
    broken: tuple[Broken, ...]  # I1 to I4: it cannot be published like this (R55)
    warnings: tuple[Broken, ...]  # I5
    corrections: tuple[Correction, ...]  # by hand, already in the tables
    by_hand: dict[Cell, int]  # what they make of table three


def annual(year: int, *, department: str = "") -> Report:
    """Return the report of the year, by the layout of the year; raises `NoLayout`, `DepartmentUnknown`.

    Row 2 is the frozen list of the year before; until that has been frozen, what the cases say today (R56).
    """
    layout = rules.layout_of(year)
    chosen = department_id(department)
    counts: Counter[Cell] = Counter()
    for code, kind, number in _counted(year, chosen):
        counts[rules.row_in(layout, code), rules.column_of(kind)] += number
    corrections = _corrections(year, chosen)
    four = _table_four(year, chosen)
    by_hand: Counter[Cell] = Counter()
    for one in corrections:
        if one.part is Part.THREE:
            by_hand[one.row, one.column] += one.by_how_many
        else:
            four[one.row, one.column] += one.by_how_many
            four[one.row, TOTAL] += one.by_how_many
    counts.update(by_hand)
    three = rules.completed(counts, layout=layout)
    broken = [*rules.check(three, layout=layout), *rules.check_disputes(four)]
    return Report(
        year=year,
        layout=layout,
        department=department,
        department_name=_name(chosen),
        table_three=three,
        table_four=four,
        fees=fees.totals(year),
        is_frozen=is_frozen(year),
        broken=tuple(broken),
        warnings=tuple(_warnings(year, three, chosen)),
        corrections=tuple(corrections),
        by_hand=rules.completed(by_hand, layout=layout),
    )


def freeze(year: int, *, actor: Actor | None, at: datetime) -> int:
    """Keep the list of what the year carries over, once and for ever; return how many there are (R56)."""
    if actor is not None:
        demand(actor, Permission.ADMINISTER)
    if local_date(at) <= date(year, 12, 31):
        raise YearNotOver(year=year)
    if is_frozen(year):
        raise AlreadyFrozen(year=year)
    by = actor.id if actor else None
    db.session.add(FrozenYear(year=year, frozen_at=at, frozen_by_id=by))
    db.session.flush()
    moment = literal(at, CarriedOver.frozen_at.type)
    carried = select(literal(year), Case.id, moment, literal(by, CarriedOver.year.type)).where(*_open_after(year))
    columns = ["year", "case_id", "frozen_at", "frozen_by_id"]
    db.session.execute(insert(table_of(CarriedOver)).from_select(columns, carried))
    count = db.session.scalar(select(func.count()).select_from(CarriedOver).where(CarriedOver.year == year)) or 0

    audit.record(None, EventKind.YEAR_FROZEN, actor=actor, at=at, setting=f"{year} 年结转 {count} 件")
    return count


def is_frozen(year: int) -> bool:
    """Return whether the 结转 of that year has been frozen."""
    return db.session.get(FrozenYear, year) is not None


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A report that is to be published, and by when."""

    year: int
    due_on: date
    kind: OfficeKind
    is_overdue: bool


def owed(*, today: date) -> Owed | None:
    """Return last year's report, until its publication has been recorded; `None` once it has, or had no cases (R58)."""
    year, kind = today.year - 1, OfficeKind(installation.current().settings.office_kind)
    first = db.session.scalar(select(func.min(Case.received_on)))
    if first is None or first.year > year or published(year) is not None:
        return None
    due_on = rules.publication_due(year, kind)
    return Owed(year=year, due_on=due_on, kind=kind, is_overdue=today > due_on)


def published(year: int) -> PublishedReport | None:
    """Return where and when the report of that year was published, `None` where that is not on record."""
    return db.session.get(PublishedReport, year)


def publish(year: int, *, place: str, published_on: date, actor: Actor, at: datetime) -> None:
    """Record the publication of the district's report; one that does not add up cannot be called published (R55)."""
    demand(actor, Permission.ADMINISTER)
    if published(year) is not None:
        raise rules.PublishedAlready(year=year)
    report = annual(year)
    rules.check_publication(
        year=year, place=place, published_on=published_on, broken=report.broken, today=local_date(at)
    )
    row = PublishedReport(year=year, place=place, published_on=published_on, recorded_by_id=actor.id, recorded_at=at)
    db.session.add(row)

    audit.record(
        None, EventKind.REPORT_PUBLISHED, actor=actor, at=at, setting=f"{year} 年报告", place=place, on=published_on
    )


def years(*, today: date) -> list[int]:
    """Return the years that there is a report for, the newest first, at most ten."""
    first = db.session.scalar(select(func.min(Case.received_on)))
    begin = max(first.year if first else today.year, rules.FIRST_YEAR, today.year - 9)
    return list(range(today.year, begin - 1, -1))


def department_id(code: str) -> int | None:
    if not code:
        return None
    found = db.session.scalar(select(Department.id).where(Department.code == code))
    if found is None:
        raise DepartmentUnknown(code=code)
    return found


def _name(department: int | None) -> str:
    return "" if department is None else db.session.get_one(Department, department).name


class CountedCase(NamedTuple):
    """A case that a cell of table three counts."""

    id: int
    number: str
    title: str
    description: str
    received_on: date
    reported_on: date | None


def cases_of(
    year: int, row: str, *, column: str, department: str, before: int | None, actor: Actor
) -> tuple[list[CountedCase], int | None]:
    """Return a page of the cases that one cell counts, the newest first, and where the next page begins.

    By the same conditions as the number itself; only for those who may read every case. Raises `NoLayout`.
    """
    demand(actor, Permission.READ_CASE)
    layout, chosen = rules.layout_of(year), department_id(department)
    query = (
        select(Case.id, Case.number, Case.title, Case.description, Case.received_on, Case.reported_on)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(COUNTS, *_conditions(year, row, layout=layout), Case.id < (before or LARGEST_ID))
        .order_by(Case.id.desc())
        .limit(PAGE + 1)
    )
    if column != TOTAL:
        query = query.where(Applicant.kind.in_([kind for kind in ApplicantKind if rules.column_of(kind) == column]))
    if chosen is not None:
        query = query.where(Case.department_id == chosen)
    found = [CountedCase._make(one) for one in db.session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def dispute_cases_of(
    year: int, block: str, cell: str, *, department: str, before: int | None, actor: Actor
) -> tuple[list[CountedCase], int | None]:
    """Return a page of the cases whose disputes one cell of table four counts, one line a dispute, the newest first.

    Only for those who may read every case. Raises `DepartmentUnknown`.
    """
    demand(actor, Permission.READ_CASE)
    chosen, (decided, pending) = department_id(department), _disputes(year)
    results = [result for result, words in RESULT_LABELS.items() if words == cell]
    counted = (
        or_(decided, pending) if cell == TOTAL else and_(decided, Dispute.result.in_(results)) if results else pending
    )
    query = (
        select(Dispute.id, Case.id, Case.number, Case.title, Case.description, Case.received_on, Case.reported_on)
        .join(Case, Case.id == Dispute.case_id)
        .where(counted, Dispute.kind.in_([kind for kind, words in rules.BLOCKS.items() if words == block]))
        .where(Dispute.id < (before or LARGEST_ID))
    )
    if chosen is not None:
        query = query.where(Case.department_id == chosen)
    rows = db.session.execute(query.order_by(Dispute.id.desc()).limit(PAGE + 1)).all()
    found = [CountedCase._make(row[1:]) for row in rows]
    return found[:PAGE], rows[PAGE - 1][0] if len(rows) > PAGE else None


def _disputes(year: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Say of a dispute that it was decided in the year, and that it was pending at its end (R63)."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    pending = and_(Dispute.began_on <= last, or_(Dispute.decided_on.is_(None), Dispute.decided_on > last))
    return and_(Dispute.decided_on >= first, Dispute.decided_on <= last), pending


def _corrections(year: int, department: int | None) -> list[Correction]:
    """Return what was corrected by hand, in one department where one is named, in the order in which it was."""
    query = select(ReportCorrection).where(ReportCorrection.year == year).order_by(ReportCorrection.id)
    if department is not None:
        query = query.where(ReportCorrection.department_id == department)
    rows = db.session.scalars(query.options(joinedload(ReportCorrection.corrected_by)))
    return [
        Correction(
            part=row.part,
            row=row.row,
            column=row.column,
            by_how_many=row.by_how_many,
            reason=row.reason,
            by=row.corrected_by.name,
            at=row.corrected_at,
        )
        for row in rows
    ]


def _conditions(year: int, row: str, *, layout: Layout) -> tuple[ColumnElement[bool], ...]:
    """Return what a case fulfils to be counted in that row of that year's report."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    if row == NEW:
        return Case.received_on >= first, Case.received_on <= last
    if row == CARRIED_IN:
        return _carried_into(year)
    if row == CARRIED_OUT:
        return _open_after(year)
    ended = Case.reported_on >= first, Case.reported_on <= last
    if row == RESULTS:
        return (*ended, Case.report_row != "")
    codes = [code for code in rules.leaves(Layout.OF_2021) if rules.row_in(layout, code) == row]
    return (*ended, Case.report_row.in_(codes))


def _carried_into(year: int) -> tuple[ColumnElement[bool], ...]:
    """Say of a case that the year before carried it over: as the frozen list has it, else as the cases say (R56)."""
    if is_frozen(year - 1):
        return (Case.id.in_(select(CarriedOver.case_id).where(CarriedOver.year == year - 1)),)
    return _open_after(year - 1)


def _counted(year: int, department: int | None) -> Iterator[tuple[str, ApplicantKind, int]]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    received = Case.received_on >= first, Case.received_on <= last
    yield from _rows(literal(NEW), *received, department=department)
    yield from _rows(literal(CARRIED_IN), *_carried_into(year), department=department)
    ended = Case.reported_on >= first, Case.reported_on <= last
    yield from _rows(Case.report_row, *ended, department=department)
    yield from _rows(literal(CARRIED_OUT), *_open_after(year), department=department)


def _open_after(year: int) -> tuple[ColumnElement[bool], ...]:
    """Say of a case that it was received by the end of the year and not yet settled then."""
    last = date(year, 12, 31)
    return COUNTS, Case.received_on <= last, or_(Case.reported_on.is_(None), Case.reported_on > last)


def _rows(
    row: Any, *conditions: ColumnElement[bool], department: int | None
) -> Iterator[tuple[str, ApplicantKind, int]]:
    code = row.label("code")
    query: Select[Any] = (
        select(code, Applicant.kind, func.count())
        .select_from(Case)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(COUNTS, *conditions)
        .group_by(code, Applicant.kind)
    )
    if department is not None:
        query = query.where(Case.department_id == department)
    for found, kind, number in db.session.execute(query):
        if found:
            yield found, kind, number


def _table_four(year: int, department: int | None) -> dict[Cell, int]:
    """Return what was decided in the year and what was pending at its end (3.4, R63)."""
    table = {(block, cell): 0 for block in rules.BLOCKS.values() for cell in (*rules.CELLS, TOTAL)}
    decided, pending = _disputes(year)
    for result, counted in ((Dispute.result, decided), (literal(None), pending)):
        query = select(Dispute.kind, result.label("result"), func.count()).where(counted)
        if department is not None:
            query = query.join(Case, Case.id == Dispute.case_id).where(Case.department_id == department)
        for kind, found, number in db.session.execute(query.group_by(Dispute.kind, "result")):
            block, cell = rules.dispute_cell(kind, found)
            table[block, cell] += number
            table[block, TOTAL] += number
    return table


def _warnings(year: int, three: dict[Cell, int], department: int | None) -> list[Broken]:
    """Return where row 2 is no longer what the cases of the year before say (I5)."""
    now: Counter[str] = Counter()
    for _, kind, number in _rows(literal(CARRIED_OUT), *_open_after(year - 1), department=department):
        now[rules.column_of(kind)] += number
        now[TOTAL] += number
    return rules.check_carried(three, frozen=now)
