"""What the page of one case shows, read in a few bounded queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.deadlines import TwoClocks
from caseapp.domain.identity import masked_name
from caseapp.domain.permissions import Actor, Permission, is_granted
from caseapp.domain.urgency import Badge
from caseapp.models import Case, Department, Extension, Fee, Letter, ReasonsRequest, Reply, ReplyFile, Supplement
from caseapp.services import audit, cases, deadlines, duties, letters, next_acts, reply_files
from caseapp.services.consulted import Asked
from caseapp.services.duties import ShownDuty
from caseapp.services.next_acts import NextActs

OUTSIDE = "outside"

ShownCase = Case  # what pages for the staff are handed


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One case with everything its page shows."""

    case: Case
    applicant: str  # as everybody may read it
    sees_identity: bool
    may_work: bool
    badge: Badge | None
    clocks: TwoClocks
    acts: NextActs
    extension: Extension | None
    supplements: Sequence[Supplement]
    consultations: Sequence[Asked]
    fee: Fee | None
    reasons: ReasonsRequest | None
    reply: Reply | None
    reply_files: Sequence[ReplyFile]
    letters: list[Letter]
    duties: list[ShownDuty]
    history: list[audit.Entry]
    candidates: list[str]


def show(case_id: int, *, actor: Actor, today: date) -> CasePage:
    """Return what the actor may read of the case; raises `NotVisible`."""
    case = cases.get(case_id, actor=actor)
    standing = next_acts.standing(case, actor=actor, today=today)
    return CasePage(
        case=case,
        applicant=shown_name(case),
        sees_identity=is_granted(actor, Permission.SEE_IDENTITY, case),
        may_work=is_granted(actor, Permission.WORK_ON_CASE, case),
        badge=deadlines.badge_of(case, today=today),
        clocks=deadlines.clocks(case, today=today),
        acts=next_acts.next_acts(standing),
        extension=standing.extension,
        supplements=standing.supplements,
        consultations=standing.consultations,
        fee=standing.fee,
        reasons=standing.reasons,
        reply=standing.reply,
        reply_files=reply_files.of_case(case.id) if standing.reply else (),
        letters=letters.of_case(case.id),
        duties=duties.of_case(case.id, today=today),
        history=audit.history(case.id),
        candidates=[department.name for department in candidate_departments(case)],
    )


def shown_name(case: Case) -> str:
    """Return the applicant's name as lists show it: a person's masked, an organisation's in full."""
    applicant = case.applicant
    return applicant.name if applicant.kind.is_organisation else masked_name(applicant.name)


def candidate_departments(case: Case) -> list[Department]:
    """Return the departments that the routing rules thought of, best first."""
    codes = [code for code in case.candidates.split() if code != OUTSIDE]
    if not codes:
        return []
    found = db.session.scalars(select(Department).where(Department.code.in_(codes), Department.active))
    return sorted(found, key=lambda department: codes.index(department.code))
