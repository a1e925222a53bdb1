"""办公日历: the days of a month, which of them count, and what falls due on each."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.calendar import CalendarMissing
from caseapp.domain.permissions import Permission
from caseapp.services import deadlines, due_calendar
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.case_rows import listed
from caseapp.web.kit.paging import begun_before

FIRST, LAST = 2008, 2045
WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")


@pages.route("/calendar")
@requires(Permission.USE_WORKBENCH)
def show_calendar() -> ResponseReturnValue:
    today = clock.today()
    month = _month(request.args.get("month", f"{today.year}-{today.month:02}"))
    before, after = _month_away(month, -1), _month_away(month, 1)
    try:
        weeks = due_calendar.weeks(month, actor=current_actor())
    except CalendarMissing:
        abort(404)
    return render_template(
        "casework/show_calendar.html",
        month=month,
        today=today,
        weeks=weeks,
        weekdays=WEEKDAYS,
        before=f"{before.year}-{before.month:02}",
        after=f"{after.year}-{after.month:02}",
    )


@pages.route("/calendar/<day>")
@requires(Permission.USE_WORKBENCH)
def list_due_cases(day: str) -> ResponseReturnValue:
    try:
        on = date.fromisoformat(day)
    except ValueError:
        abort(404)
    before = begun_before()
    page = due_calendar.due_on(on, before=before, actor=current_actor())
    next_url = url_for(".list_due_cases", day=day, before=page.next_before) if page.next_before else None
    return render_template(
        "casework/list_due_cases.html",
        on=on,
        rows=listed(page.cases, deadlines.badges(page.cases, today=clock.today())),
        next_url=next_url,
        first_url=url_for(".list_due_cases", day=day) if before else None,
    )


def _month(text: str) -> date:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(404)
    if not FIRST <= first.year < LAST:
        abort(404)
    return first


def _month_away(month: date, step: int) -> date:
    year, place = divmod(month.year * 12 + month.month - 1 + step, 12)
    return date(year, place + 1, 1)
