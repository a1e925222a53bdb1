"""Adding and taking away files while a request is being described."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.services import attachments, drafts
from caseapp.web.kit.access import checks_its_own_token, open_to_all
from caseapp.web.public.blueprint import pages
from caseapp.web.public.filing import attach, information_form, information_page
from caseapp.web.public.filing_key import current_key, key_or_new, remember
from caseapp.web.public.forms import InformationForm, UploadForm


@pages.route("/apply/attachments", methods=["POST"])
@open_to_all
@checks_its_own_token
def upload_attachment() -> ResponseReturnValue:
    """Keep what was typed, complete or not, and attach the file."""
    form, upload = information_form(), UploadForm()
    clean = _is_clean(form)
    if not upload.validate_on_submit() or not clean or not attach(upload):
        return information_page(form, upload)
    _keep_typed(form)
    return redirect(url_for("public.apply_information", _anchor="attachments"))


@pages.route("/apply/attachments/<int(max=2147483647):attachment_id>/remove", methods=["POST"])
@open_to_all
@checks_its_own_token
def remove_attachment(attachment_id: int) -> ResponseReturnValue:
    """Keep what was typed and take the file off this browser's draft."""
    form = information_form()
    if not _is_clean(form):
        return information_page(form, UploadForm(formdata=None))
    _keep_typed(form)
    key = current_key()
    if key:
        with transaction():
            gone = attachments.remove(key, attachment_id)
        attachments.drop([gone] if gone else [])
    return redirect(url_for("public.apply_information", _anchor="attachments"))


def _is_clean(form: InformationForm) -> bool:
    """Return whether all that was typed can be kept; only an empty description may still be filled in later."""
    form.validate()
    if not form.description.data:
        form.description.errors = []
    return not form.errors


def _keep_typed(form: InformationForm) -> None:
    key = key_or_new()
    with transaction():
        drafts.save(key, "information", form.answers, at=clock.now())
    remember(key)
