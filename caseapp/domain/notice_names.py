"""The holidays by their names, and how a notice's sections are headed (全国年节及纪念日放假办法)."""

import re

from caseapp.domain.notice_text import NUMBER, NoticeRefused

FESTIVALS = {
    "元旦": r"元旦节?|新年",
    "春节": r"春节",
    "清明节": r"清明节?",
    "劳动节": r"(?:五一)?(?:国际)?劳动节|“?五一”?(?=[假放、:]|$)",
    "端午节": r"端午节?",
    "中秋节": r"中秋节?",
    "国庆节": r"国庆节?",
}
# The holidays whose date the law fixes: a sentence about that day needs no name.
FIXED_DAYS = {(1, 1): "元旦", (5, 1): "劳动节", (9, 3): "抗战胜利纪念日", (10, 1): "国庆节"}
# Named in 2015 with its full title; the calendar calls it so.
OTHER_NAMES = {"抗战胜利纪念日": r"(?:中国人民)?抗日?战争?(?:暨世界反法西斯战争)?胜利(?:\d+周年)?纪念日"}
NAME_PATTERNS = {name: re.compile(pattern) for name, pattern in (FESTIVALS | OTHER_NAMES).items()}
NAMES = f"(?:{'|'.join(pattern.pattern for pattern in NAME_PATTERNS.values())})"

ORDINAL = rf"(?:{NUMBER}[、.]|\({NUMBER}\)、?)"
LISTED = rf"{NAMES}(?:(?:[、和及与]|以及)?{NAMES})*(?:\((?:含|包括|包含|和|与|及)?{NAMES}(?:、{NAMES})*\))?"
_PLAN = r"(?:放假|休假|假期|节日)?(?:调休)?(?:日期|时间)?(?:安排)?"
_DAY = r"(?=[自从]?(?:\d{4}年)?\d{1,2}月)"
HEADING = re.compile(
    rf"(?P<ordinal>{ORDINAL})?(?P<year>\d{{4}}年)?(?P<known>{LISTED}){_PLAN}:"
    rf"|(?P<ordinal2>{ORDINAL})(?P<year2>\d{{4}}年)?(?P<known2>{LISTED}){_PLAN}[,。—–-]{{0,2}}{_DAY}"
    rf"|(?<![^。])(?P<year3>\d{{4}}年)?(?P<known3>{LISTED}){_PLAN}{_DAY}"
    rf"|(?P<ordinal4>{ORDINAL})(?P<other4>[^。;:,.]{{2,40}}):{_DAY}"
    rf"|(?<![^。])(?P<other5>[^。;:,.、\d]{{1,40}}(?:节|日|假)):{_DAY}"
)


class WrongYear(NoticeRefused):
    text = "通知安排的是 {stated} 年，不是 {year} 年，全文没有采用：“{sentence}”"


def names_in(words: str) -> tuple[str, ...]:
    """Return the holidays named, by their usual names, each once, in the order of the text."""
    found = {name: match.start() for name, pattern in NAME_PATTERNS.items() if (match := pattern.search(words))}
    return tuple(sorted(found, key=found.__getitem__))
