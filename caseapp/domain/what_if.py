"""期限计算器: supposed facts, judged in words, become a timeline for the one reckoning of the periods."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.deadlines import TwoClocks, Violation, two_clocks
from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date
from caseapp.domain.rulesets import STATUTES, RuleSet, statute_for
from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    Event,
    ExtensionGranted,
    SupplementReceived,
    SupplementRequested,
    Timeline,
)

MOST_CONSULTATIONS = 3
VIOLATION_WORDS = {
    Violation.EXTENSION_AFTER_DUE: "延期不生效：批准之日已过原答复期限。",
    Violation.EXTENSION_NOT_NOTIFIED: "延期不生效：原答复期限届满前没有告知申请人。",
    Violation.EXTENSION_NOTIFIED_AFTER_DUE: "延期不生效：告知申请人之日已过原答复期限。",
    Violation.EXTENSION_TOO_LONG: "延期不生效：超过最多可以延长的工作日数。",
    Violation.EXTENSION_REPEATED: "延期不生效：本期限已经延长过一次。",
}


class TooEarly(DomainError):
    """A supposed fact lies before the one that it follows from; `field` is set where it is raised."""

    text = "这一天不能早于{what}（{day}）。"

    def __init__(self, field: str, *, what: str, day: date) -> None:
        self.field = field
        super().__init__(what=what, day=chinese_date(day))


class AlsoNeeded(DomainError):
    """A supposed fact needs another; `field` is where that is missing."""

    text = "{words}"

    def __init__(self, field: str, words: str) -> None:
        self.field = field
        super().__init__(words=words)


@dataclass(frozen=True, kw_only=True)
class SupposedConsultation:
    """Others are asked on a day; the letter arrives; the reply comes back (art. 32, 34)."""

    opened_on: date | None = None
    delivered_on: date | None = None
    replied_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """What may happen to a case; the names of the fields are those of the forms, consultations numbered from 1."""

    asked_on: date | None = None
    reply_by: date | None = None
    taken_on: date | None = None
    consultations: tuple[SupposedConsultation, ...] = ()
    approved_on: date | None = None
    extension_days: int | None = None
    told_on: date | None = None
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What is true already: the receipt, and whether a correction, replies or the telling are still to come."""

    received_on: date
    events: tuple[Event, ...] = ()

    @property
    def asked_on(self) -> date | None:
        """Return when the correction that has not come was asked for."""
        asked = [event.on for event in self.events if isinstance(event, SupplementRequested)]
        taken = [event.on for event in self.events if isinstance(event, SupplementReceived)]
        return asked[-1] if len(asked) > len(taken) else None


def problems(supposed: Supposed, standing: Standing) -> Iterator[DomainError]:
    """Yield every reason why the supposed facts do not fit together, each at its field."""
    yield from _supplement_problems(supposed, standing)
    for number, consultation in enumerate(supposed.consultations, start=1):
        yield from _consultation_problems(number, consultation, standing.received_on)
    yield from _extension_problems(supposed, standing.received_on)
    yield from _not_before("as_of", supposed.as_of, "收到申请之日", standing.received_on)


def _supplement_problems(supposed: Supposed, standing: Standing) -> Iterator[DomainError]:
    yield from _not_before("asked_on", supposed.asked_on, "收到申请之日", standing.received_on)
    if supposed.asked_on and not supposed.reply_by:
        yield AlsoNeeded("reply_by", "请填写补正期限，或清空告知补正的日期。")
    if supposed.reply_by and not supposed.asked_on:
        yield AlsoNeeded("asked_on", "请填写告知补正的日期，或清空补正期限。")
    yield from _not_before("reply_by", supposed.reply_by, "告知补正的日期", supposed.asked_on)
    asked_on = supposed.asked_on or standing.asked_on
    if supposed.taken_on and not asked_on:
        yield AlsoNeeded("asked_on", "请填写告知补正的日期：没有告知补正，就没有补正后的申请。")
    yield from _not_before("taken_on", supposed.taken_on, "告知补正的日期", asked_on)


