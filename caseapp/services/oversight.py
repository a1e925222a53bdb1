"""Oversight of the departments in a year, each point counted by its own rows; and the same as a workbook (art. 46)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select

from caseapp.db import db
from caseapp.domain.catalogue import ItemStatus, due_on
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letter_paper import PaperKind
from caseapp.domain.moments import days_of
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.oversight import POINT_WORDS, Overseen, Point
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.statistics import By, Measure, Period
from caseapp.gateways.spreadsheet import Value, workbook
from caseapp.models import (
    Case,
    Delivery,
    Department,
    Event,
    Extension,
    Item,
    ItemKind,
    Letter,
    LetterPaper,
    Supplement,
)
from caseapp.services import statistics, working_calendar
from caseapp.services.case_lists import XLSX
from caseapp.services.cases import PAGE
from caseapp.services.letters import Download
from caseapp.services.reports import CountedCase

OF_THE_STATISTICS = {
    Point.RECEIVED: Measure.RECEIVED,
    Point.ENDED: Measure.ENDED,
    Point.LATE: Measure.LATE,
    Point.OVERDUE: Measure.OVERDUE,
    Point.PROMISE_MISSED: Measure.PROMISE_MISSED,
    Point.EXTENDED: Measure.EXTENDED,
}
MOST_REASONS = 200
OF_ITS_OWN = (Point.LATE_NOTICES, Point.RETURNED, Point.VOIDED, Point.MISSING_PAPERS)
OF_THE_HISTORY = {Point.RETURNED: EventKind.REPLY_RETURNED, Point.VOIDED: EventKind.LETTER_VOIDED}


def departments(year: int, *, today: date, actor: Actor) -> list[Overseen]:
    """Return the points of every department; raises `NotPermitted`."""
    demand(actor, Permission.READ_REPORTS)
    rows = {
        row.code: Overseen(code=row.code, name=row.short_name)
        for row in db.session.execute(select(Department.code, Department.short_name).order_by(Department.id))
    }
    period = Period(date(year, 1, 1), date(year, 12, 31))
    figures = statistics.table(period, By.DEPARTMENT, department="", today=today, actor=actor)
    for found in figures.rows:
        if found.key in rows:
            for point, measure in OF_THE_STATISTICS.items():
                rows[found.key].points[point] = found.counts[measure]
    for point, counted in _counted(year).items():
        for code, number in counted.items():
            rows[code].points[point] = number
    for code, number in _unpublished(today).items():
        rows[code].points[Point.UNPUBLISHED] = number
    return list(rows.values())


def as_workbook(year: int, *, today: date, actor: Actor) -> Download:
    """Return the points as .xlsx."""
    head: tuple[Value, ...] = ("部门", *POINT_WORDS.values())
    overseen = departments(year, today=today, actor=actor)
    rows: list[tuple[Value, ...]] = [(row.name, *(row.points[point] for point in POINT_WORDS)) for row in overseen]
    reasons: list[tuple[Value, ...]] = [("部门", "延期的理由", "件数")]
    reasons += [(one.department, one.reason, one.number) for one in extension_reasons(year, actor=actor)]
    content = workbook([(f"{year}年监督", [head, *rows]), ("延期的理由", reasons)])
    return Download(name=f"依申请公开监督_{year}.xlsx", content=content, media_type=XLSX)


def cases_of(
    year: int, point: Point, *, department: str, before: int | None, actor: Actor
) -> tuple[list[CountedCase], int | None]:
    """Return a page of the cases that one point of `OF_ITS_OWN` counts, the newest first, and where the next begins.

    Only for those who may read every case. Raises `NotPermitted`; `KeyError` for a point that the statistics count.
    """
    demand(actor, Permission.READ_CASE)
    query = (
        select(Case.id, Case.number, Case.title, Case.description, Case.received_on, Case.reported_on)
        .join(Department, Department.id == Case.department_id)
        .where(_of_its_own(year)[point], Department.code == department, Case.id < (before or LARGEST_ID))
        .order_by(Case.id.desc())
        .limit(PAGE + 1)
    )
    found = [CountedCase._make(row) for row in db.session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def _of_its_own(year: int) -> dict[Point, ColumnElement[bool]]:
    """Say of a case that it counts: a late notice to correct, an answer sent back, a letter voided or without proof.

    What is delivered online proves itself; any other delivery has its proof in the file (送达凭证, D34).
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    begin, end = days_of(first, last)
    late = select(Supplement.case_id).where(Supplement.override != "", Supplement.asked_on.between(first, last))
    proof = exists().where(LetterPaper.letter_id == Letter.id, LetterPaper.kind == PaperKind.DELIVERY_PROOF)
    unproven = select(Letter.case_id).join(Delivery, Delivery.letter_id == Letter.id)
    unproven = unproven.where(Delivery.way != DeliveryWay.ONLINE, Delivery.on.between(first, last), ~proof)
    found: dict[Point, ColumnElement[bool]] = {
        Point.LATE_NOTICES: Case.id.in_(late),
        Point.MISSING_PAPERS: Case.id.in_(unproven),
    }
    for point, kind in OF_THE_HISTORY.items():
        told = select(Event.case_id).where(Event.kind == kind, Event.at >= begin, Event.at < end)
        found[point] = Case.id.in_(told)
    return found


def _counted(year: int) -> dict[Point, dict[str, int]]:
    """Return what the statistics do not count, each case once."""
    found: dict[Point, dict[str, int]] = {}
    for point, counts in _of_its_own(year).items():
        query = select(Department.code, func.count().label("number")).select_from(Case)
        query = query.join(Department, Department.id == Case.department_id).where(counts).group_by(Department.code)
        found[point] = {row.code: row.number for row in db.session.execute(query)}
    return found


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a department extended, in its own words, and how often in the year."""

    department: str
    reason: str
    number: int


def extension_reasons(year: int, *, actor: Actor) -> list[Reason]:
    """Return the reasons of the extensions that were approved in the year, the most frequent first, at most 200."""
    demand(actor, Permission.READ_REPORTS)
    query = (
        select(Department.short_name, Extension.reason, func.count().label("number"))
        .join(Case, Case.id == Extension.case_id)
        .join(Department, Department.id == Case.department_id)
        .where(Extension.approved_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(Department.short_name, Extension.reason)
        .order_by(func.count().desc(), Department.short_name, Extension.reason)
        .limit(MOST_REASONS)
    )
    return [Reason(department=name, reason=why, number=number) for name, why, number in db.session.execute(query)]


def _unpublished(today: date) -> dict[str, int]:
    """Return how many items each department owes the public past their day, as it stands now (art. 26)."""
    query = (
        select(Department.code, Item.made_on, Item.changed_on, ItemKind.days, func.count().label("number"))
        .join(Item, Item.department_id == Department.id)
        .join(ItemKind, ItemKind.id == Item.kind_id)
        .where(Item.status == ItemStatus.DRAFT)
        .group_by(Department.code, Item.made_on, Item.changed_on, ItemKind.days)
    )
    calendar, owed = working_calendar.current(), dict[str, int]()
    for row in db.session.execute(query):
        if due_on(row.made_on, row.changed_on, days=row.days, calendar=calendar) < today:
            owed[row.code] = owed.get(row.code, 0) + row.number
    return owed
