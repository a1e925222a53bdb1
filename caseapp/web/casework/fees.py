"""信息处理费: proposed with its calculation in sight, its notice and its payment recorded, ended unpaid (art. 42)."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.fee_schedule import Calculation
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, fees
from caseapp.services.case_pages import ShownCase
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.fee_forms import CancelFeeForm, CloseUnpaidForm, FeeDeliveryForm, FeeForm, PaymentForm
from caseapp.web.casework.fee_words import fee_rows
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/fee", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def propose_fee(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.PROPOSE_FEE):
        return back
    form = FeeForm(version=case.version)
    calculation = None
    if form.validate_on_submit():
        confirmed = request.form.get("step") == "confirm" and form.was_shown
        act = partial(fees.propose, basis=form.chosen, quantity=form.quantity.data)
        if confirmed and done(form, case_id, act):
            flash("已提交负责人审批。收费通知书发出之前，答复期限照常计算。")
            return redirect(url_for(".show_case", case_id=case_id))
        calculation = _calculated(case, form)
    return render_template("casework/propose_fee.html", case=case, form=form, calculation=calculation)


def _calculated(case: ShownCase, form: FeeForm) -> Calculation | None:
    """Return the calculation step by step, to be read before it is confirmed."""
    try:
        found = fees.calculation(case, basis=form.chosen, quantity=form.quantity.data)
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.mark
    return found


@pages.route(f"{ONE_CASE}/fee/delivery", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def record_fee_delivery(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DELIVERY)
    if back := turned_back(case, Action.RECORD_FEE_DELIVERY):
        return back
    fee = fees.latest(case.id)
    sent = fees.sending_of(fee)
    form = FeeDeliveryForm(version=case.version, sent_on=clock.today())
    by_post = case.delivery_way is DeliveryWay.POST
    if not by_post or sent:
        del form.sent_on, form.tracking_number
        form.received_on.validators = (InputRequired("请填写申请人收到的日期。"),)
    if form.validate_on_submit():
        sending = fees.Sending(
            sent_on=sent.sent_on if sent else form.sent_on.data if by_post else form.received_on.data,
            tracking_number=sent.tracking_number if sent else form.tracking_number.data if by_post else "",
            received_on=form.received_on.data,
        )
        if done(form, case_id, partial(fees.record_delivery, sending=sending)):
            flash("已登记收费通知书的送达。")
            return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/record_fee_delivery.html", case=case, form=form, rows=fee_rows(fee))


@pages.route(f"{ONE_CASE}/fee/payment", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
@checks_its_own_token
def record_payment(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_PAPERS)
    if back := turned_back(case, Action.RECORD_PAYMENT):
        return back
    form = PaymentForm(version=case.version, on=clock.today())
    if form.validate_on_submit() and done(form, case_id, partial(fees.record_payment, **form.answers)):
        flash("已登记缴费，答复期限自缴费的次日起重新计算。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/record_payment.html", case=case, form=form, rows=fee_rows(fees.latest(case.id)))


@pages.route(f"{ONE_CASE}/fee/unpaid", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def close_unpaid(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.CLOSE_UNPAID):
        return back
    form = CloseUnpaidForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(fees.close_unpaid, **form.answers)):
        flash("已按逾期未缴费结束这份申请。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/close_unpaid.html", case=case, form=form, rows=fee_rows(fees.latest(case.id)))


@pages.route(f"{ONE_CASE}/fee/cancel", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def cancel_fee(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.CANCEL_FEE):
        return back
    form = CancelFeeForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(fees.cancel, **form.answers)):
        flash("已撤销收费，答复期限按没有收费计算。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/cancel_fee.html", case=case, form=form, rows=fee_rows(fees.latest(case.id)))
