"""Every list is read by the index made for it, at any size, and no page asks more the more it shows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import Context
from datetime import date

import pytest
from sqlalchemy import JSON, cast, event, insert, literal, select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import OPEN, Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Role
from caseapp.domain.replies import ReplyStatus
from caseapp.domain.statistics import By
from caseapp.models import Attachment, Case, Extension, Person, PersonRole, Reply
from caseapp.services import audit
from tests.bench.many_cases import fill
from tests.desk import Desk
from tests.makers import RECEIVED, VAGUE, moment

MANY = 20_000
TODAY = date(2026, 3, 31)
MORNING = moment(TODAY, 8)

BY_NUMBER = {"uq_cases_number", "sqlite_autoindex_cases_2"}
BY_ID = {"pk_cases", "rowid"}
IN_DEPARTMENT = {"ix_cases_list_department"}
IN_STATUS = {"ix_cases_list_status"}
IN_BOTH = {"ix_cases_list_both"}

# What the page of all cases offers to narrow by, for those who see every department and for an officer.
LISTS = [
    ("clerk", {}, BY_ID),
    ("clerk", {"status": "answered"}, IN_STATUS),
    ("clerk", {"status": "in_hand"}, IN_STATUS),
    ("clerk", {"department": "zhujian"}, IN_DEPARTMENT),
    ("clerk", {"department": "jiaoyi"}, IN_DEPARTMENT),
    ("clerk", {"status": "answered", "department": "zhujian"}, IN_BOTH),
    ("clerk", {"status": "in_hand", "department": "zhujian"}, IN_BOTH),
    ("clerk", {"number": "2026-0007"}, BY_NUMBER),
    ("clerk", {"number": "2026-0007", "status": "answered"}, BY_NUMBER),
    ("clerk", {"number": "2026-0007", "department": "zhujian"}, BY_NUMBER),
    ("clerk", {"number": "2026-0007", "status": "answered", "department": "zhujian"}, BY_NUMBER),
    ("officer", {}, IN_DEPARTMENT),
    ("officer", {"status": "answered"}, IN_BOTH),
    ("officer", {"status": "in_hand"}, IN_BOTH),
    ("officer", {"number": "2026-0007"}, BY_NUMBER),
    ("officer", {"number": "2026-0007", "status": "answered"}, BY_NUMBER),
]  # fmt: skip


LOOKED_FOR = [
    {"deadline": "overdue"},
    {"deadline": "later", "department": "zhujian", "status": "in_hand"},
    {"outcome": "not_found", "applicant_kind": "legal", "received_through": "2026-03-04"},
    {"drafted_by": "me", "status": "answered"},
]


@contextmanager
def asked(app) -> Iterator[list[tuple[str, object]]]:
    """Record every statement with its parameters while pages are opened."""
    found: list[tuple[str, object]] = []

    def record(_connection, _cursor, statement, parameters, _context, _many):
        found.append((statement, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", record)


def plans(app, statements) -> list[str]:
    """Return the plans of the statements that list cases, under the database's own settings."""
    found = []
    with app.app_context(), db.engine.connect() as connection:
        explain = "EXPLAIN QUERY PLAN " if db.engine.dialect.name == "sqlite" else "EXPLAIN "
        for statement, parameters in statements:
            if re.search(r"FROM cases\b", statement) and "LIMIT" in statement:
                rows = connection.exec_driver_sql(explain + statement, parameters).all()
                found.append("\n".join(str(row[-1]) for row in rows))
    return found


def indexes(plan: str) -> set[str]:
    """Return by what the cases are read: names of indexes, `rowid` for SQLite's own order, "" for a whole table."""
    found = set(re.findall(r"Index (?:Only )?Scan (?:Backward )?using (\S+) on cases\b", plan))
    found |= set(re.findall(r"Bitmap Index Scan on (\S*cases\S*)", plan))
    for line in re.findall(r"(?:SCAN|SEARCH) cases\b.*", plan):
        named = re.search(r"USING (?:COVERING )?INDEX (\w+)", line)
        found.add(named[1] if named else "rowid")
    return found | ({""} if "Seq Scan on cases" in plan else set())


