"""What one sentence of a holiday notice arranges: days off, make-up days, a longer holiday, or nothing at all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from caseapp.domain.calendar import ONE_DAY, SATURDAY
from caseapp.domain.notice_dates import DateReader, days_between
from caseapp.domain.notice_names import ORDINAL, WrongYear
from caseapp.domain.notice_text import NoticeRefused, Passage, SentenceNotUnderstood, number
from caseapp.domain.notice_words import (
    ADVICE,
    ARRANGES,
    CLAUSE,
    COUNT,
    FROM,
    IS_KIND,
    JOIN,
    LIMITS,
    LONGER,
    NO_SHIFT,
    OF_THESE,
    OFF,
    RESUMES,
    UNTIL,
    WITH_WEEKEND,
    WORKS,
    is_remark,
)

MANY = 32


class WrongCount(NoticeRefused):
    text = "按日期算是 {counted} 天，与通知所写的 {stated} 天不符，全文没有采用：“{sentence}”"


class NoWeekendBeside(NoticeRefused):
    text = "所写的日期前后没有周末可以连休，全文没有采用：“{sentence}”"


class DayRepeated(NoticeRefused):
    text = "{day} 重复安排，全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class Longer:
    """An extension: the holiday goes on through a day, or by so many days, or both, which then have to agree."""

    name: str
    through: date | None
    added: int | None


@dataclass
class Said:
    """What a sentence arranges. `off` are the days it names itself, `weekend` those that adjoin them."""

    sentence: Passage
    off: list[date] = field(default_factory=list)
    weekend: list[date] = field(default_factory=list)
    work: list[date] = field(default_factory=list)
    resumes: list[date] = field(default_factory=list)
    again: list[date] = field(default_factory=list)  # days off that 其中 only explains
    totals: list[int] = field(default_factory=list)
    longer: Longer | None = None

    @property
    def quote(self) -> str:
        return self.sentence.quote


def read_sentence(sentence: Passage, *, start: int, year: int, names: tuple[str, ...]) -> Said:
    """Return what the sentence of a section on `names` arranges in `year`; nothing for advice and remarks.

    It is read from `start` and quoted from its beginning, where the heading may stand. Raises a
    `NoticeRefused` that quotes the sentence where it arranges days in words that are not understood.
    """
    reader = _SentenceReader(sentence, start=start, year=year, names=names)
    if not is_remark(sentence.plain[start:]):
        reader.read()
    return reader.said


class _SentenceReader:
    def __init__(self, sentence: Passage, *, start: int, year: int, names: tuple[str, ...]) -> None:
        self.said = Said(sentence)
        self.plain = sentence.plain
        self.at = self.begun = start
        self.year = year
        self.dates = DateReader(sentence=sentence, year=year, around_new_year="元旦" in names)
        self.explains = False
        self.has_weekend = False

    def read(self) -> None:
        self._take(re.compile(ORDINAL))
        self.begun = self.at
        steps = (self._join, self._of_these, self._advice, self._longer, self._days, self._count, self._loose_words)
        while self.at < len(self.plain):
            if not any(step() for step in steps):
                raise SentenceNotUnderstood(sentence=self.said.quote)
        if self.has_weekend:
            self._add_weekend()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.plain, self.at)
        if match:
            self.at = match.end()
        return match

    def _join(self) -> bool:
        return self._take(JOIN) is not None

    def _of_these(self) -> bool:
        if not self._take(OF_THESE):
            return False
        self.explains = True
        self.begun = self.at
        return True

    def _advice(self) -> bool:
        """Pass over 鼓励…休息, which frees no day, up to a clause that does arrange one."""
        if not ADVICE.match(self.plain, self.at):
            return False
        start = self.at
        while self._take(CLAUSE):
            self._take(JOIN)
            if self._arranges_here():
                break
        self.dates.check_all(start, self.at)
        return True

    def _arranges_here(self) -> bool:
        named = self.dates.dates(self.at)
        if named is None:
            return False
        free = OFF.match(self.plain, named.end)
        worked = RESUMES.match(self.plain, named.end) or WORKS.match(self.plain, named.end)
        return bool(worked or (free and free["verb"] not in ("休息", "休假")))

    def _longer(self) -> bool:
        match = LONGER.match(self.plain, self.at)
        if not match or not (match["through"] or match["added"]):
            return False
        stated = match["y1"] or match["y2"]
        if stated and int(stated[:-1]) != self.year:
            raise WrongYear(stated=stated[:-1], year=self.year, sentence=self.said.quote)
        self.at = match.end()
        through = self.dates.one_day(self.at) if match["through"] else None
        if match["through"] and through is None:
            raise SentenceNotUnderstood(sentence=self.said.quote)
        if through:
            self.at = through.end
            self._take(UNTIL)
        self.said.longer = Longer(
            name=match["n1"] or match["n2"] or "",
            through=through.days[0] if through else None,
            added=number(match["added"]) if match["added"] else None,
        )
        return True

    def _days(self) -> bool:
        start = self.at
        self._take(FROM)
        named = self.dates.dates(self.at) if self._clause_begins(start) else None
        if named is None:
            self.at = start
            return False
        self.at = named.end
        self._take(JOIN)
        if self._take(RESUMES):
            self.said.resumes += named.days
        elif self._take(IS_KIND):
            self._explain(named.days)
        elif verb := self._take(WORKS):
            usual = [day for day in named.days if verb["usual"] and day.weekday() < SATURDAY]
            self.said.resumes += usual
            self.said.work += [day for day in named.days if day not in usual]
        elif verb := self._take(OFF):
            self._off(named.days, verb)
        else:
            raise SentenceNotUnderstood(sentence=self.said.quote)
        return True

    def _off(self, days: tuple[date, ...], verb: re.Match[str]) -> None:
        """Take days off; 起放假 needs the number of days, 调休 alone means a working day, 其中 only explains."""
        count = COUNT.match(self.plain, self.at)
        stated = number(count["n"]) if count else 0
        if verb["since"]:
            if not 0 < stated < MANY or len(days) != 1:
                raise SentenceNotUnderstood(sentence=self.said.quote)
            days = tuple(days_between(days[0], days[0] + (stated - 1) * ONE_DAY))
        if verb["verb"] == "调休" and not self.explains and any(day.weekday() >= SATURDAY for day in days):
            raise SentenceNotUnderstood(sentence=self.said.quote)
        if count and not count["total"]:
            self.at = count.end()
            if stated != len(days):
                raise WrongCount(counted=len(days), stated=stated, sentence=self.said.quote)
        if self.explains:
            self.said.again += days
        else:
            self.said.off += days

    def _explain(self, days: tuple[date, ...]) -> None:
        """A weekend that the notice counts in belongs to the holiday; of other days it only says what they are."""
        is_weekend = all(day.weekday() >= SATURDAY for day in days)
        if is_weekend and not self.explains:
            self.said.weekend += days
        else:
            self.said.again += days

    def _count(self) -> bool:
        if match := self._take(COUNT):
            self.said.totals.append(number(match["n"]))
        return match is not None

    def _loose_words(self) -> bool:
        """Take 与周末连休 and 不调休, and pass over a clause that arranges nothing (高速公路免费通行)."""
        if self._take(WITH_WEEKEND):
            self.has_weekend = True
            return True
        if self._take(NO_SHIFT):
            return True
        clause = CLAUSE.match(self.plain, self.at)
        if not clause or not self._clause_begins(self.at) or ARRANGES.search(clause[0]) or LIMITS.search(clause[0]):
            return False
        self.at = clause.end()
        return True

    def _clause_begins(self, at: int) -> bool:
        """Say whether a clause may begin here: at the head of the sentence or after a comma, not in mid-clause."""
        return at == self.begun or JOIN.match(self.plain, at - 1) is not None

    def _add_weekend(self) -> None:
        """Add the Saturdays and Sundays that touch the days off (与周末连休)."""
        self.said.weekend += adjoining_weekend(self.said.off)
        if not self.said.weekend and not any(day.weekday() >= SATURDAY for day in self.said.off):
            raise NoWeekendBeside(sentence=self.said.quote)


def adjoining_weekend(days: Iterable[date]) -> list[date]:
    """Return the weekend days that touch one of `days`, directly or through one another, and are none of them."""
    named = set(days)
    found: set[date] = set()
    for day in named:
        for step in (-ONE_DAY, ONE_DAY):
            beside = day + step
            while beside.weekday() >= SATURDAY and beside not in named:
                found.add(beside)
                beside += step
    return sorted(found)
