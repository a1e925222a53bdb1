"""How near a due date is, in words."""

from datetime import date

import pytest

from caseapp.domain.urgency import Urgency, badge, urgency
from caseapp.gateways.holiday_calendar import base_calendar

MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("due_on", "words", "tone"),
    [
        (date(2026, 3, 4), "逾期 3 个工作日", "danger"),
        (date(2026, 3, 7), "逾期 1 个工作日", "danger"),
        (MONDAY, "今天到期", "danger"),
        (date(2026, 3, 10), "剩 1 个工作日", "danger-outline"),
        (date(2026, 3, 12), "剩 3 个工作日", "danger-outline"),
        (date(2026, 3, 13), "剩 4 个工作日", "warning"),
        (date(2026, 3, 18), "剩 7 个工作日", "warning"),
        (date(2026, 3, 19), "剩 8 个工作日", "plain"),
    ],
)
def test_a_badge_counts_working_days(due_on, words, tone):
    shown = badge(due_on, today=MONDAY, calendar=base_calendar(), provisional=False)
    assert (shown.words, shown.tone) == (words, tone)


@pytest.mark.rule("R15")
def test_a_provisional_date_says_so():
    assert (
        badge(date(2026, 3, 10), today=MONDAY, calendar=base_calendar(), provisional=True).words
        == "剩 1 个工作日（暂定）"
    )


@pytest.mark.parametrize(
    ("due_on", "heading"),
    [
        (date(2026, 3, 8), Urgency.OVERDUE),
        (MONDAY, Urgency.TODAY),
        (date(2026, 3, 10), Urgency.THIS_WEEK),
        (date(2026, 3, 15), Urgency.THIS_WEEK),
        (date(2026, 3, 16), Urgency.LATER),
    ],
)
def test_a_week_ends_on_sunday(due_on, heading):
    assert urgency(due_on, today=MONDAY) is heading
