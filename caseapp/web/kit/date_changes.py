"""What pages say of dates that a change of the working calendar has moved (L6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from caseapp.domain.moments import chinese_date
from caseapp.services.recount import Change


@dataclass(frozen=True)
class ShownChange:
    """One change: when it was made, and in one sentence what moved and why."""

    at: datetime
    words: str


def date_changes(rows: Iterable[Change]) -> list[ShownChange]:
    """Return these changes of a case's dates as pages show them, in their order."""
    return [
        ShownChange(
            row.at,
            f"因工作日历调整（{row.cause}），{_moved('承诺期限', row.local_before, row.local_after)}；"
            f"{_moved('法定期限', row.statutory_before, row.statutory_after)}。",
        )
        for row in rows
    ]


def _moved(words: str, before: date | None, after: date | None) -> str:
    if before == after:
        return f"{words}不变"
    return f"{words}由{_day(before)}改为{_day(after)}"


def _day(day: date | None) -> str:
    return chinese_date(day) if day else "暂停计算"
