"""The ledger: the days behind a due date, each with its reason, as applicant, officer and court may read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from caseapp.domain.calendar import ONE_DAY, PROVISIONAL, WORKING_KINDS, DayKind, WorkingCalendar
from caseapp.domain.moments import chinese_date
from caseapp.domain.reading import Consultation, Reading, Verdict, Violation, nth_counted_day, set_due
from caseapp.domain.rulesets import RuleSet
from caseapp.domain.timeline import Reopened

WEEKEND = {(f"星期六{mark}", f"星期日{mark}"): f"星期六、星期日{mark}" for mark in ("", PROVISIONAL)}


class LedgerKind(StrEnum):
    RECEIPT = "receipt"  # day zero
    SUPPLEMENT = "supplement"  # the applicant was asked to correct
    AWAITING = "awaiting"  # no date while the correction is missing
    FEE = "fee"  # the applicant was asked to pay
    AWAITING_PAYMENT = "awaiting_payment"  # no date while the fee is unpaid
    RESTART = "restart"  # days of a period that a corrected application or a payment ended
    WORKING = "working"
    MAKE_UP = "make_up"
    DUE = "due"  # the last counted day
    DAY_OFF = "day_off"
    LEFT_OUT = "left_out"
    EXTENSION = "extension"
    EXTENSION_PENDING = "extension_pending"
    EXTENSION_VOID = "extension_void"


WHY_VOID = {
    Violation.EXTENSION_AFTER_DUE: "批准之日已过原答复期限届满日{due}",
    Violation.EXTENSION_NOT_NOTIFIED: "原答复期限{due}届满前未告知申请人",
    Violation.EXTENSION_NOTIFIED_AFTER_DUE: "告知申请人之日（{notified}）已过原答复期限届满日{due}",
    Violation.EXTENSION_TOO_LONG: "超过最多可以延长的工作日数",
    Violation.EXTENSION_REPEATED: "本期限已经延长过一次",
    Violation.EXTENSION_OF_SET_PERIOD: "复议决定、判决确定的期限不能延长",
}


class LedgerLine(NamedTuple):
    """One stretch of days with one reason; `number` is the working day of the period reached on `last`, if counted."""

    first: date
    last: date
    counted: bool
    number: int | None
    why: str
    kind: LedgerKind


def ledger_of(reading: Reading, *, rule_set: RuleSet, calendar: WorkingCalendar) -> tuple[LedgerLine, ...]:
    """Return the lines by first day: each day from the receipt to the due date in one line, remarks between them.

    Days of an ended period and of a wait for the applicant stand in one line each. Raises `CalendarMissing`.
    """
    clock = _Clock(reading, rule_set, calendar)
    lines = [clock.receipt(), *clock.supplements(), *clock.fees(), *clock.extensions(), *clock.ended_periods()]
    if reading.stands_still:
        lines.append(clock.waiting())
    else:
        lines += _merged(clock.days_until(reading.order) if reading.order else clock.days())
    return tuple(sorted(lines, key=lambda line: line.first))


@dataclass(frozen=True, slots=True)
class _Clock:
    reading: Reading
    rule_set: RuleSet
    calendar: WorkingCalendar

    def due(self, counted_from: date, *, days: int) -> date:
        return nth_counted_day(
            after=counted_from, days=days, consultations=self.reading.consultations, calendar=self.calendar
        )

    def receipt(self) -> LedgerLine:
        day = self.reading.received_on
        why = "收到申请，当日不计"
        if self.reading.is_unconfirmed:
            why = "申请到达，尚未与申请人确认，暂自当日起算，当日不计"
        elif self.reading.arrived_on is not None and self.reading.arrived_on < day:
            why = f"双方确认收到申请（{chinese_date(self.reading.arrived_on)}到达），当日不计"
        if not self.calendar.is_working_day(day):
            why += f"（{self.calendar.reason(day)}，自其后第一个工作日起计第1日）"
        return _remark(LedgerKind.RECEIPT, day, why)

    def supplements(self) -> Iterator[LedgerLine]:
        limit = self.rule_set.supplement_notice_days
        for request in self.reading.requests:
            why = f"告知申请人补正，补正期限至{chinese_date(request.reply_by)}"
            if limit and request.on > self.calendar.nth_working_day(self.reading.received_on, limit):
                why += f"（已过收到申请后{limit}个工作日的告知期限）"
            yield _remark(LedgerKind.SUPPLEMENT, request.on, why)

    def ended_periods(self) -> Iterator[LedgerLine]:
        """One line for each period that a corrected application or a payment ended, with its due date (R27, R53)."""
        periods = self.reading.periods
        for start, restart in pairwise(periods):
            cause = "收到补正后的申请，答复期限自当日起重新计算，当日不计"
            if restart in self.reading.payments:
                cause = "申请人缴清信息处理费，答复期限自次日起重新计算"
            if reopened := self._reopening(restart):
                cause = f"依{_decision(reopened)}重新办理，答复期限自当日起重新计算，当日不计"
            why = f"{chinese_date(restart)}{cause}；原答复期限届满日{chinese_date(self._old_due(start))}不再适用"
            first = min(start + ONE_DAY, restart)
            yield LedgerLine(first=first, last=restart, counted=False, number=None, why=why, kind=LedgerKind.RESTART)

    def fees(self) -> Iterator[LedgerLine]:
        for fee in self.reading.fees:
            until = f"，缴费期限至{chinese_date(fee.pay_by)}" if fee.pay_by else "，尚无送达日期"
            yield _remark(LedgerKind.FEE, fee.on, f"通知申请人缴纳信息处理费{until}")

    def waiting(self) -> LedgerLine:
        """The one line of a clock that stands still until the applicant has corrected or paid."""
        first = self.reading.counted_from + ONE_DAY
        state, event = self._outstanding()
        old_due = chinese_date(self._old_due(self.reading.counted_from))
        why = f"{state}；原答复期限届满日{old_due}不再适用，{event}后重新计算"
        kind = LedgerKind.AWAITING if self.reading.awaited else LedgerKind.AWAITING_PAYMENT
        last = max(first, self.reading.as_of)
        return LedgerLine(first=first, last=last, counted=False, number=None, why=why, kind=kind)

    def _outstanding(self) -> tuple[str, str]:
        """Return what is waited for, and the event that ends the wait."""
        as_of, awaited, unpaid = self.reading.as_of, self.reading.awaited, self.reading.unpaid
        if awaited is not None:
            state = "补正期限已过，尚未收到补正" if as_of > awaited.reply_by else "等待申请人补正"
            return f"{state}（期限至{chinese_date(awaited.reply_by)}）", "收到补正"
        if unpaid is None or unpaid.pay_by is None:
            return "等待申请人缴费（收费通知尚无送达日期）", "缴费"
        state = "缴费期限已过，尚未缴费" if as_of > unpaid.pay_by else "等待申请人缴费"
        return f"{state}（期限至{chinese_date(unpaid.pay_by)}）", "缴费"

    def extensions(self) -> Iterator[LedgerLine]:
        for verdict in self.reading.verdicts:
            if verdict.violation:
                yield _violating(verdict, verdict.violation)
            elif verdict.counted_from != self.reading.counted_from or self.reading.stands_still:
                why = f"{_granted(verdict)}；该期限因{self._cause(verdict.counted_from)}重新计算，延长随之作废"
                yield _remark(LedgerKind.EXTENSION_VOID, verdict.granted_on, why)
            elif verdict.is_pending:
                why = f"{_granted(verdict)}，尚未告知申请人，暂不计入；最迟{chinese_date(verdict.first_due)}告知"
                yield _remark(LedgerKind.EXTENSION_PENDING, verdict.granted_on, why)
            else:
                yield self._extension(verdict)

    def days(self) -> Iterator[LedgerLine]:
        """Walk the running period day by day, up to and including the due date."""
        answer_days = self.rule_set.answer_days
        total = answer_days + self.reading.extended_days(self.reading.counted_from)
        day, number = self.reading.counted_from, 0
        while number < total:
            day += ONE_DAY
            asked = [c for c in self.reading.consultations if c.leaves_out(day)]
            if asked:
                why = "征求意见期间不计：" + "；".join(map(_asking, asked))
                yield _remark(LedgerKind.LEFT_OUT, day, why)
            elif (kind := self.calendar.kind(day)) not in WORKING_KINDS:
                yield _remark(LedgerKind.DAY_OFF, day, self.calendar.reason(day))
            else:
                number += 1
                yield self._counted(day, kind, number, total)

    def days_until(self, order: Reopened) -> Iterator[LedgerLine]:
        """Walk a period that a decision set, up to and including its last day; nothing is left out of it."""
        day, number, last = order.on, 0, set_due(order, calendar=self.calendar)
        while day < last:
            day += ONE_DAY
            if (kind := self.calendar.kind(day)) not in WORKING_KINDS:
                line = _remark(LedgerKind.DAY_OFF, day, self.calendar.reason(day))
            else:
                number += 1
                line = self._counted(day, kind, number, 0)
            if day == last:
                why = f"{line.why}，{_decision(order)}确定的期限届满"
                line = line._replace(kind=LedgerKind.DUE, why=why)
            yield line

    def _counted(self, day: date, day_kind: DayKind, number: int, total: int) -> LedgerLine:
        kind = LedgerKind.WORKING
        note = "（延长期）" if total and number > self.rule_set.answer_days else ""
        if self.calendar.is_provisional(day):
            note += PROVISIONAL
        if day_kind is DayKind.MAKE_UP:
            kind, note = LedgerKind.MAKE_UP, f"（{self.calendar.reason(day)}）{note}"
        if number == total:
            kind, note = LedgerKind.DUE, f"{note}，答复期限届满"
            if any(c.is_open for c in self.reading.consultations):
                note += "（预计：按征求意见至答复期满推算，收到答复后重新计算）"
        return LedgerLine(first=day, last=day, counted=True, number=number, why=note, kind=kind)

    def _extension(self, verdict: Verdict) -> LedgerLine:
        """Stands before the first day of the extension; the first due date is that of this clock."""
        days = self.rule_set.answer_days
        first_due, begin = self.due(verdict.counted_from, days=days), self.due(verdict.counted_from, days=days + 1)
        why = f"{_granted(verdict)}；原答复期限届满日{chinese_date(first_due)}，自第{days + 1}个工作日起计"
        return _remark(LedgerKind.EXTENSION, begin, why)

    def _cause(self, counted_from: date) -> str:
        """Return what ended the period begun on that day, or brought it to a stand."""
        ended_on = min((start for start in self.reading.periods if start > counted_from), default=None)
        if ended_on and self._reopening(ended_on):
            return "重新办理"
        paid = ended_on in self.reading.payments if ended_on else self.reading.awaited is None
        return "缴费" if paid else "补正"

    def _reopening(self, day: date) -> Reopened | None:
        return next((reopened for reopened in self.reading.reopenings if reopened.on == day), None)

    def _old_due(self, counted_from: date) -> date:
        """The date on which the answer was due before the clock stopped or another period began."""
        before = self._reopening(counted_from)
        if before and before.sets_period:
            return set_due(before, calendar=self.calendar)
        return self.due(counted_from, days=self.rule_set.answer_days + self.reading.extended_days(counted_from))


def _remark(kind: LedgerKind, day: date, why: str) -> LedgerLine:
    return LedgerLine(first=day, last=day, counted=False, number=None, why=why, kind=kind)


def _decision(reopened: Reopened) -> str:
    return reopened.by or "复议决定、判决"


def _granted(verdict: Verdict) -> str:
    told = f"，{chinese_date(verdict.notified_on)}告知申请人" if verdict.notified_on else ""
    return f"延长{verdict.days}个工作日：{chinese_date(verdict.granted_on)}批准{told}"


def _violating(verdict: Verdict, violation: Violation) -> LedgerLine:
    notified = chinese_date(verdict.notified_on) if verdict.notified_on else ""
    reason = WHY_VOID[violation].format(due=chinese_date(verdict.first_due), notified=notified)
    return _remark(LedgerKind.EXTENSION_VOID, verdict.granted_on, f"{_granted(verdict)}，不计入：{reason}")


def _asking(consultation: Consultation) -> str:
    words = f"{consultation.ref}，{chinese_date(consultation.opened_on)}发出"
    if consultation.delivered_on is None:
        words += "，尚无送达日期，暂按发出当日送达推算"
    closed_on, due_on = chinese_date(consultation.closed_on), chinese_date(consultation.due_on)
    if consultation.is_open:
        return f"{words}，尚未答复，预计至答复期满{due_on}"
    if consultation.answered_on is None:
        return f"{words}，至答复期满{due_on}未答复"
    if consultation.answered_on > consultation.due_on:
        return f"{words}，至答复期满{due_on}，逾期的答复不再顺延"
    return f"{words}，{closed_on}收到答复"


def _merged(days: Iterator[LedgerLine]) -> Iterator[LedgerLine]:
    """Join neighbouring days of one kind and one reason; a weekend becomes one line; counted days get their numbers."""
    stretch = next(days)
    for day in days:
        if joined := _joined(stretch, day):
            stretch = joined
        else:
            yield _numbered(stretch)
            stretch = day
    yield _numbered(stretch)


def _joined(stretch: LedgerLine, day: LedgerLine) -> LedgerLine | None:
    if stretch.kind != day.kind:
        return None
    if stretch.why == day.why:
        return stretch._replace(last=day.last, number=day.number)
    if (stretch.why, day.why) in WEEKEND:
        return stretch._replace(last=day.last, why=WEEKEND[stretch.why, day.why])
    return None


def _numbered(line: LedgerLine) -> LedgerLine:
    """Put the numbers before the note of a counted stretch, whose days follow each other without a gap."""
    if line.number is None:
        return line
    begin = line.number - (line.last - line.first).days
    numbers = f"{line.number}" if begin == line.number else f"{begin}至{line.number}"
    return line._replace(why=f"第{numbers}个工作日{line.why}")
