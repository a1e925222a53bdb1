from dataclasses import replace
from datetime import date

import pytest

from caseapp.domain.deadlines import (
    ClockState,
    ConsultationClosed,
    ConsultationOpened,
    ExtensionGranted,
    Reopened,
    SupplementReceived,
    SupplementRequested,
    Timeline,
    Violation,
    explain,
    two_clocks,
)
from caseapp.domain.ledger import LedgerKind
from caseapp.domain.rulesets import CN_2007, CN_2019, DISTRICT_15
from caseapp.gateways.holiday_calendar import base_calendar

CALENDAR = base_calendar()
RECEIVED = date(2025, 3, 3)  # a Monday; 15 working days end on Monday the 24th, 20 on Monday the 31st
LONG_AFTER = date(2025, 6, 30)


def case(*events, received_on=RECEIVED):
    return Timeline(received_on=received_on, events=events)


def march(day):
    return date(2025, 3, day)


def read(*events, as_of=LONG_AFTER, rule_set=DISTRICT_15):
    return explain(case(*events), rule_set=rule_set, calendar=CALENDAR, as_of=as_of)


def asked(opened, delivered=None, ref="c1"):
    return ConsultationOpened(on=march(opened), delivered_on=march(delivered) if delivered else None, ref=ref)


def replied(day, ref="c1"):
    return ConsultationClosed(on=march(day), ref=ref)


def extended(on, days, told):
    return ExtensionGranted(on=march(on), days=days, notified_on=march(told) if told else None)


def kinds(deadline):
    return [line.kind for line in deadline.ledger]


def the(kind, deadline):
    [line] = [line for line in deadline.ledger if line.kind == kind]
    return line


# --- the plain period ---


@pytest.mark.rule("R13")
def test_a_plain_case_is_due_on_the_nth_working_day_after_receipt():
    deadline = read()
    assert (deadline.answer_due, deadline.safe_due, deadline.first_due) == (march(24), march(24), march(24))
    assert read(rule_set=CN_2019).answer_due == march(31)


@pytest.mark.rule("R14")
def test_a_receipt_on_a_sunday_counts_from_the_monday_and_says_so():
    deadline = explain(case(received_on=march(2)), rule_set=DISTRICT_15, calendar=CALENDAR, as_of=march(2))
    assert deadline.answer_due == march(21)
    assert the(LedgerKind.RECEIPT, deadline).why == "收到申请，当日不计（星期日，自其后第一个工作日起计第1日）"


@pytest.mark.rule("R13")
def test_the_ledger_of_a_plain_case_reads_like_a_wall_calendar():
    lines = [(line.first.day, line.last.day, line.counted, line.number, line.why) for line in read().ledger]
    assert lines == [
        (3, 3, False, None, "收到申请，当日不计"),
        (4, 7, True, 4, "第1至4个工作日"),
        (8, 9, False, None, "星期六、星期日"),
        (10, 14, True, 9, "第5至9个工作日"),
        (15, 16, False, None, "星期六、星期日"),
        (17, 21, True, 14, "第10至14个工作日"),
        (22, 23, False, None, "星期六、星期日"),
        (24, 24, True, 15, "第15个工作日，答复期限届满"),
    ]


def test_without_the_ledger_the_dates_are_the_same():
    timeline = case(asked(5, 6), extended(10, 5, 11))
    full = explain(timeline, rule_set=CN_2019, calendar=CALENDAR, as_of=LONG_AFTER)
    lean = explain(timeline, rule_set=CN_2019, calendar=CALENDAR, as_of=LONG_AFTER, with_ledger=False)
    assert lean == replace(full, ledger=())


@pytest.mark.rule("R15")
def test_entering_the_notice_makes_a_provisional_date_firm_and_moves_it():
    timeline = case(received_on=date(2025, 9, 15))
    before = explain(
        timeline, rule_set=DISTRICT_15, calendar=base_calendar(announced_through=2024), as_of=date(2025, 9, 15)
    )
    after = explain(timeline, rule_set=DISTRICT_15, calendar=CALENDAR, as_of=date(2025, 9, 15))
    assert (before.provisional, before.answer_due) == (True, date(2025, 10, 10))
    assert (after.provisional, after.answer_due) == (False, date(2025, 10, 11))


