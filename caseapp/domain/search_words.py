"""Words to search by: pairs of neighbouring letters, so that any two Chinese characters are found without a dictionary.

What is typed becomes pairs too, written as hexadecimal numbers: it never reaches a database as syntax.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from caseapp.domain.errors import DomainError

SHORTEST = 2
MOST_WORDS = 8
BREAK = "x"  # between two texts: no phrase reaches across it
AROUND = 24  # letters shown before and after the first hit


class QueryTooShort(DomainError):
    text = "请至少输入两个连续的字，例如“验收”。"
    field = "words"


class QueryTooLong(DomainError):
    text = "请把查找的词减少到 {most} 个以内。"
    field = "words"


@dataclass(frozen=True)
class Piece:
    """A piece of a text as pages show it, and whether it is what was looked for."""

    text: str
    hit: bool


def tokens(texts: Iterable[str]) -> str:
    """Return the pairs of these texts, in order, with blanks between them."""
    return f" {BREAK} ".join(" ".join(_pairs(_plain(text))) for text in texts)


def phrases(query: str) -> list[list[str]]:
    """Return the pairs of each word of the query, all of which must be found; raises `QueryTooShort` or `…TooLong`."""
    words = _words(query)
    if not words or any(len(word) < SHORTEST for word in words):
        raise QueryTooShort()
    if len(words) > MOST_WORDS:
        raise QueryTooLong(most=MOST_WORDS)
    return [_pairs(word) for word in words]


def marked(text: str, query: str) -> list[Piece]:
    """Return the text in pieces with every hit marked; a long one is shown from shortly before its first hit."""
    letters = list(_letters(text))
    plain = "".join(letter for letter, _ in letters)
    hit: set[int] = set()
    for word in _words(query):
        at = plain.find(word)
        while at >= 0:
            hit.update(range(letters[at][1], letters[at + len(word) - 1][1] + 1))
            at = plain.find(word, at + 1)
    begin = max(0, min(hit, default=0) - AROUND)
    end = min(len(text), begin + 4 * AROUND)
    pieces: list[Piece] = [Piece("……", False)] if begin else []
    for place in range(begin, end):
        is_hit = place in hit
        if pieces and pieces[-1].hit == is_hit:
            pieces[-1] = Piece(pieces[-1].text + text[place], is_hit)
        else:
            pieces.append(Piece(text[place], is_hit))
    return [*pieces, Piece("……", False)] if end < len(text) else pieces


def weight(query: str, texts: Iterable[tuple[str, int]]) -> int:
    """Return how much the texts are about the query: for each of its words the weight of the weightiest text with it.

    A text that is the word and nothing else counts twice: the case of that very title stands above those that quote it.
    """
    plain = [(_whole(text), weighs) for text, weighs in texts]
    found = ((weighs * (2 if text == word else 1) for text, weighs in plain if word in text) for word in _words(query))
    return sum(max(of_word, default=0) for of_word in found)


def pairs_of(text: str) -> frozenset[str]:
    """Return the pairs of neighbouring letters of a text, each once."""
    return frozenset(_pairs(_plain(text)))


def _words(query: str) -> list[str]:
    return [word for word in (_plain(part) for part in query.split()) if word]


def _plain(text: str) -> str:
    return "".join(letter for letter, _ in _letters(text))


def _whole(text: str) -> str:
    """Return what `_plain` does, in a tenth of the time, but for letters that are made of several signs."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _letters(text: str) -> Iterable[tuple[str, int]]:
    """Yield letters and digits, wide or narrow, large or small alike, each with its place; signs are passed over."""
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum():
                yield letter, place


def _pairs(plain: str) -> list[str]:
    return [f"x{ord(one):x}z{ord(other):x}" for one, other in pairwise(plain)]
