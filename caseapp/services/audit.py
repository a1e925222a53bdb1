"""The history of every case: each act writes one event; each event is chained to the one before it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from caseapp.db import db, fetch, table_of
from caseapp.domain.events import BY_APPLICANT, CHAIN_START, EVENT_WORDS, FACT_WORDS, EventKind, link
from caseapp.domain.moments import chinese_date
from caseapp.domain.permissions import Actor
from caseapp.models import Case, ChainHead, Event, Person

ONLY = 1
# Facts that are stored as 2026-05-08 and read as 2026年5月8日.
DAYS = {
    "on",
    "arrived_on",
    "confirmed_on",
    "received_on",
    "old_on",
    "new_on",
    "due_on",
    "old_due_on",
    "reply_by",
    "pay_by",
    "answer_by",
    "delayed_until",
    "decided_on",
    "effective_on",
}

HEAD = select(ChainHead.position, ChainHead.digest).where(ChainHead.id == ONLY)
LOCK_HEAD = HEAD.with_for_update()
APPEND = insert(table_of(Event))
MOVE_HEAD = (
    update(table_of(ChainHead)).where(ChainHead.id == ONLY).values(position=bindparam("to"), digest=bindparam("link"))
)
HISTORY = (
    select(Event.at, Event.kind, Event.facts, Person.name)
    .outerjoin(Person, Person.id == Event.actor_id)
    .where(Event.case_id == bindparam("case"))
    .order_by(Event.position.desc())
    .limit(bindparam("most"))
)

Happened = tuple[EventKind, Mapping[str, object]]  # what, and the facts of it


def hold() -> None:
    """Let no other act be recorded until this one is committed: what it judges stays as it is meanwhile.

    For the rare act that judges by more rows than it could lock; an act on a case locks the case.
    """
    db.session.execute(LOCK_HEAD)


def record(case: Case | None, kind: EventKind, *, actor: Actor | None, at: datetime, **facts: object) -> None:
    """Append one event to the chain; the last thing an act does, since every writer waits for this lock."""
    record_all(case, [(kind, facts)], actor=actor, at=at)


def record_all(case: Case | None, events: Iterable[Happened], *, actor: Actor | None, at: datetime) -> None:
    """Append the events of one act to the chain, in their order and under one lock; otherwise as `record`."""
    db.session.flush()
    position, digest = db.session.execute(LOCK_HEAD).one()
    shared: dict[str, Any] = {"case_id": case.id if case else None, "actor_id": actor.id if actor else None, "at": at}
    rows: list[dict[str, object]] = []
    for kind, facts in events:
        position += 1
        known = {name: _plain(value) for name, value in facts.items() if value is not None}
        digest = link(digest, position=position, kind=kind.value, facts=known, **shared)
        rows.append({"position": position, "kind": kind, "facts": known, "digest": digest, **shared})
    db.session.execute(APPEND, rows)
    db.session.execute(MOVE_HEAD, {"to": position, "link": digest})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _link_of(previous: str, event: Event) -> str:
    return link(
        previous,
        position=event.position,
        kind=event.kind.value,
        case_id=event.case_id,
        actor_id=event.actor_id,
        at=event.at,
        facts=event.facts,
    )


@dataclass(frozen=True, kw_only=True)
class Break:
    """The first row at which the chain does not hold, and what is wrong with it, in words."""

    position: int
    words: str


def verify() -> Break | None:
    """Return the first broken row of the history, or `None` when every row stands as it was written."""
    previous, expected = CHAIN_START, 1
    with db.session.scalars(select(Event).order_by(Event.position).execution_options(yield_per=1000)) as events:
        for event in events:
            if event.position != expected:
                return Break(position=expected, words="缺少这一行")
            if event.digest != _link_of(previous, event):
                return Break(position=event.position, words="内容与链值不符")
            previous, expected = event.digest, expected + 1
    if db.session.execute(HEAD).one() != (expected - 1, previous):
        return Break(position=expected, words="链尾之后的行已不在")
    return None


def head() -> str:
    """Return the digest of the newest event: as long as it stands, no act has changed anything."""
    digest: str = db.session.execute(HEAD).one().digest
    return digest


def length() -> int:
    """Return how many events the chain holds."""
    position: int = db.session.execute(HEAD).one().position
    return position


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of a case's history, as a page shows it."""

    at: datetime
    kind: EventKind
    words: str
    actor: str
    details: tuple[tuple[str, str], ...]


def history(case_id: int, *, most: int = 200) -> list[Entry]:
    """Return the newest `most` lines of the case's history, newest first."""
    return [entry(*row) for row in fetch(HISTORY, {"case": case_id, "most": most})]


def entry(at: datetime, kind: EventKind, facts: dict[str, object], name: str | None) -> Entry:
    """Return an event as it is read aloud; `name` is that of the person who acted, if one did."""
    return Entry(
        at=at,
        kind=kind,
        words=EVENT_WORDS[kind],
        actor=name or _nobody(kind),
        details=tuple(_details(facts)),
    )


def _details(facts: dict[str, object]) -> Iterator[tuple[str, str]]:
    for name, words in FACT_WORDS.items():
        if facts.get(name) not in (None, ""):
            text = str(facts[name])
            yield words, chinese_date(date.fromisoformat(text)) if name in DAYS else text


def last_actor(case_id: int) -> str:
    """Return who acted last on the case, by name."""
    row = db.session.execute(
        select(Event.kind, Person.name)
        .outerjoin(Person, Event.actor_id == Person.id)
        .where(Event.case_id == case_id)
        .order_by(Event.position.desc())
        .limit(1)
    ).one_or_none()
    return (row.name or _nobody(row.kind)) if row else "系统"


def _nobody(kind: EventKind) -> str:
    """Return who acts where no member of staff does."""
    return "申请人" if kind in BY_APPLICANT else "系统"
