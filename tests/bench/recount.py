"""Counting every open case anew after one day of the calendar has changed, against the bare holidays package (L6)."""

import gc
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from time import perf_counter

import holidays
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.rulesets import CN_2019, DISTRICT_15
from caseapp.models import Case, Person
from caseapp.services import calendar_notices, working_calendar
from tests.bench.installations import installation, postgres_server
from tests.bench.many_cases import fill
from tests.bench.race import Held, Measure, compared

TODAY = date(2026, 3, 31)
FEW, MANY = 10_000, 100_000
DAYS_ON = 6  # the working day that is taken away and given back


def measures(backend: str) -> Iterator[Measure | Held]:
    """Yield the rate of one act over 100,000 open cases, and the memory that it holds against 10,000."""
    if backend == "sqlite":
        yield from _measured(backend, "")
        return
    with postgres_server() as server:
        yield from _measured(backend, server)


def _measured(backend: str, server: str) -> Iterator[Measure | Held]:
    rates, peaks = {}, {}
    for cases in (FEW, MANY):
        with installation(backend, server) as app:
            fill(app, cases, today=TODAY, open_share=1.0)
            with app.app_context():
                day = working_calendar.current().nth_working_day(TODAY, DAYS_ON)
                rates[cases], peaks[cases] = _day_off(day, cases), _day_back(day)
    yield compared(
        "open cases counted anew, against holidays twice",
        rates[MANY],
        _bare(),
        aim=None,
        backend=backend,
        cases=MANY,
    )
    few, many = peaks[FEW], peaks[MANY]
    measure = f"memory of counting {MANY:,} anew, against {FEW:,}, {backend}"
    yield Held(measure=measure, few_kb=round(few), many_kb=round(many), share=round(many / few, 3), aim=1.5)


def _day_off(day: date, cases: int) -> float:
    """Take a working day from the calendar; return how many cases a second were counted anew in the one act."""
    row = CalendarRow(day=day, is_working=False, reason="示范", source="测量")
    began = perf_counter()
    with transaction():
        calendar_notices.change_day(row, actor=_administrator(), at=_now())
    return cases / (perf_counter() - began)


def _day_back(day: date) -> float:
    """Give the day back; return the most kilobytes that the act held at once, and see that the dates are as before."""
    gc.collect()
    tracemalloc.start()
    with transaction():
        calendar_notices.take_back(day, actor=_administrator(), at=_now())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    due = db.session.execute(select(Case.received_on, Case.local_due_on).order_by(Case.id.desc()).limit(1)).one()
    assert due.local_due_on == working_calendar.current().nth_working_day(due.received_on, DISTRICT_15.answer_days)
    return peak / 1024


def _bare() -> float:
    """Return how often a second the package finds both due dates of a day of receipt."""
    china = holidays.country_holidays("CN", years=range(2025, 2028))
    days = [TODAY - timedelta(days=back) for back in range(30)] * 100
    began = perf_counter()
    for day in days:
        china.get_nth_working_day(day, DISTRICT_15.answer_days)
        china.get_nth_working_day(day, CN_2019.answer_days)
    return len(days) / (perf_counter() - began)


def _administrator() -> Actor:
    person = db.session.scalars(select(Person).where(Person.sign_in_name == "admin")).one()
    return Actor(id=person.id, name=person.name, roles=frozenset({Role.ADMINISTRATOR}), department_id=None)


def _now() -> datetime:
    return datetime.combine(TODAY, time(10), OFFICE_ZONE)
