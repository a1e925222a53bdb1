"""The words of the letters: the list of kinds, and one template with its effect, proposed for a second person."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import FIELDS, LETTERS, LetterKind
from caseapp.domain.permissions import NotPermitted, Permission
from caseapp.domain.wording import WORDING_WORDS
from caseapp.services import wording_previews, wordings
from caseapp.services.wording_previews import Preview
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import WordingForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/wordings")
@requires(Permission.ADMINISTER)
def list_wordings() -> ResponseReturnValue:
    waiting = {row.kind for row in wordings.waiting()}
    rows = [(kind.value, row, kind in waiting) for kind, row in LETTERS.items()]
    return render_template("admin/wordings.html", rows=rows)


@pages.route("/wordings/<letter_kind>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def edit_wording(letter_kind: str) -> ResponseReturnValue:
    if letter_kind not in LETTERS:
        abort(404)
    chosen = LetterKind(letter_kind)
    form = WordingForm(data={"text": wordings.current_text(chosen)})
    shown: Preview | None = None
    if form.validate_on_submit():
        try:
            if request.form.get("act") == "propose":
                with transaction():
                    wordings.propose(chosen, form.text.data, actor=current_actor(), at=clock.now())
                flash(f"已提出修改“{LETTERS[chosen].label}”的模板，由负责人审批后使用。")
                return redirect(url_for(".list_wordings"))
            shown = wording_previews.preview(chosen, form.text.data, today=clock.today())
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
    return render_template(
        "admin/edit_wording.html",
        form=form,
        row=LETTERS[chosen],
        shown=shown,
        fields=sorted((name, FIELDS[name].label, name in LETTERS[chosen].required) for name in LETTERS[chosen].may_ask),
        versions=wordings.versions(chosen),
        words=WORDING_WORDS,
    )
