"""The office's calendar: days off are marked, each number leads to its cases, and a department sees its own only."""

from datetime import date

import pytest

from caseapp.domain.permissions import NotPermitted
from caseapp.services import due_calendar
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk

OCTOBER = date(2026, 10, 1)


def day(maker, on, who="officer"):
    found = due_calendar.weeks(on.replace(day=1), actor=maker.actor(who))
    return next(one for week in found for one in week if one.on == on)


def test_a_month_is_whole_weeks_with_the_national_days(maker):
    weeks = due_calendar.weeks(OCTOBER, actor=maker.actor("clerk"))
    assert {len(week) for week in weeks} == {7}
    assert weeks[0][0].on.isoweekday() == 1
    assert not day(maker, OCTOBER).counts
    assert "国庆节" in day(maker, OCTOBER).why
    assert day(maker, date(2026, 10, 10)).counts  # a Saturday worked in exchange
    assert not day(maker, date(2026, 10, 11)).counts


def test_each_day_counts_the_open_cases_of_its_reader(maker):
    due_on = maker.case(received_on=RECEIVED).urgency_on
    answered = maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    assert answered.urgency_on is None
    assert day(maker, due_on).due == 1
    assert day(maker, due_on, who="auditor").due == 1
    assert day(maker, due_on, who="officer2").due == 0
    [case] = due_calendar.due_on(due_on, before=None, actor=maker.actor("head")).cases
    assert due_calendar.due_on(due_on, before=case.id, actor=maker.actor("head")).cases == []
    assert due_calendar.due_on(due_on, before=None, actor=maker.actor("officer2")).cases == []


def test_an_administrator_has_no_calendar_of_cases(maker):
    with pytest.raises(NotPermitted):
        due_calendar.weeks(OCTOBER, actor=maker.actor("admin"))


def test_the_page_leads_to_the_cases_and_to_other_months(maker, app):
    case = maker.case(received_on=RECEIVED)
    due_on, number = case.urgency_on, case.number
    desk = StaffDesk(app, "officer", at=moment(RECEIVED, 15))
    desk.open("/cases/calendar")
    link = desk.page.select_one(f"a[href='/cases/calendar/{due_on.isoformat()}']")
    assert link.text.startswith("1 件到期")
    assert desk.page.select_one("td[aria-current=date]").text.split()[0] == str(RECEIVED.day)
    desk.open(link["href"])
    assert number in desk.page.text
    desk.open("/cases/calendar?month=2026-10")
    assert "国庆节" in desk.page.text
    for path in ("/cases/calendar?month=nonsense", "/cases/calendar?month=1999-01", "/cases/calendar/2026-02-30"):
        desk.open(path)
        assert desk.status == 404, path
