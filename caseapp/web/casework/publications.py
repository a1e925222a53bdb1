"""年度复查 of what was withheld, and 是否转为主动公开 with both requests side by side (art. 18, 44)."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.catalogue import ITEM_WORDS, ItemStatus
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import cases, publications, published_copies
from caseapp.web.casework import publication_words
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.publication_forms import PublicationForm, ReviewForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back


@pages.route(f"{ONE_CASE}/yearly-review", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def review_withheld(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.REVIEW_WITHHELD):
        return back
    form = ReviewForm(version=case.version)
    act = partial(publications.review, result=form.result.data, reason=form.reason.data)
    if form.validate_on_submit() and done(form, case_id, act):
        flash("已登记复查结果。")
        return redirect(url_for(".show_case", case_id=case_id))
    known = publication_words.rows(publications.reviews_of(case.id), ())
    return render_template("casework/review_withheld.html", case=case, form=form, known=known)


@pages.route(f"{ONE_CASE}/publication", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def decide_publication(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.DECIDE_PUBLICATION):
        return back
    copies = published_copies.of_case(case.id)
    public = next((copy for copy in copies if copy.status is ItemStatus.PUBLISHED), None)
    place = url_for("public.show_item", item_id=public.id, _external=True) if public else ""
    form = PublicationForm(version=case.version, published_on=clock.today(), place=place)
    if form.validate_on_submit() and done(form, case_id, partial(publications.decide, decision=form.decision)):
        flash("已登记决定。")
        return redirect(url_for(".show_case", case_id=case_id))
    tasks = publications.tasks_of(case.id)
    others = [task.other_case for task in tasks if task.other_case and task.decided_at is None]
    return render_template(
        "casework/decide_publication.html", case=case, form=form, others=others, copies=copies, item_words=ITEM_WORDS
    )