def sorts(plan: str) -> bool:
    """Return whether rows are put in order after they were read."""
    return (
        "USE TEMP B-TREE FOR ORDER BY" in plan
        or re.search(r"^\s*(->\s+)?(Incremental )?Sort\b", plan, re.M) is not None
    )


# Empty in this office: a planner reads an empty table whole, whatever its indexes.
days = "first=2026-01-01&last=2026-12-31&department="
EMPTY = {
    *("supplements", "consultations", "fees", "reasons_requests", "deliveries", "receipt_changes"),
    *("withheld_reviews", "publication_tasks", "voided_letters", "letter_wordings", "letter_series"),
    *("letter_papers", "failed_deliveries", "items", "item_files", "case_checks"),
}


def read_whole(plan: str) -> list[str]:
    """Return the tables read from end to end: not the few departments, a slice of 51 rows, an empty table."""
    whole = set(re.findall(r"Seq Scan on (\w+)", plan))
    whole |= set(re.findall(r"\bSCAN (\w+)$", plan, re.M))
    slices = {name for name in whole if name.startswith("anon_")}
    return sorted(whole - slices - {"departments"} - EMPTY)


@pytest.fixture
def office(app):
    """Twenty thousand cases; their replies, and extensions in every state."""
    fill(app, MANY, today=TODAY)
    with app.app_context(), transaction():
        officer, head = (_id_of(name) for name in ("officer", "head"))
        _bulk_replies(officer)
        _bulk_extensions(officer, head)
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect() as connection:
                connection.exec_driver_sql("ANALYZE")
    return app


def _id_of(sign_in_name):
    return db.session.scalar(select(Person.id).where(Person.sign_in_name == sign_in_name))


def _bulk(table, columns, *where):
    chosen = select(*columns.values()).where(*where)
    db.session.execute(insert(table.__table__).from_select(list(columns), chosen, include_defaults=False))


def _bulk_replies(officer):
    columns = {
        "case_id": Case.id,
        "outcome": literal(Outcome.DISCLOSED.value),
        "content": cast(literal("{}"), JSON) if db.engine.dialect.name == "postgresql" else literal("{}"),
        "drafted_by_id": literal(officer),
        "drafted_at": Case.filed_at,
        "submitted_by_id": literal(officer),
        "returned_reason": literal(""),
    }
    issued, waiting = literal(ReplyStatus.ISSUED.value), literal(ReplyStatus.SUBMITTED.value)
    _bulk(Reply, columns | {"status": waiting}, Case.status == Status.IN_APPROVAL)
    _bulk(Reply, columns | {"status": issued}, Case.status.in_((Status.ISSUED, Status.ANSWERED)))


def _bulk_extensions(officer, head):
    columns = {
        "case_id": Case.id,
        "counted_from": Case.counted_from,
        "working_days": literal(10),
        "reason": literal("需检索的档案较多。"),
        "proposed_by_id": literal(officer),
        "proposed_at": Case.filed_at,
        "refusal": literal(""),
    }
    granted = {"decided_by_id": literal(head), "decided_at": Case.filed_at, "approved_on": Case.received_on}
    proposed, approved, notified = (literal(status.value) for status in list(ExtensionStatus) if status != "refused")
    is_open = Case.status.in_(OPEN)
    _bulk(Extension, columns | {"status": proposed}, is_open, Case.id % 5 == 0)
    _bulk(Extension, columns | granted | {"status": approved}, is_open, Case.id % 5 == 1)
    told = columns | granted | {"status": notified, "notified_on": Case.received_on}
    _bulk(Extension, told, ~is_open, Case.id % 5 == 2)


