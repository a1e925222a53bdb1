"""Thousands of random timelines: the fast answer is the one counted day by day on the wall calendar."""

import os
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.domain.deadlines import (
    ConsultationClosed,
    ConsultationOpened,
    ExtensionGranted,
    FeeNoticed,
    FeePaid,
    Reopened,
    SupplementReceived,
    SupplementRequested,
    Timeline,
    explain,
)
from caseapp.domain.ledger import LedgerKind
from caseapp.domain.rulesets import CN_2007, CN_2019, DISTRICT_15
from tests.domain.slow_count import slow_answer, slow_is_working_day, slow_nth
from tests.domain.test_deadlines import CALENDAR

TIMELINES = int(os.environ.get("TIMELINES", "300"))  # `make timelines` draws twenty thousand


@st.composite
def timelines(draw):
    received_on = draw(st.dates(date(2012, 1, 1), date(2029, 12, 31)))

    def later(day, most):
        return day + timedelta(days=draw(st.integers(0, most)))

    events, day = [], received_on
    for number in range(draw(st.integers(0, 5))):
        day = later(day, 12)
        shape = draw(st.sampled_from(["supplement", "consultation", "extension", "fee", "reopening"]))
        if shape == "supplement":
            events.append(SupplementRequested(on=day, reply_by=later(day, 20)))
            if draw(st.booleans()):
                day = later(day, 25)
                events.append(SupplementReceived(on=day))
        elif shape == "consultation":
            delivered_on = draw(st.sampled_from([None, day, later(day, 9)]))
            events.append(ConsultationOpened(on=day, delivered_on=delivered_on, ref=str(number)))
            if draw(st.booleans()):
                events.append(ConsultationClosed(on=later(day, 40), ref=str(number)))
        elif shape == "reopening":
            length = draw(st.sampled_from([{}, {"working_days": draw(st.integers(1, 60))}, {"answer_by": None}]))
            if "answer_by" in length:
                length["answer_by"] = day + timedelta(days=draw(st.integers(1, 90)))
            events.append(Reopened(on=day, **length))
        elif shape == "fee":
            events.append(FeeNoticed(on=day, pay_by=draw(st.sampled_from([None, later(day, 35)]))))
            if draw(st.booleans()):
                day = later(day, 30)
                events.append(FeePaid(on=day))
        else:
            told = draw(st.sampled_from([None, day, later(day, 15)]))
            events.append(ExtensionGranted(on=day, days=draw(st.integers(1, 22)), notified_on=told))
    return Timeline(received_on=received_on, events=tuple(events)), later(received_on, 120)


@pytest.mark.rule("R13")
@pytest.mark.rule("R22")
@settings(max_examples=TIMELINES, derandomize=TIMELINES < 1_000, deadline=None)
@given(timelines(), st.sampled_from([CN_2007, CN_2019, DISTRICT_15]))
def test_the_fast_answer_is_the_one_counted_day_by_day(drawn, rule_set):
    timeline, as_of = drawn
    deadline = explain(timeline, rule_set=rule_set, calendar=CALENDAR, as_of=as_of, with_ledger=False)
    assert (
        deadline.state,
        deadline.answer_due,
        deadline.consultation_due,
        [violation.value for violation in deadline.violations],
    ) == slow_answer(timeline.received_on, timeline.events, rule_set=rule_set, calendar=CALENDAR, as_of=as_of)


@pytest.mark.rule("R13")
@settings(max_examples=TIMELINES // 2, derandomize=TIMELINES < 1_000, deadline=None)
@given(timelines(), st.sampled_from([CN_2007, CN_2019, DISTRICT_15]))
def test_the_ledger_counts_each_day_up_to_the_due_date_once(drawn, rule_set):
    timeline, as_of = drawn
    deadline = explain(timeline, rule_set=rule_set, calendar=CALENDAR, as_of=as_of)
    if deadline.answer_due is None:
        return
    day_kinds = {LedgerKind.WORKING, LedgerKind.MAKE_UP, LedgerKind.DUE, LedgerKind.DAY_OFF, LedgerKind.LEFT_OUT}
    stretches = [line for line in deadline.ledger if line.kind in day_kinds]
    next_day, number = deadline.counted_from + timedelta(days=1), 0
    for line in stretches:
        assert line.first == next_day
        next_day = line.last + timedelta(days=1)
        if line.counted:
            days = [line.first + timedelta(days=n) for n in range((line.last - line.first).days + 1)]
            assert all(slow_is_working_day(day, CALENDAR) for day in days)
            number += len(days)
            assert line.number == number
    assert stretches[-1].last == deadline.answer_due
    if deadline.is_set:
        assert {line.kind for line in stretches} <= day_kinds - {LedgerKind.LEFT_OUT}
    else:
        assert number == rule_set.answer_days + deadline.extended_days
        assert deadline.safe_due == slow_nth(deadline.counted_from, number, CALENDAR)
    assert list(deadline.ledger) == sorted(deadline.ledger, key=lambda line: line.first)
