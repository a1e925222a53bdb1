"""分案: the parts of a filing are written down one by one; parts can be added and removed without losing a word."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.domain.split import FEWEST, MOST
from caseapp.services import cases, splitting
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.split_form import SplitForm, how_many
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/split", methods=["GET", "POST"])
@requires(Permission.TRANSFER_CASE)
@checks_its_own_token
def split_case(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.TRANSFER_CASE)
    if back := turned_back(case, Action.SPLIT):
        return back
    count = how_many(request.form.get("parts"))
    wanted = request.form.get("step")
    if wanted in ("more", "fewer"):
        count = min(count + 1, MOST) if wanted == "more" else max(count - 1, FEWEST)
    form = SplitForm.of(count, version=case.version)
    if wanted not in ("more", "fewer") and form.validate_on_submit():
        act = partial(splitting.split, parts=form.parts, reason=form.reason.data)
        if done(form, case_id, act):
            flash(f"已分为 {count} 份办理，收到申请之日都不变。申请人用同一个查询码可以看到每一份。")
            return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/split_case.html", case=case, form=form, count=count, most=MOST, fewest=FEWEST)
