"""More time: proposed with the new date in sight, and the notice recorded once it has gone out (art. 33, para. 2)."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, deadlines, extensions
from caseapp.services.case_pages import ShownCase
from caseapp.services.deadlines import Moved
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import ExtensionForm, NoticeForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/extension", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def propose_extension(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.PROPOSE_EXTENSION):
        return back
    form = ExtensionForm(version=case.version)
    form.working_days.description = f"最多 {extensions.limit(case)} 个工作日，自原期限届满后起算，只能延长一次。"
    moved = None
    if form.validate_on_submit():
        confirmed = request.form.get("step") == "confirm" and form.was_shown
        if confirmed and done(form, case_id, partial(extensions.propose, **form.answers)):
            flash("已提交负责人审批。期限在负责人同意并告知申请人之后才会改变。")
            return redirect(url_for(".show_case", case_id=case_id))
        moved = _moved(case, form)
    return render_template("casework/propose_extension.html", case=case, form=form, moved=moved)


def _moved(case: ShownCase, form: ExtensionForm) -> Moved | None:
    """Return the dates that the proposal would lead to, to be read before it is confirmed."""
    try:
        moved = extensions.would_move(case, form.working_days.data, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown_days.data = form.working_days.data
    return moved


@pages.route(f"{ONE_CASE}/extension/notice", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def notify_extension(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DELIVERY)
    if back := turned_back(case, Action.NOTIFY_EXTENSION):
        return back
    form = NoticeForm(version=case.version, notified_on=clock.today())
    by_post = case.delivery_way is DeliveryWay.POST
    if not by_post:
        del form.tracking_number
    if form.validate_on_submit():
        posting = extensions.Posting(
            on=form.notified_on.data,
            tracking_number=form.tracking_number.data if by_post else "",
            confirmed_late=form.confirmed_late.data,
        )
        if done(form, case_id, partial(extensions.notify, posting=posting)):
            flash("已登记延期告知，答复期限已按规定重新计算。")
            return redirect(url_for(".show_case", case_id=case_id))
    return render_template(
        "casework/notify_extension.html",
        case=case,
        form=form,
        moved=deadlines.if_told(case, today=clock.today()),
        extension=extensions.latest(case.id),
    )
