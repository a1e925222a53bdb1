"""Migrations: up and down with rows on both databases, and equal to the models."""

from pathlib import Path

import psycopg
import pytest
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import inspect, make_url, text

from caseapp.app import create_app
from caseapp.db import db, transaction
from caseapp.services import audit, demonstration, search
from tests.conftest import BACKENDS, plain, settings_for
from tests.makers import RECEIVED, Maker, moment

# Tables that the way down to the first migration drops with their rows.
ADDED_LATER = {
    "supplements",
    "consultations",
    "fees",
    "reasons_requests",
    "duties",
    "contact_attempts",
    "receipt_changes",
    "disputes",
    "reopenings",
    "splits",
    "withheld_reviews",
    "voided_letters",
    "letter_wordings",
    "letter_series",
    "letter_papers",
    "failed_deliveries",
    "item_kinds",
    "api_clients",
    "case_checks",
    "score_adjustments",
    "saved_lists",
    "report_corrections",
    "progress_rounds",
    "progress_reports",
    "presences",
    "item_changes",
    "item_reviews",
    "push_targets",
    "pushes",
    "report_texts",
    "report_numbers",
    "report_verdicts",
    "items",
    "item_files",
    "publication_tasks",
    "carried_over",
    "frozen_years",
    "notices",
    "published_reports",
}
VERSIONS = Path(__file__).parent.parent / "migrations" / "versions"


@pytest.fixture(params=BACKENDS)
def fresh_app(request, tmp_path):
    """An app on an empty database of its own."""
    url = ""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_url")
        name = f"migrations_{tmp_path.name.replace('-', '_')}_{request.getfixturevalue('worker_id')}"
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
            connection.execute(f'CREATE DATABASE "{name}"')
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
    made = create_app(settings_for(tmp_path, url), cheap_passwords=True)
    yield made
    with made.app_context():
        db.session.remove()
        db.engine.dispose()
    if url:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}"')


def rows(table: str) -> int:
    return db.session.scalar(text(f"SELECT COUNT(*) FROM {table}"))


def test_the_migrations_make_what_the_models_say(fresh_app):
    with fresh_app.app_context():
        upgrade()
        check()


def test_up_and_down_and_up_again_with_rows(fresh_app):
    with fresh_app.app_context():
        upgrade()
        demonstration.load(moment(RECEIVED, 16), transaction=transaction)
        before = {table.name: rows(table.name) for table in db.metadata.sorted_tables}
        assert before["cases"] == 30
        db.session.remove()
        downgrade(revision="0001")
        upgrade()
        kept = {table: count for table, count in before.items() if table not in ADDED_LATER}
        assert {table: rows(table) for table in kept} == kept | {"chain_head": 1}
        db.session.remove()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert audit.length() == 0


def test_the_search_and_the_kept_lists_come_along(fresh_app):
    with fresh_app.app_context():
        upgrade()
        demonstration.load(moment(RECEIVED, 16), transaction=transaction)
        clerk = Maker().actor("clerk")
        found = [case.number for case in search.find("公租房", place=search.Place(), actor=clerk).cases]
        narrow("status=answered&drafted_by=me")
        downgrade(revision="0037")
        assert narrowed_by() == ["status=answered&mine=me"]
        upgrade()
        assert narrowed_by() == ["status=answered&drafted_by=me"]
        assert len(found) > 1
        assert [case.number for case in search.find("公租房", place=search.Place(), actor=clerk).cases] == found
        if db.engine.dialect.name == "sqlite":
            db.session.rollback()
            with transaction():
                last = db.session.scalar(text("SELECT MIN(rowid) FROM search_entries"))
                db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
                db.session.execute(text("DELETE FROM cases WHERE id = :case"), {"case": -last})
                assert rows("search_entries") == rows("cases")
                db.session.rollback()


def narrow(to: str) -> None:
    with transaction():
        db.session.execute(text("UPDATE saved_lists SET narrowed_by = :to"), {"to": to})
    db.session.remove()


def narrowed_by() -> list[str]:
    found = list(db.session.scalars(text("SELECT narrowed_by FROM saved_lists")))
    db.session.remove()
    return found


def test_each_migration_is_numbered_explained_and_short_named():
    files = sorted(VERSIONS.glob("*.py"))
    assert [path.stem[:4] for path in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    for path in files:
        assert len(path.stem) <= 32
        assert path.read_text(encoding="utf-8").startswith('"""')
