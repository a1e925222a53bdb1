"""The working calendar: a notice is shown with what it changes before it is entered; days can be set by hand."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission
from caseapp.services import calendar_notices, working_calendar
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.calendar_forms import DayForm, NoticeForm, TakeBackForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/calendar")
@requires(Permission.ADMINISTER)
def calendar() -> ResponseReturnValue:
    return render_template(
        "admin/calendar.html",
        notices=calendar_notices.entered(),
        days=calendar_notices.by_hand(),
        announced_through=working_calendar.current().announced_through,
    )


@pages.route("/calendar/notice", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def enter_notice() -> ResponseReturnValue:
    """Show first what the notice changes; enter it only when the same text is confirmed."""
    form = NoticeForm(year=working_calendar.current().announced_through + 1)
    shown = None
    if form.validate_on_submit():
        try:
            if form.confirms:
                return _enter(form)
            shown = calendar_notices.preview(**form.notice, actor=current_actor(), today=clock.today())
            form.remember_shown()
        except DomainError as refusal:
            form.show(refusal)
    return render_template("admin/enter_notice.html", form=form, shown=shown)


def _enter(form: NoticeForm) -> ResponseReturnValue:
    notice = form.notice
    with transaction():
        moved = calendar_notices.enter(
            [notice["text"]], year=notice["year"], number=notice["number"], actor=current_actor(), at=clock.now()
        )
    flash(f"已录入。期限有变化的申请 {moved} 件，案件页和申请人的查询页都已说明。")
    return redirect(url_for(".calendar"))


@pages.route("/calendar/day", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def change_day() -> ResponseReturnValue:
    form = DayForm()
    if form.validate_on_submit():
        row = CalendarRow(
            day=form.day.data, is_working=form.is_working, reason=form.reason.data, source=form.source.data
        )
        try:
            with transaction():
                moved = calendar_notices.change_day(row, actor=current_actor(), at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已修改。期限有变化的申请 {moved} 件。")
            return redirect(url_for(".calendar"))
    return render_template("admin/change_day.html", form=form)


@pages.route("/calendar/day/take-back", methods=["POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def take_back_day() -> ResponseReturnValue:
    form = TakeBackForm()
    if form.validate_on_submit():
        with transaction():
            moved = calendar_notices.take_back(form.day.data, actor=current_actor(), at=clock.now())
        flash(f"已撤销。期限有变化的申请 {moved} 件。")
    else:
        flash("没有撤销：页面打开的时间较长，请再试一次。", "warning")
    return redirect(url_for(".calendar"))
