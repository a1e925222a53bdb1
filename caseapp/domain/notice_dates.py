"""The dates of a holiday notice: days, ranges and lists, their weekdays in brackets held against the calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from caseapp.domain.calendar import ONE_DAY, WEEKDAYS
from caseapp.domain.notice_text import NoticeRefused, Passage, SentenceNotUnderstood

LONGEST_RANGE = timedelta(days=31)  # a longer one is a slip of the pen; the longest so far had ten days
DECEMBER = 12

TO = r"[至到~〜\-‐‑‒–—―─−]+"
BETWEEN = re.compile(r"(?:[、,;]?(?:以及|和|及|与)|[、,;])(?=\d)")
ITEM = re.compile(
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月(?:份)?)?(?P<day>\d{1,2})(?:[日号]|(?=(?:"
    + TO
    + r"|[、,和与及])\d{1,2}[、日号]))"
    r"(?:\((?P<remark>[^()]*)\))?"
    r"(?:" + TO + r"(?:(?P<to_year>\d{4})年)?(?:(?P<to_month>\d{1,2})月)?(?P<to_day>\d{1,2})[日号]"
    r"(?:\((?P<to_remark>[^()]*)\))?)?"
)

ONE_TO_TEN = "[一二三四五六七八九十]{1,3}"
WEEKDAY = re.compile(r"(?:星期|周|礼拜)([一二三四五六日天])")
REMARKS = (
    r"(?:星期|周|礼拜)[一二三四五六日天]",
    rf"(?:农历)?闰?[正一二三四五六七八九十冬腊]{{1,2}}月(?:初|廿|卅)?{ONE_TO_TEN}",
    rf"(?:农历|大年)?(?:初|廿){ONE_TO_TEN}",
    r"(?:农历)?(?:除夕|大年三十|小年|腊八|元旦|春节|元宵节?|清明节?|劳动节|端午节?|中秋节?|国庆节?)",
    r"当[日天]|即|为|法定节?假日|公休日|双休日|周末",
)
REMARK = re.compile(rf"(?P<all>均为|都是)?(?:(?:{'|'.join(REMARKS)})[、,;/]?)+")


class ImpossibleDate(NoticeRefused):
    text = "通知中写的“{words}”没有这一天，全文没有采用：“{sentence}”"


class DateOfAnotherYear(NoticeRefused):
    text = "{day} 不属于 {year} 年的安排，全文没有采用：“{sentence}”"


class WrongWeekday(NoticeRefused):
    text = "{day} 是{weekday}，与通知括号中所写不符，全文没有采用：“{sentence}”"


class DaysReversed(NoticeRefused):
    text = "起止日期颠倒或者相隔过长（{first} 至 {last}），全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class Dates:
    """The days that a list names, in the order of the text, and where in the sentence the list ends."""

    days: tuple[date, ...]
    end: int


@dataclass(frozen=True, kw_only=True)
class DateReader:
    """Reads dates of one sentence. Without a year they belong to `year`; at New Year, December to the year before."""

    sentence: Passage
    year: int
    around_new_year: bool

    def dates(self, at: int) -> Dates | None:
        """Return the list of days that begins at `at`, or None where no date begins.

        Raises `ImpossibleDate`, `DateOfAnotherYear`, `WrongWeekday`, `DaysReversed` or `SentenceNotUnderstood`.
        """
        days: list[date] = []
        match = ITEM.match(self.sentence.plain, at)
        end = at
        while match:
            days += self._item(match, before=days[-1] if days else None)
            self._check_remark(
                match["to_remark" if match["to_day"] else "remark"], days, is_range=bool(match["to_day"])
            )
            end = match.end()
            gap = BETWEEN.match(self.sentence.plain, end)
            match = ITEM.match(self.sentence.plain, gap.end()) if gap else None
        return Dates(days=tuple(days), end=end) if days else None

    def one_day(self, at: int) -> Dates | None:
        """Return the one day that stands at `at`, whatever follows it; None for a range or where no date begins."""
        match = ITEM.match(self.sentence.plain, at)
        if not match or match["to_day"]:
            return None
        days = self._item(match, before=None)
        self._check_remark(match["remark"], days, is_range=False)
        return Dates(days=tuple(days), end=match.end())

    def check_all(self, start: int, end: int) -> None:
        """Refuse an impossible date or a wrong weekday in a stretch that arranges nothing."""
        for match in ITEM.finditer(self.sentence.plain, start, end):
            if match["month"]:
                self.dates(match.start())

    def _item(self, match: re.Match[str], *, before: date | None) -> list[date]:
        first = self._day(match, "", before)
        if not match["to_day"]:
            return [first]
        last = self._day(match, "to_", first)
        if not (match["year"] or match["to_year"]) and (first.month, last.month) == (DECEMBER, 1):
            first, last = first.replace(year=self.year - 1), last.replace(year=self.year)
        self._check_remark(match["remark"], [first], is_range=False)
        if not first < last <= first + LONGEST_RANGE:
            raise DaysReversed(first=first, last=last, sentence=self.sentence.quote)
        return list(days_between(first, last))

    def _day(self, match: re.Match[str], end: str, before: date | None) -> date:
        """Return one day; what it leaves unsaid is taken from the day named just before it."""
        month = int(match[f"{end}month"] or (before.month if before else 0))
        if match[f"{end}year"]:
            year = int(match[f"{end}year"])
        elif end and match["year"] and before:
            year = before.year + (month < before.month)
        elif before and month == before.month:
            year = before.year
        else:
            year = self.year - (self.around_new_year and month == DECEMBER)
        try:
            day = date(year, month, int(match[f"{end}day"]))
        except ValueError:
            raise ImpossibleDate(words=match[0], sentence=self.sentence.quote) from None
        if day.year != self.year and (day.year, day.month) != (self.year - 1, DECEMBER):
            raise DateOfAnotherYear(day=day, year=self.year, sentence=self.sentence.quote)
        return day

    def _check_remark(self, remark: str | None, days: list[date], *, is_range: bool) -> None:
        """Hold the weekdays in brackets against the last day, or against the whole range where several are named."""
        if not remark:
            return
        known = REMARK.fullmatch(remark)
        if not known:
            raise SentenceNotUnderstood(sentence=self.sentence.quote)
        written = ["一二三四五六日".index(word.replace("天", "日")) for word in WEEKDAY.findall(remark)]
        meant = days[-1:]
        if known["all"]:
            meant, written = days, written * len(days)
        elif is_range and written:
            meant = days[-len(written) :]
        for day, weekday in zip(meant, written, strict=False):
            if day.weekday() != weekday:
                raise WrongWeekday(day=day, weekday=WEEKDAYS[day.weekday()], sentence=self.sentence.quote)
        if len(written) > len(meant):
            raise SentenceNotUnderstood(sentence=self.sentence.quote)


def days_between(first: date, last: date) -> Iterator[date]:
    """Yield every day from `first` through `last`."""
    while first <= last:
        yield first
        first += ONE_DAY
