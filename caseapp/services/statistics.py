"""Figures of a period, by month, department, field, channel, applicant, outcome or officer; each opens its cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select

from caseapp.db import db
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.receipt import Channel
from caseapp.domain.statistics import BY_WORDS, MEASURE_WORDS, By, Measure, Period, Row
from caseapp.gateways.spreadsheet import Value, workbook
from caseapp.models import Applicant, Case, Department, Extension, Person, Reply
from caseapp.services import audit, installation, routing_table, working_calendar
from caseapp.services.case_lists import XLSX
from caseapp.services.cases import PAGE, Rows
from caseapp.services.letters import Download
from caseapp.services.reports import CountedCase

NONE = "-"  # the key of what has none
NONE_WORDS = {
    By.DEPARTMENT: "尚未分派",
    By.FIELD: "没有领域",
    By.OUTCOME: "尚未答复",
    By.OFFICER: "尚未起草",
}
GROUPS: dict[By, Any] = {
    By.DEPARTMENT: Department.code,
    By.FIELD: Case.field_code,
    By.CHANNEL: Case.channel,
    By.APPLICANT: Applicant.kind,
    By.OUTCOME: Case.outcome,
    By.OFFICER: Reply.drafted_by_id,
}
WAS_EXTENDED = exists().where(
    Extension.case_id == Case.id, Extension.status.in_((ExtensionStatus.APPROVED, ExtensionStatus.NOTIFIED))
)
MOST_KEPT = 32
COUNTS = Case.confirmed_on.is_not(None)  # a request counts once it has been received


@dataclass(frozen=True, kw_only=True)
class Table:
    """The figures of a period, and their sums; over months, what is open stands for the end of the period alone."""

    period: Period
    by: By
    department: str
    rows: list[Row]
    total: Row


def table(period: Period, by: By, *, department: str, today: date, actor: Actor) -> Table:
    """Return the figures of the period, of one department or of all (code ""), in a bounded number of statements."""
    demand(actor, Permission.READ_REPORTS)
    asked = (period, by, department, min(today, period.last))
    kept, stands = _kept(), audit.head()
    known = kept.get(asked)
    if known is not None and known[0] == stands:
        return known[1]
    counted = _counted(period, by, department=department, today=today)
    if len(kept) >= MOST_KEPT:
        kept.clear()  # other threads may be here too: nothing is looked up twice
    kept[asked] = stands, counted
    return counted


def _kept() -> dict[Any, tuple[str, Table]]:
    """Return what this process has counted; it holds as long as no act has been recorded since."""
    kept: dict[Any, tuple[str, Table]] = installation.current().memo.setdefault("statistics", {})  # type: ignore[assignment]
    return kept


def _counted(period: Period, by: By, *, department: str, today: date) -> Table:
    found = _by_month(period, department, today) if by is By.MONTH else _by_group(period, by, department, today)
    total = Row(key="", words="合计")
    for row in found:
        total.add(row)
    if by is By.MONTH and found:
        for measure in (Measure.OPEN, Measure.OVERDUE):
            total.counts[measure] = found[-1].counts[measure]
    return Table(period=period, by=by, department=department, rows=found, total=total)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure of a table: of which group (an empty key: of all), and what it counts."""

    by: By
    key: str
    measure: Measure
    department: str = ""


def cases_of(
    period: Period, figure: Figure, *, before: int | None, today: date, actor: Actor
) -> tuple[list[CountedCase], int | None]:
    """Return a page of the cases that one figure counts, by the same conditions, and where the next page begins.

    Only for those who may read every case. An empty key stands for all groups; a month is a key like 2026-05.
    """
    demand(actor, Permission.READ_CASE)
    narrowed, by, key = period, figure.by, figure.key
    if by is By.MONTH and key:
        narrowed = next((month for month in period.months() if month.month == key), period)
    query = (
        select(Case.id, Case.number, Case.title, Case.description, Case.received_on, Case.reported_on)
        .where(*_conditions(narrowed, figure.measure, today=today), Case.id < (before or LARGEST_ID))
        .order_by(Case.id.desc())
        .limit(PAGE + 1)
    )
    query = _joined(query, by, figure.department)
    if by is not By.MONTH and key:
        query = query.where(_is_key(by, key))
    found = [CountedCase._make(one) for one in db.session.execute(query)]
    return found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None


