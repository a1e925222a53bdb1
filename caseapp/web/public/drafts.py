"""暂存: an applicant puts a half-filled request aside for thirty days, and goes on with it on any device by a code."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.moments import local_date
from caseapp.services import drafts, intake, throttle
from caseapp.web.kit.access import address, checks_its_own_token, open_to_all
from caseapp.web.kit.forms import BaseForm
from caseapp.web.public.blueprint import pages
from caseapp.web.public.filing_key import key_or_new, remember
from caseapp.web.public.forms import ResumeForm

SET_ASIDE = "set_aside"  # the name of the button on the page of each step


def set_aside(step: str, form: BaseForm) -> str | None:
    """Keep what was typed, complete or not, where the button for it was pressed; return the page with the code.

    `None` where another button was pressed, or the page is too old to be believed.
    """
    if request.method != "POST" or SET_ASIDE not in request.form or not _is_ours(form):
        return None
    key = key_or_new()
    remember(key)
    try:
        with transaction():
            throttle.count(throttle.FILING, {"address": address()}, at=clock.now())
            code = drafts.set_aside(key, step, form.answers, at=clock.now())
    except DomainError as refusal:
        form.show(refusal)
        return None
    until = local_date(clock.now() + drafts.SET_ASIDE_FOR)
    return render_template("public/set_aside.html", code=code, until=until)


def _is_ours(form: BaseForm) -> bool:
    """Judge the token alone: what is half-filled may be kept."""
    form.validate()
    is_ours = not form.csrf_token.errors
    for field in form:
        field.errors = []
    return is_ours


@pages.route("/apply/resume", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def resume_filing() -> ResponseReturnValue:
    form = ResumeForm()
    if form.validate_on_submit():
        try:
            with transaction():
                throttle.count(throttle.RESUMING, {"address": address()}, at=clock.now())
            with transaction():
                key = drafts.resume(form.typed_code, at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            remember(key)
            flash("已找到您暂存的申请，请接着填写。")
            return redirect(url_for(_page_to_go_on(key)))
    return render_template("public/resume.html", form=form)


def _page_to_go_on(key: str) -> str:
    """Return the page of the step that was left unfinished."""
    found = drafts.find(key)
    steps = found.answers if found else {}
    left = [step for step in intake.NEEDED if f"{drafts.UNFINISHED}{step}" in steps]
    return f"public.apply_{left[-1] if left else 'kind'}"
