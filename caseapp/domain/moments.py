"""Moments and days: moments are kept in UTC, the law's days are those of the office (Asia/Shanghai)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Shanghai")


def local_date(at: datetime) -> date:
    """Return the day of the office on which `at` falls; raises `ValueError` for a moment without an offset."""
    if at.tzinfo is None:
        raise ValueError("a moment needs its offset")
    return at.astimezone(OFFICE_ZONE).date()


def days_of(first: date, last: date) -> tuple[datetime, datetime]:
    """Return the moment at which the first day begins in the office, and the one at which the last has ended."""
    begin, end = (datetime.combine(day, time.min, OFFICE_ZONE) for day in (first, last + timedelta(days=1)))
    return begin, end


def chinese_date(day: date) -> str:
    """Return the date as a letter writes it, in Arabic digits without leading zeros: 2026年5月8日 (7.3.5.4, R46)."""
    return f"{day.year}年{day.month}月{day.day}日"
