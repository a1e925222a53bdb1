"""Figures of a period: each equals the number of the cases that it opens, by whatever they are told apart."""

from datetime import date

import pytest

from caseapp.domain.permissions import NotPermitted
from caseapp.domain.statistics import By, Measure, Period, PeriodBackwards, PeriodTooLong
from caseapp.services import statistics
from caseapp.services.statistics import Figure
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.other_desk import unconfirmed

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 6, 30)


@pytest.fixture
def office(maker):
    """Answered in time; extended and answered late; open and late; open; not yet confirmed, which counts nowhere."""
    maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    late = maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED)
    maker.issued(late, on=date(2026, 5, 20))
    maker.case(received_on=RECEIVED)
    maker.case(received_on=date(2026, 6, 22))
    unconfirmed(maker)


def table(maker, by, *, period=YEAR, department="", who="auditor"):
    return statistics.table(period, by, department=department, today=TODAY, actor=maker.actor(who))


def cases(maker, by, key, measure, *, period=YEAR):
    found, following = statistics.cases_of(
        period, Figure(by=by, key=key, measure=measure), before=None, today=TODAY, actor=maker.actor("auditor")
    )
    assert following is None
    return found


def test_the_whole_year(maker, office):
    total = table(maker, By.MONTH).total
    assert total.counts == {
        Measure.RECEIVED: 4,
        Measure.ENDED: 2,
        Measure.OPEN: 2,
        Measure.OVERDUE: 1,
        Measure.LATE: 1,
        Measure.PROMISE_MISSED: 1,
        Measure.EXTENDED: 1,
    }
    assert total.days > 0
    assert total.average_days == round(total.days / 2, 1)


@pytest.mark.parametrize("by", By)
def test_each_figure_opens_as_many_cases_as_it_says(maker, office, by):
    figures = table(maker, by)
    assert figures.rows
    for row in (*figures.rows, figures.total):
        for measure, number in row.counts.items():
            assert len(cases(maker, by, row.key, measure)) == number, (by, row.key, measure)


@pytest.mark.parametrize("by", [by for by in By if by is not By.MONTH])
def test_the_sums_are_the_same_by_whatever_they_are_told_apart(maker, office, by):
    by_month, other = table(maker, By.MONTH).total, table(maker, by).total
    assert (other.counts, other.days) == (by_month.counts, by_month.days)


def test_what_is_open_is_so_at_the_end_of_each_month(maker, office):
    rows = {row.key: row.counts for row in table(maker, By.MONTH).rows}
    assert [rows[f"2026-0{month}"][Measure.OPEN] for month in (2, 3, 4, 5, 6)] == [0, 2, 2, 1, 2]
    assert [rows[f"2026-0{month}"][Measure.OVERDUE] for month in (3, 4, 5, 6)] == [1, 2, 1, 1]
    assert rows["2026-05"][Measure.ENDED] == 1


def test_one_department_and_a_part_of_a_year(maker, office):
    code = maker.again(1).department.code
    ours = table(maker, By.DEPARTMENT, department=code)
    assert [row.key for row in ours.rows] == [code]
    assert table(maker, By.MONTH, department="nowhere").total.counts[Measure.RECEIVED] == 0
    march = table(maker, By.MONTH, period=Period(date(2026, 3, 2), date(2026, 3, 31)))
    assert [row.key for row in march.rows] == ["2026-03"]


def test_what_was_counted_is_counted_anew_after_any_act(maker, office):
    before = table(maker, By.MONTH)
    assert table(maker, By.MONTH) is before
    maker.case(received_on=date(2026, 6, 23))
    assert table(maker, By.MONTH).total.counts[Measure.RECEIVED] == before.total.counts[Measure.RECEIVED] + 1


def test_an_empty_office_has_figures_of_nothing(maker):
    figures = table(maker, By.OFFICER)
    assert (figures.rows, figures.total.average_days) == ([], None)
    assert {row.counts[Measure.OPEN] for row in table(maker, By.MONTH).rows} == {0}


def test_a_period_is_not_backwards_nor_endless():
    with pytest.raises(PeriodBackwards):
        Period(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(PeriodTooLong):
        Period(date(2019, 1, 1), date(2026, 1, 1))
    assert [month.month for month in Period(date(2025, 12, 20), date(2026, 1, 5)).months()] == ["2025-12", "2026-01"]


def test_numbers_are_for_those_who_report_and_cases_for_those_who_read(maker, office):
    for name in ("clerk", "officer"):
        with pytest.raises(NotPermitted):
            table(maker, By.MONTH, who=name)
    assert table(maker, By.MONTH, who="admin").total.counts[Measure.RECEIVED] == 4
    with pytest.raises(NotPermitted):
        statistics.cases_of(
            YEAR,
            Figure(by=By.MONTH, key="", measure=Measure.OPEN),
            before=None,
            today=TODAY,
            actor=maker.actor("admin"),
        )


def test_the_head_reads_opens_and_takes_the_table(maker, app, office):
    head = StaffDesk(app, "head", at=moment(TODAY))
    head.open("/supervision/statistics")
    assert head.page.select("svg .chart__bar--received")
    link = head.page.select_one("tfoot a[href*='measure=open']")
    assert link.text.startswith("2")
    head.open(link["href"])
    assert len(head.page.select(".rows li")) == 2
    head.open("/supervision/statistics?first=2026-05-01&last=2026-01-01&by=month&department=")
    assert "开始日期不能晚于结束日期" in head.page.text
    answer = head.client.get("/supervision/statistics/file?first=2026-01-01&last=2026-12-31&by=department&department=")
    assert answer.data.startswith(b"PK")


def test_an_administrator_sees_numbers_and_no_way_to_cases(maker, app, office):
    admin = StaffDesk(app, "admin", at=moment(TODAY))
    admin.open("/supervision/statistics")
    assert not admin.page.select("a[href*='/statistics/cases']")
