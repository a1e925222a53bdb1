"""Fills a furnished installation with cases in bulk: in seconds, in bounded memory, in rows that filing made alike.

Most cases are answered and lie within three years before; the newest 3 % (200 at least) are open in every status. Each
has its applicant, its draft and its place in the hash chain. Left out is what no measured page reads: papers, and keys
behind the digests and seals.
"""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from flask import Flask
from sqlalchemy import String, cast, false, insert, literal, literal_column, select, text

from caseapp.db import db, transaction
from caseapp.domain.deadlines import Timeline, TwoClocks, two_clocks
from caseapp.domain.events import EventKind, link
from caseapp.domain.filing import ApplicantKind, DeliveryWay, Medium
from caseapp.domain.identity import IdentityKind
from caseapp.domain.lifecycle import OPEN, Status
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.numbering import case_number
from caseapp.domain.outcome import Outcome
from caseapp.domain.receipt import Channel
from caseapp.domain.rulesets import CN_2019, DISTRICT_15
from caseapp.domain.search_words import tokens
from caseapp.gateways.holiday_calendar import base_calendar
from caseapp.models import Applicant, Case, ChainHead, Department, Event, FilingDraft, Series
from caseapp.services import search

BATCH = 5_000
LOOKED_AT = 50
EVENTS = 10  # of each case that is looked at
YEARS, OPEN_DAYS = timedelta(days=3 * 365), timedelta(days=30)
OPEN_SHARE, FEWEST_OPEN = 0.03, 200
WEIGHTS = {Status.REGISTERED: 20, Status.IN_HAND: 50, Status.IN_APPROVAL: 12, Status.ISSUED: 18}
SUBJECT = "申请公开示范花园{}号楼竣工验收备案表。"  # clearly for one department
SAME = {
    "document_no": "",
    "description": SUBJECT.format(3),
    "medium": Medium.ELECTRONIC.value,
    "delivery_way": DeliveryWay.ONLINE.value,
    "field_code": "",
    "routing_note": "描述中的“竣工验收备案表”由住建局负责。",
    "candidates": "zhujian",
    "local_rule_set": DISTRICT_15.id,
    "statute": CN_2019.id,
}

Row = dict[str, object]


@lru_cache(maxsize=4096)
def _clocks(received_on: date) -> TwoClocks:
    facts = Timeline(received_on=received_on, events=())
    calendar = base_calendar()
    return two_clocks(
        facts, local=DISTRICT_15, statute=CN_2019, calendar=calendar, as_of=received_on, with_ledger=False
    )


@dataclass(frozen=True, kw_only=True)
class Filed:
    """One case on its way into the tables."""

    id: int
    number: str
    status: Status
    department_id: int | None
    filed_at: datetime

    @property
    def received_on(self) -> date:
        return self.filed_at.date()


def fill(app: Flask, cases: int, *, today: date, open_share: float = OPEN_SHARE) -> list[int]:
    """Put so many cases into the empty tables; return the ids of open ones with ten events each, to be looked at."""
    with app.app_context():
        departments = list(db.session.scalars(select(Department.id).order_by(Department.id)))
        made = _cases(cases, departments=departments, today=today, open_share=open_share)
        chain = _Chain()
        serials: Counter[int] = Counter()
        while batch := list(islice(made, BATCH)):
            serials.update(case.received_on.year for case in batch)
            with transaction():
                _write(batch, chain)
        with transaction():
            _complete()
            _count_on(serials, chain)
        _settle()
        return sorted(chain.looked_at)


def _cases(cases: int, *, departments: list[int], today: date, open_share: float) -> Iterator[Filed]:
    """Yield the cases in the order of their filing."""
    draw = random.Random(20_190_515)
    opened = min(cases, max(FEWEST_OPEN, int(cases * open_share)))
    weights = [1 / (place + 1) for place in range(len(departments))]
    serials: Counter[int] = Counter()
    for id in range(1, cases + 1):
        answered = cases - opened
        if id <= answered:
            status, day = Status.ANSWERED, today - OPEN_DAYS - YEARS + YEARS * (id / answered)
        else:
            status = draw.choices(list(WEIGHTS), weights=list(WEIGHTS.values()))[0]
            day = today - OPEN_DAYS + (OPEN_DAYS - timedelta(days=1)) * ((id - answered) / opened)
        serials[day.year] += 1
        department = None if status is Status.REGISTERED else draw.choices(departments, weights=weights)[0]
        yield Filed(
            id=id,
            number=case_number(year=day.year, serial=serials[day.year]),
            status=status,
            department_id=department,
            filed_at=datetime.combine(day, time(9 + id % 8, id % 60), OFFICE_ZONE),
        )


