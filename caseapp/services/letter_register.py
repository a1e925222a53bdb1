"""文号登记簿: every letter of a department and year by its number, and whether the series has a gap (R44)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.letters import LetterKind
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.models import Department, Letter
from caseapp.services.letter_series import name_of

PAGE = 25
ShownLetter = Letter


@dataclass(frozen=True, kw_only=True)
class Register:
    """One page of a series, the newest number first; `next_before` is where the next page begins."""

    department: Department
    year: int
    letters: Sequence[Letter]
    next_before: int | None
    count: int
    last: int

    @property
    def missing(self) -> int:
        """Return how many numbers up to the last one stand for no letter; a gap has to be explained."""
        return self.last - self.count


def page(
    department: str,
    *,
    year: int,
    before: int | None,
    actor: Actor,
    kind: LetterKind | None = None,
    size: int = PAGE,
) -> Register | None:
    """Return a page of the department's series, or of that of one `kind`, by key; `None` for an unknown department."""
    demand(actor, Permission.READ_REPORTS)
    found = db.session.scalar(select(Department).where(Department.code == department))
    if found is None:
        return None
    ours = Letter.department_id == found.id, Letter.series == name_of(found, kind), Letter.year == year
    query = select(Letter).where(*ours, Letter.serial < (before or LARGEST_ID)).order_by(Letter.serial.desc())
    rows = db.session.scalars(
        query.limit(size + 1).options(joinedload(Letter.delivery), joinedload(Letter.voided))
    ).all()
    count, last = db.session.execute(select(func.count(), func.max(Letter.serial)).where(*ours)).one()
    return Register(
        department=found,
        year=year,
        letters=rows[:size],
        next_before=rows[size - 1].serial if len(rows) > size else None,
        count=count,
        last=last or 0,
    )
