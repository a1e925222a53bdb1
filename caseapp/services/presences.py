"""正在编辑: who opened a form of a case lately and has not sent it; a warning to colleagues, never a lock."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.db import aside, db, table_of
from caseapp.domain.permissions import Actor
from caseapp.models import Person, Presence

LATELY = timedelta(minutes=15)
MOST = 5
INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class Editing(NamedTuple):
    """A colleague at a form of the case, and how many whole minutes ago he opened it."""

    name: str
    minutes: int


def note(case_id: int, *, actor: Actor, at: datetime) -> None:
    """Remember that the actor opened a form of the case; beside the session, which goes on with what it has read."""
    table = table_of(Presence)
    statement = INSERT[db.engine.dialect.name](table).values(case_id=case_id, person_id=actor.id, seen_at=at)
    same = [table.c.case_id, table.c.person_id]
    with aside() as connection:
        connection.execute(delete(table).where(table.c.case_id == case_id, table.c.seen_at < at - LATELY))
        connection.execute(statement.on_conflict_do_update(index_elements=same, set_={"seen_at": at}))


def others(case_id: int, *, actor: Actor, at: datetime) -> list[Editing]:
    """Return the colleagues who opened a form of the case lately, the latest first."""
    query = (
        select(Person.name, Presence.seen_at)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.case_id == case_id, Presence.person_id != actor.id, Presence.seen_at >= at - LATELY)
        .order_by(Presence.seen_at.desc())
        .limit(MOST)
    )
    rows = db.session.execute(query).all()
    return [Editing(name, max(0, int((at - seen_at).total_seconds() // 60))) for name, seen_at in rows]


def leave(case_id: int, *, actor: Actor) -> None:
    """Forget that the actor has a form open: he has sent it."""
    db.session.execute(delete(Presence).where(Presence.case_id == case_id, Presence.person_id == actor.id))
