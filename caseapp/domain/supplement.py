"""补正: one notice, by the seventh working day; the correction starts the period anew (art. 30; R26 to R28)."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Protocol

from caseapp.domain.errors import DomainError
from caseapp.domain.extension import EXTENSION_WORDS, ExtensionStatus
from caseapp.domain.moments import chinese_date

# What a "reasonable period" may be; the Regulation names no number, so these stand on the form for all to see.
SHORTEST_WORKING_DAYS = 1
USUAL_WORKING_DAYS = 15
LONGEST_WORKING_DAYS = 30

WAITING_EXTENSIONS = frozenset({ExtensionStatus.PROPOSED, ExtensionStatus.APPROVED})


class SupplementStatus(StrEnum):
    """What came of a notice to correct."""

    ASKED = "asked"
    TAKEN = "taken"
    LAPSED = "lapsed"


SUPPLEMENT_WORDS = {
    SupplementStatus.ASKED: "等待申请人补正",
    SupplementStatus.TAKEN: "已收到补正材料",
    SupplementStatus.LAPSED: "逾期未补正，不再处理",
}


class SupplementLate(DomainError):
    text = (
        "补正告知应在收到申请之日起 7 个工作日内作出，最晚 {due}，现已超过。"
        "确需告知的，请写明理由，案件上会一直注明“逾期告知”。（《条例》第三十条）"
    )
    field = "override"


class SupplementRepeated(DomainError):
    text = (
        "补正应一次性告知，这份申请已于 {asked} 告知过。"
        "确需再次告知的，请写明理由，案件上会一直注明“再次告知”。（《条例》第三十条）"
    )
    field = "override"


class SupplementOnTheDayOfTheLast(DomainError):
    text = "今天刚收到上一次的补正材料，最早可在明天再次告知补正。"


class ReplyBySoon(DomainError):
    text = "请给申请人留出合理的补正期限：至少 {shortest} 个工作日，最早 {earliest}。（《条例》第三十条）"
    field = "reply_by"


class ReplyByFar(DomainError):
    text = "补正期限最长 {longest} 个工作日，最晚 {latest}。（本机关内控要求）"
    field = "reply_by"


class ExtensionUndecided(DomainError):
    text = "这份申请有一次延期（{status}），请先办结延期，再告知补正。"


class NothingAsked(DomainError):
    text = "这份申请没有等待补正的告知。"


class NoticeDelivered(DomainError):
    text = "补正告知书已登记送达。"


class AlreadyTaken(DomainError):
    text = "本机关已收到这次补正的材料，不能再次提交。您填写的内容仍保留在下面，如有补充请联系承办部门。"


class SupplementEnded(DomainError):
    text = "这份申请已经结束，不能再补正。您填写的内容仍保留在下面，可以用于重新提出申请。"


class TakenInFuture(DomainError):
    text = "收到日期不能晚于今天。"
    field = "taken_on"


class TakenBeforeNotice(DomainError):
    text = "收到日期不能早于告知补正的日期（{asked}）。"
    field = "taken_on"


class NotYetOverdue(DomainError):
    text = "补正期限到 {until} 届满，届满后仍未补正的，才能按视为放弃处理。（《条例》第三十条）"


class NoProofOfDelivery(DomainError):
    text = "还没有登记补正告知书送达。没有送达凭证，不能按视为放弃处理。（《条例》第三十条）"


class ReasonNotJudged(DomainError):
    text = "请核实申请人是否有正当理由；确无正当理由的，请勾选此项。（《条例》第三十条）"
    field = "no_good_reason"


class CountsWorkingDays(Protocol):
    """A calendar that finds the n-th working day after a day."""

    def nth_working_day(self, after: date, n: int) -> date: ...


def check_once(asked_before: date | None, *, override: str) -> None:
    """Refuse a second notice, unless a reason is given for which it is allowed (R26)."""
    if asked_before is not None and not override:
        raise SupplementRepeated(asked=chinese_date(asked_before))


def check_in_time(*, notice_due: date | None, today: date, override: str) -> None:
    """Refuse a notice after the seventh working day, unless a reason is given; `None` where no limit is set (R26)."""
    if notice_due is not None and today > notice_due and not override:
        raise SupplementLate(due=chinese_date(notice_due))


def check_day_after(last_taken_on: date | None, *, today: date) -> None:
    """Refuse a notice on the day on which the last correction arrived: facts of one day have no order among them."""
    if last_taken_on is not None and last_taken_on >= today:
        raise SupplementOnTheDayOfTheLast()


def check_no_extension_waits(status: ExtensionStatus | None) -> None:
    """Refuse while an extension waits for its decision or its notice: the restart would make it void unseen."""
    if status in WAITING_EXTENSIONS:
        raise ExtensionUndecided(status=EXTENSION_WORDS[status])


def check_reply_by(reply_by: date, *, today: date, calendar: CountsWorkingDays) -> None:
    """Refuse a period that leaves the applicant no working day, or that has no end in sight (art. 30: 合理期限)."""
    earliest = calendar.nth_working_day(today, SHORTEST_WORKING_DAYS)
    if reply_by < earliest:
        raise ReplyBySoon(shortest=SHORTEST_WORKING_DAYS, earliest=chinese_date(earliest))
    latest = calendar.nth_working_day(today, LONGEST_WORKING_DAYS)
    if reply_by > latest:
        raise ReplyByFar(longest=LONGEST_WORKING_DAYS, latest=chinese_date(latest))


def check_taken(*, on: date, asked_on: date, today: date) -> None:
    """Refuse a day of arrival before the notice or after today."""
    if on > today:
        raise TakenInFuture()
    if on < asked_on:
        raise TakenBeforeNotice(asked=chinese_date(asked_on))


def waits_until(*, asked_on: date, reply_by: date, delivered_on: date | None) -> date:
    """Return the last day on which the correction is in time.

    A notice that arrived only when its period was over leaves the applicant the length that it meant to leave.
    """
    if delivered_on is None or delivered_on < reply_by:
        return reply_by
    return delivered_on + (reply_by - asked_on)


def check_overdue(*, asked_on: date, reply_by: date, delivered_on: date | None, today: date) -> None:
    """Refuse a lapse before the period is over, and one without proof that the notice was delivered (R28)."""
    until = waits_until(asked_on=asked_on, reply_by=reply_by, delivered_on=delivered_on)
    if today <= until:
        raise NotYetOverdue(until=chinese_date(until))
    if delivered_on is None:
        raise NoProofOfDelivery()


def check_judged(*, no_good_reason: bool) -> None:
    """Refuse a lapse that no person has judged: 无正当理由 is ticked, never assumed (R28)."""
    if not no_good_reason:
        raise ReasonNotJudged()


def flags(*, position: int, told_on: date, notice_due: date | None) -> Iterator[str]:
    """Yield what stays marked on a notice: told late, told again; `position` counts the case's notices from 0 (E14)."""
    if notice_due is not None and told_on > notice_due:
        yield "逾期告知"
    if position:
        yield "再次告知"