class _Chain:
    """Writes the history of the cases, each event tied to the one before it."""

    def __init__(self) -> None:
        head = db.session.get_one(ChainHead, 1)
        self.position, self.digest = head.position, head.digest
        self.looked_at: set[int] = set()

    def of(self, case: Filed) -> list[Row]:
        """Return the case's events: one, or ten for the first open ones."""
        events = [
            self._event(case, EventKind.FILED, {"due_on": _clocks(case.received_on).local.answer_due.isoformat()})
        ]
        if case.status is Status.IN_HAND and len(self.looked_at) < LOOKED_AT:
            self.looked_at.add(case.id)
            kinds = (EventKind.ASSIGNED, EventKind.RETURNED_TO_CLERK)
            facts = {"department": "示范区住房和城乡建设局", "reason": "申请事项属于其他部门职责，请重新分派。"}
            events += [self._event(case, kinds[place % 2], facts) for place in range(EVENTS - 1)]
        return events

    def _event(self, case: Filed, kind: EventKind, facts: dict[str, object]) -> Row:
        self.position += 1
        row: Row = {"position": self.position, "case_id": case.id, "actor_id": None, "at": case.filed_at}
        self.digest = link(self.digest, kind=kind.value, facts=facts, **row)  # type: ignore[arg-type]
        return row | {"kind": kind, "facts": facts, "digest": self.digest}


def _write(batch: list[Filed], chain: _Chain) -> None:
    same = {name: literal_column(f"'{value}'") for name, value in SAME.items()}
    cases = insert(Case.__table__).values(**same, proposed_outside=false(), version=literal_column("1"))
    db.session.execute(cases, [_case(case) for case in batch])
    db.session.execute(insert(Event.__table__), [event for case in batch for event in chain.of(case)])


def _case(case: Filed) -> Row:
    """Return what differs from case to case."""
    both = _clocks(case.received_on)
    answered = case.status is Status.ANSWERED
    return {
        "id": case.id,
        "number": case.number,
        "filing_digest": f"{case.id:064x}",
        "query_digest": f"{case.id:064x}",
        "status": case.status,
        "title": f"示范花园{case.id}号楼竣工验收备案表" if case.id % 3 else "",
        "department_id": case.department_id,
        "filed_at": case.filed_at,
        "channel": Channel.ONLINE.value,
        "arrived_on": case.received_on,
        "confirmed_on": case.received_on,
        "received_on": case.received_on,
        "counted_from": case.received_on,
        "local_due_on": both.local.answer_due,
        "statutory_due_on": both.statutory.answer_due,
        "provisional": both.local.provisional or both.statutory.provisional,
        "urgency_on": both.local.answer_due if case.status in OPEN else None,
        "outcome": Outcome.DISCLOSED if answered else None,
        "answered_on": both.local.answer_due if answered else None,
        "changed_at": case.filed_at,
    }


def _complete() -> None:
    """Give every case its applicant and its draft."""
    applicant = {
        "case_id": Case.id,
        "kind": literal(ApplicantKind.PERSON.value),
        "name": "申请人" + cast(Case.id, String),
        "identity_kind": literal(IdentityKind.RESIDENT_ID.value),
        "identity_sealed": literal(b"\0" * 46),
        "identity_masked": literal("000***********0000"),
        "identity_digest": literal("0" * 64),
        "phone": literal("13000000000"),
    }
    draft = {
        "key_digest": Case.filing_digest,
        "answers_sealed": literal(b"\0" * 30),
        "case_id": Case.id,
        "changed_at": Case.filed_at,
    }
    for table, columns in ((Applicant, applicant), (FilingDraft, draft)):
        chosen = select(*columns.values()).order_by(Case.id)
        db.session.execute(insert(table.__table__).from_select(list(columns), chosen))


def _count_on(serials: Counter[int], chain: _Chain) -> None:
    """Put every counter where filing goes on."""
    head = db.session.get_one(ChainHead, 1)
    head.position, head.digest = chain.position, chain.digest
    db.session.add_all(Series(name="cases", year=year, last=last) for year, last in serials.items())
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT setval(pg_get_serial_sequence('cases', 'id'), (SELECT MAX(id) FROM cases))"))


def index(app: Flask) -> None:
    """Write every case to the search index."""
    with app.app_context():
        after = 0
        texts = select(Case.id, Case.title, Case.description, Applicant.name).join(Applicant).order_by(Case.id)
        while rows := db.session.execute(texts.where(Case.id > after).limit(BATCH)).all():
            entries = [{"case": row[0], "tokens": tokens((row[1], "", row[2], row[3]))} for row in rows]
            with transaction():
                db.session.execute(search.PUT[db.engine.dialect.name], entries)
            after = rows[-1][0]
        _settle()


def _settle() -> None:
    """Let PostgreSQL take stock, as it does by itself sooner or later."""
    db.session.remove()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM ANALYZE")
