"""What follows from the day on which a request came: the confirmation, attempts to reach the applicant, a change."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, receipts
from caseapp.services.case_pages import ShownCase
from caseapp.services.deadlines import Moved
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.registration_forms import ConfirmationForm, ContactForm, ReceiptChangeForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/confirmation", methods=["GET", "POST"])
@requires(Permission.REGISTER_CASE)
@checks_its_own_token
def confirm_receipt(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.REGISTER_CASE)
    if back := turned_back(case, Action.CONFIRM_RECEIPT):
        return back
    form, moved = ConfirmationForm(version=case.version, on=clock.today()), None
    if form.validate_on_submit():
        wanted = request.form.get("step") == "confirm" and form.was_shown
        if wanted and done(form, case_id, partial(receipts.confirm, confirmation=form.confirmation)):
            flash("已登记双方确认，这一天就是收到申请之日。")
            return redirect(url_for(".show_case", case_id=case_id))
        moved = _if_confirmed(case, form)
    return render_template(
        "casework/confirm_receipt.html",
        case=case,
        form=form,
        moved=moved,
        attempts=receipts.attempts_of(case.id),
    )


@pages.route(f"{ONE_CASE}/contact", methods=["GET", "POST"])
@requires(Permission.REGISTER_CASE)
@checks_its_own_token
def log_contact(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.REGISTER_CASE)
    if back := turned_back(case, Action.LOG_CONTACT):
        return back
    form = ContactForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(receipts.log_contact, **form.answers)):
        flash("已登记联系情况。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/log_contact.html", case=case, form=form, attempts=receipts.attempts_of(case.id))


@pages.route(f"{ONE_CASE}/receipt-change", methods=["GET", "POST"])
@requires(Permission.REGISTER_CASE)
@checks_its_own_token
def propose_receipt_change(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.REGISTER_CASE)
    if back := turned_back(case, Action.PROPOSE_RECEIPT_CHANGE):
        return back
    form, moved = ReceiptChangeForm(version=case.version), None
    if form.validate_on_submit():
        act = partial(receipts.propose_change, new_on=form.new_on.data, reason=form.reason.data)
        if request.form.get("step") == "confirm" and form.was_shown and done(form, case_id, act):
            flash("已提交负责人审批。收到申请之日在负责人同意之后才会改变。")
            return redirect(url_for(".show_case", case_id=case_id))
        moved = _if_changed(case, form)
    return render_template("casework/propose_receipt_change.html", case=case, form=form, moved=moved)


def _if_confirmed(case: ShownCase, form: ConfirmationForm) -> Moved | None:
    """Return the dates that this confirmation would lead to, to be read before it is recorded (R8)."""
    try:
        moved = receipts.if_confirmed(case, form.confirmation, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.on.data.isoformat()
    return moved


def _if_changed(case: ShownCase, form: ReceiptChangeForm) -> Moved | None:
    """Return the dates that this day would lead to, to be read before it is proposed."""
    try:
        moved = receipts.if_changed(case, form.new_on.data, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.new_on.data.isoformat()
    return moved
