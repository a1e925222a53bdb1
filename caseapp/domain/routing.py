"""Which department gets which request, and why: 谁批准、谁公开；谁实施、谁公开；谁制作、谁公开.

What decides is the record that is asked for, not what the request is about: the approval of a school building lies with
the department that approves projects, its purchase papers with the one that watches over purchases. A suggestion always
says the words it rests on. It is `clear` when nobody else comes near; otherwise the window clerk decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.domain.routing_score import Asked, Evidence, Tally, tallies
from caseapp.domain.routing_table import OUTSIDE, TRIAGE, OutsideOrgan, RoutingTable, TableBroken
from caseapp.domain.routing_words import Place

__all__ = ["OUTSIDE", "TRIAGE", "Asked", "Candidate", "RoutingTable", "Suggestion", "TableBroken", "suggest"]

ENOUGH = 0.7  # below this, nothing is known
OUTSIDE_ENOUGH = 3.0  # "not ours" is proposed from this score on
CLEAR_FROM = 4.0  # a department is assigned at once from this score on …
CLEAR_SHARE = 0.6  # … when the next one reaches at most this share of it
MANY = 4  # records of so many departments …
MANY_SHARE = 0.5  # … each with at least this share of the first are a matter for several at once
SEVERAL = 3  # vague words decide, where so many departments …
SEVERAL_FROM = 2.0  # … reach this score …
SEVERAL_SHARE = 0.5  # … and the vague words this share of the first
CANDIDATES_SHOWN = 4
WORDS_SHOWN = 3

PLACE_NAMES = {Place.NUMBER: "文号", Place.TITLE: "标题"}
IN_DESCRIPTION = "描述"
OTHER = "other"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A department (or `outside`) that may be the right one; the reason is a Chinese sentence for the clerk."""

    department: str
    score: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Where a request should go: a department's code, `outside` or `triage`; `organ` is the organ outside, if known."""

    department: str
    field: str
    reason: str
    candidates: tuple[Candidate, ...]
    clear: bool
    organ: str = ""


def suggest(asked: Asked, table: RoutingTable) -> Suggestion:
    """Return the department for a request with the reason in words; never raises, whatever the text."""
    ranked = tallies(asked, table)
    named = [tally for tally in ranked if _is_named(tally)]
    candidates = tuple(_candidate(tally, asked, table) for tally in named[:CANDIDATES_SHOWN])
    if not named:
        return _triage("没有找到能说明由哪个部门负责的词语，请窗口人员判断。", candidates)
    if _is_vague(ranked, named):
        return _triage(f"{_quoted(_vagueness(ranked))}没有指明具体的信息，请窗口人员判断。", candidates)
    if _is_for_many(named):
        shown = "、".join(_name(tally.department, table) for tally in named[:CANDIDATES_SHOWN])
        return _triage(f"申请同时涉及{shown}，请窗口人员判断。", candidates)
    first = named[0]
    return Suggestion(
        department=first.department,
        field=first.field,
        reason=candidates[0].reason + _doubt(named, table),
        candidates=candidates,
        clear=_is_clear(named),
        organ=_organ_name(first, asked, table) if first.department == OUTSIDE else "",
    )


def _triage(reason: str, candidates: tuple[Candidate, ...]) -> Suggestion:
    return Suggestion(department=TRIAGE, field=OTHER, reason=reason, candidates=candidates, clear=False)


def _is_named(tally: Tally) -> bool:
    if tally.department == TRIAGE:
        return False
    return tally.score >= (OUTSIDE_ENOUGH if tally.department == OUTSIDE else ENOUGH)


def _vagueness(ranked: Sequence[Tally]) -> Tally:
    nothing = Tally(department=TRIAGE, score=0.0, evidence=())
    return next((tally for tally in ranked if tally.department == TRIAGE), nothing)


def _is_vague(ranked: Sequence[Tally], named: Sequence[Tally]) -> bool:
    """Whether vague words outweigh every department, or "everything" is asked about matters of several."""
    vagueness = _vagueness(ranked).score
    several = sum(tally.score >= SEVERAL_FROM for tally in named) >= SEVERAL
    return vagueness > named[0].score or (several and vagueness >= SEVERAL_SHARE * named[0].score)


def _is_for_many(named: Sequence[Tally]) -> bool:
    """Whether records of so many departments are asked for at once that none of them can answer alone."""
    asked = [tally for tally in named if tally.asks_for_a_record]
    return len(asked) >= MANY and asked[MANY - 1].score >= MANY_SHARE * named[0].score


def _is_clear(named: Sequence[Tally]) -> bool:
    first = named[0].score
    return first >= CLEAR_FROM and (len(named) == 1 or named[1].score <= CLEAR_SHARE * first)


def _doubt(named: Sequence[Tally], table: RoutingTable) -> str:
    if _is_clear(named):
        return ""
    others = [tally for tally in named[1:CANDIDATES_SHOWN] if tally.score > CLEAR_SHARE * named[0].score]
    if not others:
        return "依据不多，请窗口人员核对。"
    names = "、".join(_name(tally.department, table) for tally in others)
    return f"也可能由{names}负责，请窗口人员核对。"


def _candidate(tally: Tally, asked: Asked, table: RoutingTable) -> Candidate:
    return Candidate(department=tally.department, score=tally.score, reason=_reason(tally, asked, table))


def _reason(tally: Tally, asked: Asked, table: RoutingTable) -> str:
    if tally.department == OUTSIDE:
        organ = _organ_name(tally, asked, table) or "其他机关"
        return f"{_quoted(tally)}属于{organ}的职责，不属于本机关。"
    name = _name(tally.department, table)
    if tally.field == OTHER:
        return f"{_quoted(tally)}由{name}负责。"
    return f"{_quoted(tally)}属于{table.field_names[tally.field]}领域，由{name}负责。"


def _quoted(tally: Tally) -> str:
    """Return the weightiest words with the place where they stand: 标题中的“征地批文”、描述中的“勘测定界图”."""
    by_place: dict[str, list[str]] = {}
    for item in tally.evidence[:WORDS_SHOWN]:
        words = by_place.setdefault(_place_name(item), [])
        if item.written not in words:
            words.append(item.written)
    return "、".join(f"{place}中的" + "".join(f"“{word}”" for word in words) for place, words in by_place.items())


def _place_name(item: Evidence) -> str:
    return PLACE_NAMES.get(item.place, IN_DESCRIPTION)


def _name(department: str, table: RoutingTable) -> str:
    return "机关以外的单位" if department == OUTSIDE else table.department_names.get(department, department)


def _organ_name(tally: Tally, asked: Asked, table: RoutingTable) -> str:
    """Return the organ outside whose words the evidence holds most of; the whole text decides between equals."""
    text = asked.title + asked.description

    def matches(organ: OutsideOrgan) -> tuple[float, int]:
        weight = sum(item.weight for item in tally.evidence if any(word in item.written for word in organ.words))
        return weight, sum(word in text for word in organ.words)

    best = max(table.outside_organs, key=matches, default=None)
    return best.name if best is not None and matches(best)[0] > 0 else ""
