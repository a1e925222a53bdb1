"""The routing rules in force: the office's own departments, words and number patterns.

Fields, spellings and outside organs come from the plan file, which speaks alone until a plan has been loaded.
"""

import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from sqlalchemy import delete, insert, inspect, select
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.db import Base, db
from caseapp.domain.document import LetterForm
from caseapp.domain.events import EventKind
from caseapp.domain.numbering import DEFAULT_PATTERN
from caseapp.domain.remedies import OrganKind
from caseapp.domain.routing_rules import check_plan
from caseapp.domain.routing_table import OUTSIDE, TRIAGE, Kind, RoutingTable, TableBroken
from caseapp.models import Department, NumberPattern, RoutingTerm, Series
from caseapp.services import audit, installation

Plan = dict[str, Any]

PLAN_FILE = Path(__file__).parent.parent / "data" / "district_plan.json"
SERIES = "routing rules"
LARGEST_STAMP = 2**31 - 1
TABLE = "routing table"
ENTRIES = ("departments", "fields", "terms", "number_patterns", "outside_organs", "spellings")
READY = "routing tables exist"
TERM_COLUMNS = ("term", "kind", "department_code", "field_code", "weight", "active")
PATTERN_COLUMNS = ("pattern", "meaning", "department_code", "field_code", "weight", "active")

STAMP = select(Series.last).where(Series.name == SERIES, Series.year == 0)


