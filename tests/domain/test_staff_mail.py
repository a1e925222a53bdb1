"""When staff are reminded by e-mail, and what of: three working days before, one, on the day, after it."""

from datetime import date, timedelta

import pytest

from caseapp.domain.staff_mail import Due, Stage, has_news, is_time, letter, stage
from caseapp.gateways.holiday_calendar import base_calendar
from tests.makers import moment

CALENDAR = base_calendar()
FRIDAY = date(2026, 3, 13)
DUE = Due(case_number="2026-0012", words="在承诺期限内答复", due_on=FRIDAY)


@pytest.mark.parametrize(
    ("today", "wanted"),
    [
        (date(2026, 3, 9), Stage.FAR),  # Monday: four working days
        (date(2026, 3, 10), Stage.THREE_DAYS),
        (date(2026, 3, 11), Stage.THREE_DAYS),
        (date(2026, 3, 12), Stage.ONE_DAY),
        (FRIDAY, Stage.TODAY),
        (date(2026, 3, 14), Stage.PASSED),
    ],
)
def test_stages_count_working_days(today, wanted):
    assert stage(FRIDAY, today=today, calendar=CALENDAR) is wanted


def test_over_a_holiday_the_days_that_count_are_working_days():
    # 2026-10-01 to 07 are off; 10 October is a make-up day: from 30 September, one working day to the 8th.
    assert stage(date(2026, 10, 8), today=date(2026, 9, 30), calendar=CALENDAR) is Stage.ONE_DAY


def test_nothing_new_makes_no_second_letter_and_a_missed_week_makes_one():
    letters = []
    since = None
    for day in (date(2026, 3, 9) + timedelta(days=n) for n in range(10)):
        if not CALENDAR.is_working_day(day):
            continue
        if has_news([DUE], since=since, today=day, calendar=CALENDAR):
            letters.append(day)
        since = day
    assert letters == [date(2026, 3, 10), date(2026, 3, 12), FRIDAY, date(2026, 3, 16)]
    assert has_news([DUE], since=date(2026, 3, 9), today=date(2026, 3, 18), calendar=CALENDAR)
    assert not has_news([DUE], since=date(2026, 3, 16), today=date(2026, 3, 18), calendar=CALENDAR)


def test_staff_are_written_to_on_working_days_from_eight():
    assert not is_time(moment(FRIDAY, 7), calendar=CALENDAR)
    assert is_time(moment(FRIDAY, 8), calendar=CALENDAR)
    assert not is_time(moment(date(2026, 3, 14), 9), calendar=CALENDAR)


def test_the_letter_lists_the_most_urgent_first():
    other = Due(case_number="2026-0009", words="送达答复书", due_on=date(2026, 3, 11))
    written = letter("承办员甲", [DUE, other], office="示范区依申请公开", today=date(2026, 3, 12), calendar=CALENDAR)
    assert written.subject == "依申请公开待办：已经逾期 1 件，还有 1 个工作日 1 件"
    assert written.words.index("2026-0009  送达答复书（2026年3月11日）") < written.words.index("2026-0012")
    assert written.words.startswith("承办员甲：")
