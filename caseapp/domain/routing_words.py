"""Reading a request for routing: which listed words stand in it, and whether it asks for them or only tells of them.

People tell their story before they ask, and the story is full of words that belong to other departments. So the
description is cut into clauses, and each is *asked*, *wondered* (a question), *told* or set *aside* ("教学的事我不问").
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

SENTENCE = re.compile(r"[^。！？!?；;\n]+[。！？!?；;\n]*")
CLAUSE = re.compile(r"[^，,：:]+[，,：:]*")
WANTS = re.compile(r"^(?:我们?|就|只|还|也|现)*要(?!是|不|么|说|求我|我|等|跑|收|下|装|建|修|拆|交)")
EITHER_OR = re.compile(r"(\w)[没不]\1")  # 批没批、合不合法
QUESTION_MARKS = ("?", "？")
CLAUSES_BEFORE_A_CLOSING_CUE = 2  # “…的验收单在哪，谁验的，也拿来看看”
WIDTH = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in "，：；！？"}
)


class Place(StrEnum):
    """Where a word stands; how much a word weighs there is in `routing_score.PLACE_WEIGHTS`."""

    NUMBER = "number"
    TITLE = "title"
    ASKED = "asked"
    WONDERED = "wondered"
    TOLD = "told"
    ASIDE = "aside"


class Cue(StrEnum):
    """Kinds of listed words that belong to no department but say how a clause is meant."""

    OPENS_ASK = "opens_ask"  # 请公开…: this clause and the rest of the sentence are asked
    CLOSES_ASK = "closes_ask"  # …给看看: this clause and the ones just before it are asked
    WONDERS = "wonders"  # 谁、多少、有没有
    SETS_ASIDE = "sets_aside"  # …我不问


@dataclass(frozen=True, kw_only=True)
class Found:
    """A listed word, as it is written in the request, and the place where it stands."""

    word: str
    written: str
    place: Place


def folded(text: str, spellings: Mapping[str, str]) -> str:
    """Return the text for comparing: half-width, lower case, misspellings mended; each character keeps its position."""
    text = text.translate(WIDTH)
    text = "".join(lower if len(lower := character.lower()) == 1 else character for character in text)
    for written, meant in spellings.items():
        text = text.replace(written, meant)
    return text


class WordList:
    """A set of words that finds its members in a text; of overlapping finds, one inside a longer one does not count."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def find(self, text: str) -> list[tuple[int, str]]:
        """Return position and word in order; where finds overlap the longest stands ("土地增值税" hides "土地")."""
        found = [(start, word) for start, word in self._everywhere(text)]
        taken: list[tuple[int, str]] = []
        for start, word in sorted(found, key=lambda find: (-len(find[1]), find[0])):
            if all(start + len(word) <= other or other + len(chosen) <= start for other, chosen in taken):
                taken.append((start, word))
        return sorted(taken)

    def in_text(self, text: str) -> bool:
        """Return whether any of the words stands in the text."""
        return next(self._everywhere(text), None) is not None

    def _everywhere(self, text: str) -> Iterator[tuple[int, str]]:
        for start, character in enumerate(text):
            for length in self._lengths.get(character, ()):
                word = text[start : start + length]
                if word in self._words:
                    yield start, word
                    break


def clauses(description: str, cues: Mapping[Cue, WordList]) -> list[tuple[int, str, Place]]:
    """Return the clauses of a folded description with their positions and places.

    Where nothing is asked in so many words, the questions are what is asked; without a question, everything is.
    """
    found = [clause for sentence in SENTENCE.finditer(description) for clause in _judged(sentence, cues)]
    places = {place for _, _, place in found}
    if Place.ASKED in places:
        return found
    promoted = Place.WONDERED if Place.WONDERED in places else Place.TOLD
    return [(start, text, Place.ASKED if place is promoted else place) for start, text, place in found]


def _judged(sentence: re.Match[str], cues: Mapping[Cue, WordList]) -> list[tuple[int, str, Place]]:
    parts = [(sentence.start() + clause.start(), clause.group()) for clause in CLAUSE.finditer(sentence.group())]
    places: list[Place] = []
    asking = False
    for _, text in parts:
        aside = cues[Cue.SETS_ASIDE].in_text(text)
        asking = asking or (not aside and (WANTS.match(text) is not None or cues[Cue.OPENS_ASK].in_text(text)))
        places.append(_place(text, asking=asking, aside=aside, cues=cues))
        if not aside and cues[Cue.CLOSES_ASK].in_text(text):
            first = max(0, len(places) - 1 - CLAUSES_BEFORE_A_CLOSING_CUE)
            places[first:] = [place if place is Place.ASIDE else Place.ASKED for place in places[first:]]
    return [(start, text, place) for (start, text), place in zip(parts, places, strict=True)]


def _place(text: str, *, asking: bool, aside: bool, cues: Mapping[Cue, WordList]) -> Place:
    if aside:
        return Place.ASIDE
    if asking:
        return Place.ASKED
    wondered = text.endswith(QUESTION_MARKS) or EITHER_OR.search(text) or cues[Cue.WONDERS].in_text(text)
    return Place.WONDERED if wondered else Place.TOLD
