"""How dates, moments and sizes are written on a page."""

from datetime import date, datetime

from flask import Flask

from caseapp.domain.catalogue import WITHHELD_WORDS, WithheldGround
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.search_words import marked

WEEKDAYS = "一二三四五六日"
NONE = "—"


def cn_date(day: date | None) -> str:
    """Return 2026年11月23日; a moment is first put on the office's day; "—" for none."""
    if day is None:
        return NONE
    if isinstance(day, datetime):
        day = day.astimezone(OFFICE_ZONE).date()
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(at: datetime | None) -> str:
    """Return 2026年11月23日 09:05 on the office's clock (Asia/Shanghai); "—" for none."""
    if at is None:
        return NONE
    local = at.astimezone(OFFICE_ZONE)
    return f"{cn_date(local)} {local:%H:%M}"


def weekday(day: date) -> str:
    """Return 星期一 to 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def file_size(size: int) -> str:
    """Return a number of bytes as people read it: 312 字节, 48 KB, 2.4 MB."""
    if size < 1024:
        return f"{size} 字节"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / (1024 * 1024):.1f} MB"


def ground_words(ground: WithheldGround) -> str:
    """Return why a part of an item is kept back, in words."""
    return WITHHELD_WORDS[ground]


def register(app: Flask) -> None:
    """Give the filters to the templates of `app`."""
    for written in (cn_date, cn_datetime, weekday, file_size, ground_words, marked):
        app.add_template_filter(written)
