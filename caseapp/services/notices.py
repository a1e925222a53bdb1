"""Messages: to applicants queued with the act, in its transaction; seen to by a person where the worker cannot."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import insert, select
from sqlalchemy.orm import joinedload

from caseapp.db import db, table_of
from caseapp.domain import notices as rules
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LETTERS, LetterKind, chinese_date
from caseapp.domain.notices import NoticeKind, NoticeState
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import Applicant, Case, Notice
from caseapp.services import audit

WORDS = Path(__file__).parent.parent.parent / "templates" / "notices"
MOST = 50
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
    with_phone = select(Applicant.case_id).where(Applicant.case_id.in_(told), Applicant.phone != "")
    rows = [
        _row(case_id, NoticeKind.DATE_MOVED, at=at, number=told[case_id][0], due_on=_day(told[case_id][1]))
        for case_id in db.session.scalars(with_phone)
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


def _troubled(notice_id: int, *, actor: Actor) -> Notice:
    demand(actor, Permission.ADMINISTER)
    row = db.session.get(Notice, notice_id, with_for_update={"of": Notice}, populate_existing=True)
    if row is None or row.state not in rules.NEEDS_A_PERSON:
        raise rules.NoSuchNotice
    return row


def _queue(case: Case, kind: NoticeKind, *, at: datetime, **facts: str) -> None:
    """Queue a message; somebody who gave no telephone number is told by letter only."""
    if case.applicant.phone:
        db.session.execute(insert(table_of(Notice)), [_row(case.id, kind, at=at, number=case.number, **facts)])


def _row(case_id: int, kind: NoticeKind, *, at: datetime, **facts: str) -> dict[str, object]:
    return {
        "case_id": case_id,
        "kind": kind,
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
