"""The history: append-only, chained; a changed, missing or cut-off row is named."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from caseapp.db import db, transaction
from caseapp.services import audit
from tests.makers import moment


@pytest.fixture
def history(maker):
    """Six rows: three filed and assigned cases."""
    for _ in range(3):
        maker.case()
    return maker


def tamper(app, statement: str) -> None:
    """Change the table behind the guards' back, as somebody with the database's own password could."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(statement))
        return
    with transaction():
        for deed in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER events_no_{deed}"))
        db.session.execute(text(statement))


def test_an_untouched_history_is_whole(history):
    assert audit.verify() is None
    assert audit.length() == 6


@pytest.mark.parametrize("statement", ["UPDATE events SET at = at WHERE position = 1", "DELETE FROM events"])
def test_the_database_itself_refuses_to_change_it(history, statement):
    with pytest.raises(DatabaseError, match="append-only"), transaction():
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "position"),
    [
        ("UPDATE events SET case_id = 1 WHERE position = 4", 4),
        ("UPDATE events SET kind = 'delivered' WHERE position = 3", 3),
        ("UPDATE events SET actor_id = 1 WHERE position = 2", 2),
        ("DELETE FROM events WHERE position = 5", 5),
        ("DELETE FROM events WHERE position >= 5", 5),
        ("DELETE FROM events WHERE position = 6", 6),
    ],
)
def test_the_first_broken_row_is_named(app, history, statement, position):
    tamper(app, statement)
    assert audit.verify().position == position


def test_the_command_names_the_row_and_leaves_with_one(app, history):
    whole = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert (whole.exit_code, whole.stdout) == (0, "完整：6 行\n")
    tamper(app, "UPDATE events SET case_id = 1 WHERE position = 4")
    broken = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert broken.exit_code == 1
    assert "第 4 行" in broken.stderr


def test_a_row_tells_moment_person_and_details(history):
    case = history.case()
    history.proposed(case, on=case.received_on, working_days=7)
    newest = audit.history(case.id)[0]
    assert newest.actor == "承办员乙"
    assert newest.at == moment(case.received_on)
    assert ("延长工作日数", "7") in newest.details
