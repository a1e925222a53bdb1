"""作废: the head voids an answer that has not been delivered, with a reason."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, letters, voidings
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.other_forms import VoidForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/void", methods=["GET", "POST"])
@requires(Permission.DECIDE_REPLY)
@checks_its_own_token
def void_letter(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.DECIDE_REPLY)
    if back := turned_back(case, Action.VOID_LETTER):
        return back
    form = VoidForm(version=case.version)
    issued = letters.of_case(case.id)
    number = issued[-1].number if issued else ""
    if form.validate_on_submit() and done(form, case_id, partial(voidings.void_answer, reason=form.reason.data)):
        flash(f"已作废 {number}，答复已退回承办人。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/void_letter.html", case=case, form=form, number=number)
