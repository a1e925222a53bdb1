"""Drafting the answer, reading its letter before it goes to the head, and recording that it reached the applicant."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.domain.correction import answers_to
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Action
from caseapp.domain.outcome import OUTCOMES, Outcome
from caseapp.domain.permissions import Permission
from caseapp.domain.replies import ReplyStatus
from caseapp.services import (
    cases,
    consulted,
    letters,
    next_acts,
    published,
    replies,
    reply_files,
    reply_gates,
    supplements,
)
from caseapp.services.case_pages import ShownCase, ShownReply
from caseapp.services.published import PublishedItem
from caseapp.web.casework import outcome_words
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import DeliveryForm, OutcomeForm, SubmitDraftForm
from caseapp.web.casework.partial_form import PartialForm, wanted_count
from caseapp.web.casework.reply_form import ReplyForm, as_typed
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back

SUBMITTED = "已提交负责人审批。"
RESHAPE = ("more", "fewer")  # buttons that only change how many items the page has
NEXT_PAGES = {  # where a button leads after saving
    "preview": ".show_letter_preview",
    "files": ".reply_files_page",
    "refresh": ".draft_reply",
}
DAY_WORDS = {
    DeliveryWay.POST: ("寄出日期", "交邮当日计为答复日期。"),
    DeliveryWay.IN_PERSON: ("领取日期", "申请人签收当日计为答复日期。"),
    DeliveryWay.EMAIL: ("发送日期", "答复书进入申请人邮箱的当日计为答复日期；请把发送记录作为送达凭证存入。"),
    DeliveryWay.ONLINE: ("送达日期", "申请人可以下载的当日计为答复日期。"),
}


@pages.route(f"{ONE_CASE}/reply")
@requires(Permission.WORK_ON_CASE)
def choose_outcome(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.DRAFT_REPLY):
        return back
    drafted = replies.of(case.id)
    likely = drafted.outcome.value if drafted else Outcome.NOT_OURS.value if case.proposed_outside else None
    form = OutcomeForm(request.args if request.args else None, data={"outcome": likely})
    if request.args and form.validate():
        return redirect(url_for(".draft_reply", case_id=case.id, outcome=form.chosen.value))
    return render_template(
        "casework/choose_outcome.html",
        case=case,
        form=form,
        groups=outcome_words.groups(case.case_kind),
        explained=outcome_words.explained(),
    )


@pages.route(f"{ONE_CASE}/reply/<outcome>", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def draft_reply(case_id: int, outcome: str) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if outcome not in answers_to(case.case_kind):
        abort(404)
    if back := turned_back(case, Action.DRAFT_REPLY):
        return back
    drafted = replies.of(case.id)
    typed = {"consultation": consulted.summary(case, today=clock.today())}
    typed |= as_typed(replies.content_of(drafted)) if drafted else {}
    form = _form(Outcome(outcome), drafted, version=case.version, **typed)
    if form.outcome is Outcome.REPEATED:
        form.offer(reply_gates.earlier_answers(case))
    found = _published(case) if form.outcome is Outcome.ALREADY_PUBLIC else ()
    reshaped = request.form.get("act") in RESHAPE or _taken_over(form, found)
    if not reshaped and form.validate_on_submit() and (left := _kept(form, case_id)):
        return left
    return render_template(
        "casework/draft_reply.html",
        case=case,
        form=form,
        row=OUTCOMES[form.outcome],
        drafted=drafted,
        with_files=form.outcome in reply_files.WITH_FILES,
        files=reply_files.of_case(case_id),
        supplements=supplements.of_case(case_id),
        document=_document(case, drafted),
        found=found,
    )


def _published(case: ShownCase) -> Sequence[PublishedItem]:
    """Return what is published under the number or the title that the request names, for an answer to point to."""
    return published.named(case.document_no, case.title)


def _taken_over(form: ReplyForm, found: Sequence[PublishedItem]) -> bool:
    """Write the item whose button was pressed into the form, and say whether there was one; nothing is saved."""
    wanted = request.form.get("act", "").removeprefix("item:")
    item = next((one for one in found if str(one.id) == wanted), None)
    if item is None:
        return False
    form["given"].data = form["given"].data or item.title
    form["where"].data = url_for("public.show_item", item_id=item.id, _external=True)
    return True


def _document(case: ShownCase, drafted: ShownReply | None) -> OfficialDocument | None:
    """Return the letter as the saved draft makes it, to stand beside the form; none while the draft makes none."""
    try:
        return replies.compose(case, replies.content_of(drafted), dated_on=clock.today()) if drafted else None
    except DomainError:
        return None


def _form(outcome: Outcome, drafted: ShownReply | None, **typed: Any) -> ReplyForm:
    if outcome is not Outcome.PARTIAL:
        return ReplyForm.for_outcome(outcome, **typed)
    items = replies.content_of(drafted).items if drafted else ()
    count = wanted_count(request.form.get("item_count"), drafted=len(items), act=request.form.get("act"))
    return PartialForm.of(count, items, **typed)


def _kept(form: ReplyForm, case_id: int) -> Response | None:
    """Save the draft, or send it for approval, as the pressed button says; return where to go from there."""
    wanted = request.form.get("act")
    act = replies.submit if wanted == "submit" else replies.save_draft
    if not done(form, case_id, partial(act, content=form.content())):
        return None
    flash(SUBMITTED if wanted == "submit" else "已保存草稿。")
    place = {"outcome": form.outcome.value} if wanted == "refresh" else {}
    return redirect(url_for(NEXT_PAGES.get(wanted or "", ".show_case"), case_id=case_id, **place))


@pages.route(f"{ONE_CASE}/reply/preview", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def show_letter_preview(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    drafted = replies.of(case.id)
    if drafted is None:
        return redirect(url_for(".choose_outcome", case_id=case.id))
    if drafted.status is ReplyStatus.ISSUED:
        flash("答复书已签发，请在案件页下载。", "warning")
        return redirect(url_for(".show_case", case_id=case.id))
    content = replies.content_of(drafted)
    form = SubmitDraftForm(version=case.version)
    if form.validate_on_submit() and done(form, case_id, partial(replies.submit, content=content)):
        flash(SUBMITTED)
        return redirect(url_for(".show_case", case_id=case_id))

    document, lacking = None, ""
    try:
        document = replies.compose(case, content, dated_on=clock.today())
    except DomainError as refusal:
        lacking = str(refusal)
    now = next_acts.standing(case, actor=current_actor(), today=clock.today())
    return render_template(
        "casework/show_letter_preview.html",
        case=case,
        form=form,
        outcome=content.outcome,
        row=OUTCOMES[content.outcome],
        document=document,
        lacking=lacking,
        may_submit=Action.SUBMIT_REPLY in next_acts.next_acts(now).possible,
    )


@pages.route(f"{ONE_CASE}/delivery", methods=["GET", "POST"])
@requires(Permission.RECORD_DELIVERY)
@checks_its_own_token
def deliver_reply(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.RECORD_DELIVERY)
    if back := turned_back(case, Action.DELIVER):
        return back
    form = DeliveryForm(version=case.version, on=clock.today())
    form.on.label.text, form.on.description = DAY_WORDS[case.delivery_way]
    by_post = case.delivery_way is DeliveryWay.POST
    if not by_post:
        del form.tracking_number
    if form.validate_on_submit():
        handover = replies.Handover(on=form.on.data, tracking_number=form.tracking_number.data if by_post else "")
        if done(form, case_id, partial(replies.deliver, handover=handover)):
            flash("已登记送达，这份申请已答复。")
            return redirect(url_for(".show_case", case_id=case_id))
    issued = letters.of_case(case.id)
    return render_template("casework/deliver_reply.html", case=case, form=form, letter=issued[-1] if issued else None)
