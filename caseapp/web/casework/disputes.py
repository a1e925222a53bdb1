"""复议、诉讼: recorded, decided, and the case handled anew where the decision orders it (art. 51; R63)."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.dispute import DisputeResult
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, disputes
from caseapp.services.case_pages import ShownCase
from caseapp.services.deadlines import Moved
from caseapp.web.casework import dispute_words
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.dispute_forms import DecisionForm, DisputeForm, ReopenForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back
from caseapp.web.kit.forms import choices


@pages.route(f"{ONE_CASE}/disputes/new", methods=["GET", "POST"])
@requires(Permission.RECORD_DISPUTE)
@checks_its_own_token
def record_dispute(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DISPUTE)
    if back := turned_back(case, Action.RECORD_DISPUTE):
        return back
    form = DisputeForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(disputes.record, begun=form.begun)):
        flash("已登记。审结后，请登记结果。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/record_dispute.html", case=case, form=form, known=_known(case))


@pages.route(f"{ONE_CASE}/disputes/result", methods=["GET", "POST"])
@requires(Permission.RECORD_DISPUTE)
@checks_its_own_token
def decide_dispute(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DISPUTE)
    if back := turned_back(case, Action.DECIDE_DISPUTE):
        return back
    form = DecisionForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(disputes.decide, decision=form.decision)):
        flash("已登记结果。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/decide_dispute.html", case=case, form=form, known=_known(case))


@pages.route(f"{ONE_CASE}/disputes/reopening", methods=["GET", "POST"])
@requires(Permission.RECORD_DISPUTE)
@checks_its_own_token
def reopen_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DISPUTE)
    if back := turned_back(case, Action.REOPEN):
        return back
    form, moved = ReopenForm(version=case.version), None
    form.result.choices = choices((one.value, one.label) for one in DisputeResult if one is not DisputeResult.UPHELD)
    if form.validate_on_submit():
        act = partial(disputes.reopen, decision=form.decision, order=form.order)
        if request.form.get("step") == "confirm" and form.was_shown and done(form, case_id, act):
            flash("已登记结果，这份申请重新办理，期限已经重新计算。")
            return redirect(url_for(".show_case", case_id=case_id))
        moved = _if_reopened(case, form)
    return render_template("casework/reopen_case.html", case=case, form=form, moved=moved, known=_known(case))


def _known(case: ShownCase) -> list[dict[str, object]]:
    return [dispute_words.rows(dispute) for dispute in disputes.of_case(case.id)]


def _if_reopened(case: ShownCase, form: ReopenForm) -> Moved | None:
    """Return the dates that this order would lead to, to be read before it is recorded."""
    try:
        moved = disputes.if_reopened(case, form.decision, form.order, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.token
    return moved
