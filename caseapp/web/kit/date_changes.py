"""What pages say of dates that a change of the working calendar has moved (L6)."""

from dataclasses import dataclass
from datetime import date, datetime

from caseapp.domain.letters import chinese_date
from caseapp.services import recount


@dataclass(frozen=True)
class ShownChange:
    """One change: when it was made, and in one sentence what moved and why."""

    at: datetime
    words: str


def date_changes(case_id: int) -> list[ShownChange]:
    """Return the changes of this case's dates, the newest first."""
    return [
        ShownChange(
            row.at,
            f"因工作日历调整（{row.cause}），{_moved('承诺期限', row.local_before, row.local_after)}；"
            f"{_moved('法定期限', row.statutory_before, row.statutory_after)}。",
        )
        for row in recount.changes_of(case_id)
    ]


def _moved(words: str, before: date | None, after: date | None) -> str:
    if before == after:
        return f"{words}不变"
    return f"{words}由{_day(before)}改为{_day(after)}"


def _day(day: date | None) -> str:
    return chinese_date(day) if day else "暂停计算"
