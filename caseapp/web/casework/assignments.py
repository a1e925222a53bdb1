"""The window's decision: which department answers; and the way back to the window."""

from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.permissions import Permission
from caseapp.services import cases, routing
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import AssignForm, AssignSeveralForm, ReturnForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import LONGEST_NUMBER, ONE_CASE, done, turned_back
from caseapp.web.kit.forms import choices


@pages.route(f"{ONE_CASE}/assignment", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASE)
@checks_its_own_token
def assign_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.ASSIGN_CASE)
    if back := turned_back(case, Action.ASSIGN):
        return back
    candidates = routing.candidates(case)
    others = [department for department in routing.departments() if department not in candidates]
    names = {department.code: department.name for department in [*candidates, *others]}
    form = AssignForm(version=case.version, department=candidates[0].code if candidates else None)
    form.department.choices = choices(names.items())
    if form.validate_on_submit() and done(form, case_id, partial(routing.assign, **form.answers)):
        flash(f"已分派给{names[form.department.data]}。")
        return redirect(url_for(".worklist"))
    explained = {department.code: "分派规则的建议" for department in candidates}
    return render_template("casework/assign_case.html", case=case, form=form, explained=explained)


@pages.route("/assignment", methods=["GET", "POST"])
@requires(Permission.ASSIGN_CASE)
@checks_its_own_token
def assign_cases() -> ResponseReturnValue:
    """Give the ticked cases of the list to one department; those that were assigned meanwhile are left out at first."""
    chosen = _ticked()
    waiting = [
        case
        for case in cases.several(list(chosen), actor=current_actor(), permission=Permission.ASSIGN_CASE)
        if case.status is Status.REGISTERED or request.method == "POST"
    ]
    if not waiting:
        flash("请先选择申请。", "warning")
        return redirect(url_for(".list_cases", status=Status.REGISTERED.value))
    form = AssignSeveralForm()
    names = {department.code: department.name for department in routing.departments()}
    form.department.choices = choices(names.items())
    if form.validate_on_submit() and _assigned(form, chosen):
        flash(f"已将 {len(chosen)} 件申请分派给{names[form.department.data]}。")
        return redirect(url_for(".list_cases", status=Status.REGISTERED.value))
    return render_template("casework/assign_cases.html", waiting=waiting, form=form)


def _ticked() -> dict[int, int]:
    """Return the versions of the ticked cases by id; the boxes of the list say none, the form does."""
    found: dict[int, int] = {}
    for value in request.values.getlist("case")[: cases.PAGE]:
        case_id, _, version = value.partition(":")
        if not (case_id.isdecimal() and len(case_id) <= LONGEST_NUMBER and len(version) <= LONGEST_NUMBER):
            abort(404)
        found[int(case_id)] = int(version) if version.isdecimal() else 0
    return found


def _assigned(form: AssignSeveralForm, chosen: dict[int, int]) -> bool:
    try:
        with transaction():
            routing.assign_several(chosen, department=form.department.data, actor=current_actor(), at=clock.now())
    except (routing.OneRefused, routing.DepartmentUnknown) as refusal:
        form.show(refusal)
        return False
    return True


@pages.route(f"{ONE_CASE}/return", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def return_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.RETURN_TO_CLERK):
        return back
    form = ReturnForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(routing.return_to_clerk, **form.answers)):
        flash(f"已将 {case.number} 退回受理窗口。")
        return redirect(url_for(".worklist"))
    return render_template("casework/return_case.html", case=case, form=form)
