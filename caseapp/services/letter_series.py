"""Which counter and which pattern a letter is numbered by: its department's, or one of its kind alone (R44)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.department_facts import check_kind_pattern
from caseapp.domain.events import EventKind
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.moments import local_date
from caseapp.domain.numbering import Numbered, NumberTaken, check_series_differ, letter_number
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import Department, Letter, LetterSeries, Series
from caseapp.services import audit, routing_table


@dataclass(frozen=True, kw_only=True)
class Counted:
    """The name of a counter and the pattern of its numbers."""

    name: str
    pattern: str


def of_letter(department: Department, kind: LetterKind) -> Counted:
    """Return the series that a letter of this kind takes its number from."""
    own = db.session.get(LetterSeries, (department.id, kind))
    if own is None:
        return Counted(name=name_of(department), pattern=department.number_pattern)
    return Counted(name=name_of(department, kind), pattern=own.pattern)


def name_of(department: Department, kind: LetterKind | None = None) -> str:
    """Return the name of the department's counter, or of the one that it keeps for this kind."""
    return f"letters {department.code} {kind.value}" if kind else f"letters {department.code}"


def of_department(department_id: int) -> Sequence[LetterSeries]:
    """Return the kinds that the department numbers apart, in the order of their names."""
    query = select(LetterSeries).where(LetterSeries.department_id == department_id).order_by(LetterSeries.kind)
    return db.session.scalars(query).all()


def every() -> dict[tuple[int, LetterKind | None], Numbered]:
    """Return all series of the office by department and kind, those without a kind first."""
    departments = {row.id: row for row in db.session.scalars(select(Department).order_by(Department.id))}
    found: dict[tuple[int, LetterKind | None], Numbered] = {
        (row.id, None): Numbered(name=row.name, pattern=row.number_pattern, prefix=row.letter_prefix)
        for row in departments.values()
    }
    for own in db.session.scalars(select(LetterSeries).order_by(LetterSeries.department_id, LetterSeries.kind)):
        row = departments[own.department_id]
        name = f"{row.name}的{LETTERS[own.kind].label}"
        found[own.department_id, own.kind] = Numbered(name=name, pattern=own.pattern, prefix=row.letter_prefix)
    return found


def set_pattern(department_id: int, kind: LetterKind, *, pattern: str, actor: Actor, at: datetime) -> None:
    """Number this kind apart by `pattern`, or with "" together with the department's other letters again.

    Raises at the field `pattern` what is wrong with it. Letters already issued keep their numbers; a counter that was
    left goes on where it stood when it is taken up again.
    """
    demand(actor, Permission.ADMINISTER)
    routing_table.renew()  # edits of departments queue here, so that two cannot take the same form
    department = db.session.get_one(Department, department_id)
    own = db.session.get(LetterSeries, (department_id, kind))
    was = own.pattern if own else ""
    if pattern:
        _check(department, kind, pattern, year=local_date(at).year)
    if own and not pattern:
        db.session.delete(own)
    elif own:
        own.pattern = pattern
    elif pattern:
        db.session.add(LetterSeries(department_id=department_id, kind=kind, pattern=pattern))
    audit.record(
        None,
        EventKind.DEPARTMENT_CHANGED,
        actor=actor,
        at=at,
        setting=f"“{department.name}”的{LETTERS[kind].label}的文号格式",
        department_id=department_id,
        was={"pattern": was},
        now={"pattern": pattern},
    )


def _check(department: Department, kind: LetterKind, pattern: str, *, year: int) -> None:
    """Refuse a pattern that is malformed, could write another series' number, or begins at one that is taken (R44)."""
    check_kind_pattern(pattern, prefix=department.letter_prefix)
    mine = Numbered(name="", pattern=pattern, prefix=department.letter_prefix)
    check_series_differ(mine, (one for key, one in every().items() if key != (department.id, kind)))
    last = db.session.get(Series, (name_of(department, kind), year))
    following = letter_number(
        pattern, prefix=department.letter_prefix, year=year, serial=(last.last if last else 0) + 1
    )
    if db.session.scalar(select(Letter.id).where(Letter.number == following)) is not None:
        raise NumberTaken(number=following)
