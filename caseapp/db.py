"""The database: one session, one way to write (`transaction`), the same promises on SQLite and on PostgreSQL."""

import enum
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CursorResult, DateTime, Dialect, Engine, Enum, Executable, MetaData, Table, TypeDecorator, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.orm import DeclarativeBase, registry

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
BUSY_SECONDS = 30
# Those that know ON CONFLICT, by the name of the dialect.
INSERTS: dict[str, Callable[[Any], Any]] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_turn = threading.local()  # whether this thread writes already
_one_writer = threading.Lock()  # SQLite: threads queue here instead of polling the file


class UtcMoment(TypeDecorator[datetime]):
    """A moment, stored in UTC and handed back with its offset on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def by_value(kind: type[enum.Enum]) -> Enum:
    """Return the column type that stores an enum by its value, as text."""
    return Enum(
        kind, values_callable=lambda members: [member.value for member in members], native_enum=False, length=40
    )


class Base(DeclarativeBase):
    """What every table shares: names of constraints, and how moments are stored."""

    registry = registry(metadata=MetaData(naming_convention=NAMES), type_annotation_map={datetime: UtcMoment()})


db = SQLAlchemy(model_class=Base)


def table_of(model: type[Base]) -> Table:
    """Return the table behind the model, for statements that are built once and need no objects."""
    return cast(Table, model.__table__)


def set_up(app: Flask) -> None:
    """Bind the database to the app; PostgreSQL pools connections, SQLite is opened with its safe settings."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _make_sqlite_safe(db.engine)
        event.listen(db.engine, "handle_error", _keep_values_out)


def _keep_values_out(context: ExceptionContext) -> None:
    """Cut from an error what PostgreSQL repeats of the row: errors are logged, and rows name people."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args and isinstance(error.args[0], str):
            error.args = (error.args[0].split("\nDETAIL:")[0], *error.args[1:])


def _make_sqlite_safe(engine: Engine) -> None:
    """Keep acknowledged rows on disk, references whole and deleted text gone; take the write lock before judging."""

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver leaves BEGIN to us
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def fetch(statement: Executable, values: Mapping[str, object] | None = None) -> CursorResult[*tuple[Any, ...]]:
    """Return the rows of a statement that asks for columns, in half the time that a session takes to look for objects.

    What the session holds unwritten is written first, as before every query.
    """
    session = db.session()
    session.flush()
    return session.connection().execute(statement, values)


@contextmanager
def transaction() -> Iterator[None]:
    """Commit everything done inside, or nothing.

    What was read before is forgotten first: an act judges only what it reads under its own lock. Raises `RuntimeError`
    inside another transaction.
    """
    session = db.session
    with _writers_turn():
        session.rollback()
        try:
            session.connection(execution_options={"writes": True})
            yield
            session.commit()
        except BaseException:
            session.rollback()
            raise


@contextmanager
def aside() -> Iterator[Connection]:
    """Commit something small of its own beside the session, which keeps what it has read; not for acts."""
    with _writers_turn(), db.engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def _writers_turn() -> Iterator[None]:
    if getattr(_turn, "taken", False):
        raise RuntimeError("one transaction inside another: the outer one would be lost, or wait for itself for ever")
    _turn.taken = True
    try:
        with _one_writer if db.engine.dialect.name == "sqlite" else nullcontext():
            yield
    finally:
        _turn.taken = False
