"""Sites that are told of every change of the catalogue: added with a secret, pushed to by the worker, receipts kept."""

import json
import secrets
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from caseapp.db import db
from caseapp.domain import push as rules
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.notices import next_try
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.push import PushState
from caseapp.gateways import webhooks
from caseapp.models import ItemChange, Push, PushTarget
from caseapp.services import audit, installation, item_changes

MOST_TARGETS = 20
SHOWN = 50
Transaction = Callable[[], AbstractContextManager[None]]
SiteLink = Callable[[str, int, int | None], str]  # the address of an item or its file under a site
Target = PushTarget
ShownPush = Push


class TooManyTargets(DomainError):
    text = f"最多推送到 {MOST_TARGETS} 个网站，请先停用不用的。"
    field = "name"


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One push that this worker alone is sending now."""

    id: int
    attempts: int
    address: str
    body: bytes
    headers: dict[str, str]


def add(*, name: str, address: str, site: str, actor: Actor, at: datetime) -> str:
    """Add a site that is told of changes from now on, and return its secret, which is shown this once.

    Raises `AddressForm`, `TooManyTargets`.
    """
    demand(actor, Permission.ADMINISTER)
    if len(active_targets()) >= MOST_TARGETS:
        raise TooManyTargets()
    secret = secrets.token_urlsafe(32)
    sealed = installation.current().vault.seal(secret, bound_to="push secret")
    db.session.add(
        PushTarget(
            name=name,
            address=rules.check_address(address),
            site=site,
            secret_sealed=sealed,
            active=True,
            added_by_id=actor.id,
            added_at=at,
        )
    )

    audit.record(None, EventKind.API_CLIENT_CHANGED, actor=actor, at=at, setting=f"新增推送“{name}”")
    return secret


def stop(target_id: int, *, actor: Actor, at: datetime) -> str:
    """Push nothing more to a site, what waits included, and return its name; raises `NotVisible`."""
    demand(actor, Permission.ADMINISTER)
    row = db.session.get(PushTarget, target_id, with_for_update=True)
    if row is None or not row.active:
        raise NotVisible()
    row.active = False
    waiting = Push.target_id == row.id, Push.state.in_((PushState.WAITING, PushState.SENDING, PushState.FAILED))
    db.session.execute(update(Push).where(*waiting).values(state=PushState.STOPPED))

    audit.record(None, EventKind.API_CLIENT_CHANGED, actor=actor, at=at, setting=f"停用推送“{row.name}”")
    return row.name


def push_again(push_id: int, *, actor: Actor, at: datetime) -> None:
    """Let the worker try a push that has failed once more; raises `NotVisible`."""
    demand(actor, Permission.ADMINISTER)
    row = db.session.get(Push, push_id, with_for_update=True)
    if row is None or row.state is not PushState.FAILED:
        raise NotVisible()
    row.state, row.attempts, row.next_try_at = PushState.WAITING, 0, at


def active_targets() -> Sequence[PushTarget]:
    """Return the sites that are pushed to, the newest first."""
    query = select(PushTarget).where(PushTarget.active).order_by(PushTarget.id.desc())
    return db.session.scalars(query.limit(MOST_TARGETS)).all()


def latest() -> Sequence[Push]:
    """Return the newest pushes with what was answered."""
    query = select(Push).options(joinedload(Push.target), joinedload(Push.change).joinedload(ItemChange.item))
    return db.session.scalars(query.order_by(Push.id.desc()).limit(SHOWN)).all()


def send_due(*, transaction: Transaction, now: Callable[[], datetime], link: SiteLink, most: int = 200) -> int:
    """Push at most `most` changes that are due, and return how many were taken; the edge commits around each step.

    A push has a number that stays the same when it is tried again: what was taken twice is known to its receiver.
    """
    taken = 0
    for _ in range(most):
        with transaction():
            claimed = _claim(now(), link=link)
        if claimed is None:
            break
        answer = webhooks.post(claimed.address, claimed.body, claimed.headers)
        with transaction():
            taken += _mark(claimed, answer, at=now())
    return taken


def _claim(at: datetime, *, link: SiteLink) -> Claimed | None:
    """Take the next push that is due; none while an earlier one to the same site is still on its way."""
    earlier = aliased(Push)
    on_its_way = (PushState.WAITING, PushState.SENDING)
    blocked = exists().where(earlier.target_id == Push.target_id, earlier.id < Push.id, earlier.state.in_(on_its_way))
    waits = Push.state == PushState.WAITING, Push.next_try_at <= at
    was_left = Push.state == PushState.SENDING, Push.claimed_at < rules.died_before(at)
    row = db.session.scalar(
        select(Push)
        .where(or_(waits[0] & waits[1], was_left[0] & was_left[1]), ~blocked)
        .order_by(Push.next_try_at, Push.id)
        .limit(1)
        .with_for_update(of=Push, skip_locked=True)
    )
    if row is None:
        return None
    row.state, row.claimed_at = PushState.SENDING, at
    row.attempts += 1
    change = db.session.scalars(
        select(ItemChange).where(ItemChange.id == row.change_id).options(*item_changes.whole())
    ).one()
    target = db.session.get_one(PushTarget, row.target_id)
    told = item_changes.told(change, link=lambda item, file: link(target.site, item, file))
    body = json.dumps(told, ensure_ascii=False).encode()
    return Claimed(
        id=row.id,
        attempts=row.attempts,
        address=target.address,
        body=body,
        headers=_headers(row, target, body=body, at=at),
    )


def _headers(row: Push, target: PushTarget, *, body: bytes, at: datetime) -> dict[str, str]:
    secret = installation.current().vault.open(target.secret_sealed, bound_to="push secret")
    timestamp = int(at.timestamp())
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "caseapp",
        "Idempotency-Key": f"push-{row.target_id}-{row.change_id}",
        "X-Caseapp-Timestamp": str(timestamp),
        "X-Caseapp-Signature": rules.signature(secret, timestamp=timestamp, body=body),
    }


def _mark(claimed: Claimed, answer: webhooks.Answer, *, at: datetime) -> bool:
    """Write the receipt; a push that was stopped while it was being sent stays stopped."""
    taken = rules.is_taken(answer.status)
    values: dict[str, object] = {"answer": f"{answer.status or '连接不上'} {answer.words}".strip()}
    again_at = next_try(claimed.attempts, at=at)
    if taken:
        values |= {"state": PushState.SENT, "sent_at": at}
    elif again_at is not None and (not answer.status or rules.may_be_taken_later(answer.status)):
        values |= {"state": PushState.WAITING, "next_try_at": again_at}
    else:
        values |= {"state": PushState.FAILED}
    db.session.execute(update(Push).where(Push.id == claimed.id, Push.state == PushState.SENDING).values(**values))
    return taken
