"""The head decides on a fee with the notice beside its calculation (art. 42)."""

from functools import partial

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.fee import NoFeeProposed
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, fees
from caseapp.services.case_pages import ShownCase
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back
from caseapp.web.supervision.approvals import common, next_decision
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import Decision, DecisionForm


@pages.route(f"/cases{ONE_CASE}/fee", methods=["GET", "POST"])
@requires(Permission.DECIDE_FEE)
@checks_its_own_token
def decide_fee(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.DECIDE_FEE)
    if back := turned_back(case, Action.REFUSE_FEE):
        return back
    form = DecisionForm(version=case.version)
    if form.validate_on_submit() and (left := _decided(form, case)):
        return left
    fee = fees.latest(case.id)
    if fee is None:
        raise NoFeeProposed()
    document, lacking, hindrance = None, "", ""
    try:
        document = fees.notice(case, fee, today=clock.today())
    except DomainError as refusal:
        lacking = str(refusal)
    try:
        fees.check_may_approve(case, fee, actor=current_actor(), today=clock.today())
    except DomainError as refusal:
        hindrance = str(refusal)
    return render_template(
        "supervision/decide_fee.html", form=form, **common(case, document, lacking), fee=fee, hindrance=hindrance
    )


def _decided(form: DecisionForm, case: ShownCase) -> Response | None:
    case_id, number = case.id, case.number
    if form.decision.data == Decision.RETURN:
        if not done(form, case_id, partial(fees.refuse, reason=form.reason.data)):
            return None
        return next_decision(f"未同意对 {number} 收费，答复期限不变。")
    if not done(form, case_id, fees.approve):
        return None
    if case.delivery_way is DeliveryWay.ONLINE:
        return next_decision(f"已同意对 {number} 收费，申请人可以在网上看到收费通知书。")
    return next_decision(f"已同意对 {number} 收费，收费通知书请寄出（交付）并登记。")
