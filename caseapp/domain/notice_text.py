"""The text of a holiday notice as it is read: width and spaces made alike, every word traceable to the paste."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from caseapp.domain.errors import DomainError

CHINESE_DIGITS = "零一二三四五六七八九"
NUMBER = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
SENTENCE = re.compile(r"[^。.!]+[。.!]?")
LINE_BREAK = re.compile(r"\s*[\r\n\u2028\u2029]\s*")


class NoticeRefused(DomainError):
    """The notice is not taken, not even in part; `sentence` is what it stumbled over, in the words of the paste."""

    text = "放假通知没有采用：“{sentence}”。"
    field = "text"


class SentenceNotUnderstood(NoticeRefused):
    text = "通知中有读不懂的句子，全文没有采用：“{sentence}”"


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A stretch of the notice: `plain` is what the rules read, `quote` what the notice says."""

    plain: str
    places: tuple[int, ...]  # for every character of `plain` its place in `source`
    source: str

    def part(self, start: int, end: int | None = None) -> "Passage":
        """Return the passage from `start` to before `end`, both counted in `plain`."""
        return Passage(plain=self.plain[start:end], places=self.places[start:end], source=self.source)

    @property
    def quote(self) -> str:
        """The words as they were pasted, line breaks taken out."""
        if not self.places:
            return ""
        return LINE_BREAK.sub("", self.source[self.places[0] : self.places[-1] + 1])

    def sentences(self) -> Iterator["Passage"]:
        """Yield the sentences, each with its full stop."""
        for match in SENTENCE.finditer(self.plain):
            yield self.part(match.start(), match.end())


def as_passage(text: str) -> Passage:
    """Return the text with full-width forms made half-width and spaces, line breaks and invisible marks left out."""
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if unicodedata.category(character)[0] in "CZ":
            continue
        known = unicodedata.normalize("NFKC", character) + ("、" if character in CIRCLED else "")
        known = "".join(part for part in known if not part.isspace())
        plain.extend(known)
        places.extend([place] * len(known))
    return Passage(plain="".join(plain), places=tuple(places), source=text)


def number(words: str) -> int:
    """Return the number that `NUMBER` matches: in digits, or from 1 to 99 in Chinese (两, 十, 二十八)."""
    if words.isdigit():
        return int(words)
    tens, ten, ones = words.replace("两", "二").rpartition("十")
    return (CHINESE_DIGITS.index(tens or "一") * 10 if ten else 0) + (CHINESE_DIGITS.index(ones) if ones else 0)