# --- supplement: restart ---


@pytest.mark.rule("R27")
def test_a_corrected_application_starts_a_new_full_period_and_the_old_date_stays_in_words():
    deadline = read(SupplementRequested(on=march(6), reply_by=march(20)), SupplementReceived(on=march(14)))
    assert deadline.counted_from == march(14)
    assert deadline.answer_due == date(2025, 4, 7)  # 15 working days after 14 March, 清明节 on 4 April
    assert "2025年3月24日不再适用" in the(LedgerKind.RESTART, deadline).why


@pytest.mark.rule("R26")
def test_the_supplement_notice_counts_from_the_first_receipt():
    deadline = read(SupplementRequested(on=march(6), reply_by=march(20)), SupplementReceived(on=march(14)))
    assert deadline.supplement_notice_due == march(12)
    assert read(rule_set=CN_2007).supplement_notice_due is None


@pytest.mark.rule("R26")
def test_a_late_supplement_notice_is_named_in_the_ledger():
    late = read(SupplementRequested(on=march(13), reply_by=march(20)), as_of=march(13))
    in_time = read(SupplementRequested(on=march(12), reply_by=march(20)), as_of=march(12))
    assert "已过收到申请后7个工作日" in the(LedgerKind.SUPPLEMENT, late).why
    assert "已过" not in the(LedgerKind.SUPPLEMENT, in_time).why


@pytest.mark.rule("R28")
@pytest.mark.parametrize(
    ("as_of", "state"),
    [(march(20), ClockState.AWAITING_SUPPLEMENT), (march(21), ClockState.SUPPLEMENT_OVERDUE)],
)
def test_while_a_supplement_is_missing_there_is_no_due_date(as_of, state):
    deadline = read(SupplementRequested(on=march(6), reply_by=march(20)), as_of=as_of)
    assert (deadline.state, deadline.answer_due, deadline.safe_due) == (state, None, None)
    assert deadline.supplement_due == march(20)
    assert kinds(deadline) == [LedgerKind.RECEIPT, LedgerKind.AWAITING, LedgerKind.SUPPLEMENT]


@pytest.mark.rule("R27")
def test_a_question_and_its_answer_on_one_day_restart_the_clock_in_either_order():
    facts = SupplementReceived(on=march(6)), SupplementRequested(on=march(6), reply_by=march(20))
    assert read(*facts).state == ClockState.RUNNING
    assert read(*facts) == read(*reversed(facts))


@pytest.mark.rule("R27")
def test_an_extension_does_not_outlive_its_period_and_the_new_period_may_have_one():
    restart = SupplementRequested(on=march(10), reply_by=march(20)), SupplementReceived(on=march(14))
    first, second = extended(5, 10, 6), extended(17, 2, 18)
    assert read(first, *restart).answer_due == date(2025, 4, 7)
    assert "延长随之作废" in the(LedgerKind.EXTENSION_VOID, read(first, *restart)).why
    both = read(first, *restart, second)
    assert (both.answer_due, both.violations) == (date(2025, 4, 9), ())


# --- consultation: days left out ---


@pytest.mark.rule("R22")
def test_the_days_after_the_opening_up_to_the_reply_do_not_count():
    deadline = read(asked(5, 6), replied(11))  # the 6th, 7th, 10th and 11th are left out
    assert (deadline.answer_due, deadline.safe_due) == (march(28), march(24))
    assert deadline.consultation_due is None
    line = the(LedgerKind.LEFT_OUT, deadline)
    assert (line.first, line.last, line.counted) == (march(6), march(11), False)


@pytest.mark.rule("R22")
def test_overlapping_consultations_are_left_out_once():
    together = read(asked(5, 5, "c1"), asked(7, 7, "c2"), replied(11, "c1"), replied(12, "c2"))
    assert together.answer_due == read(asked(5, 5), replied(12)).answer_due == march(31)


@pytest.mark.rule("R22")
@pytest.mark.rule("R23")
def test_an_open_consultation_gives_a_projection_to_its_reply_due_date():
    deadline = read(asked(5, 6), as_of=march(10))  # 15 working days after the 6th: the 27th
    assert (deadline.state, deadline.consultation_due) == (ClockState.SUSPENDED, march(27))
    assert (deadline.answer_due, deadline.safe_due) == (date(2025, 4, 16), march(24))
    assert "预计" in deadline.ledger[-1].why