class Kept(NamedTuple):
    """A table with the stamp of the rows that it was built from."""

    stamp: int | None
    table: RoutingTable


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many rows a plan added."""

    departments: int
    terms: int
    number_patterns: int


def current() -> RoutingTable:
    """Return the rules in force, for one cheap query; the table is built anew only after an edit."""
    memo = installation.current().memo
    if not memo.get(READY):
        if not inspect(db.engine).has_table(RoutingTerm.__tablename__):
            return _of_the_file()
        memo[READY] = True
    stamp = db.session.scalar(STAMP)
    kept = memo.get(TABLE)
    if not isinstance(kept, Kept) or kept.stamp != stamp:
        kept = Kept(stamp, _of_the_file() if stamp is None else _of_the_rows())
        memo[TABLE] = kept
    return kept.table


def renew() -> None:
    """Mark the rules as changed, for every process; edits of the rules queue here until the one before has ended.

    The stamp is drawn at random: a counter would give the number of a rolled-back edit to the next one, and a table
    kept under it would outlive its rows.
    """
    stamp = secrets.randbelow(LARGEST_STAMP) + 1
    dialect = db.session.get_bind().dialect.name
    make = postgresql.insert if dialect == "postgresql" else sqlite.insert
    row = make(Series).values(name=SERIES, year=0, last=stamp)
    db.session.execute(row.on_conflict_do_update(index_elements=["name", "year"], set_={"last": stamp}))


def load_plan(path: Path = PLAN_FILE) -> Loaded:
    """Put the departments, words and patterns of a plan where there are none yet; a second load adds nothing.

    The first load is where the history begins and writes no event. Raises `TableBroken` naming the entry at fault.
    """
    plan = _checked(path)
    renew()
    return Loaded(
        departments=_add_departments(plan),
        terms=0 if _has_rows(RoutingTerm) else _add_terms(plan),
        number_patterns=0 if _has_rows(NumberPattern) else _add_patterns(plan),
    )


def replace_plan(path: Path, *, at: datetime) -> Loaded:
    """Put the words and patterns of a plan in the place of all there are; departments are only added, never changed.

    Raises `TableBroken` naming the entry that cannot be used.
    """
    plan = _checked(path)
    renew()
    db.session.execute(delete(RoutingTerm))
    db.session.execute(delete(NumberPattern))
    loaded = Loaded(departments=_add_departments(plan), terms=_add_terms(plan), number_patterns=_add_patterns(plan))
    audit.record(None, EventKind.ROUTING_CHANGED, actor=None, at=at, setting=f"以文件替换分派规则（{path.name}）")
    return loaded


@lru_cache(maxsize=1)
def _of_the_file() -> RoutingTable:
    return RoutingTable.from_data(_base())


@lru_cache(maxsize=1)
def _base() -> Plan:
    return _read(PLAN_FILE)


def _of_the_rows() -> RoutingTable:
    base = _base()
    departments = _rows(Department, ("code", "name", "short_name", "phone", "letter_prefix")) or base["departments"]
    known = {row["code"] for row in departments}
    return RoutingTable.from_data(
        base
        | {
            "departments": departments,
            "fields": [
                row | {"departments": [code for code in row["departments"] if code in known]} for row in base["fields"]
            ],
            "terms": _rows(RoutingTerm, TERM_COLUMNS) or _of_known(base["terms"], known),
            "number_patterns": _rows(NumberPattern, PATTERN_COLUMNS) or _of_known(base["number_patterns"], known),
        }
    )


def _rows(table: type[Base], columns: Sequence[str]) -> list[Plan]:
    """Return the rows as a plan file writes them, in the order in which they were entered."""
    chosen = [getattr(table, column) for column in columns]
    found = db.session.execute(select(*chosen).order_by(cast(Any, table).id))
    return [dict(row) for row in found.mappings()]


def _of_known(rows: Iterable[Plan], departments: set[str]) -> list[Plan]:
    known = departments | {"", OUTSIDE, TRIAGE}
    return [row for row in rows if row["department_code"] in known]


def _has_rows(table: type[Base]) -> bool:
    return db.session.scalar(select(cast(Any, table).id).limit(1)) is not None


def _add_departments(plan: Plan) -> int:
    known = set(db.session.scalars(select(Department.code)))
    new = [row for row in plan["departments"] if row["code"] not in known]
    db.session.add_all(_department(row) for row in new)
    db.session.flush()
    return len(new)


def _department(row: Plan) -> Department:
    """Return the department with the usual settings; what the plan does not say, an administrator completes."""
    return Department(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        phone=row.get("phone", ""),
        address=row.get("address", ""),
        organ_kind=OrganKind.LOCAL_DEPARTMENT,
        letter_prefix=row["letter_prefix"],
        number_pattern=DEFAULT_PATTERN,
        letter_form=LetterForm.LETTER,
    )


def _add_terms(plan: Plan) -> int:
    rows = [{column: row[column] for column in TERM_COLUMNS} for row in plan["terms"]]
    return _insert(RoutingTerm, [row | {"term": row["term"].lower(), "kind": Kind(row["kind"])} for row in rows])


def _add_patterns(plan: Plan) -> int:
    rows = plan["number_patterns"]
    return _insert(NumberPattern, [{column: row[column] for column in PATTERN_COLUMNS} for row in rows])


def _insert(table: type[Base], rows: list[Plan]) -> int:
    if rows:
        db.session.execute(insert(table), rows)
    return len(rows)


def _checked(path: Path) -> Plan:
    """Return the plan of this file, once every entry has been judged."""
    plan = _read(path)
    table = RoutingTable.from_data(plan)
    check_plan(table, fields={field["code"] for field in _base()["fields"]})
    return plan


def _read(path: Path) -> Plan:
    try:
        plan = json.loads(path.read_text(encoding="utf-8"))
    except OSError as reason:
        raise TableBroken(entry=path.name, why=f"文件读不出来（{reason.strerror}）") from None
    except ValueError as reason:
        raise TableBroken(entry=path.name, why=f"不是 JSON（{reason}）") from None
    if not isinstance(plan, dict):
        raise TableBroken(entry=path.name, why="最外层应当是一个对象")
    for name in ENTRIES:
        if not isinstance(plan.setdefault(name, []), list):
            raise TableBroken(entry=name, why="应当是一个列表")
    return plan
