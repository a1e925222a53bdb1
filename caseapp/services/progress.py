"""年度工作进展 of the departments: asked for by a day, written by each, looked at by all who oversee, exported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, select

from caseapp.db import db
from caseapp.domain import progress as rules
from caseapp.domain.events import EventKind
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.permissions import Actor, NotPermitted, Permission, demand, is_granted
from caseapp.gateways.spreadsheet import Value, workbook
from caseapp.models import Department, ProgressReport, ProgressRound
from caseapp.services import audit
from caseapp.services.case_lists import XLSX
from caseapp.services.letters import Download


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a department says; `submitted_on` is None while it has said nothing."""

    department: str
    submitted_on: date | None
    is_late: bool
    parts: dict[str, str]


def due_on(year: int) -> date | None:
    """Return by when the departments are asked about the year, `None` while they are not."""
    return db.session.scalar(select(ProgressRound.due_on).where(ProgressRound.year == year))


def ask(year: int, *, due_on: date, actor: Actor, at: datetime) -> None:
    """Ask every department about the year, or set another day; raises `NotPermitted`, `DayWrong`."""
    demand(actor, Permission.ADMINISTER)
    rules.check_due(year, due_on, today=local_date(at))
    row = db.session.get(ProgressRound, year, with_for_update=True)
    if row is None:
        db.session.add(ProgressRound(year=year, due_on=due_on, asked_by_id=actor.id, asked_at=at))
    else:
        row.due_on, row.asked_by_id, row.asked_at = due_on, actor.id, at

    setting = f"{year} 年工作进展，{chinese_date(due_on)} 前填报"
    audit.record(None, EventKind.REPORT_WRITTEN, actor=actor, at=at, setting=setting)


def own(year: int, *, actor: Actor) -> dict[str, str]:
    """Return what the actor's department has said of the year, by part; empty while it has said nothing."""
    row = db.session.get(ProgressReport, (year, actor.department_id or 0))
    return {part: getattr(row, part) for part in rules.PARTS} if row else {}


def may_write(actor: Actor) -> bool:
    """Return whether the actor writes for a department."""
    return is_granted(actor, Permission.PUBLISH_ITEMS, actor)


def write(year: int, *, work: str, trouble: str, plan: str, actor: Actor, at: datetime) -> None:
    """Say what the actor's department did; after the day too, but the day of its first word stays.

    Raises `NotPermitted` for who has no department, `RoundMissing`.
    """
    if not may_write(actor) or actor.department_id is None:
        raise NotPermitted()
    if due_on(year) is None:
        raise rules.RoundMissing(year=year)
    key = (year, actor.department_id)
    row = db.session.get(ProgressReport, key, with_for_update=True)
    if row is None:
        row = ProgressReport(year=year, department_id=actor.department_id, submitted_on=local_date(at))
        db.session.add(row)
    row.work, row.trouble, row.plan = work, trouble, plan
    row.written_by_id, row.written_at = actor.id, at

    audit.record(None, EventKind.REPORT_WRITTEN, actor=actor, at=at, setting=f"{year} 年工作进展")


def of_all(year: int, *, today: date, actor: Actor) -> Sequence[Said]:
    """Return what every active department says, who has said nothing included; raises `NotPermitted`."""
    demand(actor, Permission.READ_REPORTS)
    due = due_on(year)
    theirs = and_(ProgressReport.department_id == Department.id, ProgressReport.year == year)
    query = select(Department.name, ProgressReport).outerjoin(ProgressReport, theirs).where(Department.active)
    return [
        Said(
            department=name,
            submitted_on=row.submitted_on if row else None,
            is_late=due is not None and (row.submitted_on if row else today) > due,
            parts={part: getattr(row, part) for part in rules.PARTS} if row else {},
        )
        for name, row in db.session.execute(query.order_by(Department.id))
    ]


def as_workbook(year: int, *, today: date, actor: Actor) -> Download:
    """Return what all departments say as .xlsx; raises `NotPermitted`."""
    head: list[Value] = ["部门", "填报日期", "逾期", *rules.PARTS.values()]
    rows: list[list[Value]] = [
        [
            said.department,
            chinese_date(said.submitted_on) if said.submitted_on else "未填报",
            "是" if said.is_late else "",
            *(said.parts.get(part, "") for part in rules.PARTS),
        ]
        for said in of_all(year, today=today, actor=actor)
    ]
    content = workbook([(f"{year}年工作进展", [head, *rows])])
    return Download(name=f"各部门工作进展_{year}.xlsx", content=content, media_type=XLSX)
