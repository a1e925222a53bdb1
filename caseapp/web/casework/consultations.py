"""征求意见: each step on a page of its own, with the letter or the new date in sight first (art. 32 to 34)."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.domain import consultation as rules
from caseapp.domain.consultation import Consulted
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action, next_status
from caseapp.domain.permissions import NEEDED_FOR, Permission
from caseapp.services import cases, consultations, consulted
from caseapp.services.case_pages import ShownCase
from caseapp.services.consulted import Asked
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.consultation_forms import (
    ArrivalForm,
    DeliveredForm,
    DisclosureForm,
    JudgementForm,
    OpinionForm,
    QuestionForm,
    ShownForm,
    as_judged,
)
from caseapp.web.casework.consultation_words import entries
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back

T = TypeVar("T")

ALL = f"{ONE_CASE}/consultations"
ONE = f"{ALL}/<int(max=2147483647):consultation_id>"


@pages.route(ALL)
@requires(Permission.READ_CASE)
def list_consultations(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor())
    found = consulted.of_case(case, today=clock.today())
    return render_template("casework/list_consultations.html", case=case, consultations=entries(case, found))


@pages.route(f"{ALL}/new", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def open_consultation(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.OPEN_CONSULTATION):
        return back
    form, letter, moved = QuestionForm(version=case.version), None, None
    if form.validate_on_submit():
        if _confirmed(form) and done(form, case_id, partial(consultations.open_consultation, question=form.question)):
            flash("已签发征求意见书。送达后请登记送达日期，答复期限从那一天起算。")
            return _to_list(case_id)
        letter = _shown(form, lambda: consulted.letter(case, form.question, today=clock.today()))
        moved = consulted.if_opened(case, today=clock.today()) if letter else None
    return render_template("casework/open_consultation.html", case=case, form=form, letter=letter, moved=moved)


@pages.route(f"{ONE}/delivery", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def deliver_question(case_id: int, consultation_id: int) -> ResponseReturnValue:
    today = clock.today()
    case, asked = _found(case_id, consultation_id, Action.RECORD_CONSULTATION_DELIVERY)
    if back := _turned_back(
        case, Action.RECORD_CONSULTATION_DELIVERY, partial(rules.check_delivery, asked.rules, on=today, today=today)
    ):
        return back
    form, moved = DeliveredForm(version=case.version, on=today), None
    if form.validate_on_submit():
        act = partial(consultations.record_delivery, consultation_id=consultation_id, arrival=form.arrival)
        if _confirmed(form) and done(form, case_id, act):
            flash("已登记送达，答复期限已重新计算。")
            return _to_list(case_id)
        moved = _shown(form, lambda: _if_delivered(case, asked, form))
    return render_template("casework/deliver_question.html", case=case, form=form, asked=asked, moved=moved)


def _if_delivered(case: ShownCase, asked: Asked, form: DeliveredForm) -> consulted.Moved:
    rules.check_delivery(asked.rules, on=form.on.data, today=clock.today())
    return consulted.if_delivered(case, asked, on=form.on.data, today=clock.today())


@pages.route(f"{ONE}/opinion", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def take_opinion(case_id: int, consultation_id: int) -> ResponseReturnValue:
    case, asked = _found(case_id, consultation_id, Action.CLOSE_CONSULTATION)
    if back := _turned_back(case, Action.CLOSE_CONSULTATION, partial(_check_may_answer, asked.rules)):
        return back
    form, moved = OpinionForm(version=case.version, on=clock.today()), None
    if form.validate_on_submit():
        act = partial(consultations.close, consultation_id=consultation_id, opinion=form.opinion)
        if _confirmed(form) and done(form, case_id, act):
            flash("已登记收到的意见，答复期限已重新计算。")
            return _to_list(case_id)
        moved = _shown(form, lambda: _if_answered(case, asked, form))
    return render_template("casework/take_opinion.html", case=case, form=form, asked=asked, moved=moved)


def _check_may_answer(asked: Consulted) -> None:
    rules.check_answer(asked, on=min(asked.today, asked.due_on), today=asked.today)


def _if_answered(case: ShownCase, asked: Asked, form: OpinionForm) -> consulted.Moved:
    rules.check_answer(asked.rules, on=form.on.data, today=clock.today())
    return consulted.if_answered(case, asked, on=form.on.data, today=clock.today())


@pages.route(f"{ONE}/judgement", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def judge_opinion(case_id: int, consultation_id: int) -> ResponseReturnValue:
    case, asked = _found(case_id, consultation_id, Action.JUDGE_CONSULTATION)
    if back := _turned_back(case, Action.JUDGE_CONSULTATION, partial(rules.check_judgement, asked.rules)):
        return back
    form = JudgementForm(version=case.version, **as_judged(asked.row))
    if form.validate_on_submit():
        act = partial(consultations.judge, consultation_id=consultation_id, judgement=form.judgement)
        if done(form, case_id, act):
            flash("已登记判断。")
            return _to_list(case_id)
    return render_template("casework/judge_opinion.html", case=case, form=form, asked=asked)


@pages.route(f"{ONE}/disclosure", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def tell_third_party(case_id: int, consultation_id: int) -> ResponseReturnValue:
    case, asked = _found(case_id, consultation_id, Action.NOTIFY_THIRD_PARTY)
    if back := _turned_back(case, Action.NOTIFY_THIRD_PARTY, partial(rules.check_notice, asked.rules)):
        return back
    form, letter = DisclosureForm(version=case.version), None
    if form.validate_on_submit():
        act = partial(consultations.issue_disclosure_notice, consultation_id=consultation_id, told=form.told)
        if _confirmed(form) and done(form, case_id, act):
            flash("已签发公开决定告知书。送达第三方并登记之后，才能公开。")
            return _to_list(case_id)
        letter = _shown(form, lambda: consulted.disclosure_letter(case, asked.row, form.told, today=clock.today()))
    return render_template("casework/tell_third_party.html", case=case, form=form, asked=asked, letter=letter)


@pages.route(f"{ONE}/disclosure/delivery", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def deliver_disclosure_notice(case_id: int, consultation_id: int) -> ResponseReturnValue:
    today = clock.today()
    case, asked = _found(case_id, consultation_id, Action.NOTIFY_THIRD_PARTY)
    check = partial(rules.check_notice_delivery, asked.rules, on=today, issued_on=today, today=today)
    if back := _turned_back(case, Action.NOTIFY_THIRD_PARTY, check):
        return back
    form = ArrivalForm(version=case.version, on=today)
    if form.validate_on_submit():
        act = partial(consultations.deliver_disclosure_notice, consultation_id=consultation_id, arrival=form.arrival)
        if done(form, case_id, act):
            flash("已登记公开决定告知书送达第三方。")
            return _to_list(case_id)
    return render_template(
        "casework/record_arrival.html", case=case, form=form, asked=asked, heading="登记公开决定告知书送达"
    )


@pages.route(f"{ONE}/applicant-notice", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def post_consultation_notice(case_id: int, consultation_id: int) -> ResponseReturnValue:
    case, asked = _found(case_id, consultation_id, Action.RECORD_CONSULTATION_DELIVERY)
    check = partial(rules.check_any, [asked.applicant_waits])
    if back := _turned_back(case, Action.RECORD_CONSULTATION_DELIVERY, check):
        return back
    form = ArrivalForm(version=case.version, on=clock.today())
    form.on.label.text = "寄出日期" if case.delivery_way is DeliveryWay.POST else "领取日期"
    form.proof.label.text, form.proof.description = "邮件号", "邮寄的必填，以邮政企业的寄件凭证为准。"
    if form.validate_on_submit():
        act = partial(consultations.post_notice, consultation_id=consultation_id, arrival=form.arrival)
        if done(form, case_id, act):
            flash("已登记征求意见一事告知申请人。")
            return _to_list(case_id)
    return render_template("casework/record_arrival.html", case=case, form=form, asked=asked, heading="登记告知申请人")


def _found(case_id: int, consultation_id: int, action: Action) -> tuple[ShownCase, Asked]:
    case = cases.get(case_id, actor=current_actor(), permission=NEEDED_FOR[action])
    return case, consulted.one(case, consultation_id, today=clock.today())


def _turned_back(case: ShownCase, action: Action, check: Callable[[], object]) -> Response | None:
    """Return the way back to the list where this cannot be done with it now; a form that was filled in stays."""
    if request.method != "GET":
        return None
    try:
        next_status(case.status, action)
        check()
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".list_consultations", case_id=case.id))
    return None


def _confirmed(form: ShownForm) -> bool:
    return request.form.get("step") == "confirm" and form.was_shown


def _shown(form: ShownForm, made: Callable[[], T]) -> T | None:
    """Return what the act would make, and remember that just this has been shown; a refusal stands on the form."""
    try:
        result = made()
    except DomainError as refusal:
        if not form.problems:
            form.show(refusal)
        return None
    form.shown.data = form.digest
    return result


def _to_list(case_id: int) -> Response:
    return redirect(url_for(".list_consultations", case_id=case_id))
