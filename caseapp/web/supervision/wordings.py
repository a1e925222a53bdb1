"""A proposed template before the head: what it says, what it would have changed, and the decision."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS
from caseapp.domain.permissions import NotPermitted, NotVisible, Permission
from caseapp.domain.wording import WordingStatus, changed_lines
from caseapp.services import wording_previews, wordings
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import Decision, DecisionForm


@pages.route("/wordings/<int(max=2147483647):wording_id>", methods=["GET", "POST"])
@requires(Permission.DECIDE_WORDING)
@checks_its_own_token
def decide_wording(wording_id: int) -> ResponseReturnValue:
    row = wordings.get(wording_id, actor=current_actor())
    form = DecisionForm(version=wording_id)
    form.reason.description = "提出人会看到这段文字。"
    if row.status is not WordingStatus.PROPOSED:
        flash("这份模板修改已经有人处理过了。", "warning")
        return redirect(url_for(".approvals"))
    label = LETTERS[row.kind].label
    if form.validate_on_submit() and _decided(form, wording_id):
        flash(
            f"已同意修改“{label}”的模板，今后的文书使用新的文字。"
            if _approves(form)
            else f"未同意修改“{label}”的模板。"
        )
        return redirect(url_for(".approvals"))
    shown, lacking = None, ""
    try:
        shown = wording_previews.preview(row.kind, row.text, today=clock.today())
    except DomainError as refusal:
        lacking = str(refusal)
    changed = changed_lines(wordings.current_text(row.kind), row.text)
    return render_template(
        "supervision/decide_wording.html",
        form=form,
        row=row,
        label=label,
        shown=shown,
        lacking=lacking,
        changed=changed,
    )


def _approves(form: DecisionForm) -> bool:
    return form.decision.data == Decision.APPROVE


def _decided(form: DecisionForm, wording_id: int) -> bool:
    try:
        with transaction():
            wordings.decide(
                wording_id,
                approves=_approves(form),
                refusal=form.reason.data or "",
                actor=current_actor(),
                at=clock.now(),
            )
    except (NotVisible, NotPermitted):
        raise
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True
