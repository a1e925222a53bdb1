"""The page of one case, and the papers that can be opened from it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotVisible, Permission
from caseapp.services import attachments, case_pages, envelopes, identities, letter_pdfs, letters
from caseapp.web.casework import case_words
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.acts import ONE_CASE
from caseapp.web.kit.downloads import as_attachment


@pages.route(ONE_CASE)
@requires(Permission.READ_CASE)
def show_case(case_id: int) -> ResponseReturnValue:
    shown = case_pages.show(case_id, actor=current_actor(), today=clock.today())
    return render_template("casework/show_case.html", **case_words.page(shown))


@pages.route(f"{ONE_CASE}/identity", methods=["POST"])
@requires(Permission.SEE_IDENTITY)
def show_identity(case_id: int) -> ResponseReturnValue:
    """Show the case once with the full identity number; the next page has it masked again."""
    with transaction():
        number = identities.show(case_id, actor=current_actor(), at=clock.now())
    shown = case_pages.show(case_id, actor=current_actor(), today=clock.today())
    return render_template("casework/show_case.html", **case_words.page(shown, identity=number))


@pages.route(f"{ONE_CASE}/attachments/<int(max=2147483647):attachment_id>")
@requires(Permission.READ_CASE)
def download_attachment(case_id: int, attachment_id: int) -> ResponseReturnValue:
    return as_attachment(attachments.open_for_staff(case_id, attachment_id, actor=current_actor()))


@pages.route(f"{ONE_CASE}/letters/<int(max=2147483647):letter_id>")
@requires(Permission.READ_CASE)
def download_letter(case_id: int, letter_id: int) -> ResponseReturnValue:
    return as_attachment(letters.download_for_staff(case_id, letter_id, actor=current_actor()))


@pages.route(f"{ONE_CASE}/letters/<int(max=2147483647):letter_id>/pdf")
@requires(Permission.READ_CASE)
def download_letter_as_pdf(case_id: int, letter_id: int) -> ResponseReturnValue:
    """Hand out the PDF; where none can be made, say so on the case's page, which has the .docx."""
    try:
        return as_attachment(letter_pdfs.for_staff(case_id, letter_id, actor=current_actor()))
    except NotVisible:
        raise
    except DomainError as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".show_case", case_id=case_id))


@pages.route(f"{ONE_CASE}/envelope")
@requires(Permission.RECORD_DELIVERY)
def download_envelope(case_id: int) -> ResponseReturnValue:
    """Hand out the envelope for the applicant's address; where he gave none, say so on the case's page."""
    try:
        return as_attachment(envelopes.envelope(case_id, actor=current_actor()))
    except envelopes.NoAddress as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".show_case", case_id=case_id))


@pages.route("/labels")
@requires(Permission.RECORD_DELIVERY)
def download_labels() -> ResponseReturnValue:
    """Hand out labels for what waits to be posted; where there is nothing, say so on the worklist."""
    try:
        return as_attachment(envelopes.labels(actor=current_actor()))
    except envelopes.NothingToPost as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for(".worklist"))
