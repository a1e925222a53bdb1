"""补正: one notice, in time, with a reasonable period; silence judged by a person (art. 30)."""

from datetime import date

import pytest

from caseapp.domain import supplement as rules
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import Status
from caseapp.domain.withdrawal import WithdrawnBeforeReceipt, WithdrawnInFuture, can_withdraw, check_day

# Received on Monday 2 March 2026: the seventh working day is Wednesday 11 March.
SEVENTH, EIGHTH = date(2026, 3, 11), date(2026, 3, 12)


class EveryWeekday:
    """A calendar without holidays, enough for March 2026."""

    def nth_working_day(self, after: date, n: int) -> date:
        day = after
        while n:
            day = date.fromordinal(day.toordinal() + 1)
            n -= day.weekday() < 5
        return day


@pytest.mark.rule("R26")
def test_the_notice_is_in_time_on_the_seventh_working_day_and_late_on_the_eighth():
    rules.check_in_time(notice_due=SEVENTH, today=SEVENTH, override="")
    with pytest.raises(rules.SupplementLate, match="最晚 2026年3月11日"):
        rules.check_in_time(notice_due=SEVENTH, today=EIGHTH, override="")


@pytest.mark.rule("R26")
def test_a_late_or_second_notice_goes_out_only_with_a_reason():
    rules.check_in_time(notice_due=SEVENTH, today=EIGHTH, override="申请人来电要求书面告知。")
    rules.check_once(date(2026, 3, 5), override="补正后出现新的不明确之处。")
    with pytest.raises(rules.SupplementRepeated, match="已于 2026年3月5日 告知过"):
        rules.check_once(date(2026, 3, 5), override="")
    rules.check_once(None, override="")


@pytest.mark.rule("R26")
def test_where_the_statute_sets_no_limit_no_notice_is_late():
    rules.check_in_time(notice_due=None, today=EIGHTH, override="")


@pytest.mark.parametrize("refusal", [rules.SupplementLate, rules.SupplementRepeated])
def test_a_refusal_that_a_reason_lifts_leads_to_the_field_for_it(refusal):
    assert refusal.field == "override"


def test_a_second_notice_waits_for_the_day_after_the_correction():
    rules.check_day_after(date(2026, 3, 5), today=date(2026, 3, 6))
    with pytest.raises(rules.SupplementOnTheDayOfTheLast):
        rules.check_day_after(date(2026, 3, 5), today=date(2026, 3, 5))


@pytest.mark.parametrize("status", list(ExtensionStatus))
def test_an_extension_that_nobody_has_finished_is_finished_first(status):
    if status in (ExtensionStatus.PROPOSED, ExtensionStatus.APPROVED):
        with pytest.raises(rules.ExtensionUndecided):
            rules.check_no_extension_waits(status)
    else:
        rules.check_no_extension_waits(status)


@pytest.mark.rule("R26")
def test_the_period_leaves_a_working_day_and_has_an_end():
    friday = date(2026, 3, 6)
    rules.check_reply_by(date(2026, 3, 9), today=friday, calendar=EveryWeekday())
    rules.check_reply_by(date(2026, 4, 17), today=friday, calendar=EveryWeekday())
    with pytest.raises(rules.ReplyBySoon, match="最早 2026年3月9日"):
        rules.check_reply_by(date(2026, 3, 8), today=friday, calendar=EveryWeekday())
    with pytest.raises(rules.ReplyByFar, match="最晚 2026年4月17日"):
        rules.check_reply_by(date(2026, 4, 18), today=friday, calendar=EveryWeekday())


@pytest.mark.rule("R27")
def test_a_correction_arrives_after_the_notice_and_not_tomorrow():
    asked, today = date(2026, 3, 6), date(2026, 3, 16)
    rules.check_taken(on=asked, asked_on=asked, today=today)
    rules.check_taken(on=today, asked_on=asked, today=today)
    with pytest.raises(rules.TakenBeforeNotice):
        rules.check_taken(on=date(2026, 3, 5), asked_on=asked, today=today)
    with pytest.raises(rules.TakenInFuture):
        rules.check_taken(on=date(2026, 3, 17), asked_on=asked, today=today)


@pytest.mark.rule("R28")
def test_silence_counts_from_the_day_after_the_period_and_only_with_proof():
    common = {"asked_on": date(2026, 3, 6), "reply_by": date(2026, 3, 20)}
    with pytest.raises(rules.NotYetOverdue, match="2026年3月20日"):
        rules.check_overdue(**common, delivered_on=date(2026, 3, 6), today=date(2026, 3, 20))
    with pytest.raises(rules.NoProofOfDelivery):
        rules.check_overdue(**common, delivered_on=None, today=date(2026, 3, 21))
    rules.check_overdue(**common, delivered_on=date(2026, 3, 6), today=date(2026, 3, 21))


@pytest.mark.rule("R28")
def test_a_notice_that_came_after_its_own_period_leaves_the_days_it_meant_to_leave():
    late = {"asked_on": date(2026, 3, 6), "reply_by": date(2026, 3, 20), "delivered_on": date(2026, 3, 25)}
    with pytest.raises(rules.NotYetOverdue, match="2026年4月8日"):
        rules.check_overdue(**late, today=date(2026, 4, 8))
    rules.check_overdue(**late, today=date(2026, 4, 9))


@pytest.mark.rule("R28")
def test_nobody_is_held_to_have_given_up_without_a_persons_judgement():
    rules.check_judged(no_good_reason=True)
    with pytest.raises(rules.ReasonNotJudged):
        rules.check_judged(no_good_reason=False)


@pytest.mark.parametrize(
    ("position", "told_on", "marks"),
    [(0, SEVENTH, []), (0, EIGHTH, ["逾期告知"]), (1, SEVENTH, ["再次告知"]), (1, EIGHTH, ["逾期告知", "再次告知"])],
)
def test_a_late_or_second_notice_stays_marked(position, told_on, marks):
    assert list(rules.flags(position=position, told_on=told_on, notice_due=SEVENTH)) == marks


def test_a_request_can_be_withdrawn_until_the_answer_is_issued():
    beyond = {Status.ISSUED, Status.ANSWERED, Status.CLOSED}
    assert {status for status in Status if not can_withdraw(status)} == beyond


def test_a_withdrawal_on_paper_arrives_after_the_request_and_not_tomorrow():
    received, today = date(2026, 3, 2), date(2026, 3, 9)
    check_day(received, received_on=received, today=today)
    check_day(today, received_on=received, today=today)
    with pytest.raises(WithdrawnBeforeReceipt):
        check_day(date(2026, 3, 1), received_on=received, today=today)
    with pytest.raises(WithdrawnInFuture):
        check_day(date(2026, 3, 10), received_on=received, today=today)
