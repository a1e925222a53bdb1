"""The annual report over a million cases: beside one bare GROUP BY over the same table, and its memory."""

import gc
import tracemalloc
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from typing import Any

from flask import Flask
from sqlalchemy import case, func, insert, literal, select, text, update

from caseapp.db import db, table_of, transaction
from caseapp.domain import annual_report as rules
from caseapp.domain.annual_report import Layout
from caseapp.models import Applicant, Case
from caseapp.services import reports
from tests.bench.installations import installation, postgres_server
from tests.bench.many_cases import fill
from tests.bench.race import Held, Measure, compared, race

TODAY, YEAR = date(2026, 3, 31), 2025
FEW, TIMES = 100_000, 10
ROUNDS = 3
ENDED = Case.answered_on.is_not(None)


def measures(backend: str) -> Iterator[Measure | Held]:
    """Yield the speed of the report against the bare query, and the memory at a million cases against 100,000."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres_server()) if backend == "postgresql" else ""
        app = stack.enter_context(installation(backend, server))
        fill(app, FEW, today=TODAY)
        stack.enter_context(app.app_context())
        _end()
        few = _peak()
        _multiply(app)
        speed = race({"own": _report, "bare": _bare}, rounds=ROUNDS, times=1)
        many = _peak()
        cases = FEW * TIMES
        name = "annual report, against one bare GROUP BY"
        yield compared(name, speed["own"], speed["bare"], aim=None, backend=backend, cases=cases)
        measure = f"memory of the annual report of {cases:,}, against {FEW:,}, {backend}"
        yield Held(measure=measure, few_kb=round(few), many_kb=round(many), share=round(many / few, 3), aim=1.2)


def _end() -> None:
    """Let the answered cases count in the rows of table three, each in one."""
    rows = rules.leaves(Layout.OF_2021)
    which: Any = case(dict(enumerate(rows)), value=Case.id % len(rows))
    with transaction():
        db.session.execute(update(Case).where(ENDED).values(report_row=which, reported_on=Case.answered_on))


def _multiply(app: Flask) -> None:
    """Put nine copies beside each case and its applicant, under ids and numbers of their own."""
    for turn in range(1, TIMES):
        with transaction():
            for model, own in (
                (Case, ("number", "filing_digest", "query_digest")),
                (Applicant, ()),
            ):
                table = table_of(model)
                key = "id" if model is Case else "case_id"
                columns = []
                for column in table.columns:
                    if column.name == key:
                        columns.append(column + turn * FEW)
                    elif column.name in own:
                        columns.append(literal("ABCDEFGHIJ"[turn]) + func.substr(column, 2))
                    else:
                        columns.append(column)
                names = [column.name for column in table.columns]
                copied = select(*columns).where(table.columns[key] <= FEW)
                db.session.execute(insert(table).from_select(names, copied))
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    assert db.session.scalar(select(func.count()).select_from(Case)) == FEW * TIMES


def _report() -> None:
    report = reports.annual(YEAR)
    assert not report.broken
    db.session.rollback()


def _bare() -> None:
    counted = select(Case.report_row, Applicant.kind, func.count()).join(Applicant, Applicant.case_id == Case.id)
    assert db.session.execute(counted.group_by(Case.report_row, Applicant.kind)).all()
    db.session.rollback()


def _peak() -> float:
    """Return the most kilobytes that one report holds at once."""
    _report()
    gc.collect()
    tracemalloc.start()
    _report()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024
