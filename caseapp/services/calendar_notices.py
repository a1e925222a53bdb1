"""Entering the State Council's notice: shown with what it changes, then applied to calendar and open cases at once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from caseapp.db import db
from caseapp.domain.calendar import WEEKDAYS, CalendarRow, WorkingCalendar
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.holiday_notice import missing_festivals
from caseapp.domain.holiday_year import YearPlan, read_notices
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import CalendarDay, CalendarNotice
from caseapp.services import audit, recount, working_calendar
from caseapp.services.recount import Moved

SHOWN = 200


class YearIncomplete(DomainError):
    text = "{year} 年的通知还缺{names}的安排。后来的通知只改其中几天，请先录入该年度的第一份通知。"
    field = "text"


class ReasonMissing(DomainError):
    text = "请写明修改的理由。"
    field = "reason"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One day that the new calendar counts differently, or names differently, and the words it comes from."""

    day: date
    before: str
    after: str
    sentence: str
    counts_differently: bool


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a notice would change, before anybody confirms it."""

    plan: YearPlan
    differences: tuple[Difference, ...]
    moved: tuple[Moved, ...]  # the first `SHOWN`
    moved_count: int


def texts_of(year: int) -> list[str]:
    """Return the notices of this year that have been entered, the earliest first."""
    return list(
        db.session.scalars(select(CalendarNotice.text).where(CalendarNotice.year == year).order_by(CalendarNotice.id))
    )


def entered() -> list[CalendarNotice]:
    """Return every notice that has been entered, newest year first."""
    return list(
        db.session.scalars(select(CalendarNotice).order_by(CalendarNotice.year.desc(), CalendarNotice.id).limit(100))
    )


def preview(text: str, *, year: int, number: str, actor: Actor, today: date) -> Preview:
    """Return what the notice would change; raises `NoticeRefused` with the sentence quoted, and writes nothing."""
    demand(actor, Permission.ADMINISTER)
    plan = _plan([*texts_of(year), text], year=year)
    before = working_calendar.current()
    after = working_calendar.with_notice(year, rows_of(plan, source=number))
    moved: list[Moved] = []
    count = 0
    for batch in recount.moved_by(after, today=today):
        count += len(batch)
        moved += batch[: SHOWN - len(moved)]
    return Preview(
        plan=plan, differences=tuple(_differences(plan, before, after)), moved=tuple(moved), moved_count=count
    )


def enter(
    texts: Iterable[str],
    *,
    year: int,
    number: str,
    actor: Actor | None,
    at: datetime,
    tell: Callable[[int], object] = lambda done: None,
) -> int:
    """Enter notices of a year, the earliest first, and count every open case anew; return how many dates moved.

    `actor` is `None` on the command line. Raises `NoticeRefused`; nothing is taken in part.
    """
    if actor is not None:
        demand(actor, Permission.ADMINISTER)
    new = list(texts)
    plan = _plan([*texts_of(year), *new], year=year)
    by = actor.id if actor else None
    db.session.add_all(
        CalendarNotice(year=year, number=number, text=text, entered_by_id=by, entered_at=at) for text in new
    )
    _replace_rows(year, rows_of(plan, source=number), by=by, at=at)
    return _recount(f"录入{year}年放假安排（{number}）", actor=actor, at=at, tell=tell)


def change_day(row: CalendarRow, *, actor: Actor, at: datetime) -> int:
    """Set one day by hand, with its reason, and count every open case anew; return how many dates moved."""
    demand(actor, Permission.ADMINISTER)
    if not row.reason.strip():
        raise ReasonMissing()
    kept = db.session.get(CalendarDay, row.day) or CalendarDay(day=row.day)
    kept.is_working, kept.reason, kept.source, kept.notice_year = row.is_working, row.reason, row.source, None
    kept.entered_by_id, kept.entered_at = actor.id, at
    db.session.add(kept)
    return _recount(f"修改工作日历：{row.day.isoformat()} {row.reason}", actor=actor, at=at)


def take_back(day: date, *, actor: Actor, at: datetime) -> int:
    """Remove a day set by hand: what notice and package say of it holds again; return how many dates moved."""
    demand(actor, Permission.ADMINISTER)
    db.session.execute(delete(CalendarDay).where(CalendarDay.day == day, CalendarDay.notice_year.is_(None)))
    if texts := texts_of(day.year):
        _replace_rows(day.year, rows_of(read_notices(texts, year=day.year), source=""), by=actor.id, at=at)
    return _recount(f"撤销对 {day.isoformat()} 的手工修改", actor=actor, at=at)


def by_hand() -> list[CalendarDay]:
    """Return the days that were set by hand."""
    query = select(CalendarDay).where(CalendarDay.notice_year.is_(None)).order_by(CalendarDay.day.desc()).limit(100)
    return list(db.session.scalars(query))


def rows_of(plan: YearPlan, *, source: str) -> tuple[CalendarRow, ...]:
    """Return the rows that make the calendar say what the notices say: days off, make-up days, and days given back."""
    rows = plan.rows(source=source)
    said = {row.day for row in rows}
    given_back = tuple(
        CalendarRow(
            day=row.day, is_working=not row.is_working, reason="照常" + WEEKDAYS[row.day.weekday()], source=source
        )
        for row in working_calendar.special_days(plan.year)
        if row.day not in said
    )
    return (*rows, *given_back)


def _plan(texts: list[str], *, year: int) -> YearPlan:
    """Return the year by all its notices; refuses one that would give back the holidays it does not speak of."""
    plan = read_notices(texts, year=year)
    if missing := missing_festivals(plan.holidays):
        raise YearIncomplete(year=year, names="、".join(missing))
    return plan


def _replace_rows(year: int, rows: Iterable[CalendarRow], *, by: int | None, at: datetime) -> None:
    """Put the year's rows in place of what earlier notices left; days set by hand stay."""
    db.session.execute(delete(CalendarDay).where(CalendarDay.notice_year == year))
    db.session.flush()
    taken = set(db.session.scalars(select(CalendarDay.day)))
    db.session.add_all(
        CalendarDay(
            day=row.day,
            is_working=row.is_working,
            reason=row.reason,
            source=row.source,
            notice_year=year,
            entered_by_id=by,
            entered_at=at,
        )
        for row in rows
        if row.day not in taken
    )


def _recount(
    cause: str, *, actor: Actor | None, at: datetime, tell: Callable[[int], object] = lambda done: None
) -> int:
    db.session.flush()
    moved = 0
    for batch in recount.moved_by(working_calendar.current(), today=local_date(at), tell=tell):
        recount.write(batch, cause=cause, at=at)
        moved += sum(one.date_moves for one in batch)
    audit.record(None, EventKind.CALENDAR_CHANGED, actor=actor, at=at, setting=cause, moved=moved)
    return moved


def _differences(plan: YearPlan, before: WorkingCalendar, after: WorkingCalendar) -> Iterable[Difference]:
    days = sorted({*plan.words, *(row.day for row in working_calendar.special_days(plan.year))})
    for day in days:
        was, will = before.is_working_day(day), after.is_working_day(day)
        yield Difference(
            day=day,
            before=before.reason(day),
            after=after.reason(day),
            sentence=plan.words.get(day, ""),
            counts_differently=was != will,
        )