@pytest.mark.rule("R22")
@pytest.mark.parametrize(("as_of", "state"), [(march(27), ClockState.SUSPENDED), (march(28), ClockState.RUNNING)])
def test_an_unanswered_consultation_ends_by_itself(as_of, state):
    deadline = read(asked(5, 6), as_of=as_of)
    assert (deadline.state, deadline.answer_due) == (state, date(2025, 4, 16))
    assert deadline.consultation_due == march(27)


@pytest.mark.rule("R22")
def test_a_late_reply_leaves_out_no_more_days_than_the_reply_period():
    assert read(asked(5, 6), replied(31)).answer_due == date(2025, 4, 16)


@pytest.mark.rule("R23")
def test_a_consultation_not_yet_delivered_is_counted_from_its_opening_and_the_ledger_says_so():
    undelivered = read(asked(5), as_of=march(10))
    assert undelivered.consultation_due == march(26)
    assert "尚无送达日期" in the(LedgerKind.LEFT_OUT, undelivered).why
    assert read(asked(5, 20), as_of=march(10)).consultation_due == march(26)


@pytest.mark.rule("R22")
def test_a_consultation_opened_after_the_due_date_brings_nothing_back():
    assert read(asked(24, 24), as_of=march(25)).answer_due == march(24)


# --- extension ---


@pytest.mark.rule("R18")
@pytest.mark.rule("R20")
@pytest.mark.parametrize(
    ("extension", "violation", "due"),
    [
        pytest.param(extended(24, 5, 24), None, march(31), id="approved and told on the last day"),
        pytest.param(extended(10, 15, 10), None, date(2025, 4, 15), id="the longest"),
        pytest.param(extended(25, 5, 25), Violation.EXTENSION_AFTER_DUE, march(24), id="approved a day late"),
        pytest.param(extended(24, 5, 25), Violation.EXTENSION_NOTIFIED_AFTER_DUE, march(24), id="told a day late"),
        pytest.param(extended(24, 5, None), Violation.EXTENSION_NOT_NOTIFIED, march(24), id="never told"),
        pytest.param(extended(10, 16, 10), Violation.EXTENSION_TOO_LONG, march(24), id="a day too long"),
    ],
)
def test_an_extension_counts_only_when_approved_and_told_in_time_and_within_the_limit(extension, violation, due):
    deadline = read(extension)
    assert deadline.violations == ((violation,) if violation else ())
    assert deadline.answer_due == due
    assert deadline.first_due == march(24)
    assert (LedgerKind.EXTENSION_VOID in kinds(deadline)) == bool(violation)


@pytest.mark.rule("R19")
def test_a_second_extension_does_not_count():
    deadline = read(extended(10, 5, 11), extended(12, 3, 12))
    assert (deadline.answer_due, deadline.violations) == (march(31), (Violation.EXTENSION_REPEATED,))


@pytest.mark.rule("R19")
def test_an_extension_that_never_counted_does_not_use_up_the_one_time():
    deadline = read(extended(10, 16, 11), extended(12, 3, 12))
    assert (deadline.answer_due, deadline.violations) == (march(27), (Violation.EXTENSION_TOO_LONG,))


@pytest.mark.rule("R20")
def test_an_extension_not_yet_told_waits_without_a_violation_while_there_is_time():
    waiting = read(extended(10, 5, 20), as_of=march(12))
    assert (waiting.answer_due, waiting.violations, waiting.extended_days) == (march(24), (), 0)
    assert "最迟2025年3月24日告知" in the(LedgerKind.EXTENSION_PENDING, waiting).why


@pytest.mark.rule("R20")
def test_left_out_days_leave_more_time_to_tell_the_applicant():
    deadline = read(asked(5, 6), replied(11), extended(26, 2, 28))
    assert (deadline.violations, deadline.answer_due) == ((), date(2025, 4, 1))