def words_of(by: By, key: str) -> str:
    """Return what a group is called, as its row says it; an empty key is the sum of all."""
    if not key:
        return "合计"
    if by is By.MONTH:
        return key
    return _words(by).get(key) or NONE_WORDS.get(by, key)


def as_workbook(figures: Table) -> Download:
    """Return the figures as .xlsx."""
    head: tuple[Value, ...] = (BY_WORDS[figures.by], *MEASURE_WORDS.values(), "平均工作日")
    rows: list[tuple[Value, ...]] = [head]
    for row in (*figures.rows, figures.total):
        average = "" if row.average_days is None else f"{row.average_days:.1f}"
        rows.append((row.words, *(row.counts[measure] for measure in MEASURE_WORDS), average))
    name = f"依申请公开统计_{figures.period.first.isoformat()}_{figures.period.last.isoformat()}.xlsx"
    return Download(name=name, content=workbook([("统计", rows)]), media_type=XLSX)


def _conditions(period: Period, measure: Measure, *, today: date) -> tuple[ColumnElement[bool], ...]:
    """Return what a case fulfils to be counted in that measure of the period."""
    if measure is Measure.RECEIVED:
        return COUNTS, Case.received_on.between(period.first, period.last)
    if measure in (Measure.OPEN, Measure.OVERDUE):
        is_open = COUNTS, *_open_at(period.last)
        return is_open if measure is Measure.OPEN else (*is_open, _overdue(period.last, today))
    ended = COUNTS, Case.reported_on.between(period.first, period.last)
    return ended if measure is Measure.ENDED else (*ended, OF_THE_ENDED[measure])


OF_THE_ENDED: dict[Measure, ColumnElement[bool]] = {
    Measure.LATE: Case.reported_on > Case.statutory_due_on,
    Measure.PROMISE_MISSED: Case.reported_on > Case.local_due_on,
    Measure.EXTENDED: WAS_EXTENDED,
}


def _open_at(day: date) -> tuple[ColumnElement[bool], ...]:
    return Case.received_on <= day, or_(Case.reported_on.is_(None), Case.reported_on > day)


def _overdue(day: date, today: date) -> ColumnElement[bool]:
    """Say that the period of the law had passed on that day, and not only by today's reckoning in the future."""
    return Case.statutory_due_on < min(day, today)


def _joined(query: Rows, by: By, department: str) -> Rows:
    if by is By.APPLICANT:
        query = query.join(Applicant, Applicant.case_id == Case.id)
    if by is By.OFFICER:
        query = query.outerjoin(Reply, Reply.case_id == Case.id)
    if by is By.DEPARTMENT or department:
        query = query.outerjoin(Department, Department.id == Case.department_id)
    return query.where(Department.code == department) if department else query


def _is_key(by: By, key: str) -> ColumnElement[bool]:
    column: ColumnElement[Any] = GROUPS[by]
    if key != NONE:
        return column == (int(key) if by is By.OFFICER and key.isdecimal() else key)
    return or_(column.is_(None), column == "") if by is By.FIELD else column.is_(None)


