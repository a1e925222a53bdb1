"""What is counted of the cases of a period, by what, and what each figure means (art. 46, 50)."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError

LONGEST_YEARS = 5


class By(StrEnum):
    """What the figures are told apart by."""

    MONTH = "month"
    DEPARTMENT = "department"
    FIELD = "field"
    CHANNEL = "channel"
    APPLICANT = "applicant"
    OUTCOME = "outcome"
    OFFICER = "officer"


BY_WORDS = {
    By.MONTH: "月份",
    By.DEPARTMENT: "承办部门",
    By.FIELD: "领域",
    By.CHANNEL: "申请渠道",
    By.APPLICANT: "申请人类型",
    By.OUTCOME: "答复类型",
    By.OFFICER: "起草人",
}


class Measure(StrEnum):
    """What is counted."""

    RECEIVED = "received"
    ENDED = "ended"
    OPEN = "open"
    OVERDUE = "overdue"
    LATE = "late"
    PROMISE_MISSED = "promise_missed"
    EXTENDED = "extended"


MEASURE_WORDS = {
    Measure.RECEIVED: "收到",
    Measure.ENDED: "办结",
    Measure.OPEN: "在办",
    Measure.OVERDUE: "逾期未办结",
    Measure.LATE: "逾期办结",
    Measure.PROMISE_MISSED: "超过承诺期限",
    Measure.EXTENDED: "延期",
}
MEASURE_MEANINGS = {
    Measure.RECEIVED: "收到申请之日在这段时间内",
    Measure.ENDED: "第一次答复送达或者以其他方式结束之日在这段时间内",
    Measure.OPEN: "这段时间的最后一天还没有办结",
    Measure.OVERDUE: "在办的申请中，法定期限已经届满",
    Measure.LATE: "办结的申请中，办结之日晚于法定期限届满日",
    Measure.PROMISE_MISSED: "办结的申请中，办结之日晚于承诺期限届满日",
    Measure.EXTENDED: "办结的申请中，负责人同意过延期",
}


class PeriodBackwards(DomainError):
    text = "开始日期不能晚于结束日期。"
    field = "last"


class PeriodTooLong(DomainError):
    text = "一次最多统计 {years} 年。"
    field = "last"


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both counted; raises `PeriodBackwards` or `PeriodTooLong`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise PeriodBackwards()
        if self.last.year - self.first.year > LONGEST_YEARS:
            raise PeriodTooLong(years=LONGEST_YEARS)

    def months(self) -> Iterator["Period"]:
        """Yield the months that the period touches, the first and the last cut to it."""
        first = self.first
        while first <= self.last:
            end = date(first.year, first.month, monthrange(first.year, first.month)[1])
            yield Period(first, min(end, self.last))
            first = date(first.year + first.month // 12, first.month % 12 + 1, 1)

    @property
    def month(self) -> str:
        """Return the month of its first day: 2026-05."""
        return f"{self.first.year}-{self.first.month:02}"


@dataclass(kw_only=True)
class Row:
    """The figures of one group; `days` are the working days of all its ended cases together."""

    key: str
    words: str
    counts: dict[Measure, int] = field(default_factory=lambda: dict.fromkeys(Measure, 0))
    days: int = 0

    @property
    def average_days(self) -> float | None:
        """Return the working days from receipt to the end, on average, to one place; `None` where nothing ended."""
        ended = self.counts[Measure.ENDED]
        return round(self.days / ended, 1) if ended else None

    def add(self, other: "Row") -> None:
        """Add another group's figures to these."""
        for measure, number in other.counts.items():
            self.counts[measure] += number
        self.days += other.days
