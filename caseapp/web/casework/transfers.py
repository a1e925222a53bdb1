"""转办: another department takes the case over, from the department that has it or from the window."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, routing, transfers
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.other_forms import TransferForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back
from caseapp.web.kit.forms import choices


@pages.route(f"{ONE_CASE}/transfer", methods=["GET", "POST"])
@requires(Permission.TRANSFER_CASE)
@checks_its_own_token
def transfer_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.TRANSFER_CASE)
    if back := turned_back(case, Action.TRANSFER):
        return back
    here = case.department.code if case.department else ""
    names = {department.code: department.name for department in routing.departments() if department.code != here}
    form = TransferForm(version=case.version)
    form.department.choices = choices(names.items())
    if form.validate_on_submit() and done(form, case_id, partial(transfers.transfer, **form.answers)):
        flash(f"已将 {case.number} 转给{names[form.department.data]}。收到申请之日和答复期限不变。")
        return redirect(url_for(".worklist"))
    return render_template("casework/transfer_case.html", case=case, form=form)
