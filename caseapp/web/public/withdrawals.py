"""撤回: the applicant takes the request back himself, behind the query code."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.services import tracking, withdrawals
from caseapp.web.kit.access import checks_its_own_token, open_to_all
from caseapp.web.public import kept_answers
from caseapp.web.public.answer_forms import WithdrawalForm
from caseapp.web.public.blueprint import pages
from caseapp.web.public.tracking import tracked_id

STEP = "withdrawal"


@pages.route("/track/case/withdrawal", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def withdraw_request() -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        if request.method == "GET":
            return redirect(url_for("public.track"))
        return kept_answers.ask_for_code_again(STEP, request.form.get("reason", ""))
    case = tracking.case_for_applicant(case_id)
    if request.method == "GET" and not withdrawals.can_withdraw(case.status):
        flash("这份申请已经签发答复或者已经结束，不能撤回。", "warning")
        return redirect(url_for("public.tracked_case"))
    form = WithdrawalForm(reason=kept_answers.typed(kept_answers.key_of(case_id), STEP))
    if form.validate_on_submit() and _withdraw(case_id, form):
        kept_answers.forget()
        flash("已撤回这份申请。您以后可以重新提出申请。")
        return redirect(url_for("public.tracked_case"))
    return render_template("public/withdraw_request.html", form=form, tracked=case)


def _withdraw(case_id: int, form: WithdrawalForm) -> bool:
    try:
        with transaction():
            withdrawals.by_applicant(case_id, reason=form.reason.data, at=clock.now())
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True
