import json
import random
from datetime import date, timedelta

import pytest

from caseapp.domain.calendar import CalendarMissing, CalendarRow, DayKind
from caseapp.gateways.holiday_calendar import base_calendar
from tests.domain.slow_count import slow_is_working_day, slow_nth
from tests.golden_files import golden

CALENDAR = base_calendar()
STATUTORY_2027 = [
    *(date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 6), date(2027, 2, 7), date(2027, 2, 8)),
    *(date(2027, 4, 5), date(2027, 5, 1), date(2027, 5, 2), date(2027, 6, 9), date(2027, 9, 15)),
    *(date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3)),
]


def years():
    for name in ("cn_calendar_history.json", "cn_calendar.json"):
        for year, notice in json.loads(golden(name).read_text("utf-8")).items():
            if year != "_meta":
                yield pytest.param(int(year), notice, id=year)


@pytest.mark.rule("R13")
@pytest.mark.parametrize(("year", "notice"), list(years()))
def test_every_day_is_as_the_state_council_announced_it(year, notice):
    for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days):
        day = date(year, 1, 1) + timedelta(days=number)
        announced = day.isoformat() in notice["work"] or (
            day.isoweekday() <= 5 and day.isoformat() not in notice["off"]
        )
        assert CALENDAR.is_working_day(day) == announced, day


@pytest.mark.parametrize(("year", "notice"), list(years()))
def test_every_announced_day_names_its_festival(year, notice):
    for day, name in notice.get("names", {}).items():
        words = CALENDAR.reason(date.fromisoformat(day)).removesuffix("放假").removesuffix("调休上班")
        assert set(words.split("、")) == set(name.split("、")), day


@pytest.mark.parametrize(
    ("day", "kind", "reason"),
    [
        (date(2025, 9, 26), DayKind.WORKING, "工作日"),
        (date(2025, 9, 27), DayKind.WEEKEND, "星期六"),
        (date(2025, 9, 28), DayKind.MAKE_UP, "国庆节、中秋节调休上班"),
        (date(2025, 10, 8), DayKind.HOLIDAY, "国庆节、中秋节放假"),
        (date(2020, 1, 31), DayKind.HOLIDAY, "春节放假"),
        (date(2015, 9, 3), DayKind.HOLIDAY, "抗战胜利纪念日放假"),
        (date(2027, 1, 1), DayKind.HOLIDAY, "元旦放假（暂定）"),
        (date(2027, 1, 2), DayKind.WEEKEND, "星期六（暂定）"),
    ],
)
def test_a_day_says_what_it_is_and_why(day, kind, reason):
    assert (CALENDAR.kind(day), CALENDAR.reason(day)) == (kind, reason)


@pytest.mark.rule("R15")
def test_without_a_notice_only_the_thirteen_statutory_days_are_off_and_none_is_made_up():
    assert [day for day in sorted(CALENDAR.days_off) if day.year == 2027] == STATUTORY_2027
    assert not [day for day in CALENDAR.make_up_days if day.year > 2026]


@pytest.mark.rule("R15")
def test_a_year_whose_notice_is_not_entered_is_provisional_even_if_the_package_knows_it():
    calendar = base_calendar(announced_through=2024)
    assert calendar.is_provisional(date(2025, 1, 1))
    assert not calendar.is_provisional(date(2024, 12, 31))
    assert calendar.kind(date(2025, 9, 28)) == DayKind.WEEKEND  # its make-up day needs the notice
    assert calendar.kind(date(2025, 10, 7)) == DayKind.WORKING  # its bridging day, too
    assert calendar.kind(date(2025, 10, 2)) == DayKind.HOLIDAY


@pytest.mark.rule("R15")
def test_rows_of_the_office_go_on_top_and_leave_the_base_as_it_was():
    source = "通知〔2026〕1号"
    calendar = CALENDAR.corrected(
        [
            CalendarRow(day=date(2027, 2, 9), is_working=False, reason="春节放假", source=source),
            CalendarRow(day=date(2027, 2, 20), is_working=True, reason="春节调休上班", source=source),
            CalendarRow(day=date(2027, 2, 5), is_working=True, reason="照常上班", source=source),
        ],
        announced_through=2027,
    )
    assert calendar.kind(date(2027, 2, 9)) == DayKind.HOLIDAY
    assert calendar.reason(date(2027, 2, 20)) == "春节调休上班"
    assert calendar.kind(date(2027, 2, 5)) == DayKind.WORKING
    assert calendar.nth_working_day(date(2027, 2, 8), 1) == date(2027, 2, 10)
    assert not calendar.is_provisional(date(2027, 2, 9))
    assert CALENDAR.nth_working_day(date(2027, 2, 8), 1) == date(2027, 2, 9)


def test_a_row_outside_the_calendar_is_refused():
    row = CalendarRow(day=date(1999, 1, 1), is_working=False, reason="元旦放假", source="")
    with pytest.raises(CalendarMissing, match="2007-01-01 至 2045-12-31"):
        CALENDAR.corrected([row])


@pytest.mark.rule("R13")
def test_the_fast_count_agrees_with_the_wall_calendar():
    chosen = random.Random(711)
    for _ in range(300):
        after = date(2007, 1, 1) + timedelta(days=chosen.randrange(365 * 33))
        n = chosen.randint(1, 60)
        assert CALENDAR.nth_working_day(after, n) == slow_nth(after, n, CALENDAR)


def test_working_days_between_leave_out_the_first_day_and_take_in_the_last():
    friday, sunday, monday = date(2025, 9, 26), date(2025, 9, 28), date(2025, 9, 29)
    assert CALENDAR.working_days_between(friday, monday) == 2  # the Sunday was worked
    assert CALENDAR.working_days_between(friday, sunday) == 1
    assert CALENDAR.working_days_between(monday, friday) == -2
    assert CALENDAR.working_days_between(monday, monday) == 0


def test_working_days_between_agree_with_the_wall_calendar():
    chosen = random.Random(492)
    for _ in range(100):
        after = date(2008, 1, 1) + timedelta(days=chosen.randrange(365 * 30))
        days = [after + timedelta(days=n) for n in range(1, chosen.randint(2, 90))]
        expected = sum(slow_is_working_day(day, CALENDAR) for day in days)
        assert CALENDAR.working_days_between(after, days[-1]) == expected


def test_the_calendar_reaches_beyond_any_case_of_the_next_years():
    assert CALENDAR.nth_working_day(date(2035, 12, 31), 100) > date(2036, 1, 1)


@pytest.mark.parametrize("day", [date(2006, 12, 30), date(2046, 1, 1), date.max])
def test_outside_its_years_the_calendar_refuses_to_answer(day):
    for question in (CALENDAR.is_working_day, CALENDAR.reason, lambda d: CALENDAR.nth_working_day(d, 1)):
        with pytest.raises(CalendarMissing):
            question(day)


def test_a_count_that_runs_off_the_end_is_refused():
    with pytest.raises(CalendarMissing):
        CALENDAR.nth_working_day(date(2045, 12, 20), 30)


def test_there_is_no_working_day_number_zero():
    with pytest.raises(ValueError, match="number 0"):
        CALENDAR.nth_working_day(date(2025, 1, 1), 0)


def test_the_calendar_of_one_question_is_built_once():
    assert base_calendar(announced_through=2025) is base_calendar(announced_through=2025)
