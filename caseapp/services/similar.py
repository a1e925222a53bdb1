"""Requests like this one, among the newest of its department: side by side, for a person to judge (36(六), 44)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.permissions import Actor
from caseapp.domain.similarity import LIKE, likeness, traits
from caseapp.models import Applicant, Case
from caseapp.services import cases

LOOKED_AT = 400  # the newest cases of the department: a bound, whatever the office has
MOST = 10


@dataclass(frozen=True, kw_only=True)
class Similar:
    """One request that is like the one looked at: how much of both is shared, in percent."""

    id: int
    number: str
    title: str
    description: str
    received_on: date
    outcome: str
    percent: int
    same_applicant: bool


def of_case(case_id: int, *, actor: Actor) -> list[Similar]:
    """Return the requests most like this one to who may read it, the most alike first; raises `NotVisible`."""
    case = cases.get(case_id, actor=actor)
    own, identity = traits(case.title, case.description), case.applicant.identity_digest
    query = (
        select(Case.id, Case.number, Case.title, Case.description, Case.received_on, Case.outcome)
        .add_columns(Applicant.identity_digest)
        .join(Applicant, Applicant.case_id == Case.id)
        .where(Case.department_id == case.department_id, Case.id != case.id)
        .order_by(Case.department_id.desc(), Case.id.desc())
        .limit(LOOKED_AT)
    )
    found = []
    for row in db.session.execute(query):
        share = likeness(own, traits(row.title, row.description))
        if share >= LIKE:
            found.append(_similar(row, share, same_applicant=row.identity_digest == identity))
    return sorted(found, key=lambda one: (-one.percent, -one.id))[:MOST]


def _similar(row: Any, share: float, *, same_applicant: bool) -> Similar:
    return Similar(
        id=row.id,
        number=row.number,
        title=row.title,
        description=row.description,
        received_on=row.received_on,
        outcome=OUTCOMES[Outcome(row.outcome)].label if row.outcome else "",
        percent=round(share * 100),
        same_applicant=same_applicant,
    )