def test_every_list_of_a_large_office_is_read_by_its_index(office):
    with clock.stopped_at(MORNING):
        desks = {name: Desk(office).signs_in(name) for name in ("clerk", "officer", "head")}
        for name, filters, wanted in LISTS:
            for page in ({}, {"before": MANY - 50}):
                with asked(office) as statements:
                    desks[name].client.get("/cases/all", query_string=filters | page)
                assert len(statements) <= 10
                [plan] = plans(office, statements)
                case = f"{name} {filters} {page}\n{plan}"
                assert indexes(plan) <= wanted, case
                assert not sorts(plan) or wanted is BY_NUMBER, case
                assert set(read_whole(plan)) <= ({"cases"} if wanted is BY_ID else set()), case

        for narrowed in LOOKED_FOR:  # a stretch that an index gives, whatever is looked for in it
            with asked(office) as statements:
                page = desks["clerk"].client.get("/cases/all", query_string=narrowed | {"before": MANY - 50})
            assert page.status_code == 200
            assert len(statements) <= 10, narrowed
            found = plans(office, statements)
            assert found
            for plan in found:
                assert set(read_whole(plan)) <= {"stretch"}, f"{narrowed}\n{plan}"

        for name, path in [
            ("clerk", "/cases/"),
            ("officer", "/cases/"),
            ("head", "/cases/"),
            ("head", "/supervision/"),
        ]:
            with asked(office) as statements:
                assert desks[name].client.get(path).status_code == 200
            assert len(statements) <= 10, (name, path)
            found = plans(office, statements)
            assert found
            for plan in found:
                assert indexes(plan), f"{name} {path}\n{plan}"
                assert "" not in indexes(plan), f"{name} {path}\n{plan}"
                assert not read_whole(plan), f"{name} {path}\n{plan}"


def queries(app, desk, path) -> int:
    """Return how many statements the page costs, in a context of its own as on a server."""

    def visit():
        with clock.stopped_at(MORNING):
            return desk.client.get(path).status_code

    with asked(app) as statements:
        assert Context().run(visit) == 200
    return len([statement for statement, _ in statements if statement != "BEGIN"])


@pytest.fixture
def everybody(maker):
    """One person who holds every role but the administrator's, so that every slice is asked for."""
    with transaction():
        held = select(PersonRole).where(PersonRole.person_id == _id_of("officer"))
        assert db.session.scalars(held).one().role is Role.OFFICER
        others = (Role.CLERK, Role.HEAD, Role.AUDITOR)
        db.session.add_all(PersonRole(person_id=_id_of("officer"), role=role) for role in others)
    return "officer"


PAGES = ("/cases/", "/cases/all", "/supervision/", *(f"/supervision/statistics?{days}&by={by}" for by in By))


def test_a_list_asks_as_often_for_sixty_cases_as_for_three(app, maker, everybody):
    def counted():
        return {path: queries(app, desk, path) for path in PAGES}

    def add(how_many):
        for turn in range(how_many):
            case = maker.case(received_on=RECEIVED, **({"description": VAGUE} if turn % 3 == 1 else {}))
            if turn % 3 == 2:
                maker.submitted(maker.proposed(case, on=RECEIVED), on=RECEIVED)

    with clock.stopped_at(MORNING):
        desk = Desk(app).signs_in(everybody)
    add(3)
    few = counted()
    add(57)
    assert counted() == few
    assert max(few.values()) <= 10
    assert few["/cases/"] <= 14  # every role at once: six slices


def test_the_case_page_asks_as_often_whatever_the_case_has_been_through(app, maker):
    case = maker.issued(maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED), on=RECEIVED)
    path = f"/cases/{case.id}"
    with clock.stopped_at(MORNING):
        desk = Desk(app).signs_in("officer")
    _goes_through(case.id, maker.actor("officer"), turns=range(1))  # without any file, one statement less
    before = queries(app, desk, path)
    _goes_through(case.id, maker.actor("officer"), turns=range(1, 30))
    after = queries(app, desk, path)
    assert desk.opens(path).words.count("附件29.pdf") == 1
    assert after == before <= 16


def _goes_through(case_id, actor, *, turns):
    with transaction():
        again = db.session.get_one(Case, case_id)
        for turn in turns:
            audit.record(again, EventKind.RETURNED_TO_CLERK, actor=actor, at=MORNING, reason=f"第{turn}次")
            db.session.add(
                Attachment(
                    case_id=again.id,
                    stored_name=f"{turn:064}",
                    original_name=f"附件{turn}.pdf",
                    media_type="application/pdf",
                    size=1,
                    sha256="0" * 64,
                    uploaded_at=MORNING,
                )
            )
