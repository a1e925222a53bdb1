"""How a holiday notice is built: an opening, then one section for each holiday, each with its sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from caseapp.domain.notice_names import HEADING, WrongYear, names_in
from caseapp.domain.notice_text import NoticeRefused, Passage, SentenceNotUnderstood, number

EXCERPT = 40
# The words that end the opening. What stands before them (since 2025 the general rules as well) arranges no day.
OPENING_ENDS = re.compile(r"(?:(?:通知|安排|调整|放假|公告)如下|如下(?:安排|调休|调整|通知|放假))[:。,.]?")
TITLE = re.compile(r"关于[^。]*?(?:通知|公告)")
WITHOUT_OPENING = re.compile(
    r"[^。]*?关于[^。]*?的(?:紧急)?(?:通知|公告)(?:[^。]{0,12}〔\d{4}〕\d+号)?(?:各[^。:]{2,60}:)?"
)
TITLE_YEAR = re.compile(
    r"关于(?:做好|调整|延长|安排|公布|印发)?(?P<title>\d{4})年[^。]{0,40}?(?:通知|公告)|现将(?:调整|延长)?(?P<now>\d{4})年"
    r"|(?P<plan>\d{4})年[^\d。,:、《》]{0,20}?(?:节假日|放假|假期|调休)"
)
FREE_OR_WORKED = re.compile(r"\d{1,2}[日号](?:\([^()]*\))?(?:放假|上班|补休|调休)")
_CHINESE = "[○〇零一二三四五六七八九十]"
_SIGNED_ON = rf"(?:\d{{4}}年)?\d{{1,2}}月\d{{1,2}}日|{_CHINESE}{{4}}年{_CHINESE}{{1,2}}月{_CHINESE}{{1,3}}日"
SIGNATURE = re.compile(
    rf"(?:国务院(?:办公厅)?|(?:成文|发布|印发)(?:日期|时间):)(?:{_SIGNED_ON})(?:印发)?"
    r"(?!\((?:星期|周|农历)|[至到~\-—、,起放上调补休])"
    r"|(?<=。)(?:[^\d。,:]{0,24}(?:办公厅|办公室|政府|委员会|局))?\d{4}年\d{1,2}月\d{1,2}日(?:印发)?(?:\(此件公开发布\))?$"
)


class HolidayUnnamed(NoticeRefused):
    text = "通知没有写明这是哪个节日的安排，全文没有采用：“{sentence}”"


class HolidayRepeated(NoticeRefused):
    text = "{name}在通知中安排了两次，全文没有采用：“{sentence}”"


class OrderBroken(NoticeRefused):
    text = "通知的序号不连续，可能没有粘贴完整，全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class Section:
    """The arrangement of one holiday: its names (none where only the sentence names it) and its words."""

    names: tuple[str, ...]
    words: Passage
    heading_length: int

    def sentences(self) -> Iterator[tuple[Passage, int]]:
        """Yield every sentence with the place where it begins to be read: the first one carries the heading."""
        body = self.words.part(self.heading_length)
        for place, sentence in enumerate(body.sentences()):
            if place:
                yield sentence, 0
            else:
                yield self.words.part(0, self.heading_length + len(sentence.plain)), self.heading_length


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A notice taken apart: `opening` is the title and what leads up to the arrangements."""

    opening: Passage
    sections: tuple[Section, ...]

    @property
    def announced(self) -> Passage:
        """The sentence that ends the opening and lists what is arranged (现将…通知如下), or nothing."""
        return _announced(self.opening)


def take_apart(text: Passage, *, year: int) -> Layout:
    """Return the opening and the sections of the notice.

    Raises `WrongYear` where the title or a heading names another year, `HolidayUnnamed`, `OrderBroken`.
    """
    headings = list(HEADING.finditer(text.plain))
    start = _opening_end(text, headings)
    headings = [heading for heading in headings if heading.start() >= start]
    ends = [heading.start() for heading in headings] + [len(text.plain)]
    opening = text.part(0, start)
    _check_year(opening, headings, text, year)
    _check_headings(headings, text)
    lead = [_section(text, start, ends[0], start, () if headings else _title_names(opening))]
    rest = [
        _section(text, heading.start(), end, heading.end(), _heading_names(heading))
        for heading, (_, end) in zip(headings, pairwise(ends), strict=True)
    ]
    return Layout(opening=opening, sections=tuple(lead + rest))


