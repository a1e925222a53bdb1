"""Corrections of the annual report by hand: recorded with a reason, added to what is counted, never removed (R55)."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import report_correction as rules
from caseapp.domain.annual_report import PublishedAlready, layout_of
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.report_correction import Correction, Wanted
from caseapp.models import PublishedReport, ReportCorrection
from caseapp.services import audit

MOST = 500  # of one year


def of_year(year: int, *, department: int | None) -> Sequence[Correction]:
    """Return the corrections of a year, those of one department where one is named, in their order."""
    query = select(ReportCorrection).where(ReportCorrection.year == year).order_by(ReportCorrection.id).limit(MOST)
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


def correct(year: int, wanted: Wanted, *, now: int, department: int | None, actor: Actor, at: datetime) -> None:
    """Add to a cell of the year's report, or take from it; `now` is what stands in it.

    Raises `NotPermitted`, `PublishedAlready`, `CellUnknown`, `NothingCorrected`, `BelowZero`.
    """
    demand(actor, Permission.ADMINISTER)
    if db.session.scalar(select(PublishedReport.year).where(PublishedReport.year == year)) is not None:
        raise PublishedAlready(year=year)
    rules.check(wanted, now=now, layout=layout_of(year))
    row = ReportCorrection(year=year, department_id=department, corrected_by_id=actor.id, corrected_at=at)
    for name, value in asdict(wanted).items():
        setattr(row, name, value)
    db.session.add(row)

    cell = f"{wanted.part.label} {wanted.row}（{wanted.column}）{wanted.by_how_many:+}"
    setting = f"{year} 年报告：更正{cell}"
    audit.record(None, EventKind.REPORT_WRITTEN, actor=actor, at=at, setting=setting, reason=wanted.reason)
