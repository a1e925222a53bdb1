"""Messages: to applicants queued with the act, in its transaction; seen to by a person where the worker cannot."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from hmac import compare_digest
from pathlib import Path

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import joinedload

from caseapp.db import db, table_of
from caseapp.domain import notices as rules
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.moments import chinese_date
from caseapp.domain.notices import NoticeKind, NoticeState
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.gateways import bounces
from caseapp.models import Applicant, Case, Notice
from caseapp.services import audit, installation

WORDS = Path(__file__).parent.parent.parent / "templates" / "notices"
MOST = 50
SEAL = 16
MESSAGE_NAME = re.compile(r"notice-(?P<id>[0-9]{1,9})-[0-9a-f]+")
ShownNotice = Notice


def registered(case: Case, *, at: datetime) -> None:
    """Tell an applicant whose request was registered at the window its number and its date."""
    due = f"最晚 {chinese_date(case.local_due_on)} 答复。" if case.confirmed_on and case.local_due_on else ""
    _queue(case, NoticeKind.REGISTERED, at=at, due=due)


def letter_delivered(case_id: int, kind: LetterKind, way: DeliveryWay, *, at: datetime) -> None:
    """Tell the applicant that a letter to him has gone out, and how he gets it."""
    case = db.session.get_one(Case, case_id)
    _queue(case, NoticeKind.LETTER, at=at, letter=LETTERS[kind].label, how=rules.HOW[way])


def dates_moved(moved: Iterable[tuple[int, str, date | None]], *, at: datetime) -> None:
    """Tell the applicants of these cases, as (id, number, new date), that the calendar moved the date (L6)."""
    told = {case_id: (number, day) for case_id, number, day in moved if day is not None}
    reachable = select(Applicant.case_id, Applicant.email).where(
        Applicant.case_id.in_(told), or_(Applicant.phone != "", Applicant.email != "")
    )
    rows = [
        _row(
            *(case_id, NoticeKind.DATE_MOVED),
            by_mail=bool(email),
            at=at,
            number=told[case_id][0],
            due_on=_day(told[case_id][1]),
        )
        for case_id, email in db.session.execute(reachable)
    ]
    if rows:
        db.session.execute(insert(table_of(Notice)), rows)


def waiting_for_a_person(*, actor: Actor) -> Sequence[Notice]:
    """Return the messages that the worker cannot see to by itself, the oldest first, at most fifty."""
    demand(actor, Permission.ADMINISTER)
    query = select(Notice).where(Notice.state.in_(rules.NEEDS_A_PERSON)).order_by(Notice.id).limit(MOST)
    return db.session.scalars(query.options(joinedload(Notice.case), joinedload(Notice.person))).all()


def send_again(notice_id: int, *, actor: Actor, at: datetime) -> None:
    """Let the worker send a message once more, though it may have arrived already: a person takes that on himself."""
    row = _troubled(notice_id, actor=actor)
    row.state, row.attempts, row.next_try_at, row.error = NoticeState.WAITING, 0, at, ""
    audit.record(row.case, EventKind.NOTICE_SENT_AGAIN, actor=actor, at=at)


def give_up(notice_id: int, *, reason: str, actor: Actor, at: datetime) -> None:
    """Put a message aside, with the reason, for example that the applicant was told by telephone."""
    row = _troubled(notice_id, actor=actor)
    if not reason.strip():
        raise rules.WhyMissing
    row.state, row.reason = NoticeState.GIVEN_UP, reason
    audit.record(row.case, EventKind.NOTICE_GIVEN_UP, actor=actor, at=at, reason=reason)


def name_of(notice_id: int) -> str:
    """Return the left part of the Message-ID under which an e-mail goes out; nobody else can make one up."""
    seal = installation.current().vault.digest(str(notice_id), purpose="message id")
    return f"notice-{notice_id}-{seal[:SEAL]}"


def take_bounce(report: bytes) -> int:
    """Make a task of an e-mail that came back, and return the number of the message; nothing is sent again by itself.

    Raises `NotABounce` for what is no report of failure (a delay is none: the servers go on trying), `NoSuchNotice` for
    one of something else, or of a message that a person has seen to already.
    """
    bounce = bounces.read(report)
    named = MESSAGE_NAME.fullmatch(bounce.message_name)
    number = int(named["id"]) if named else 0
    if not compare_digest(bounce.message_name, name_of(number)):
        raise rules.NoSuchNotice
    row = db.session.get(Notice, number, with_for_update={"of": Notice}, populate_existing=True)
    if row is None or row.state not in (NoticeState.SENT, NoticeState.UNKNOWN):
        raise rules.NoSuchNotice
    row.state, row.sent_at, row.error = NoticeState.FAILED, None, f"邮件被退回（{bounce.status}）"
    return number


def _troubled(notice_id: int, *, actor: Actor) -> Notice:
    demand(actor, Permission.ADMINISTER)
    row = db.session.get(Notice, notice_id, with_for_update={"of": Notice}, populate_existing=True)
    if row is None or row.state not in rules.NEEDS_A_PERSON:
        raise rules.NoSuchNotice
    return row


def _queue(case: Case, kind: NoticeKind, *, at: datetime, **facts: str) -> None:
    """Queue a message: by e-mail to who consented to it, else by telephone; who gave neither is told by letter only."""
    if case.applicant.email or case.applicant.phone:
        row = _row(case.id, kind, by_mail=bool(case.applicant.email), at=at, number=case.number, **facts)
        db.session.execute(insert(table_of(Notice)), [row])


def _row(case_id: int, kind: NoticeKind, *, by_mail: bool, at: datetime, **facts: str) -> dict[str, object]:
    return {
        "case_id": case_id,
        "kind": kind,
        "subject": rules.SUBJECT.format_map(facts) if by_mail else "",
        "words": _template(kind).format_map(facts),
        "state": NoticeState.WAITING,
        "attempts": 0,
        "queued_at": at,
        "next_try_at": at,
        "error": "",
        "reason": "",
    }


def _day(day: date | None) -> str:
    return chinese_date(day) if day else ""


@cache
def _template(kind: NoticeKind) -> str:
    return (WORDS / f"{kind.value}.txt").read_text("utf-8").strip()
