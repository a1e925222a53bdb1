"""Suggestions for many requests at once: JSON lines in, JSON lines out, and how often the table is right."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from caseapp.domain.errors import DomainError
from caseapp.domain.routing import Asked, RoutingTable, Suggestion, suggest

TEXT_KEYS = ("title", "document_no", "description")
SHOWN_CHARACTERS = 60


class LineUnreadable(DomainError):
    text = "{why}"


@dataclass(frozen=True, kw_only=True)
class Measured:
    """How many labelled requests were met; a hit is the label or one of `also_possible`; a miss keeps the answer."""

    total: int
    hits: int
    misses: list[dict[str, Any]]

    @property
    def accuracy(self) -> float:
        """The share of hits, from 0 to 1; 0 where nothing was measured."""
        return self.hits / self.total if self.total else 0.0


def answer(lines: Iterable[str], *, table: RoutingTable) -> Iterator[dict[str, Any]]:
    """Yield for each line that is not blank its suggestion, or `line` (from 1) and `error` where it cannot be read."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = _row(line)
            yield _answered(row["id"], suggest(_asked(row), table))
        except LineUnreadable as refusal:
            yield {"line": number, "error": str(refusal)}


def measure(lines: Iterable[str], *, table: RoutingTable) -> Measured:
    """Return how often the first suggestion is right for labelled lines; raises `LineUnreadable` at a bad line."""
    total, misses = 0, []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        row = _labelled(line, number=number)
        suggestion = suggest(_asked(row), table)
        total += 1
        if suggestion.department not in {row["department"], *row["also_possible"]}:
            misses.append({**_answered(row["id"], suggestion), "expected": row["department"]})
    return Measured(total=total, hits=total - len(misses), misses=misses)


def _answered(case_id: str, suggestion: Suggestion) -> dict[str, Any]:
    candidates = [
        {"department": candidate.department, "score": candidate.score, "reason": candidate.reason}
        for candidate in suggestion.candidates
    ]
    return {
        "id": case_id,
        "department": suggestion.department,
        "field": suggestion.field,
        "reason": suggestion.reason,
        "candidates": candidates,
    }


def _row(line: str) -> Mapping[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise LineUnreadable(why="这一行不是 JSON。") from None
    if not isinstance(row, dict):
        raise LineUnreadable(why="这一行须是一个 JSON 对象。")
    if not isinstance(row.get("id"), str) or not row["id"]:
        raise LineUnreadable(why="缺少 id，id 须是文字。")
    for key in TEXT_KEYS:
        if not isinstance(row.get(key) or "", str):
            raise LineUnreadable(why=f"{key} 须是文字，您写的是 {_shown(row[key])}。")
    for key in ("id", *TEXT_KEYS):
        if not _is_whole(row.get(key) or ""):
            raise LineUnreadable(why=f"{key} 中有不是 UTF-8 的字符。")
    return row


def _asked(row: Mapping[str, Any]) -> Asked:
    return Asked(**{key: row.get(key) or "" for key in TEXT_KEYS})


def _labelled(line: str, *, number: int) -> dict[str, Any]:
    try:
        row = _row(line)
        if not isinstance(row.get("department"), str):
            raise LineUnreadable(why="缺少 department。")
        also_possible = row.get("also_possible", [])
        if not isinstance(also_possible, list) or not all(isinstance(code, str) for code in also_possible):
            raise LineUnreadable(why="also_possible 须是部门代码的列表。")
    except LineUnreadable as refusal:
        raise LineUnreadable(why=f"第 {number} 行：{refusal}") from None
    return {**row, "also_possible": also_possible}


def _is_whole(text: str) -> bool:
    """Return whether the text can be written again: half characters stand for bytes that were no UTF-8."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _shown(value: object) -> str:
    written = json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")
    return written if len(written) <= SHOWN_CHARACTERS else written[:SHOWN_CHARACTERS] + "…"
