"""The yardstick: the smallest Flask + Flask-SQLAlchemy pages of the same kind, over as many rows in the same database.

No sign-in, no form library, no layout; tables with the columns that the pages show, and the indexes that they need.
"""

from datetime import date, datetime
from typing import Any

from flask import Flask, redirect, render_template, request
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import DateTime, ForeignKey, Index, event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship
from werkzeug.wrappers import Response

TABLE = """<!doctype html><title>Cases</title>
<table>{% for case in cases %}
<tr><td><a href="/cases/{{ case.id }}">{{ case.number }}</a><td>{{ case.title }}<td>{{ case.applicant.name }}
<td>{{ case.department.name if case.department else "" }}<td>{{ case.status }}<td>{{ case.due_on }}</tr>{% endfor %}
</table>"""
ONE = """<!doctype html><title>{{ case.number }}</title>
<h1>{{ case.title }}</h1><p>{{ case.description }}<p>{{ case.applicant.name }}
<p>{{ case.department.name if case.department else "" }}<p>{{ case.status }}<p>{{ case.received_on }}
<p>{{ case.due_on }}<ul>{% for event in events %}<li>{{ event.at }} {{ event.kind }}</li>{% endfor %}</ul>"""
COPIES = (
    "INSERT INTO plain_departments (id, name) SELECT id, short_name FROM departments",
    "INSERT INTO plain_cases (id, number, title, description, status, received_on, due_on, department_id) "
    "SELECT id, number, title, description, status, received_on, local_due_on, department_id FROM cases",
    "INSERT INTO plain_applicants (case_id, name) SELECT case_id, name FROM applicants",
    "INSERT INTO plain_events (id, case_id, at, kind) SELECT position, case_id, at, kind FROM events",
)
PAGE, WORKLIST = 25, 50


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Department(Base):
    __tablename__ = "plain_departments"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Case(Base):
    __tablename__ = "plain_cases"
    __table_args__ = (Index("ix_plain_cases_worklist", "status", "due_on"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    description: Mapped[str]
    status: Mapped[str]
    received_on: Mapped[date]
    due_on: Mapped[date]
    department_id: Mapped[int | None] = mapped_column(ForeignKey("plain_departments.id"))
    department: Mapped[Department | None] = relationship()
    applicant: Mapped["Applicant"] = relationship()


class Applicant(Base):
    __tablename__ = "plain_applicants"
    case_id: Mapped[int] = mapped_column(ForeignKey("plain_cases.id"), primary_key=True)
    name: Mapped[str]


class Event(Base):
    __tablename__ = "plain_events"
    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("plain_cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    kind: Mapped[str]


def create_app(database_url: str) -> Flask:
    """Return the smallest app, its tables copied from those of the installation in that database."""
    app = Flask(__name__)
    app.config["SQLALCHEMY_DATABASE_URI"] = database_url
    app.jinja_loader = DictLoader({"table.html": TABLE, "one.html": ONE})
    db.init_app(app)
    app.add_url_rule("/cases", view_func=list_cases)
    app.add_url_rule("/worklist", view_func=worklist)
    app.add_url_rule("/search", view_func=search)
    app.add_url_rule("/cases/<int:case_id>", view_func=show_case)
    app.add_url_rule("/cases", view_func=file_case, methods=["POST"])
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", _as_durable)
        db.create_all()
        _copy()
    return app


def drop(app: Flask) -> None:
    """Take the tables away and let go of the database."""
    with app.app_context():
        db.drop_all()
        db.engine.dispose()


def _as_durable(connection: Any, _record: Any) -> None:
    """Open SQLite with the settings that decide what an acknowledged row costs."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _copy() -> None:
    for statement in COPIES:
        db.session.execute(text(statement))
    if db.engine.dialect.name == "postgresql":
        last = "SELECT setval(pg_get_serial_sequence('plain_cases', 'id'), (SELECT MAX(id) FROM plain_cases))"
        db.session.execute(text(last))
        db.session.execute(text("ANALYZE"))
    db.session.commit()


def _joined() -> Any:
    return select(Case).options(joinedload(Case.applicant), joinedload(Case.department))


def list_cases() -> str:
    cases = db.session.scalars(_joined().order_by(Case.id.desc()).limit(PAGE)).all()
    return render_template("table.html", cases=cases)


def search() -> str:
    like = f"%{request.args['words']}%"
    chosen = _joined().where(Case.title.like(like) | Case.description.like(like))
    return render_template("table.html", cases=db.session.scalars(chosen.order_by(Case.id.desc()).limit(PAGE)).all())


def worklist() -> str:
    waiting = _joined().where(Case.status == "registered").order_by(Case.due_on).limit(WORKLIST)
    return render_template("table.html", cases=db.session.scalars(waiting).all())


def show_case(case_id: int) -> str:
    case = db.session.scalars(_joined().where(Case.id == case_id)).one()
    events = db.session.scalars(select(Event).where(Event.case_id == case_id).order_by(Event.id)).all()
    return render_template("one.html", case=case, events=events)


def file_case() -> Response:
    case = Case(
        number=request.form["number"],
        title=request.form["title"],
        description=request.form["description"],
        status="registered",
        received_on=date(2026, 3, 2),
        due_on=date(2026, 3, 23),
    )
    db.session.add(case)
    db.session.commit()
    return redirect(f"/cases/{case.id}")
