"""年度工作进展: what each department says of its year, asked for by a day (art. 46, 50)."""

from datetime import date

from caseapp.domain.errors import DomainError

PARTS = {"work": "主要工作和成效", "trouble": "存在的问题", "plan": "下一步的打算"}


class RoundMissing(DomainError):
    text = "还没有要求各部门填报 {year} 年的工作进展。"


class DayWrong(DomainError):
    text = "填报期限不能早于 {year} 年 12 月 1 日，也不能早于今天。"
    field = "due_on"


def check_due(year: int, due_on: date, *, today: date) -> None:
    """Refuse a day before the year's last month, or one that has passed."""
    if due_on < date(year, 12, 1) or due_on < today:
        raise DayWrong(year=year)


def year_asked(today: date) -> int:
    """Return the year that departments are asked about: this one in December, else the one before."""
    return today.year if today.month == 12 else today.year - 1
