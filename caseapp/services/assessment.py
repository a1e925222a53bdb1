"""考核: the scores of the departments in a year, adjusted with a reason, and the 通报 as a .docx (art. 46)."""

import json
from collections import defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import assessment as rules
from caseapp.domain.assessment import Adjusted, Criterion, Score
from caseapp.domain.dispute import DisputeResult
from caseapp.domain.events import EventKind
from caseapp.domain.moments import days_of
from caseapp.domain.oversight import Verdict
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.gateways.sheet_document import sheet_document
from caseapp.models import Case, CaseCheck, Department, Dispute, ScoreAdjustment
from caseapp.services import audit, installation, oversight
from caseapp.services.letters import Download

FILE = Path(__file__).parent.parent / "data" / "assessment.json"
CHECKED = {Verdict.SMALL_FAULTS: "checked_small", Verdict.FAULTY: "checked_faulty"}


@cache
def criteria(path: Path = FILE) -> tuple[Criterion, ...]:
    """Return the criteria that come with the system; raises `CriteriaBroken` naming the entry at fault."""
    return rules.criteria(json.loads(path.read_text("utf-8")).get("criteria"))


def scores(year: int, *, today: date, actor: Actor) -> list[Score]:
    """Return the score of every department that had a case or owed information in the year, the highest first."""
    demand(actor, Permission.READ_REPORTS)
    others, adjusted = _others(year), _adjusted(year)
    found = []
    for row in oversight.departments(year, today=today, actor=actor):
        counted = {point.value: number for point, number in row.points.items()} | others[row.code]
        if any(counted.values()) or row.code in adjusted:
            marks = rules.marks(counted, criteria())
            found.append(Score(code=row.code, name=row.name, marks=marks, adjusted=tuple(adjusted.get(row.code, ()))))
    return rules.ranked(found)


def adjust(year: int, *, department: str, points: int, reason: str, actor: Actor, at: datetime) -> None:
    """Give a department points or take some; raises `NotPermitted`, `NotVisible`, `AdjustmentRefused`."""
    demand(actor, Permission.CHECK_CASES)
    rules.check_adjustment(points)
    row = db.session.scalar(select(Department).where(Department.code == department))
    if row is None:
        raise NotVisible()
    db.session.add(
        ScoreAdjustment(
            year=year, department_id=row.id, points=points, reason=reason, given_by_id=actor.id, given_at=at
        )
    )
    setting = f"{year} 年{row.short_name} {points:+} 分"
    audit.record(None, EventKind.SCORE_ADJUSTED, actor=actor, at=at, setting=setting, reason=reason)


def notice(year: int, *, today: date, actor: Actor) -> Download:
    """Return the 通报 of the year as .docx: praise and criticism in the order of the scores, each with its reasons."""
    ranked = scores(year, today=today, actor=actor)
    placed = enumerate(ranked, start=1)
    rows = [(f"{place}. {score.name}", f"{score.total}分\n{said(score)}") for place, score in placed]
    office = installation.current().settings.office.name
    title = f"{year}年政府信息公开工作考核通报"
    note = "分值按考核标准由系统从办理记录中计算，加减分附理由。"
    return Download(name=f"{title}.docx", content=sheet_document(title=title, organ=office, rows=rows, note=note))


def said(score: Score) -> str:
    """Return in words why a score is what it is."""
    lost = [reason for mark in score.marks for reason in mark.because]
    given = [f"{one.points:+} 分：{one.reason}" for one in score.adjusted]
    return "；".join([*lost, *given]) or "没有扣分"


def _others(year: int) -> dict[str, dict[str, int]]:
    """Return what the oversight page does not count: faults found in drawn cases, decisions that corrected."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    first, last = date(year, 1, 1), date(year, 12, 31)
    begin, end = days_of(first, last)
    by_code = select(Department.code, func.count().label("number")).select_from(Case)
    by_code = by_code.join(Department, Department.id == Case.department_id).group_by(Department.code)
    checked = by_code.add_columns(CaseCheck.verdict).join(CaseCheck, CaseCheck.case_id == Case.id)
    checked = checked.where(CaseCheck.verdict.in_(CHECKED), CaseCheck.checked_at >= begin, CaseCheck.checked_at < end)
    for row in db.session.execute(checked.group_by(CaseCheck.verdict)):
        found[row.code][CHECKED[row.verdict]] = row.number
    corrected = by_code.join(Dispute, Dispute.case_id == Case.id).where(
        Dispute.result == DisputeResult.CORRECTED, Dispute.decided_on.between(first, last)
    )
    for row in db.session.execute(corrected):
        found[row.code]["corrected"] = row.number
    return found


def _adjusted(year: int) -> dict[str, list[Adjusted]]:
    rows: Any = db.session.scalars(
        select(ScoreAdjustment)
        .where(ScoreAdjustment.year == year)
        .options(joinedload(ScoreAdjustment.department))
        .order_by(ScoreAdjustment.id)
    )
    found: dict[str, list[Adjusted]] = defaultdict(list)
    for row in rows:
        found[row.department.code].append(Adjusted(points=row.points, reason=row.reason))
    return found
