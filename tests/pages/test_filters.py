"""How dates, moments and sizes are written on a page."""

from datetime import UTC, date, datetime

import pytest

from caseapp.web.kit import filters


def test_a_date_is_written_without_leading_zeros():
    assert filters.cn_date(date(2026, 1, 5)) == "2026年1月5日"


def test_a_moment_is_written_on_the_clock_of_the_office():
    late = datetime(2026, 11, 23, 16, 5, tzinfo=UTC)
    assert filters.cn_datetime(late) == "2026年11月24日 00:05"
    assert filters.cn_date(late) == "2026年11月24日"


def test_nothing_is_written_as_a_dash():
    assert (filters.cn_date(None), filters.cn_datetime(None)) == ("—", "—")


@pytest.mark.parametrize(("day", "words"), [(date(2026, 11, 23), "星期一"), (date(2026, 11, 29), "星期日")])
def test_the_day_of_the_week(day, words):
    assert filters.weekday(day) == words


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 字节"), (1023, "1023 字节"), (49152, "48 KB"), (2516582, "2.4 MB"), (10485760, "10.0 MB")],
)
def test_a_size_is_written_as_people_read_it(size, words):
    assert filters.file_size(size) == words
