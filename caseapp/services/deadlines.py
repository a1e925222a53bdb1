"""The due dates of a case: derived from its facts by one function, written by this service alone."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.deadlines import ExtensionGranted, Timeline, TwoClocks, two_clocks
from caseapp.domain.lifecycle import OPEN
from caseapp.domain.moments import local_date
from caseapp.domain.rulesets import RuleSet, by_id, statute_for
from caseapp.domain.urgency import Badge, badge
from caseapp.models import Case, Extension
from caseapp.services import installation, working_calendar


def local_standard(received_on: date) -> RuleSet:
    """Return the office's promise for a request received that day: its own, or an older statute."""
    own = by_id(installation.current().settings.local_rule_set)
    return own if own.is_valid_for(received_on) else statute_for(received_on)


def timeline(case: Case) -> Timeline:
    """Return the facts that move the period, in the order in which they happened."""
    granted = db.session.scalars(
        select(Extension).where(Extension.case_id == case.id, Extension.approved_on.is_not(None)).order_by(Extension.id)
    )
    events = tuple(
        ExtensionGranted(on=row.approved_on, days=row.working_days, notified_on=row.notified_on)
        for row in granted
        if row.approved_on is not None
    )
    return Timeline(received_on=case.received_on, events=events)


def clocks(case: Case, *, today: date, with_ledger: bool = True) -> TwoClocks:
    """Return both clocks of the case as they stand today, with the days behind each date."""
    return _clocks(case, timeline(case), today=today, with_ledger=with_ledger)


def _clocks(case: Case, facts: Timeline, *, today: date, with_ledger: bool) -> TwoClocks:
    return two_clocks(
        facts,
        local=by_id(case.local_rule_set),
        statute=by_id(case.statute),
        calendar=working_calendar.current(),
        as_of=today,
        with_ledger=with_ledger,
    )


def refresh(case: Case, *, at: datetime) -> None:
    """Write the due dates anew from the facts; the only place that writes them."""
    db.session.flush()
    both = clocks(case, today=local_date(at), with_ledger=False)
    case.counted_from = both.local.counted_from
    case.local_due_on = both.local.answer_due
    case.statutory_due_on = both.statutory.answer_due
    case.provisional = both.local.provisional or both.statutory.provisional
    case.urgency_on = case.local_due_on if case.status in OPEN else None


def set_first(case: Case, *, today: date) -> None:
    """Write the first due dates of a case that is being registered and has no other facts yet."""
    both = _clocks(case, Timeline(received_on=case.received_on, events=()), today=today, with_ledger=False)
    case.counted_from = both.local.counted_from
    case.local_due_on, case.statutory_due_on = both.local.answer_due, both.statutory.answer_due
    case.provisional = both.local.provisional or both.statutory.provisional
    case.urgency_on = case.local_due_on


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What an extension would do to both due dates, were it approved and told today."""

    local_before: date | None
    local_after: date | None
    statutory_after: date | None
    provisional: bool


def if_extended(case: Case, working_days: int, *, today: date) -> Moved:
    """Return the dates that an extension by so many working days would lead to, told today."""
    facts = timeline(case)
    asked = ExtensionGranted(on=today, days=working_days, notified_on=today)
    both = _clocks(case, replace(facts, events=(*facts.events, asked)), today=today, with_ledger=False)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def if_told(case: Case, *, today: date) -> Moved:
    """Return the dates that telling the applicant today of the approved extension would lead to (R20)."""
    facts = timeline(case)
    told = tuple(
        replace(event, notified_on=event.notified_on or today) if isinstance(event, ExtensionGranted) else event
        for event in facts.events
    )
    both = _clocks(case, replace(facts, events=told), today=today, with_ledger=False)
    return Moved(
        local_before=case.local_due_on,
        local_after=both.local.answer_due,
        statutory_after=both.statutory.answer_due,
        provisional=both.local.provisional,
    )


def badge_of(case: Case, *, today: date) -> Badge | None:
    """Return the deadline badge of an open case, `None` for a finished one."""
    return badges([case], today=today)[case.id]


def badges(cases: list[Case], *, today: date) -> dict[int, Badge | None]:
    """Return the deadline badge of each case by its id, reading the calendar once."""
    calendar = working_calendar.current()
    return {
        case.id: badge(case.urgency_on, today=today, calendar=calendar, provisional=case.provisional)
        if case.urgency_on
        else None
        for case in cases
    }
