"""How near a due date is, in working days and in words (a question about dates, never a status)."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol


class CountsWorkingDays(Protocol):
    """A calendar that counts working days `d` with `after < d <= through`."""

    def working_days_between(self, after: date, through: date) -> int: ...


class Urgency(StrEnum):
    """The headings of a worklist, most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"
    PAUSED = "paused"


URGENCY_WORDS = {
    Urgency.OVERDUE: "逾期",
    Urgency.TODAY: "今天到期",
    Urgency.THIS_WEEK: "本周到期",
    Urgency.LATER: "以后到期",
    Urgency.PAUSED: "暂停计时",
}


DATED = tuple(heading for heading in Urgency if heading is not Urgency.PAUSED)  # those that a due date stands under


@dataclass(frozen=True, kw_only=True)
class Badge:
    """What a page shows beside a case: words that stand alone, and a tone that only underlines them."""

    words: str
    tone: str


def due_days(asked: Urgency, *, today: date) -> tuple[date | None, date | None]:
    """Return the first and the last due date that stand under a heading; None where it has no such end.

    Raises `KeyError` for `PAUSED`: a period that stands still has no due date to look for.
    """
    sunday = today + timedelta(days=6 - today.weekday())
    return {
        Urgency.OVERDUE: (None, today - timedelta(days=1)),
        Urgency.TODAY: (today, today),
        Urgency.THIS_WEEK: (today + timedelta(days=1), sunday),
        Urgency.LATER: (max(sunday, today) + timedelta(days=1), None),
    }[asked]


def urgency(due_on: date, *, today: date) -> Urgency:
    """Return under which heading a case due on `due_on` stands; a week ends on Sunday."""
    for heading in (Urgency.OVERDUE, Urgency.TODAY, Urgency.THIS_WEEK):
        _, last = due_days(heading, today=today)
        if last is not None and due_on <= last:
            return heading
    return Urgency.LATER


def asking_badge(due_on: date, *, provisional: bool) -> Badge:
    """Return the badge of a case that waits for those consulted (art. 33, para. 3): its due date is a projection."""
    mark = "，暂定" if provisional else ""
    return Badge(words=f"征求意见中，预计 {due_on.month}月{due_on.day}日到期{mark}", tone="muted")


def awaiting_badge(reply_by: date, *, today: date, calendar: CountsWorkingDays) -> Badge:
    """Return the badge of a case that waits for the applicant's correction (art. 30): no answer is due meanwhile."""
    if reply_by < today:
        late = calendar.working_days_between(reply_by, today)
        return Badge(words=f"补正逾期 {late} 个工作日" if late else "补正逾期", tone="warning")
    return Badge(words="暂停计时（补正）", tone="muted")


def payment_badge(pay_by: date, *, today: date, calendar: CountsWorkingDays) -> Badge:
    """Return the badge of a case that waits for a fee (art. 42): no answer is due meanwhile."""
    if pay_by < today:
        late = calendar.working_days_between(pay_by, today)
        return Badge(words=f"缴费逾期 {late} 个工作日" if late else "缴费逾期", tone="warning")
    return Badge(words="暂停计时（缴费）", tone="muted")


def badge(due_on: date, *, today: date, calendar: CountsWorkingDays, provisional: bool) -> Badge:
    """Return the badge of an open case: working days left until `due_on`, or by how many it is overdue.

    An overdue case whose missed days were all days off is overdue by "less than one" and says 逾期.
    """
    mark = "（暂定）" if provisional else ""
    if due_on < today:
        late = calendar.working_days_between(due_on, today)
        return Badge(words=f"逾期 {late} 个工作日{mark}" if late else f"逾期{mark}", tone="danger")
    if due_on == today:
        return Badge(words=f"今天到期{mark}", tone="danger")
    left = calendar.working_days_between(today, due_on)
    tone = "danger-outline" if left <= 3 else "warning" if left <= 7 else "plain"
    return Badge(words=f"剩 {left} 个工作日{mark}", tone=tone)
