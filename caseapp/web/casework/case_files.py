"""卷内目录 on a page that prints on A4, the forms that stay inside, and the whole file as one archive (R59)."""

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.internal_sheets import SHEETS
from caseapp.domain.permissions import Permission
from caseapp.services import case_files, internal_sheets
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.acts import ONE_CASE
from caseapp.web.kit.downloads import as_attachment


@pages.route(f"{ONE_CASE}/file")
@requires(Permission.READ_CASE)
def case_file(case_id: int) -> ResponseReturnValue:
    listed = case_files.listed(case_id, actor=current_actor())
    sheets = internal_sheets.listed(case_id, actor=current_actor())
    return render_template(
        "casework/case_file.html",
        case=listed.case,
        papers=listed.papers,
        missing=listed.missing,
        sheets=sheets,
        codes=SHEETS,
    )


@pages.route(f"{ONE_CASE}/file/sheets/<place>")
@requires(Permission.READ_CASE)
def download_sheet(case_id: int, place: str) -> ResponseReturnValue:
    """Hand out one form of the office; a place that is none, or that the case has not used, is 404."""
    return as_attachment(internal_sheets.sheet(case_id, place, actor=current_actor()))


@pages.route(f"{ONE_CASE}/file/archive", methods=["POST"])
@requires(Permission.READ_CASE)
def take_case_file(case_id: int) -> ResponseReturnValue:
    with transaction():
        name, content = case_files.take(case_id, actor=current_actor(), at=clock.now())
    return send_file(content, mimetype="application/zip", as_attachment=True, download_name=name, etag=False)
