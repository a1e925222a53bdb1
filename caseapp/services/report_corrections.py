"""Cells of the annual report corrected by hand: with a reason, added to what is counted, never removed (R55)."""

from dataclasses import asdict
from datetime import datetime

from caseapp.db import db
from caseapp.domain import report_correction as rules
from caseapp.domain.annual_report import PublishedAlready
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.report_correction import Part, Wanted
from caseapp.models import ReportCorrection
from caseapp.services import audit, reports


def correct(year: int, wanted: Wanted, *, department: str, actor: Actor, at: datetime) -> None:
    """Add to a cell of the year's report, or take from it; for one department, or "" for none.

    Two who correct at once are judged one after the other. Raises `NotPermitted`, `NoLayout`, `DepartmentUnknown`,
    `PublishedAlready`, `CellUnknown`, `NothingCorrected`, `BelowZero`, `TooManyCorrections`.
    """
    demand(actor, Permission.ADMINISTER)
    audit.hold()
    if reports.published(year) is not None:
        raise PublishedAlready(year=year)
    report = reports.annual(year, department=department)
    table = report.table_three if wanted.part is Part.THREE else report.table_four
    before = len(report.corrections)
    rules.check(wanted, now=table.get((wanted.row, wanted.column), 0), before=before, layout=report.layout)
    of = {"year": year, "department_id": reports.department_id(department)}
    db.session.add(ReportCorrection(**of, **asdict(wanted), corrected_by_id=actor.id, corrected_at=at))

    cell = f"{wanted.part.label} {wanted.row}（{wanted.column}）{wanted.by_how_many:+}"
    setting = f"{year} 年报告：更正{cell}"
    audit.record(None, EventKind.REPORT_WRITTEN, actor=actor, at=at, setting=setting, reason=wanted.reason)
