"""补正: asked with the letter in sight, its posting and its answer recorded, ended where nothing comes (art. 30)."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, deadlines, supplements
from caseapp.services.case_pages import ShownCase
from caseapp.services.deadlines import Moved
from caseapp.services.replies import Handover
from caseapp.web.casework import supplement_words
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import DeliveryForm
from caseapp.web.casework.supplement_forms import LapseForm, SupplementForm, TakenForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/supplement", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def ask_supplement(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.ASK_SUPPLEMENT):
        return back
    today = clock.today()
    form = SupplementForm(version=case.version, reply_by=supplements.usual_reply_by(today=today))
    form.override.description = supplements.why_override(case, today=today)
    if not form.override.description:
        del form.override
    letter = None
    if form.validate_on_submit():
        confirmed = request.form.get("step") == "confirm" and form.was_shown
        if confirmed and done(form, case_id, partial(supplements.ask, notice=form.notice)):
            flash("已签发补正告知书，答复期限暂停计算，收到补正后重新计算。")
            return redirect(url_for(".show_case", case_id=case_id))
        letter = _letter(case, form)
    due = supplements.notice_due(case, today=today)
    return render_template("casework/ask_supplement.html", case=case, form=form, letter=letter, notice_due=due)


def _letter(case: ShownCase, form: SupplementForm) -> OfficialDocument | None:
    """Return the letter as it would go out, to be read before it is sent."""
    try:
        supplements.judge(case, form.notice, today=clock.today())
        letter = supplements.preview(case, form.notice, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.digest
    return letter


@pages.route(f"{ONE_CASE}/supplement/notice", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def notify_supplement(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DELIVERY)
    if back := turned_back(case, Action.NOTIFY_SUPPLEMENT):
        return back
    form = DeliveryForm(version=case.version, on=clock.today())
    by_post = case.delivery_way is DeliveryWay.POST
    form.on.label.text = "寄出日期" if by_post else "领取日期"
    if not by_post:
        del form.tracking_number
    if form.validate_on_submit():
        handover = Handover(on=form.on.data, tracking_number=form.tracking_number.data if by_post else "")
        if done(form, case_id, partial(supplements.notify, handover=handover)):
            flash("已登记补正告知书送达。")
            return redirect(url_for(".show_case", case_id=case_id))
    return render_template(
        "casework/notify_supplement.html", case=case, form=form, supplement=supplements.latest(case.id)
    )


@pages.route(f"{ONE_CASE}/supplement/answer", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
@checks_its_own_token
def take_supplement(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_PAPERS)
    if back := turned_back(case, Action.TAKE_SUPPLEMENT):
        return back
    form = TakenForm(version=case.version, taken_on=clock.today())
    moved = None
    if form.validate_on_submit():
        confirmed = request.form.get("step") == "confirm" and form.was_shown
        act = partial(supplements.take_on_paper, taken_on=form.taken_on.data, text=form.text.data)
        if confirmed and done(form, case_id, act):
            flash("已登记补正材料，答复期限已重新计算。")
            return redirect(url_for(".show_case", case_id=case_id))
        moved = _restarted(case, form)
    return render_template(
        "casework/take_supplement.html",
        case=case,
        form=form,
        moved=moved,
        asked=supplement_words.asked(supplements.latest(case.id)),
    )


def _restarted(case: ShownCase, form: TakenForm) -> Moved | None:
    """Return the dates that the arrival would lead to, to be read before it is confirmed."""
    try:
        supplements.check_arrival(case, on=form.taken_on.data, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.taken_on.data.isoformat()
    return deadlines.if_supplemented(case, on=form.taken_on.data, today=clock.today())


@pages.route(f"{ONE_CASE}/supplement/lapse", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def lapse_supplement(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.LAPSE):
        return back
    form = LapseForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(supplements.lapse, **form.answers)):
        flash("已按视为放弃结束这份申请。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template(
        "casework/lapse_supplement.html",
        case=case,
        form=form,
        asked=supplement_words.asked(supplements.latest(case.id)),
    )
