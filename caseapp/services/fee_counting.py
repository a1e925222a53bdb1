"""How many items an applicant has asked for in a calendar month, over the whole organ (fee measure, art. 4; R50)."""

from datetime import date, timedelta

from sqlalchemy import and_, case, func, or_, select

from caseapp.db import db
from caseapp.domain.fee import GONE
from caseapp.domain.fee_schedule import FeeBasis
from caseapp.models import Applicant, Case, Fee


def earlier_items(asked: Case) -> int:
    """Return the items of the same applicant received in the same calendar month before this case.

    The same applicant is the same identity number. A request counts as one item, or as many as its own fee was for.
    """
    first, after = _month_of(asked.received_on)
    itemised = and_(Fee.case_id == Case.id, Fee.basis == FeeBasis.BY_ITEM, Fee.status.not_in(GONE))
    query = (
        select(func.coalesce(func.sum(case((Fee.id.is_not(None), Fee.quantity), else_=1)), 0))
        .select_from(Case)
        .join(Applicant, Applicant.case_id == Case.id)
        .outerjoin(Fee, itemised)
        .where(
            Applicant.identity_digest == asked.applicant.identity_digest,
            Case.received_on >= first,
            Case.received_on < after,
            or_(
                Case.received_on < asked.received_on,
                and_(Case.received_on == asked.received_on, Case.id < asked.id),
            ),
        )
    )
    return int(db.session.scalar(query) or 0)


def _month_of(day: date) -> tuple[date, date]:
    """Return the first day of the month, and the first day after it."""
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1)
