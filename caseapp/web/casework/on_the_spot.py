"""当场答复 on one page: stated, sent to the head, handed over and signed for while the applicant waits."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Permission
from caseapp.services import cases, letters, on_the_spot, replies
from caseapp.services.case_pages import ShownCase
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.on_the_spot_forms import HandoverForm, OnTheSpotForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done


@pages.route(f"{ONE_CASE}/on-the-spot", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def answer_on_the_spot(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if case.status is Status.ISSUED:
        return _hand_over(case)
    form = OnTheSpotForm(version=case.version)
    if case.status is Status.IN_HAND and form.validate_on_submit() and _submitted(form, case_id):
        flash("已送负责人签发。签发后在本页下载、打印答复书，请申请人签收。")
        return redirect(url_for(".answer_on_the_spot", case_id=case_id))
    if case.status not in (Status.IN_HAND, Status.IN_APPROVAL):
        return redirect(url_for(".show_case", case_id=case_id))
    is_late = case.received_on != clock.today()
    return render_template("casework/answer_on_the_spot.html", case=case, form=form, is_late=is_late)


def _submitted(form: OnTheSpotForm, case_id: int) -> bool:
    return done(form, case_id, partial(on_the_spot.submit, content=form.content))


def _hand_over(case: ShownCase) -> ResponseReturnValue:
    """Show the letter that the head has signed, and record the signature of the applicant (L8, R29)."""
    form = HandoverForm(version=case.version)
    if form.validate_on_submit():
        handover = replies.Handover(on=clock.today(), tracking_number="")
        if done(form, case.id, partial(replies.deliver, handover=handover)):
            flash("申请人已签收，这份申请当场答复完毕。")
            return redirect(url_for(".show_case", case_id=case.id))
    letter = letters.of_case(case.id)[-1]
    return render_template("casework/hand_over_on_the_spot.html", case=case, form=form, letter=letter)
