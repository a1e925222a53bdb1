"""Doors that may be tried only so often: per address, per account, and by everybody together.

Counted in the database, so that every process counts alike; subjects are kept as keyed digests only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Executable, bindparam, delete, update

from caseapp.db import INSERTS, db, table_of
from caseapp.domain.errors import DomainError
from caseapp.models import Attempt
from caseapp.services import installation

WINDOW_SECONDS = 15 * 60
EVERYBODY = "everybody"
SWEEP = delete(table_of(Attempt)).where(Attempt.window < bindparam("oldest"))  # when the first comes in a window


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
API = Door(name="api", words="接口调用", each=1200, together=12000)
TRACKED_BY_API = Door(name="api_tracking", words="查询", each=10, together=6000)
RESUMING = Door(name="resuming", words="继续填写", each=10, together=300)
FILING = Door(name="filing", words="提交", each=30, together=2000)


def _count_on(insert: Callable[[Any], Any]) -> Executable:
    """Count one attempt, the first of its window or one more, and tell how many that makes."""
    attempts = table_of(Attempt)
    row: dict[str, Any] = {name: bindparam(name) for name in ("door", "subject", "window", "last_at")}
    first = insert(attempts).values(**row, count=1)
    one_more = {"count": attempts.c.count + 1, "last_at": first.excluded.last_at}
    counted = first.on_conflict_do_update(index_elements=["door", "subject", "window"], set_=one_more)
    statement: Executable = counted.returning(attempts.c.count)
    return statement


def _take_back() -> Executable:
    attempts = table_of(Attempt)
    counted = attempts.c.door == bindparam("of_door"), attempts.c.window == bindparam("in_window")
    each = attempts.c.subject.in_(bindparam("subjects", expanding=True))
    return update(attempts).where(*counted, each, attempts.c.count > 0).values(count=attempts.c.count - 1)


TAKE_BACK = _take_back()
COUNT_ON = {dialect: _count_on(insert) for dialect, insert in INSERTS.items()}


def count(door: Door, subjects: Mapping[str, str], *, at: datetime) -> None:
    """Count one attempt for each subject (kind → value) and for everybody, in the caller's transaction.

    Raises `TooManyAttempts` when one of the subjects, or everybody together, has tried too often; it is not counted
    then, once the transaction is rolled back.
    """
    window = _window(at)
    *each, everybody = (_count_one(door, digest, window=window, at=at) for digest in _digests(door, subjects))
    if everybody > door.together or any(tried > door.each for tried in each):
        raise TooManyAttempts(door=door.words, otherwise=_otherwise())
    if everybody == 1:
        db.session.execute(SWEEP, {"oldest": window - 1})


def take_back(door: Door, subjects: Mapping[str, str], *, at: datetime) -> None:
    """Uncount an attempt that was counted at this moment, since it was none: it came with what only its owner knows."""
    values = {"of_door": door.name, "in_window": _window(at), "subjects": _digests(door, subjects)}
    db.session.execute(TAKE_BACK, values)


def _otherwise() -> str:
    phone = installation.current().settings.office.phone
    return f"，或拨打 {phone}" if phone else ""


def _window(at: datetime) -> int:
    return int(at.timestamp()) // WINDOW_SECONDS


def _digests(door: Door, subjects: Mapping[str, str]) -> list[str]:
    vault = installation.current().vault
    named = [vault.digest(f"{kind}\0{value}", purpose=f"attempt {door.name}") for kind, value in subjects.items()]
    return [*named, vault.digest(EVERYBODY, purpose=f"attempt {door.name}")]


def _count_one(door: Door, digest: str, *, window: int, at: datetime) -> int:
    place = {"door": door.name, "subject": digest, "window": window, "last_at": at}
    tried: int = db.session.execute(COUNT_ON[db.engine.dialect.name], place).scalar_one()
    return tried