def _consultation_problems(number: int, consultation: SupposedConsultation, received_on: date) -> Iterator[DomainError]:
    opened_on = consultation.opened_on
    if opened_on is None:
        if consultation.delivered_on or consultation.replied_on:
            yield AlsoNeeded(f"opened_{number}", "请填写征求意见的日期。")
        return
    yield from _not_before(f"opened_{number}", opened_on, "收到申请之日", received_on)
    yield from _not_before(f"delivered_{number}", consultation.delivered_on, "征求意见的日期", opened_on)
    yield from _not_before(f"replied_{number}", consultation.replied_on, "征求意见的日期", opened_on)


def _extension_problems(supposed: Supposed, received_on: date) -> Iterator[DomainError]:
    yield from _not_before("approved_on", supposed.approved_on, "收到申请之日", received_on)
    if supposed.approved_on and not supposed.extension_days:
        yield AlsoNeeded("extension_days", "请填写延长的工作日数，或清空同意延期的日期。")
    if supposed.extension_days and not supposed.approved_on:
        yield AlsoNeeded("approved_on", "请填写同意延期的日期，或清空延长的工作日数。")
    if supposed.told_on and not supposed.approved_on:
        yield AlsoNeeded("approved_on", "请填写同意延期的日期，或清空告知申请人的日期。")
    yield from _not_before("told_on", supposed.told_on, "同意延期的日期", supposed.approved_on)


def _not_before(field: str, day: date | None, what: str, earliest: date | None) -> Iterator[DomainError]:
    if day and earliest and day < earliest:
        yield TooEarly(field, what=what, day=earliest)


def rules_for(received_on: date, *, local: RuleSet, chosen: RuleSet | None) -> tuple[RuleSet, RuleSet]:
    """Return the promise and the statute of a request; a statute that was chosen stands for both (R16).

    Raises `NoStatute` for a day before the first Regulation.
    """
    if chosen in STATUTES:
        return chosen, chosen
    return chosen or local, statute_for(received_on)


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """What the supposed facts lead to, seen from `as_of`; facts dated later are not yet known then."""

    as_of: date
    clocks: TwoClocks
    later: int  # how many supposed facts lie after `as_of`

    @property
    def violations(self) -> tuple[str, ...]:
        """Return in words why an extension does not count."""
        return tuple(VIOLATION_WORDS[violation] for violation in self.clocks.local.violations)


def outlook(
    standing: Standing,
    supposed: Supposed,
    *,
    local: RuleSet,
    statute: RuleSet,
    calendar: WorkingCalendar,
    today: date | None = None,
) -> Outlook:
    """Return both clocks for what is true and what is supposed, seen from `as_of` or else from the last of the facts.

    `today` is the earliest day to see a real case from. Raises `CalendarMissing` beyond the calendar.
    """
    events = (*standing.events, *_events(supposed, standing))
    days = [standing.received_on, *(day for event in events for day in _days(event))]
    as_of = supposed.as_of or max([*days, *([today] if today else [])])
    timeline = Timeline(received_on=standing.received_on, events=events)
    clocks = two_clocks(timeline, local=local, statute=statute, calendar=calendar, as_of=as_of)
    return Outlook(as_of=as_of, clocks=clocks, later=sum(day > as_of for day in days))


def _days(event: Event) -> Iterator[date]:
    yield event.on
    if isinstance(event, ConsultationOpened) and event.delivered_on:
        yield event.delivered_on
    if isinstance(event, ExtensionGranted) and event.notified_on:
        yield event.notified_on


def _events(supposed: Supposed, standing: Standing) -> Iterator[Event]:
    if supposed.asked_on and supposed.reply_by:
        yield SupplementRequested(on=supposed.asked_on, reply_by=supposed.reply_by)
    if supposed.taken_on:
        yield SupplementReceived(on=supposed.taken_on)
    for number, consultation in enumerate(supposed.consultations, start=1):
        if consultation.opened_on is not None:
            ref = f"假设的第{number}次征求意见" if standing.events else f"第{number}次征求意见"
            yield ConsultationOpened(on=consultation.opened_on, delivered_on=consultation.delivered_on, ref=ref)
            if consultation.replied_on is not None:
                yield ConsultationClosed(on=consultation.replied_on, ref=ref)
    if supposed.approved_on and supposed.extension_days:
        yield ExtensionGranted(on=supposed.approved_on, days=supposed.extension_days, notified_on=supposed.told_on)
