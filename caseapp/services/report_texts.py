"""What a person writes of the annual report, and what is to be said of its warnings (art. 50, R55)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select

from caseapp.db import db
from caseapp.domain import report_text as rules
from caseapp.domain.annual_report import FIRST_YEAR, layout_of
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.report_text import SECTIONS, TABLES_TWO, VerdictMissing, Warned
from caseapp.models import ReportNumber, ReportText, ReportVerdict
from caseapp.services import audit
from caseapp.services.reports import Report


def texts(year: int) -> dict[str, str]:
    """Return the sections that have been written, by name, in their order."""
    found = {row.section: row.text for row in db.session.scalars(select(ReportText).where(ReportText.year == year))}
    return {name: found[name] for name in SECTIONS if name in found}


def numbers(year: int) -> dict[str, str]:
    """Return the figures of table two that have been entered, by name, in their order."""
    found = {row.name: row.value for row in db.session.scalars(select(ReportNumber).where(ReportNumber.year == year))}
    return {name: found[name] for name in TABLES_TWO[layout_of(year)] if name in found}


def write(year: int, given: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Keep the sections of a year; an empty one is written no more. Raises `NotPermitted`."""
    demand(actor, Permission.ADMINISTER)
    db.session.execute(delete(ReportText).where(ReportText.year == year))
    db.session.add_all(
        ReportText(year=year, section=name, text=given[name], written_by_id=actor.id, written_at=at)
        for name in SECTIONS
        if given.get(name)
    )
    _record(year, "文字部分", actor=actor, at=at)


def enter(year: int, given: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Keep the figures of table two; raises `NotPermitted` or `NumberBroken` at its field, and keeps nothing then."""
    demand(actor, Permission.ADMINISTER)
    values = {name: rules.number(name, given.get(name, "")) for name in TABLES_TWO[layout_of(year)]}
    db.session.execute(delete(ReportNumber).where(ReportNumber.year == year))
    db.session.add_all(
        ReportNumber(year=year, name=name, value=value, entered_by_id=actor.id, entered_at=at)
        for name, value in values.items()
        if value
    )
    _record(year, "表二", actor=actor, at=at)


def warnings(report: Report) -> list[Warned]:
    """Return what is to be checked in the report of the whole office, with what was said of it (I5, I7, I8)."""
    last = numbers(report.year - 1) if report.year > FIRST_YEAR else {}
    found = [
        *report.warnings,
        *rules.text_against_tables(texts(report.year), report.table_three),
        *rules.stock_against_last_year(numbers(report.year), last),
    ]
    said = select(ReportVerdict).where(ReportVerdict.year == report.year)
    verdicts = {row.key: row.words for row in db.session.scalars(said)}
    keyed = [(one, rules.key_of(one)) for one in found]
    return [Warned(broken=one, key=key, verdict=verdicts.get(key, "")) for one, key in keyed]


def judge(report: Report, key: str, words: str, *, actor: Actor, at: datetime) -> None:
    """Remember what a person says of a warning; raises `NotVisible` for one that there is not, `VerdictMissing`."""
    demand(actor, Permission.ADMINISTER)
    if key not in {warned.key for warned in warnings(report)}:
        raise NotVisible()
    if not words:
        raise VerdictMissing()
    db.session.execute(delete(ReportVerdict).where(ReportVerdict.year == report.year, ReportVerdict.key == key))
    db.session.add(ReportVerdict(year=report.year, key=key, words=words, judged_by_id=actor.id, judged_at=at))
    _record(report.year, f"核对 {key.partition('|')[0]}", actor=actor, at=at, reason=words)


def _record(year: int, what: str, *, actor: Actor, at: datetime, reason: str = "") -> None:
    setting = f"{year} 年报告：{what}"
    audit.record(None, EventKind.REPORT_WRITTEN, actor=actor, at=at, setting=setting, reason=reason or None)
