"""What decisions of review bodies and courts ordered of a case: the facts that begin a period anew (decision 11)."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.dispute import check_not_set
from caseapp.domain.lifecycle import Action
from caseapp.domain.timeline import Reopened
from caseapp.models import Case, Dispute, Reopening

# Acts that would move a date, which no party may do to a period that a decision has set.
MOVES_THE_PERIOD = frozenset(
    {
        *(Action.PROPOSE_EXTENSION, Action.APPROVE_EXTENSION),
        *(Action.ASK_SUPPLEMENT, Action.PROPOSE_FEE, Action.APPROVE_FEE),
    }
)


def facts(case_ids: Sequence[int]) -> Iterator[tuple[int, Reopened]]:
    """Yield the reopenings of these cases as facts of their periods, each with the id of its case."""
    for row in db.session.scalars(_of(case_ids)):
        yield row.case_id, _fact(row)


def check_may_move(case: Case, action: Action) -> None:
    """Refuse an act that would move a period which a review body or a court has set."""
    if action in MOVES_THE_PERIOD:
        check_rows(db.session.scalars(_of([case.id])).all())


def check_disputes(disputes: Sequence[Dispute]) -> None:
    """Refuse the same from the disputes of a case, read before."""
    check_rows([dispute.reopening for dispute in disputes if dispute.reopening])


def check_rows(rows: Sequence[Reopening]) -> None:
    """Refuse where the newest of these rows sets a period."""
    if rows and _fact(rows[-1]).sets_period:
        check_not_set(decision=rows[-1].dispute.kind.decision)


def last(case_id: int) -> Reopened | None:
    """Return the newest reopening of the case as a fact of its period, `None` where there is none."""
    found = [_fact(row) for row in db.session.scalars(_of([case_id]))]
    return found[-1] if found else None


def _of(case_ids: Sequence[int]) -> Select[Reopening]:
    query = select(Reopening).where(Reopening.case_id.in_(case_ids)).order_by(Reopening.effective_on, Reopening.id)
    return query.options(joinedload(Reopening.dispute))


def _fact(row: Reopening) -> Reopened:
    return Reopened(
        on=row.effective_on,
        working_days=row.working_days,
        answer_by=row.answer_by,
        by=f"{row.dispute.body}{'行政复议决定' if row.dispute.kind.is_review else '裁判'}",
    )
