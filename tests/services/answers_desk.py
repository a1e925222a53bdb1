"""Leads cases to where each kind of answer may be given (art. 30, 35 to 39)."""

from dataclasses import replace
from datetime import date

from caseapp.db import transaction
from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from caseapp.domain.reply_content import ReplyContent
from caseapp.models import Case
from caseapp.services import supplements
from tests.makers import moment
from tests.services import excess_desk

RECEIVED, DAY = date(2026, 3, 2), date(2026, 3, 10)
LONG_BEFORE = date(2026, 1, 5)
GROUNDS = {Outcome.PARTIAL: Ground.THIRD_PARTY, Outcome.WITHHELD: Ground.DELIBERATION}


def ready(maker, outcome: Outcome) -> tuple[Case, ReplyContent]:
    """Return a case to which this answer may be given on `DAY`, and the complete answer."""
    content = maker.content(outcome, ground=GROUNDS.get(outcome))
    if outcome is Outcome.REPEATED:
        earlier = maker.issued(maker.case(received_on=LONG_BEFORE), on=LONG_BEFORE)
        content = replace(content, earlier_case=earlier.number)
    case = maker.case(received_on=RECEIVED)
    if outcome is Outcome.EXCESSIVE:
        case = excess_desk.found_unreasonable(maker, case, on=DAY)
    if outcome is Outcome.UNCLEAR:
        case = corrected(maker, maker.awaiting(case, on=date(2026, 3, 4)), on=date(2026, 3, 6))
    return case, content


def corrected(maker, case: Case, *, on: date) -> Case:
    """Let the applicant correct what he was asked to."""
    asked = supplements.latest(case.id)
    with transaction():
        supplements.take_online(case.id, asked.id, text="是去年的。", key="no-files-here", at=moment(on))
    return maker.again(case.id)
