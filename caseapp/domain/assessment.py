"""考核: a score for each department and year from what was counted, each point lost with its reason (art. 46).

Criteria are data: how many points there are, what is counted, and what each costs. No criterion falls below zero.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseapp.domain.errors import DomainError
from caseapp.domain.oversight import POINT_WORDS

OTHER_WORDS = {
    "checked_small": "抽查有瑕疵",
    "checked_faulty": "抽查有问题",
    "corrected": "复议、诉讼结果纠正",
}
WORDS: dict[str, str] = {**{point.value: words for point, words in POINT_WORDS.items()}, **OTHER_WORDS}
LARGEST_ADJUSTMENT = 20


class CriteriaBroken(DomainError):
    text = "考核标准第 {line} 项：{why}。"


class AdjustmentRefused(DomainError):
    text = "加减分应为 -{most} 至 {most} 的整数，不能是 0。"
    field = "points"


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """One criterion: the most points it gives, what is counted against it, and what each of these costs."""

    code: str
    words: str
    most: int
    counts: tuple[str, ...]
    each: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """The points of one criterion, and why they are not all of them."""

    criterion: Criterion
    points: int
    because: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """Points that a person gave or took, with the reason."""

    points: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """The score of one department: its marks, what a person adjusted, and the sum."""

    code: str
    name: str
    marks: tuple[Mark, ...]
    adjusted: tuple[Adjusted, ...] = ()

    @property
    def total(self) -> int:
        return sum(mark.points for mark in self.marks) + sum(one.points for one in self.adjusted)


def criteria(given: Any) -> tuple[Criterion, ...]:
    """Return the criteria of a file; raises `CriteriaBroken` naming the entry at fault."""
    if not isinstance(given, list) or not given:
        raise CriteriaBroken(line=0, why="没有考核标准")
    return tuple(_criterion(entry, line) for line, entry in enumerate(given, start=1))


def _criterion(entry: Any, line: int) -> Criterion:
    if not isinstance(entry, dict):
        raise CriteriaBroken(line=line, why="应为一个对象")
    numbers = [entry.get("most"), entry.get("each")]
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 < one <= 100 for one in numbers):
        raise CriteriaBroken(line=line, why="分值应为 1 至 100 的整数")
    counts = entry.get("counts")
    if not isinstance(counts, list) or not counts or not set(map(str, counts)) <= set(WORDS):
        raise CriteriaBroken(line=line, why=f"counts 应为 {'、'.join(WORDS)} 中的几项")
    if not entry.get("code") or not entry.get("words"):
        raise CriteriaBroken(line=line, why="没有代码或者名称")
    return Criterion(
        code=str(entry["code"]),
        words=str(entry["words"]),
        most=int(entry["most"]),
        counts=tuple(map(str, counts)),
        each=int(entry["each"]),
    )


def marks(found: Mapping[str, int], chosen: Iterable[Criterion]) -> tuple[Mark, ...]:
    """Return the mark of each criterion for what was counted, with the reason for every point lost."""
    return tuple(_mark(found, criterion) for criterion in chosen)


def _mark(found: Mapping[str, int], criterion: Criterion) -> Mark:
    lost = [(name, found.get(name, 0)) for name in criterion.counts if found.get(name, 0)]
    because = tuple(f"{WORDS[name]} {number}，每项扣 {criterion.each} 分" for name, number in lost)
    points = max(0, criterion.most - criterion.each * sum(number for _, number in lost))
    return Mark(criterion=criterion, points=points, because=because)


def ranked(scores: Sequence[Score]) -> list[Score]:
    """Return the scores, the highest first; equal ones keep the order of the departments."""
    return sorted(scores, key=lambda score: -score.total)


def check_adjustment(points: int) -> None:
    """Refuse an adjustment of nothing, or of more than twenty points."""
    if not 0 < abs(points) <= LARGEST_ADJUSTMENT:
        raise AdjustmentRefused(most=LARGEST_ADJUSTMENT)
