"""Reminders to staff by e-mail: one letter a working day at most, and only when a day has come nearer or has passed.

Three working days before a date, one before it, on the day, and after it; somebody who was not reminded for a while
gets one letter of how things stand, not one for each day that went by.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.moments import OFFICE_ZONE, chinese_date

FIRST_HOUR = 8  # of the office's day: nobody is woken at midnight


class Stage(IntEnum):
    """How near a date is; a higher one is more urgent."""

    FAR = 0
    THREE_DAYS = 1
    ONE_DAY = 2
    TODAY = 3
    PASSED = 4


STAGE_WORDS = {
    Stage.PASSED: "已经逾期",
    Stage.TODAY: "今天到期",
    Stage.ONE_DAY: "还有 1 个工作日",
    Stage.THREE_DAYS: "还有 2 至 3 个工作日",
}


@dataclass(frozen=True, kw_only=True)
class Due:
    """One thing to do on one case, with its day."""

    case_number: str
    words: str
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Letter:
    """An e-mail: its subject and its text."""

    subject: str
    words: str


def is_time(at: datetime, *, calendar: WorkingCalendar) -> bool:
    """Say whether staff may be written to: on a working day of the office, from eight in the morning."""
    local = at.astimezone(OFFICE_ZONE)
    return local.hour >= FIRST_HOUR and calendar.is_working_day(local.date())


def stage(due_on: date, *, today: date, calendar: WorkingCalendar) -> Stage:
    """Return how near the date is, in working days after today."""
    if due_on < today:
        return Stage.PASSED
    if due_on == today:
        return Stage.TODAY
    left = calendar.working_days_between(today, due_on)
    if left <= 1:
        return Stage.ONE_DAY
    return Stage.THREE_DAYS if left <= 3 else Stage.FAR


def has_news(due: Iterable[Due], *, since: date | None, today: date, calendar: WorkingCalendar) -> bool:
    """Say whether anything came nearer, by a stage, since the last letter; `None`: there was none."""
    return any(
        stage(one.due_on, today=today, calendar=calendar)
        > (Stage.FAR if since is None else stage(one.due_on, today=since, calendar=calendar))
        for one in due
    )


def letter(name: str, due: Sequence[Due], *, office: str, today: date, calendar: WorkingCalendar) -> Letter:
    """Return the e-mail that lists what is near, the most urgent first; it names cases by number alone."""
    near: dict[Stage, list[Due]] = {}
    for one in due:
        near.setdefault(stage(one.due_on, today=today, calendar=calendar), []).append(one)
    stages = [step for step in STAGE_WORDS if step in near]
    counts = "，".join(f"{STAGE_WORDS[step]} {len(near[step])} 件" for step in stages)
    lines = [f"{name}：", ""]
    for step in stages:
        lines.append(f"{STAGE_WORDS[step]}：")
        lines += [f"  {row.case_number}  {row.words}（{chinese_date(row.due_on)}）" for row in near[step]]
        lines.append("")
    lines += ["请登录系统办理。这封邮件由系统发出，不必回复。", office]
    return Letter(subject=f"依申请公开待办：{counts}", words="\n".join(lines))
