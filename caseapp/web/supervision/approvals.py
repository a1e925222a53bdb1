"""The head's decisions: the oldest deadline first, one page each, the letter beside it; after one, the next."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.extension import NothingProposed
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LETTERS
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import case_pages, cases, deadlines, extensions, letters, replies, wordings, worklists
from caseapp.services.case_pages import ShownCase
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, done, turned_back
from caseapp.web.kit.case_rows import task_url, waiting
from caseapp.web.supervision import decision_words
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import Decision, DecisionForm


@pages.route("/")
@requires(Permission.SEE_APPROVALS)
def approvals() -> ResponseReturnValue:
    found = worklists.to_decide(current_actor(), today=clock.today())
    return render_template(
        "supervision/approvals.html",
        rows=[waiting(row) for row in found.rows],
        more=found.more,
        most=worklists.MOST,
        wordings=[(row, LETTERS[row.kind].label) for row in wordings.waiting()],
    )


@pages.route(f"/cases{ONE_CASE}/reply", methods=["GET", "POST"])
@requires(Permission.DECIDE_REPLY)
@checks_its_own_token
def decide_reply(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.DECIDE_REPLY)
    if back := turned_back(case, Action.RETURN_REPLY):
        return back
    form = DecisionForm(version=case.version)
    if form.validate_on_submit() and (left := _reply_decided(form, case)):
        return left
    reply = replies.of(case.id)
    content = replies.content_of(reply) if reply else None
    proof, lacking = None, ""
    try:
        proof = replies.proof(case, content, dated_on=clock.today()) if content else None
    except DomainError as refusal:
        lacking = str(refusal)
    return render_template(
        "supervision/decide_reply.html",
        form=form,
        **common(case, proof.document if proof else None, lacking),
        proof=proof,
        rows=decision_words.reply_rows(content, drafted_by=reply.drafted_by.name) if content and reply else [],
    )


def _reply_decided(form: DecisionForm, case: ShownCase) -> Response | None:
    case_id, number = case.id, case.number
    if form.decision.data == Decision.RETURN:
        if not done(form, case_id, partial(replies.return_to_officer, reason=form.reason.data)):
            return None
        return next_decision(f"已将 {number} 的答复退回承办人修改。")
    if not done(form, case_id, replies.issue):
        return None
    issued = letters.of_case(case_id)[-1]
    told = "申请人可在网上下载。" if case.delivery_way is DeliveryWay.ONLINE else "请登记送达。"
    return next_decision(f"已签发答复书 {issued.number}，{told}")


@pages.route(f"/cases{ONE_CASE}/extension", methods=["GET", "POST"])
@requires(Permission.DECIDE_EXTENSION)
@checks_its_own_token
def decide_extension(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.DECIDE_EXTENSION)
    if back := turned_back(case, Action.REFUSE_EXTENSION):
        return back
    form = DecisionForm(version=case.version)
    if form.validate_on_submit() and (left := _extension_decided(form, case)):
        return left
    extension = extensions.latest(case.id)
    if extension is None:
        raise NothingProposed()
    document, lacking, moved = None, "", None
    try:
        document = extensions.notice(case, extension, today=clock.today())
        moved = deadlines.if_extended(case, extension.working_days, today=clock.today())
    except DomainError as refusal:
        lacking = str(refusal)
    return render_template(
        "supervision/decide_extension.html",
        form=form,
        **common(case, document, lacking),
        moved=moved,
        extension=extension,
        too_late=decision_words.too_late(case, today=clock.today()),
    )


def _extension_decided(form: DecisionForm, case: ShownCase) -> Response | None:
    case_id, number = case.id, case.number
    if form.decision.data == Decision.RETURN:
        if not done(form, case_id, partial(extensions.refuse, reason=form.reason.data)):
            return None
        return next_decision(f"未同意 {number} 延期，答复期限不变。")
    if not done(form, case_id, extensions.approve):
        return None
    if case.delivery_way is DeliveryWay.ONLINE:
        return next_decision(f"已同意 {number} 延期，延期告知书已可在网上下载，期限已重新计算。")
    return next_decision(f"已同意 {number} 延期，告知书寄出（交付）并登记后期限才改变。")


def common(case: ShownCase, document: OfficialDocument | None, lacking: str) -> dict[str, object]:
    """Return what every page of a decision shows."""
    return {
        "case": case,
        "applicant": case_pages.shown_name(case),
        "badge": deadlines.badge_of(case, today=clock.today()),
        "document": document,
        "lacking": lacking,
    }


def next_decision(words: str) -> Response:
    """Say what was done and lead to the next decision, or back to the empty list."""
    rows = worklists.to_decide(current_actor(), today=clock.today()).rows
    if not rows:
        flash(words)
        return redirect(url_for(".approvals"))
    flash(f"{words}下面是下一件：{rows[0].case.number}。")
    return redirect(task_url(rows[0]))
