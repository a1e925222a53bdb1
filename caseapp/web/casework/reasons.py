"""说明理由: asked with the letter in sight, what came back written down and weighed (art. 35)."""

from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, reasons
from caseapp.services.case_pages import ShownCase
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.fee_words import reasons_rows
from caseapp.web.casework.reasons_forms import JudgementForm, ReasonsAnswerForm, ReasonsForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/reasons", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def ask_reasons(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.ASK_REASONS):
        return back
    form = ReasonsForm(version=case.version)
    letter = None
    if form.validate_on_submit():
        confirmed = request.form.get("step") == "confirm" and form.was_shown
        if confirmed and done(form, case_id, partial(reasons.ask, **form.letter_answers)):
            flash("已签发说明理由告知书。答复期限照常计算。")
            return redirect(url_for(".show_case", case_id=case_id))
        letter = _letter(case, form)
    return render_template("casework/ask_reasons.html", case=case, form=form, letter=letter)


def _letter(case: ShownCase, form: ReasonsForm) -> OfficialDocument | None:
    """Return the letter as it would go out, to be read before it is sent."""
    try:
        letter = reasons.preview(case, **form.letter_answers, today=clock.today())
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.digest
    return letter


@pages.route(f"{ONE_CASE}/reasons/answer", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def record_reasons(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.RECORD_REASONS):
        return back
    asked = reasons.of(case.id)
    form = ReasonsAnswerForm(version=case.version)
    if asked is None or asked.letter.delivery:
        del form.sent_on
    if "sent_on" not in form or case.delivery_way is not DeliveryWay.POST:
        del form.tracking_number
    if form.validate_on_submit() and done(form, case_id, partial(reasons.record_answer, answer=form.answer)):
        flash("已登记申请人的答复，请判断理由是否成立。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/record_reasons.html", case=case, form=form, rows=reasons_rows(asked))


@pages.route(f"{ONE_CASE}/reasons/judgement", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def judge_reasons(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.JUDGE_REASONS):
        return back
    form = JudgementForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(reasons.judge, judgement=form.judgement)):
        flash("已登记对理由的判断。")
        return redirect(url_for(".show_case", case_id=case_id))
    return render_template("casework/judge_reasons.html", case=case, form=form, rows=reasons_rows(reasons.of(case.id)))
