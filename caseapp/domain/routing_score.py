"""Weighing the words of a request for each department: a sum that a clerk can follow with a pencil.

Every word counts once, at its weightiest place: weight of the word × weight of the place. The weightiest word of a
department counts in full, each further one a little less, so that a long story does not outweigh a plain request.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseapp.domain.routing_table import Kind, RoutingTable, Term
from caseapp.domain.routing_words import Found, Place, clauses, folded

PLACE_WEIGHTS: Mapping[Place, float] = {
    Place.NUMBER: 1.0,
    Place.TITLE: 1.2,
    Place.ASKED: 1.0,
    Place.WONDERED: 0.7,
    Place.TOLD: 0.35,
    Place.ASIDE: 0.05,
}
ASKING_PLACES = frozenset({Place.NUMBER, Place.TITLE, Place.ASKED})
TELLING_PLACES = frozenset({Place.WONDERED, Place.TOLD})
NEXT_WORD_COUNTS = 0.8
MATTER_YIELDS = 0.5  # a matter counts so much where a record of another department is asked for
YIELDING = frozenset({Kind.MATTER, Kind.WORKS_TOPIC, Kind.VAGUE})
RECORD_FROM = 4.0  # a record is asked for from this weight on
TOPIC_FROM = 1.5  # works follow their topic from this weight on …
WORKS_LEFT = 0.4  # … and still count so much for the department they would belong to otherwise


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What routing reads of a request; every part may be empty."""

    title: str = ""
    document_no: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One word or number that speaks for a department, and how much."""

    department: str
    field: str
    kind: Kind
    written: str
    place: Place
    weight: float


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What speaks for one department, the weightiest first."""

    department: str
    score: float
    evidence: tuple[Evidence, ...]

    @property
    def asks_for_a_record(self) -> bool:
        """Whether a record that this department makes is asked for in so many words."""
        return any(
            item.kind is Kind.OBJECT and item.place in ASKING_PLACES and item.weight >= RECORD_FROM
            for item in self.evidence
        )

    @property
    def field(self) -> str:
        """The field for which the evidence weighs most; `other` where no word names one."""
        sums: dict[str, float] = {}
        for item in self.evidence:
            if item.field:
                sums[item.field] = sums.get(item.field, 0.0) + item.weight
        return max(sums, key=lambda field: sums[field], default="other")


def tallies(asked: Asked, table: RoutingTable) -> list[Tally]:
    """Return the departments for which something speaks, the highest score first; equals in the order of the plan."""
    by_department: dict[str, list[Evidence]] = {}
    for item in _matters_yield(_works_follow(list(_evidence(asked, table)))):
        by_department.setdefault(item.department, []).append(item)
    order = {code: position for position, code in enumerate(table.department_names)}
    found = [_tally(department, evidence) for department, evidence in by_department.items()]
    return sorted(found, key=lambda tally: (-tally.score, order.get(tally.department, len(order)), tally.department))


def _works_follow(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Papers of works belong to whoever watches over such works: 谁实施、谁公开."""
    topics = [item for item in evidence if item.kind is Kind.WORKS_TOPIC and item.weight >= TOPIC_FROM]
    if not topics:
        return list(evidence)
    owner = max(topics, key=lambda item: item.weight)
    followed: list[Evidence] = []
    for item in evidence:
        if item.kind is Kind.WORKS and item.department != owner.department:
            followed.append(replace(item, weight=item.weight * WORKS_LEFT))
            item = replace(item, department=owner.department, field=owner.field or item.field)
        followed.append(item)
    return followed


def _matters_yield(evidence: Sequence[Evidence]) -> list[Evidence]:
    """What is asked for decides, not what it is about: 谁制作、谁公开."""
    makers = {item.department for item in evidence if item.kind is Kind.OBJECT and item.weight >= RECORD_FROM}
    return [
        replace(item, weight=item.weight * MATTER_YIELDS)
        if item.kind in YIELDING and makers - {item.department}
        else item
        for item in evidence
    ]


def _evidence(asked: Asked, table: RoutingTable) -> Iterator[Evidence]:
    yield from _from_words(asked, table)
    yield from _from_numbers(asked, table)


def _tally(department: str, evidence: Sequence[Evidence]) -> Tally:
    ordered = tuple(sorted(evidence, key=lambda item: -item.weight))
    score = sum(item.weight * NEXT_WORD_COUNTS**position for position, item in enumerate(ordered))
    return Tally(department=department, score=round(score, 3), evidence=ordered)


def _from_words(asked: Asked, table: RoutingTable) -> Iterator[Evidence]:
    best: dict[str, Found] = {}
    for found in _found(asked, table):
        known = best.get(found.word)
        if known is None or PLACE_WEIGHTS[found.place] > PLACE_WEIGHTS[known.place]:
            best[found.word] = found
    if any(found.word in table.handling and found.place in ASKING_PLACES for found in best.values()):
        best = {word: _as_handler(found, table) for word, found in best.items()}
    for found in best.values():
        yield from (_from_row(row, found) for row in table.rows_by_term.get(found.word, ()))


def _as_handler(found: Found, table: RoutingTable) -> Found:
    """Where the papers of a complaint are asked for, the organ that took it counts in full, even if only told of."""
    names_an_organ = any(row.kind is Kind.HOLDER for row in table.rows_by_term.get(found.word, ()))
    return replace(found, place=Place.ASKED) if names_an_organ and found.place in TELLING_PLACES else found


def _from_row(row: Term, found: Found) -> Evidence:
    return Evidence(
        department=row.department_code,
        field=row.field_code,
        kind=row.kind,
        written=found.written,
        place=found.place,
        weight=row.weight * PLACE_WEIGHTS[found.place],
    )


def _found(asked: Asked, table: RoutingTable) -> Iterator[Found]:
    title = folded(asked.title, table.spellings)
    yield from _in_text(title, original=asked.title, offset=0, place=Place.TITLE, table=table)
    description = folded(asked.description, table.spellings)
    for offset, text, place in clauses(description, table.cues):
        yield from _in_text(text, original=asked.description, offset=offset, place=place, table=table)


def _in_text(text: str, *, original: str, offset: int, place: Place, table: RoutingTable) -> Iterable[Found]:
    for start, word in table.words.find(text):
        at = offset + start
        yield Found(word=word, written=original[at : at + len(word)], place=place)


def _from_numbers(asked: Asked, table: RoutingTable) -> Iterator[Evidence]:
    texts = ((asked.document_no.strip(), Place.NUMBER), (asked.title, Place.TITLE), (asked.description, Place.ASKED))
    for pattern in table.number_patterns:
        if not pattern.active:
            continue
        for text, place in texts:
            if match := pattern.expression.search(text):
                yield Evidence(
                    department=pattern.department_code,
                    field=pattern.field_code,
                    kind=Kind.OBJECT,
                    written=match.group(),
                    place=place,
                    weight=pattern.weight * min(1.0, PLACE_WEIGHTS[place]),
                )
                break
