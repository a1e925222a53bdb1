"""信息处理费: the worked prices of the measure, and what stands against a fee (R49 to R53)."""

from datetime import date

import pytest

from caseapp.domain import fee as rules
from caseapp.domain.fee import FeeStatus
from caseapp.domain.fee_schedule import (
    NATIONAL,
    FeeBasis,
    QuantityTooSmall,
    Scale,
    ScaleRefused,
    by_item,
    by_page,
    standard_words,
)
from caseapp.domain.filing import Medium

MARCH = date(2026, 3, 2)


def items(count, *, earlier=0):
    return by_item(count, earlier=earlier, month=MARCH, schedule=NATIONAL)


@pytest.mark.rule("R49")
@pytest.mark.rule("R50")
@pytest.mark.parametrize(
    ("count", "amount"),
    [(1, 0), (10, 0), (11, 100), (30, 2000), (31, 2200), (40, 4000), (41, 4300), (50, 7000), (51, 7400)],
)
def test_items_cost_what_the_measure_says(count, amount):
    assert items(count).amount == amount


@pytest.mark.rule("R49")
@pytest.mark.rule("R51")
@pytest.mark.parametrize(
    ("count", "amount"), [(1, 0), (30, 0), (31, 10), (100, 700), (101, 720), (200, 2700), (201, 2740), (250, 4700)]
)
def test_pages_cost_what_the_measure_says(count, amount):
    assert by_page(count, schedule=NATIONAL).amount == amount


@pytest.mark.rule("R50")
def test_items_add_up_over_the_month_and_only_the_new_ones_are_charged():
    assert items(1, earlier=10).amount == 100
    assert items(5, earlier=8).amount == 300
    assert items(2, earlier=29).amount == 300
    assert items(1, earlier=40).amount == 300


@pytest.mark.rule("R49")
def test_the_steps_can_be_followed():
    assert items(5, earlier=8).steps == (
        "2026年3月内，该申请人此前的申请计 8 件，本次 5 件，为当月第 9 至 13 件。",
        "第 9 至 10 件：2 件 × 0 元 ＝ 0 元（不收费）",
        "第 11 至 13 件：3 件 × 100 元 ＝ 300 元",
        "合计 300 元。",
    )
    assert by_page(31, schedule=NATIONAL).steps[1:] == (
        "第 1 至 30 页：30 页 × 0 元 ＝ 0 元（不收费）",
        "第 31 页：1 页 × 10 元 ＝ 10 元",
        "合计 10 元。",
    )


def test_the_standard_is_stated_in_words():
    assert standard_words(FeeBasis.BY_ITEM, schedule=NATIONAL) == (
        "按件计收，同一申请人一个自然月内累计：1 至 10 件不收费，11 至 30 件每件 100 元，"
        "31 件以上的以 10 件为一档，每增加一档，每件提高 100 元。"
    )
    assert standard_words(FeeBasis.BY_PAGE, schedule=NATIONAL) == (
        "按量计收，每份申请单独计算：1 至 30 页不收费，31 至 100 页每页 10 元，101 至 200 页每页 20 元，"
        "201 页以上的每页 40 元。"
    )


@pytest.mark.parametrize("text", ["", "10:0", "10:0 30:100", "30:0 10:100 +100", "10:0 +100/0", "10:x +1", "0:0 +1"])
def test_a_price_list_that_cannot_be_read_is_refused(text):
    with pytest.raises(ScaleRefused):
        Scale.read(text)


@pytest.mark.parametrize("count", [0, -1, 100_001])
def test_a_count_of_nothing_is_refused(count):
    with pytest.raises(QuantityTooSmall):
        items(count)


def test_a_fee_of_nothing_is_no_fee():
    with pytest.raises(rules.NothingToCharge):
        rules.check_worth_a_notice(items(10))
    rules.check_worth_a_notice(items(11))


@pytest.mark.rule("R49")
@pytest.mark.parametrize(
    ("status", "may"),
    [
        (None, True),
        (FeeStatus.REFUSED, True),
        (FeeStatus.CANCELLED, True),
        (FeeStatus.PROPOSED, False),
        (FeeStatus.NOTICED, False),
        (FeeStatus.PAID, False),
        (FeeStatus.UNPAID, False),
    ],
)
def test_one_application_bears_one_fee(status, may):
    if may:
        rules.check_once(status)
    else:
        with pytest.raises(rules.FeeRepeated):
            rules.check_once(status)


@pytest.mark.rule("R51")
def test_pages_are_counted_only_where_copies_were_asked_for(monkeypatch):
    for medium in Medium:
        rules.check_basis(FeeBasis.BY_PAGE, medium=medium)
    monkeypatch.setattr(rules, "COPIES", frozenset({Medium.PAPER}))
    rules.check_basis(FeeBasis.BY_ITEM, medium=Medium.EITHER)
    with pytest.raises(rules.PagesNotOffered):
        rules.check_basis(FeeBasis.BY_PAGE, medium=Medium.EITHER)


@pytest.mark.rule("R52")
def test_on_the_due_date_a_fee_may_still_be_asked_and_on_the_day_after_not():
    rules.check_in_time(due_on=date(2026, 3, 23), today=date(2026, 3, 23))
    with pytest.raises(rules.FeeAfterDue, match="2026年3月23日"):
        rules.check_in_time(due_on=date(2026, 3, 23), today=date(2026, 3, 24))


@pytest.mark.rule("R52")
@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2026, 3, 9), rules.SentBeforeIssue),
        (date(2026, 3, 26), rules.SentInFuture),
        (date(2026, 3, 24), rules.SentTooLate),
    ],
)
def test_a_notice_goes_out_between_its_date_and_the_due_date(on, refusal):
    days = {"issued_on": date(2026, 3, 10), "due_on": date(2026, 3, 23), "today": date(2026, 3, 25)}
    rules.check_sending(on=date(2026, 3, 23), **days)
    with pytest.raises(refusal):
        rules.check_sending(on=on, **days)


@pytest.mark.rule("R53")
def test_it_is_paid_after_the_notice_and_before_the_period_has_passed():
    days = {"sent_on": date(2026, 3, 10), "pay_by": date(2026, 4, 8), "today": date(2026, 4, 20)}
    rules.check_payment(on=date(2026, 4, 8), **days)
    for on, refusal in (
        (date(2026, 4, 9), rules.PaidTooLate),
        (date(2026, 3, 9), rules.PaidBeforeNotice),
        (date(2026, 4, 21), rules.PaidInFuture),
    ):
        with pytest.raises(refusal):
            rules.check_payment(on=on, **days)
    with pytest.raises(rules.NotSentYet):
        rules.check_payment(on=date(2026, 4, 8), sent_on=None, pay_by=None, today=date(2026, 4, 20))


@pytest.mark.rule("R53")
def test_a_case_ends_unpaid_only_with_proof_and_after_the_period():
    with pytest.raises(rules.DeliveryNotProved):
        rules.check_unpaid(pay_by=None, today=date(2026, 12, 1))
    with pytest.raises(rules.StillTimeToPay, match="2026年4月8日"):
        rules.check_unpaid(pay_by=date(2026, 4, 8), today=date(2026, 4, 8))
    rules.check_unpaid(pay_by=date(2026, 4, 8), today=date(2026, 4, 9))
