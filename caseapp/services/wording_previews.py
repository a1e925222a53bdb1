"""What changed words would do: the last letters of the kind set with the old words and the new, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import FieldValue, LetterKind
from caseapp.domain.wording import ChangedLines, changed_lines
from caseapp.gateways.letter_words import LetterTemplate, LetterText, words_from
from caseapp.models import Case, Letter, Supplement
from caseapp.services import letter_samples, letters, wordings

COMPARED = 50


@dataclass(frozen=True, kw_only=True)
class Difference:
    """An issued letter that the new words would have made otherwise; the letter itself never changes."""

    number: str
    lines: ChangedLines


@dataclass(frozen=True, kw_only=True)
class Preview:
    """`shown` is the newest letter of the kind in the new words, or a sample where none has been issued."""

    shown: LetterText
    of_number: str
    compared: int
    differences: Sequence[Difference]


def preview(kind: LetterKind, typed: str, *, today: date) -> Preview:
    """Return what the typed template would make of the last 50 letters; raises what `wordings.check` raises."""
    new, old = wordings.check(kind, typed, today=today), wordings.current(kind)
    found = _last(kind)
    shown = words_from(new, letter_samples.facts(kind))
    differences, of_number = [], ""
    for place, (letter, fields) in enumerate(found):
        after = _set(new, fields)
        if place == 0 and isinstance(after, LetterText):
            shown, of_number = after, letter.number
        lines = changed_lines(_text(_set(old, fields)), _text(after))
        if lines:
            differences.append(Difference(number=letter.number, lines=lines))
    return Preview(shown=shown, of_number=of_number, compared=len(found), differences=differences)


def _last(kind: LetterKind) -> list[tuple[Letter, Mapping[str, FieldValue]]]:
    query = select(Letter, Case).join(Case, Case.id == Letter.case_id).where(Letter.kind == kind)
    query = query.order_by(Letter.id.desc()).limit(COMPARED)
    rows = db.session.execute(query.options(joinedload(Case.applicant), joinedload(Case.department))).all()
    taken = select(Supplement.case_id, func.max(Supplement.taken_on)).where(
        Supplement.case_id.in_({case.id for _, case in rows})
    )
    supplemented = {row[0]: row[1] for row in db.session.execute(taken.group_by(Supplement.case_id))}
    return [
        (letter, {**letters.fields_of(case, supplemented_on=supplemented.get(case.id)), **_stored(letter)})
        for letter, case in rows
    ]


def _stored(letter: Letter) -> dict[str, FieldValue]:
    return {name: value for name, value in letter.fields.items() if isinstance(value, str | int | None)}


def _set(template: LetterTemplate, fields: Mapping[str, FieldValue]) -> LetterText | str:
    """Return the letter, or why it could not be set with these facts."""
    try:
        return words_from(template, fields)
    except DomainError as refusal:
        return str(refusal)


def _text(made: LetterText | str) -> str:
    return made if isinstance(made, str) else f"{made.title}\n{made.text}"
