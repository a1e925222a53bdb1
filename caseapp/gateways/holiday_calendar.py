"""The base calendar of China, read from the `holidays` package, before the office enters rows of its own."""

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import holidays

from caseapp.domain.calendar import ONE_DAY, SATURDAY, WorkingCalendar

# Up to this year the package repeats the State Council's notices day by day (tests compare them); later it guesses.
KNOWN_THROUGH = 2026

# The statutory holidays by the package's names. 农历除夕 is part of 春节 since the change of 2024-11-10.
STATUTORY = {"农历除夕": "春节"} | {
    name: name for name in ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
}
VICTORY_DAY = {"中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日": "抗战胜利纪念日"}  # 2015 only
SWAPPED = re.compile(r"由 (\d{4}-\d{2}-\d{2}) 调休")


@lru_cache(maxsize=16)
def base_calendar(
    *, announced_through: int = KNOWN_THROUGH, first_year: int = 2007, last_year: int = 2045
) -> WorkingCalendar:
    """Return the calendar from 1 January of `first_year` to 31 December of `last_year`.

    Years with an entered notice follow it. Later years, and years the package only guesses, have the statutory
    holidays on their own dates and nothing else: no make-up days, no bridging days and no substitute days for a
    holiday on a weekend, because only the notice fixes those (L6, R15). Fewer days off make the earlier, safer date.
    """
    firm_through = min(announced_through, KNOWN_THROUGH)
    found = holidays.country_holidays("CN", years=range(first_year, last_year + 1), language="zh_CN")
    labels = {
        day: label
        for day, label in found.items()
        if first_year <= day.year <= last_year and (day.year <= firm_through or _statutory_names(label))
    }
    names = {day: "、".join(_festivals_around(day, labels)) for day in labels}
    swapped = {date.fromisoformat(made_up): day for day, label in labels.items() for made_up in SWAPPED.findall(label)}
    return WorkingCalendar(
        first_day=date(first_year, 1, 1),
        last_day=date(last_year, 12, 31),
        announced_through=announced_through,
        days_off={day: f"{name}放假" for day, name in names.items()},
        make_up_days={
            made_up: f"{names[day]}调休上班" for made_up, day in swapped.items() if made_up.year >= first_year
        },
    )


def _statutory_names(label: str) -> list[str]:
    return [STATUTORY[part] for part in label.split("; ") if part in STATUTORY]


def _festivals_around(day: date, labels: dict[date, str]) -> Iterator[str]:
    """Yield the festivals of the run of free days that holds this day, each once, in the order of the wall calendar."""
    while _is_free(day - ONE_DAY, labels):
        day -= ONE_DAY
    seen = set()
    while _is_free(day, labels):
        for part in labels.get(day, "").split("; "):
            name = (STATUTORY | VICTORY_DAY).get(part.removesuffix("（补假）"))
            if name and name not in seen:
                seen.add(name)
                yield name
        day += ONE_DAY


def _is_free(day: date, labels: dict[date, str]) -> bool:
    return day in labels or day.weekday() >= SATURDAY
