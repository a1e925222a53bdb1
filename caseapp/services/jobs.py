"""The worker: sends what waits, one message at a time, in the order of each case; claims before, marks after."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from caseapp.db import db
from caseapp.domain.notices import (
    LONGEST_SENDING,
    NoticeState,
    OutcomeUnknown,
    PermanentFailure,
    TemporaryFailure,
    next_try,
)
from caseapp.gateways.messages import Carrier
from caseapp.models import Applicant, Notice, Person
from caseapp.services import notices

Transaction = Callable[[], AbstractContextManager[None]]
LONGEST_ERROR = 200


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One message that this worker alone is sending now."""

    id: int
    attempts: int
    phone: str  # of an applicant
    address: str  # of a member of staff, or of an applicant who consented to e-mail
    by_mail: bool
    subject: str
    words: str


def run(carrier: Carrier, *, transaction: Transaction, now: Callable[[], datetime], most: int = 200) -> int:
    """Send at most `most` messages that are due, and return how many were sent; the edge commits around each step."""
    with transaction():
        _give_up_on_the_dead(now())
    sent = 0
    for _ in range(most):
        with transaction():
            claimed = _claim(now())
        if claimed is None:
            break
        try:
            _hand_over(claimed, carrier, at=now())
        except TemporaryFailure as failure:
            with transaction():
                _failed(claimed, str(failure), again_at=next_try(claimed.attempts, at=now()))
        except PermanentFailure as failure:
            with transaction():
                _failed(claimed, str(failure), again_at=None)
        except OutcomeUnknown as unknown:
            with transaction():
                _mark(claimed, state=NoticeState.UNKNOWN, error=str(unknown)[:LONGEST_ERROR])
        else:
            with transaction():
                _mark(claimed, state=NoticeState.SENT, sent_at=now())
            sent += 1
    return sent


def _hand_over(claimed: Claimed, carrier: Carrier, *, at: datetime) -> None:
    if claimed.by_mail and not claimed.address:
        raise PermanentFailure("没有电子邮箱")  # it was taken away after the letter was queued
    if claimed.by_mail:
        name = notices.name_of(claimed.id)
        carrier.mail(address=claimed.address, subject=claimed.subject, words=claimed.words, name=name, at=at)
    else:
        carrier.deliver(phone=claimed.phone, words=claimed.words, at=at)


def _give_up_on_the_dead(at: datetime) -> None:
    """Say of what another worker was sending when it died that nobody knows; a person decides what follows."""
    dead = Notice.state == NoticeState.SENDING, Notice.claimed_at < at - LONGEST_SENDING
    db.session.execute(update(Notice).where(*dead).values(state=NoticeState.UNKNOWN))


def _claim(at: datetime) -> Claimed | None:
    """Take the next message that is due; none while an earlier one of its case is still on its way."""
    earlier = aliased(Notice)
    on_its_way = (NoticeState.WAITING, NoticeState.SENDING)
    blocked = exists().where(earlier.case_id == Notice.case_id, earlier.id < Notice.id, earlier.state.in_(on_its_way))
    due = (
        select(Notice)
        .where(Notice.state == NoticeState.WAITING, Notice.next_try_at <= at, ~blocked)
        .order_by(Notice.next_try_at, Notice.id)
        .limit(1)
        .with_for_update(of=Notice, skip_locked=True)
    )
    row = db.session.scalar(due)
    if row is None:
        return None
    row.state, row.claimed_at = NoticeState.SENDING, at
    row.attempts += 1
    phone, address = "", db.session.scalar(select(Person.email).where(Person.id == row.person_id)) or ""
    if row.case_id is not None:
        reached = select(Applicant.phone, Applicant.email).where(Applicant.case_id == row.case_id)
        phone, address = db.session.execute(reached).one_or_none() or ("", "")
    return Claimed(
        id=row.id,
        attempts=row.attempts,
        phone=phone,
        address=address,
        by_mail=bool(row.subject),
        subject=row.subject,
        words=row.words,
    )


def _failed(claimed: Claimed, words: str, *, again_at: datetime | None) -> None:
    said = words[:LONGEST_ERROR]
    if again_at is None:
        _mark(claimed, state=NoticeState.FAILED, error=said)
    else:
        _mark(claimed, state=NoticeState.WAITING, error=said, next_try_at=again_at)


def _mark(claimed: Claimed, **values: object) -> None:
    db.session.execute(update(Notice).where(Notice.id == claimed.id).values(**values))