@pytest.mark.rule("R21")
def test_the_ledger_shows_from_which_day_the_extension_counts():
    line = the(LedgerKind.EXTENSION, read(extended(10, 2, 11)))
    assert line.why == (
        "延长2个工作日：2025年3月10日批准，2025年3月11日告知申请人；原答复期限届满日2025年3月24日，自第16个工作日起计"
    )


# --- two clocks ---


@pytest.mark.rule("R16")
@pytest.mark.rule("R17")
def test_both_clocks_restart_leave_out_and_extend_alike():
    facts = (SupplementRequested(on=march(4), reply_by=march(20)), SupplementReceived(on=march(5)))
    facts += (asked(6, 6), replied(11), extended(20, 3, 21))
    clocks = two_clocks(case(*facts), local=DISTRICT_15, statute=CN_2019, calendar=CALENDAR, as_of=LONG_AFTER)
    assert clocks.local.answer_due == date(2025, 4, 3)  # 26 March, three days left out, three days longer
    assert clocks.statutory.answer_due == date(2025, 4, 11)  # five working days on, 清明节 on the 4th
    assert clocks.statutory.extended_days == 3


@pytest.mark.rule("R20")
def test_an_extension_refused_by_the_local_clock_moves_neither():
    late = extended(25, 5, 25)  # past the local date, before the statutory one
    clocks = two_clocks(case(late), local=DISTRICT_15, statute=CN_2019, calendar=CALENDAR, as_of=LONG_AFTER)
    assert (clocks.local.answer_due, clocks.statutory.answer_due) == (march(24), march(31))
    assert clocks.local.violations == clocks.statutory.violations == (Violation.EXTENSION_AFTER_DUE,)


# --- handled anew after review or suit ---


@pytest.mark.rule("R63")
@pytest.mark.parametrize(
    ("reopened", "due"),
    [
        pytest.param(Reopened(on=date(2025, 4, 3)), date(2025, 4, 25), id="the full period: 4 April is 清明节"),
        pytest.param(Reopened(on=date(2025, 4, 3), working_days=10), date(2025, 4, 18), id="ten working days"),
        pytest.param(Reopened(on=date(2025, 4, 3), answer_by=date(2025, 4, 20)), date(2025, 4, 20), id="by a Sunday"),
    ],
)
def test_a_decision_to_handle_the_case_anew_begins_a_new_period(reopened, due):
    deadline = read(extended(10, 5, 11), reopened)
    assert (deadline.counted_from, deadline.answer_due, deadline.violations) == (date(2025, 4, 3), due, ())
    assert "不再适用" in the(LedgerKind.RESTART, deadline).why
    assert deadline.ledger[-1].kind is LedgerKind.DUE
    assert deadline.ledger[-1].last == due


def test_the_period_that_a_court_sets_is_the_same_on_both_clocks_and_moved_by_nothing():
    order = Reopened(on=march(4), working_days=10, by="示范区人民法院判决")
    facts = (order, asked(6, 6), extended(10, 5, 11))
    clocks = two_clocks(case(*facts), local=DISTRICT_15, statute=CN_2019, calendar=CALENDAR, as_of=march(12))
    assert (clocks.local.answer_due, clocks.statutory.answer_due) == (march(18), march(18))
    assert clocks.local.violations == (Violation.EXTENSION_OF_SET_PERIOD,)
    assert clocks.local.state is ClockState.RUNNING
    assert clocks.local.ledger[-1].why == "第10个工作日，示范区人民法院判决确定的期限届满"
    assert "不能延长" in the(LedgerKind.EXTENSION_VOID, clocks.local).why


def test_a_reopened_case_no_longer_waits_for_what_its_applicant_never_sent():
    lapsed = SupplementRequested(on=march(4), reply_by=march(10))
    assert read(lapsed, as_of=march(20)).state is ClockState.SUPPLEMENT_OVERDUE
    assert read(lapsed, Reopened(on=march(17)), as_of=march(20)).answer_due == date(2025, 4, 8)


# --- facts in any order, known or not ---


def test_the_order_in_which_facts_are_given_does_not_matter():
    facts = (asked(5, 6), replied(11), extended(20, 3, 21))
    assert read(*facts) == read(*reversed(facts))


def test_facts_later_than_today_are_not_yet_known():
    assert read(asked(5, 6), replied(11), as_of=march(10)) == read(asked(5, 6), as_of=march(10))
