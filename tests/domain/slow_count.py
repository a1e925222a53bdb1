"""The periods counted a second time, day by day as on a wall calendar; shares no code with the rules under test."""

from datetime import date, timedelta

from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    ExtensionGranted,
    FeeNoticed,
    FeePaid,
    Reopened,
    SupplementReceived,
    SupplementRequested,
)


def slow_is_working_day(day: date, calendar) -> bool:
    if day in calendar.make_up_days:
        return True
    return day.isoweekday() <= 5 and day not in calendar.days_off


def slow_nth(after: date, n: int, calendar, left_out=lambda day: False) -> date:
    day = after
    while n > 0:
        day += timedelta(days=1)
        if slow_is_working_day(day, calendar) and not left_out(day):
            n -= 1
    return day


def slow_answer(received_on, events, *, rule_set, calendar, as_of):
    """Return state, answer due date, consultation due date and violations by replaying the facts in order."""
    known = sorted(
        (event for event in events if event.on <= as_of),
        key=lambda event: (event.on, isinstance(event, ExtensionGranted), isinstance(event, Reopened)),
    )
    spans, consultation_dues, any_open = _spans(known, rule_set, calendar, as_of)

    def left_out(day):
        return any(opened < day <= closed for opened, closed in spans)

    corrections = [event.on for event in known if isinstance(event, SupplementReceived)]
    payments = [event.on for event in known if isinstance(event, FeePaid)]
    decisions = [event for event in known if isinstance(event, Reopened)]
    orders = [event for event in decisions if event.working_days or event.answer_by]
    restarts = corrections + payments + [event.on for event in decisions]
    violations, extended, start = [], 0, received_on
    for event in known:
        if isinstance(event, (SupplementReceived, FeePaid, Reopened)):
            start, extended = event.on, 0
        elif isinstance(event, ExtensionGranted):
            ended_on = min([day for day in restarts if day > start] + [as_of])
            first_due = slow_nth(start, rule_set.answer_days, calendar, left_out)
            told = event.notified_on is not None and event.notified_on <= ended_on
            if start in [order.on for order in orders]:
                violations.append("extension_of_set_period")
            elif extended:
                violations.append("extension_repeated")
            elif event.on > first_due:
                violations.append("extension_after_due")
            elif event.days > rule_set.extension_days:
                violations.append("extension_too_long")
            elif told and event.notified_on <= first_due:
                extended = event.days
            elif told:
                violations.append("extension_notified_after_due")
            elif ended_on > first_due:
                violations.append("extension_not_notified")

    if decisions and decisions[-1] in orders:
        order = decisions[-1]
        due = order.answer_by or slow_nth(order.on, order.working_days, calendar)
        return "running", due, max(consultation_dues, default=None), violations
    overtaken = [event.on for event in decisions]

    def is_overtaken(question):
        return any(day > question.on for day in overtaken)

    asked = [event for event in known if isinstance(event, SupplementRequested)]
    awaited = asked and not [day for day in corrections if day >= asked[-1].on] and not is_overtaken(asked[-1])
    if awaited:
        state = "awaiting_supplement" if as_of <= asked[-1].reply_by else "supplement_overdue"
        return state, None, max(consultation_dues, default=None), violations
    noticed = [event for event in known if isinstance(event, FeeNoticed)]
    paid = noticed and [day for day in payments if day >= noticed[-1].on]
    if noticed and not paid and not is_overtaken(noticed[-1]):
        late = noticed[-1].pay_by is not None and as_of > noticed[-1].pay_by
        return "payment_overdue" if late else "awaiting_payment", None, max(consultation_dues, default=None), violations
    due = slow_nth(start, rule_set.answer_days + extended, calendar, left_out)
    return "suspended" if any_open else "running", due, max(consultation_dues, default=None), violations


def _spans(known, rule_set, calendar, as_of):
    spans, dues, any_open = [], [], False
    for event in known:
        if not isinstance(event, ConsultationOpened):
            continue
        delivered = event.delivered_on
        if delivered is None or delivered > as_of:
            delivered = event.on
        due = slow_nth(delivered, rule_set.consultation_days, calendar)
        replies = [e.on for e in known if isinstance(e, ConsultationClosed) and e.ref == event.ref]
        spans.append((event.on, min([*replies, due])))
        if not replies:
            dues.append(due)
            any_open = any_open or as_of <= due
    return spans, dues, any_open
