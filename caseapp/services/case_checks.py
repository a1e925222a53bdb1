"""抽查: ended cases drawn at random, each at most once, and what the auditor found in them."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.oversight import (
    MOST_DRAWN,
    VERDICT_WORDS,
    CheckedAlready,
    NothingToDraw,
    Verdict,
    check_findings,
)
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.statistics import Period
from caseapp.models import Case, CaseCheck, Department
from caseapp.services import audit

MOST = 200
LOOKED_AT = 5_000  # of the newest ended cases: what a draw chooses from
ShownCheck = CaseCheck


def draw(how_many: int, period: Period, *, department: str, actor: Actor, at: datetime) -> int:
    """Draw ended cases of the period that were never drawn, with equal chances; return how many.

    Raises `NothingToDraw` where none is left. The draw of each stands in its history.
    """
    demand(actor, Permission.CHECK_CASES)
    query = (
        select(Case.id)
        .outerjoin(CaseCheck, CaseCheck.case_id == Case.id)
        .where(Case.reported_on.between(period.first, period.last), CaseCheck.case_id.is_(None))
    )
    if department:
        query = query.join(Department, Department.id == Case.department_id).where(Department.code == department)
    ids = list(db.session.scalars(query.order_by(Case.reported_on.desc(), Case.id.desc()).limit(LOOKED_AT)))
    if not ids:
        raise NothingToDraw()
    chosen = secrets.SystemRandom().sample(ids, min(how_many, MOST_DRAWN, len(ids)))
    cases = db.session.scalars(select(Case).where(Case.id.in_(chosen)).order_by(Case.id)).all()
    drawn = [case for case in cases if _is_first(CaseCheck(case_id=case.id, drawn_by_id=actor.id, drawn_at=at))]
    for case in drawn:
        audit.record(case, EventKind.CASE_DRAWN, actor=actor, at=at)
    return len(drawn)


def _is_first(check: CaseCheck) -> bool:
    """Keep the draw, unless somebody else has drawn the same case just now."""
    try:
        with db.session.begin_nested():
            db.session.add(check)
    except IntegrityError:
        return False
    return True


def record(case_id: int, *, verdict: Verdict, findings: str, actor: Actor, at: datetime) -> None:
    """Record what was found in a drawn case, once; raises `NotVisible`, `CheckedAlready` or `FindingsMissing`."""
    demand(actor, Permission.CHECK_CASES)
    row = db.session.get(CaseCheck, case_id, with_for_update={"of": CaseCheck}, populate_existing=True)
    if row is None:
        raise NotVisible()
    if row.verdict is not None:
        raise CheckedAlready()
    check_findings(verdict, findings)
    row.verdict, row.findings, row.checked_by_id, row.checked_at = verdict, findings, actor.id, at

    audit.record(row.case, EventKind.CASE_CHECKED, actor=actor, at=at, result=VERDICT_WORDS[verdict], summary=findings)


def of_case(case_id: int, *, actor: Actor) -> CaseCheck:
    """Return the check of a drawn case; raises `NotVisible` for one that was not drawn."""
    demand(actor, Permission.READ_REPORTS)
    row = db.session.scalar(_whole().where(CaseCheck.case_id == case_id))
    if row is None:
        raise NotVisible()
    return row


def listed(*, actor: Actor) -> tuple[Sequence[CaseCheck], Sequence[CaseCheck]]:
    """Return the drawn cases that are still to be looked at, and the newest of those that were."""
    demand(actor, Permission.CHECK_CASES)
    waiting = _whole().where(CaseCheck.verdict.is_(None)).order_by(CaseCheck.case_id)
    done = _whole().where(CaseCheck.verdict.is_not(None)).order_by(CaseCheck.case_id.desc())
    return db.session.scalars(waiting.limit(MOST)).all(), db.session.scalars(done.limit(MOST)).all()


def _whole() -> Select[CaseCheck]:
    return select(CaseCheck).options(
        joinedload(CaseCheck.case).joinedload(Case.department), joinedload(CaseCheck.checked_by)
    )
