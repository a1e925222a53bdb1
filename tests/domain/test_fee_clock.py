"""A fee stops the period and its payment begins it anew (fee measure, art. 6; R52, R53)."""

from datetime import date

import pytest

from caseapp.domain.deadlines import ClockState, ExtensionGranted, FeeNoticed, FeePaid, Timeline, explain, two_clocks
from caseapp.domain.ledger import LedgerKind
from caseapp.domain.rulesets import CN_2019, DISTRICT_15
from caseapp.gateways.holiday_calendar import base_calendar

CALENDAR = base_calendar()
RECEIVED = date(2025, 3, 3)  # a Monday; 15 working days end on Monday 24 March
NOTICED = FeeNoticed(on=date(2025, 3, 10), pay_by=date(2025, 4, 8))


def read(*events, as_of):
    timeline = Timeline(received_on=RECEIVED, events=events)
    return explain(timeline, rule_set=DISTRICT_15, calendar=CALENDAR, as_of=as_of)


def words(deadline):
    return "\n".join(line.why for line in deadline.ledger)


@pytest.mark.rule("R53")
def test_nothing_is_due_while_the_applicant_has_to_pay():
    deadline = read(NOTICED, as_of=date(2025, 4, 8))
    assert deadline.state is ClockState.AWAITING_PAYMENT
    assert (deadline.first_due, deadline.answer_due, deadline.safe_due) == (None, None, None)
    assert deadline.payment_due == date(2025, 4, 8)
    assert "等待申请人缴费（期限至2025年4月8日）；原答复期限届满日2025年3月24日不再适用" in words(deadline)
    assert LedgerKind.AWAITING_PAYMENT in [line.kind for line in deadline.ledger]


@pytest.mark.rule("R53")
def test_the_day_after_the_period_to_pay_it_is_overdue():
    deadline = read(NOTICED, as_of=date(2025, 4, 9))
    assert deadline.state is ClockState.PAYMENT_OVERDUE
    assert deadline.answer_due is None
    assert "缴费期限已过，尚未缴费" in words(deadline)


@pytest.mark.rule("R53")
def test_without_a_known_receipt_nothing_becomes_overdue():
    deadline = read(FeeNoticed(on=date(2025, 3, 10), pay_by=None), as_of=date(2025, 6, 30))
    assert deadline.state is ClockState.AWAITING_PAYMENT
    assert deadline.payment_due is None
    assert "收费通知尚无送达日期" in words(deadline)


@pytest.mark.rule("R53")
def test_paid_the_period_begins_anew_on_the_day_after():
    # Paid on Thursday 20 March: Friday the 21st is day 1, 清明节 on 4 April is off, day 15 is Friday 11 April.
    deadline = read(NOTICED, FeePaid(on=date(2025, 3, 20)), as_of=date(2025, 3, 21))
    assert deadline.state is ClockState.RUNNING
    assert deadline.counted_from == date(2025, 3, 20)
    assert deadline.answer_due == date(2025, 4, 11)
    assert "2025年3月20日申请人缴清信息处理费，答复期限自次日起重新计算" in words(deadline)
    assert "原答复期限届满日2025年3月24日不再适用" in words(deadline)


@pytest.mark.rule("R53")
def test_both_clocks_begin_anew():
    timeline = Timeline(received_on=RECEIVED, events=(NOTICED, FeePaid(on=date(2025, 3, 20))))
    both = two_clocks(timeline, local=DISTRICT_15, statute=CN_2019, calendar=CALENDAR, as_of=date(2025, 3, 21))
    assert (both.local.answer_due, both.statutory.answer_due) == (date(2025, 4, 11), date(2025, 4, 18))


def test_an_extension_of_the_old_period_is_not_carried_over_and_the_new_one_may_be_extended():
    old = ExtensionGranted(on=date(2025, 3, 5), days=10, notified_on=date(2025, 3, 5))
    new = ExtensionGranted(on=date(2025, 4, 1), days=5, notified_on=date(2025, 4, 1))
    waiting = read(old, NOTICED, as_of=date(2025, 3, 12))
    assert "该期限因缴费重新计算，延长随之作废" in words(waiting)
    paid = read(old, NOTICED, FeePaid(on=date(2025, 3, 20)), new, as_of=date(2025, 4, 2))
    assert paid.answer_due == date(2025, 4, 18)
    assert paid.extended_days == 5
    assert paid.violations == ()
    assert "该期限因缴费重新计算，延长随之作废" in words(paid)


def test_a_notice_dated_later_is_not_yet_known():
    assert read(NOTICED, as_of=date(2025, 3, 9)).answer_due == date(2025, 3, 24)
