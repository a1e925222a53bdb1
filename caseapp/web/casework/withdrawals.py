"""撤回: a signed statement of the applicant, recorded at the counter or by the officer."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, withdrawals
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.supplement_forms import WithdrawalForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/withdrawal", methods=["GET", "POST"])
@requires(Permission.RECORD_PAPERS)
@checks_its_own_token
def withdraw_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_PAPERS)
    if back := turned_back(case, Action.WITHDRAW):
        return back
    form = WithdrawalForm(version=case.version, on=clock.today())
    if form.validate_on_submit():
        act = partial(withdrawals.on_paper, on=form.on.data, reason=form.reason.data)
        if done(form, case_id, act):
            flash("已登记撤回，这份申请已结束。")
            return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/withdraw_case.html", case=case, form=form)