def excerpt(text: Passage) -> str:
    """Return the first words of the notice, to be quoted where no sentence is to blame."""
    return text.part(0, EXCERPT).quote


def _opening_end(text: Passage, headings: list[re.Match[str]]) -> int:
    marker = OPENING_ENDS.search(text.plain)
    if marker and (not headings or marker.end() <= headings[0].start()):
        return marker.end()
    if not headings:
        title = WITHOUT_OPENING.match(text.plain)
        return title.end() if title else 0
    for sentence in text.part(0, headings[0].start()).sentences():
        if FREE_OR_WORKED.search(sentence.plain):
            raise SentenceNotUnderstood(sentence=sentence.quote)
    return headings[0].start()


def _section(text: Passage, start: int, end: int, body: int, names: tuple[str, ...]) -> Section:
    signature = SIGNATURE.search(text.plain, body, end)
    words = text.part(start, end)
    if signature:
        cut, resumed = signature.start() - start, signature.end() - start
        words = Passage(
            plain=words.plain[:cut] + "。" + words.plain[resumed:],
            places=words.places[:cut] + words.places[cut : cut + 1] + words.places[resumed:],
            source=words.source,
        )
    return Section(names=names, words=words, heading_length=body - start)


def _heading_names(heading: re.Match[str]) -> tuple[str, ...]:
    known = heading["known"] or heading["known2"] or heading["known3"]
    return names_in(known) if known else (heading["other4"] or heading["other5"],)


def _title_names(opening: Passage) -> tuple[str, ...]:
    """Return the holidays that the title is about: 关于调整2019年劳动节假期安排的通知 heads no section."""
    title = TITLE.search(opening.plain)
    return (names_in(title[0]) if title else ()) or names_in(_announced(opening).plain)


def _announced(opening: Passage) -> Passage:
    end = OPENING_ENDS.search(opening.plain)
    if not end:
        return opening.part(0, 0)
    return opening.part(max(opening.plain.rfind(mark, 0, end.start()) for mark in "。:") + 1)


def _check_year(opening: Passage, headings: list[re.Match[str]], text: Passage, year: int) -> None:
    for match in TITLE_YEAR.finditer(opening.plain):
        stated = match["title"] or match["now"] or match["plan"]
        if int(stated) != year:
            raise WrongYear(stated=stated, year=year, sentence=opening.part(match.start(), match.end()).quote)
    for heading in headings:
        stated = heading["year"] or heading["year2"] or heading["year3"]
        if stated and int(stated[:-1]) != year:
            raise WrongYear(stated=stated[:-1], year=year, sentence=_first_sentence(text, heading))


def _check_headings(headings: list[re.Match[str]], text: Passage) -> None:
    """Refuse a holiday that is headed twice, and a gap between numbered headings: one is missing or not recognised."""
    seen: set[str] = set()
    last = 0
    for heading in headings:
        sentence = _first_sentence(text, heading)
        if repeated := seen.intersection(_heading_names(heading)):
            raise HolidayRepeated(name="、".join(repeated), sentence=sentence)
        seen.update(_heading_names(heading))
        if ordinal := heading["ordinal"] or heading["ordinal2"] or heading["ordinal4"]:
            place = number(re.sub(r"[^\d一二三四五六七八九十]", "", ordinal))
            if last and place != last + 1:
                raise OrderBroken(sentence=sentence)
            last = place


def _first_sentence(text: Passage, heading: re.Match[str]) -> str:
    end = text.plain.find("。", heading.end())
    return text.part(heading.start(), end + 1 if end > 0 else None).quote
