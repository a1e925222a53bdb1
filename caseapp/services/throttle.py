"""Doors that may be tried only so often: per address, per account, and by everybody together.

Counted in the database, so that every process counts alike; subjects are kept as keyed digests only.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.models import Attempt
from caseapp.services import installation

WINDOW_SECONDS = 15 * 60
EVERYBODY = "everybody"


class TooManyAttempts(DomainError):
    text = "{door}次数过多，请 15 分钟后再试{otherwise}。"


@dataclass(frozen=True, kw_only=True)
class Door:
    """A guarded door: how often one subject, and everybody together, may try it within 15 minutes."""

    name: str
    words: str
    each: int
    together: int


TRACKING = Door(name="tracking", words="查询", each=10, together=600)
SIGN_IN = Door(name="sign_in", words="登录", each=10, together=300)
UPLOAD = Door(name="upload", words="上传", each=60, together=2000)
FILING = Door(name="filing", words="提交", each=30, together=2000)


def count(door: Door, subjects: Mapping[str, str], *, at: datetime) -> None:
    """Count one attempt for each subject (kind → value) and for everybody; run it in a transaction of its own."""
    window = _window(at)
    db.session.execute(delete(Attempt).where(Attempt.window < window - 1))
    for digest in _digests(door, subjects):
        _count_one(door, digest, window, at)


def check(door: Door, subjects: Mapping[str, str], *, at: datetime) -> None:
    """Refuse with `TooManyAttempts` when one of the subjects, or everybody together, has tried too often."""
    digests = _digests(door, subjects)
    rows = db.session.execute(
        select(Attempt.subject, Attempt.count).where(
            Attempt.door == door.name, Attempt.window == _window(at), Attempt.subject.in_(digests)
        )
    )
    everybody = digests[-1]
    for subject, tried in rows:
        if tried >= (door.together if subject == everybody else door.each):
            raise TooManyAttempts(door=door.words, otherwise=_otherwise())


def _otherwise() -> str:
    phone = installation.current().settings.office.phone
    return f"，或拨打 {phone}" if phone else ""


def _window(at: datetime) -> int:
    return int(at.timestamp()) // WINDOW_SECONDS


def _digests(door: Door, subjects: Mapping[str, str]) -> list[str]:
    vault = installation.current().vault
    named = [vault.digest(f"{kind}\0{value}", purpose=f"attempt {door.name}") for kind, value in subjects.items()]
    return [*named, vault.digest(EVERYBODY, purpose=f"attempt {door.name}")]


def _count_one(door: Door, digest: str, window: int, at: datetime) -> None:
    make = postgresql.insert if db.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    place = {"door": door.name, "subject": digest, "window": window}
    db.session.execute(make(Attempt).values(**place, count=0, last_at=at).on_conflict_do_nothing())
    db.session.execute(update(Attempt).filter_by(**place).values(count=Attempt.count + 1, last_at=at))