def _ones(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _ended(group: ColumnElement[Any], by: By, period: Period, department: str) -> Iterable[Any]:
    """Return the ended cases by group, day of receipt and day of end: few rows, however many cases."""
    query = (
        select(group.label("key"), Case.received_on, Case.reported_on, func.count().label("number"))
        .add_columns(*(_ones(condition).label(measure.value) for measure, condition in OF_THE_ENDED.items()))
        .select_from(Case)
        .where(*_conditions(period, Measure.ENDED, today=period.last))
        .group_by(group, Case.received_on, Case.reported_on)
    )
    return db.session.execute(_joined(query, by, department))


def _count_ended(row: Row, found: Any) -> None:
    row.counts[Measure.ENDED] += found.number
    for measure in OF_THE_ENDED:
        row.counts[measure] += getattr(found, measure.value) or 0
    row.days += found.number * working_calendar.current().working_days_between(found.received_on, found.reported_on)


def _by_month(period: Period, department: str, today: date) -> list[Row]:
    months = list(period.months())
    rows = {one.month: Row(key=one.month, words=f"{one.first.year}年{one.first.month}月") for one in months}
    received = (
        select(Case.received_on, func.count())
        .where(*_conditions(period, Measure.RECEIVED, today=today))
        .group_by(Case.received_on)
    )
    for day, number in db.session.execute(_joined(received, By.MONTH, department)):
        rows[f"{day.year}-{day.month:02}"].counts[Measure.RECEIVED] += number
    with working_calendar.read_once():
        for found in _ended(literal(""), By.MONTH, period, department):
            day = found.reported_on
            _count_ended(rows[f"{day.year}-{day.month:02}"], found)
    ends = [(and_(*_open_at(one.last)), _overdue(one.last, today)) for one in months]
    standing = (
        select(*(_ones(is_open) for is_open, _ in ends), *(_ones(and_(is_open, late)) for is_open, late in ends))
        .select_from(Case)
        .where(COUNTS, Case.received_on <= period.last)
        .where(or_(Case.reported_on.is_(None), Case.reported_on > months[0].last))
    )
    numbers = [number or 0 for number in db.session.execute(_joined(standing, By.MONTH, department)).one()]
    for place, one in enumerate(months):
        rows[one.month].counts[Measure.OPEN] = numbers[place]
        rows[one.month].counts[Measure.OVERDUE] = numbers[place + len(months)]
    return list(rows.values())


def _by_group(period: Period, by: By, department: str, today: date) -> list[Row]:
    group, words = GROUPS[by], _words(by)
    rows: dict[str, Row] = {}

    def row_of(key: object) -> Row:
        name = str(key) if key not in (None, "") else NONE
        return rows.setdefault(name, Row(key=name, words=words.get(name) or NONE_WORDS.get(by, name)))

    for measure in (Measure.RECEIVED, Measure.OPEN):
        late = _ones(_overdue(period.last, today))
        query = select(group.label("key"), func.count().label("number"), late.label("late")).select_from(Case)
        query = query.where(*_conditions(period, measure, today=today)).group_by(group)
        for found in db.session.execute(_joined(query, by, department)):
            row_of(found.key).counts[measure] = found.number
            if measure is Measure.OPEN:
                row_of(found.key).counts[Measure.OVERDUE] = found.late or 0
    with working_calendar.read_once():
        for found in _ended(group, by, period, department):
            _count_ended(row_of(found.key), found)
    places = {name: place for place, name in enumerate(words)}
    return sorted(rows.values(), key=lambda row: (places.get(row.key, len(places)), row.key))


def _words(by: By) -> dict[str, str]:
    """Return what each group is called, in the order in which they are listed."""
    if by is By.DEPARTMENT:
        query = select(Department.code, Department.short_name).order_by(Department.id)
        return {row.code: row.short_name for row in db.session.execute(query)}
    if by is By.FIELD:
        return dict(routing_table.current().field_names)
    if by is By.OFFICER:
        people = select(Person.id, Person.name).order_by(Person.id)
        return {str(row.id): row.name for row in db.session.execute(people)}
    if by is By.OUTCOME:
        return {outcome.value: OUTCOMES[outcome].label for outcome in Outcome}
    kinds: type[Channel] | type[ApplicantKind] = Channel if by is By.CHANNEL else ApplicantKind
    return {kind.value: kind.label for kind in kinds}
