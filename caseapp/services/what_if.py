"""期限计算器: the periods of supposed facts, by the function that reckons those of real cases; nothing is written."""

from datetime import date

from caseapp.domain.rulesets import RuleSet, by_id
from caseapp.domain.what_if import Outlook, Standing, Supposed, outlook, problems, rules_for
from caseapp.models import Case
from caseapp.services import deadlines, working_calendar


def rule_sets(received_on: date, *, chosen: str) -> tuple[RuleSet, RuleSet]:
    """Return the promise and the statute, by the day of receipt unless a rule set is chosen; raises `NoStatute`."""
    own = by_id(chosen) if chosen else None
    return rules_for(received_on, local=deadlines.local_standard(received_on), chosen=own)


def of_nobody(received_on: date, supposed: Supposed, *, chosen: str) -> Outlook:
    """Return what the facts would lead to; raises `NoStatute` or `CalendarMissing`, or the first problem."""
    local, statute = rule_sets(received_on, chosen=chosen)
    standing = Standing(received_on=received_on)
    for problem in problems(supposed, standing):
        raise problem
    return outlook(standing, supposed, local=local, statute=statute, calendar=working_calendar.current())


def standing_of(case: Case) -> Standing:
    """Return what is true of the case already."""
    facts = deadlines.timeline(case)
    return Standing(received_on=facts.received_on, events=facts.events)


def of_case(case: Case, supposed: Supposed, *, today: date) -> Outlook:
    """Return what the supposed facts would make of the periods; raises `CalendarMissing`, or the first problem."""
    standing = standing_of(case)
    for problem in problems(supposed, standing):
        raise problem
    return outlook(
        standing,
        supposed,
        local=by_id(case.local_rule_set),
        statute=by_id(case.statute),
        calendar=working_calendar.current(),
        today=today,
    )
