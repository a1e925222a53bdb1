"""The head decides on another day of receipt, with both due dates before him (art. 31; R12)."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, deadlines, receipts
from caseapp.services.case_pages import ShownCase
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back
from caseapp.web.supervision.approvals import common, next_decision
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import Decision, DecisionForm


@pages.route(f"/cases{ONE_CASE}/receipt-change", methods=["GET", "POST"])
@requires(Permission.DECIDE_RECEIPT_CHANGE)
@checks_its_own_token
def decide_receipt_change(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.DECIDE_RECEIPT_CHANGE)
    if back := turned_back(case, Action.REFUSE_RECEIPT_CHANGE):
        return back
    form = DecisionForm(version=case.version)
    if form.validate_on_submit() and (left := _decided(form, case)):
        return left
    change = receipts.waiting(receipts.changes_of(case.id))
    return render_template(
        "supervision/decide_receipt_change.html",
        form=form,
        **common(case, None, ""),
        change=change,
        moved=deadlines.if_received(case, change.new_on, today=clock.today()),
    )


def _decided(form: DecisionForm, case: ShownCase) -> Response | None:
    case_id, number = case.id, case.number
    if form.decision.data == Decision.RETURN:
        if not done(form, case_id, partial(receipts.refuse_change, reason=form.reason.data)):
            return None
        return next_decision(f"未同意更改 {number} 的收到日期，答复期限不变。")
    if not done(form, case_id, receipts.approve_change):
        return None
    return next_decision(f"已同意更改 {number} 的收到日期，答复期限已重新计算。")
