"""The only clock: edges ask it once per request and hand the moment down; nobody else reads the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from caseapp.domain.moments import local_date

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """Return the present moment in UTC."""
    return _stopped_at.get() or datetime.now(UTC)


def today() -> date:
    """Return the present day of the office (Asia/Shanghai)."""
    return local_date(now())


@contextmanager
def stopped_at(moment: datetime) -> Iterator[None]:
    """Hold the clock at `moment`: for histories that are replayed, and for tests."""
    token = _stopped_at.set(moment)
    try:
        yield
    finally:
        _stopped_at.reset(token)
