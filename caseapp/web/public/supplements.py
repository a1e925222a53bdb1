"""去补正: the applicant answers the notice to correct, with text and files, behind the query code (art. 30)."""

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.services import attachments, supplements, throttle, tracking
from caseapp.web.kit.access import address, checks_its_own_token, open_to_all
from caseapp.web.public import kept_answers, supplement_words
from caseapp.web.public.answer_forms import CorrectionForm
from caseapp.web.public.blueprint import pages
from caseapp.web.public.forms import UploadForm
from caseapp.web.public.tracking import tracked_id

STEP = "supplement"
PAGE = "/track/case/supplement"


@pages.route(PAGE, methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def answer_supplement() -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        return _visit_over()
    key = kept_answers.key_of(case_id)
    asked = supplements.latest(case_id)
    if asked is None or (request.method == "GET" and not supplement_words.is_awaited(asked)):
        flash("这份申请现在没有需要补正的内容。", "warning")
        return redirect(url_for("public.tracked_case"))
    form = CorrectionForm(supplement=asked.id, text=kept_answers.typed(key, STEP))
    upload = UploadForm(formdata=None)
    if form.validate_on_submit() and (_no_file_chosen() or _attach(key, upload)) and _take(case_id, key, form):
        kept_answers.forget()
        flash("已收到您的补正材料，答复期限从今天起重新计算。")
        return redirect(url_for("public.tracked_case"))
    return _page(case_id, key, form, upload)


@pages.route(f"{PAGE}/files", methods=["POST"])
@open_to_all
@checks_its_own_token
def upload_supplement_file() -> ResponseReturnValue:
    """Keep what was typed, complete or not, and attach the file."""
    return _change_files(lambda key, upload: upload.validate_on_submit() and _attach(key, upload))


@pages.route(f"{PAGE}/files/<int(max=2147483647):attachment_id>/remove", methods=["POST"])
@open_to_all
@checks_its_own_token
def remove_supplement_file(attachment_id: int) -> ResponseReturnValue:
    """Keep what was typed and take the file off this browser's draft."""

    def remove(key: str, _upload: UploadForm) -> bool:
        with transaction():
            gone = attachments.remove(key, attachment_id)
        attachments.drop([gone] if gone else [])
        return True

    return _change_files(remove)


def _change_files(change: Callable[[str, UploadForm], bool]) -> ResponseReturnValue:
    case_id = tracked_id()
    if case_id is None:
        return _visit_over()
    key = kept_answers.key_of(case_id)
    form, upload = CorrectionForm(), UploadForm()
    if not _is_clean(form) or not change(key, upload):
        return _page(case_id, key, form, upload)
    kept_answers.keep(key, STEP, form.text.data)
    return redirect(url_for("public.answer_supplement", _anchor="attachments"))


def _visit_over() -> ResponseReturnValue:
    if request.method == "GET":
        return redirect(url_for("public.track"))
    form = CorrectionForm()
    form.validate()
    if not form.csrf_token.errors and not _no_file_chosen():
        key = kept_answers.key_held()
        kept_answers.remember(key)
        _attach(key, UploadForm(formdata=None))
    return kept_answers.ask_for_code_again(STEP, request.form.get("text", ""))


def _page(case_id: int, key: str, form: CorrectionForm, upload: UploadForm) -> str:
    asked = supplements.latest(case_id)
    return render_template(
        "public/answer_supplement.html",
        form=form,
        upload=upload,
        files=[{"id": row.id, "name": row.original_name, "size": row.size} for row in attachments.of_draft(key)],
        most=attachments.MOST,
        tracked=tracking.case_for_applicant(case_id),
        asked=supplement_words.asked(asked, today=clock.today()),
    )


def _no_file_chosen() -> bool:
    chosen = request.files.get("file")
    return chosen is None or not chosen.filename


def _attach(key: str, upload: UploadForm) -> bool:
    """Attach the chosen file to the draft; say whether that was done, and show the refusal where it was not."""
    chosen = request.files.get("file")
    name, content = (chosen.filename or "", chosen.read()) if chosen else ("", b"")
    try:
        with transaction():
            throttle.count(throttle.UPLOAD, {"address": address()}, at=clock.now())
            attachments.add(key, name=name, content=content, at=clock.now())
    except DomainError as refusal:
        upload.show(refusal)
        return False
    return True


def _take(case_id: int, key: str, form: CorrectionForm) -> bool:
    try:
        with transaction():
            supplements.take_online(case_id, form.supplement.data, text=form.text.data, key=key, at=clock.now())
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True


def _is_clean(form: CorrectionForm) -> bool:
    """Return whether all that was typed can be kept; an empty text may still be filled in later."""
    form.validate()
    if not form.text.data:
        form.text.errors = []
    return not form.errors
