"""The facts behind answers that not every case may be given: reasons, corrections, earlier answers (R35, R36)."""

from collections.abc import Iterator

from sqlalchemy import func, select

from caseapp.db import db
from caseapp.domain import reply_gates as rules
from caseapp.domain.letters import FieldValue
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.reply_content import ReplyContent
from caseapp.domain.reply_gates import EarlierAnswer
from caseapp.models import Applicant, Case, Letter, Supplement
from caseapp.services import reasons
from caseapp.services.letters import excerpt

MOST = 50  # earlier answers that the form offers
ANSWERS = frozenset(row.letter for row in OUTCOMES.values() if row.letter)


def letter_fields(case: Case, content: ReplyContent) -> dict[str, FieldValue]:
    """Return what the letter says of facts that the officer does not type; refuses where the case has not got them."""
    if content.outcome is Outcome.EXCESSIVE:
        return reasons.letter_fields(case.id)  # refused until reasons were asked for and judged (R36)
    if content.outcome is Outcome.UNCLEAR:
        rules.check_corrected(db.session.scalars(select(Supplement.status).where(Supplement.case_id == case.id)))
    if content.outcome is Outcome.REPEATED and content.earlier_case.strip():
        number = content.earlier_case.strip()
        found = next(_answers_before(case, number=number), None)
        earlier = rules.check_repeats(number, found, received_on=case.received_on)
        return {"earlier_number": earlier.letter_number, "earlier_on": earlier.dated_on}
    return {}


def earlier_answers(case: Case) -> list[EarlierAnswer]:
    """Return what the case's department has answered the same applicant in other cases, the newest first."""
    return list(_answers_before(case))


def _answers_before(case: Case, *, number: str | None = None) -> Iterator[EarlierAnswer]:
    """Yield the answers of the same organ to the same identity number; letters of other departments stay unseen."""
    answer = (
        select(func.max(Letter.id))
        .where(Letter.case_id == Case.id, Letter.kind.in_(ANSWERS), Letter.department_id == case.department_id)
        .correlate(Case)
        .scalar_subquery()
    )
    query = (
        select(Case, Letter)
        .join(Applicant, Applicant.case_id == Case.id)
        .join(Letter, Letter.id == answer)
        .where(
            Applicant.identity_digest == case.applicant.identity_digest,
            Case.status == Status.ANSWERED,
            Case.id != case.id,
        )
        .order_by(Case.id.desc())
        .limit(MOST)
    )
    if number is not None:
        query = query.where(Case.number == number)
    for earlier, letter in db.session.execute(query):
        assert earlier.outcome  # an answered case has both
        assert earlier.answered_on
        yield EarlierAnswer(
            case_number=earlier.number,
            title=earlier.title or excerpt(earlier.description),
            outcome=earlier.outcome,
            letter_number=letter.number,
            dated_on=letter.dated_on,
            answered_on=earlier.answered_on,
        )
