"""Filing a request: four short pages, a check page, a receipt (Regulation, art. 29)."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.correction import CaseKind, check_evidence
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind, hints
from caseapp.services import attachments, drafts, intake, throttle
from caseapp.web.kit import receipts
from caseapp.web.kit.access import address, checks_its_own_token, open_to_all
from caseapp.web.kit.forms import BaseForm
from caseapp.web.public import filing_words
from caseapp.web.public.answers import sections
from caseapp.web.public.blueprint import pages
from caseapp.web.public.drafts import set_aside
from caseapp.web.public.filing_key import current_key, key_or_new, posted_key, remember
from caseapp.web.public.forms import (
    ApplicantKindForm,
    CorrectionForm,
    DeliveryForm,
    InformationForm,
    OrganisationForm,
    PersonForm,
    SubmitForm,
    UploadForm,
)

PAGE_OF_STEP = {
    "kind": "public.apply_kind",
    "applicant": "public.apply_applicant",
    "information": "public.apply_information",
    "delivery": "public.apply_delivery",
}


@pages.route("/apply/kind", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def apply_kind() -> ResponseReturnValue:
    draft = _draft()
    form = ApplicantKindForm(
        data=filing_words.kind_as_typed(drafts.typed(draft, "kind"), wanted=request.args.get("case_kind"))
    )
    if put_aside := set_aside("kind", form):
        return put_aside
    if form.validate_on_submit():
        return _keep_and_go("kind", form, "public.apply_applicant")
    return render_template("public/apply_kind.html", form=form)


@pages.route("/apply/applicant", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def apply_applicant() -> ResponseReturnValue:
    draft = _draft()
    if request.method == "GET" and not draft.get("kind"):
        return redirect(url_for("public.apply_kind"))
    kind = ApplicantKind(str(draft.get("kind", {}).get("kind", ApplicantKind.PERSON)))
    form = (OrganisationForm if kind.is_organisation else PersonForm)(data=drafts.typed(draft, "applicant"))
    if put_aside := set_aside("applicant", form):
        return put_aside
    if form.validate_on_submit():
        return _keep_and_go("applicant", form, "public.apply_information")
    return render_template("public/apply_applicant.html", form=form)


@pages.route("/apply/information", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def apply_information() -> ResponseReturnValue:
    form = information_form()
    upload = UploadForm(formdata=None)
    chosen = request.files.get("file")
    if put_aside := set_aside("information", form):
        return put_aside
    if form.validate_on_submit():
        attached = attach(upload) if chosen is not None and chosen.filename else _has_evidence(upload)
        if attached:
            return _keep_and_go("information", form, "public.apply_delivery")
    return information_page(form, upload)


def information_form() -> InformationForm:
    """Return the form of what is asked for, with what was typed before: information, or a correction (art. 41)."""
    kind = CorrectionForm if _case_kind() is CaseKind.CORRECTION else InformationForm
    return kind(data=drafts.typed(_draft(), "information"))


def _case_kind() -> CaseKind:
    return CaseKind(str(_draft().get("kind", {}).get("case_kind") or CaseKind.DISCLOSURE))


def _has_evidence(upload: UploadForm) -> bool:
    """Say whether the files are enough, and show the refusal where they are not."""
    key = current_key()
    try:
        check_evidence(_case_kind(), files=len(attachments.of_draft(key)) if key else 0)
    except DomainError as refusal:
        upload.show(refusal)
        return False
    return True


def information_page(form: InformationForm, upload: UploadForm) -> str:
    """Return the page on which the request is described and files are attached."""
    key = current_key()
    files = attachments.of_draft(key) if key else []
    return render_template(
        "public/apply_information.html",
        form=form,
        upload=upload,
        files=[{"id": file.id, "name": file.original_name, "size": file.size} for file in files],
        is_correction=_case_kind() is CaseKind.CORRECTION,
        by_agent=bool(_draft().get("kind", {}).get("agent_name")),
    )


def attach(upload: UploadForm) -> bool:
    """Attach the chosen file to the draft; say whether that was done, and show the refusal where it was not."""
    chosen = request.files.get("file")
    key = key_or_new()
    remember(key)
    try:
        with transaction():
            throttle.count(throttle.UPLOAD, {"address": address()}, at=clock.now())
            attachments.add(
                key,
                name=chosen.filename or "" if chosen else "",
                content=chosen.read() if chosen else b"",
                at=clock.now(),
            )
    except DomainError as refusal:
        upload.show(refusal)
        return False
    return True


@pages.route("/apply/delivery", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def apply_delivery() -> ResponseReturnValue:
    form = DeliveryForm(data=drafts.typed(_draft(), "delivery"))
    if put_aside := set_aside("delivery", form):
        return put_aside
    if form.validate_on_submit():
        return _keep_and_go("delivery", form, "public.apply_check")
    return render_template("public/apply_delivery.html", form=form)


@pages.route("/apply/check", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def apply_check() -> ResponseReturnValue:
    key = posted_key() or current_key()
    form = SubmitForm(filing_key=key)
    if form.validate_on_submit() and _file(form):
        return _to_receipt(key)
    found = drafts.find(key) if key else None
    if found is None:
        flash("您填写的内容已超过保存时间，请重新填写。", "warning")
        return redirect(url_for("public.apply_kind"))
    if found.filed:
        return _to_receipt(key)
    try:
        intake.check_complete(found.answers)
    except intake.StepMissing as missing:
        flash(str(missing), "warning")
        return redirect(url_for(PAGE_OF_STEP[missing.step]))
    form.filing_key.data = key
    return _check_page(form, found.answers, key or "")


def _to_receipt(key: str | None) -> Response:
    """Lead to the receipt of this draft, though the browser may have begun another since."""
    if key:
        remember(key)
    return redirect(url_for("public.receipt"))


def _check_page(form: SubmitForm, answers: drafts.Answers, key: str) -> str:
    information = answers["information"]
    files = attachments.of_draft(key)
    return render_template(
        "public/apply_check.html",
        form=form,
        hints=hints(str(information["title"]), str(information["description"])),
        sections=sections(**answers, file_names=[file.original_name for file in files]),
    )


def _file(form: SubmitForm) -> bool:
    now = clock.now()
    try:
        with transaction():
            throttle.count(throttle.FILING, {"address": address()}, at=now)
            intake.file(str(form.filing_key.data), at=now)
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True


@pages.route("/apply/receipt")
@open_to_all
def receipt() -> ResponseReturnValue:
    key = current_key()
    filed = intake.filed_with(key) if key else None
    if filed is None:
        abort(404)
    case, code = filed
    return render_template("public/receipt.html", **receipts.receipt(case, code, today=clock.today()))


@pages.route("/apply/new", methods=["POST"])
@open_to_all
def apply_again() -> ResponseReturnValue:
    """Begin another request with an empty draft."""
    answer = redirect(url_for("public.apply_kind"))
    answer.delete_cookie("filing")
    return answer


def _draft() -> drafts.Answers:
    """Return the answers so far; a draft that has been filed counts as none."""
    key = current_key()
    found = drafts.find(key) if key else None
    return {} if found is None or found.filed else found.answers


def _keep_and_go(step: str, form: BaseForm, endpoint: str) -> Response:
    key = key_or_new()
    with transaction():
        drafts.save(key, step, form.answers, at=clock.now())
    remember(key)
    return redirect(url_for(endpoint))
