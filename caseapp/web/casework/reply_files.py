"""The files that an answer discloses: added and taken away while it is drafted."""

from functools import partial

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Permission
from caseapp.services import attachments, cases, replies, reply_files
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import ReplyFileForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE, ActForm, done, turned_back
from caseapp.web.kit.downloads import as_attachment

ONE_FILE = "<int(max=2147483647):file_id>"


@pages.route(f"{ONE_CASE}/reply/files", methods=["GET", "POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def reply_files_page(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    if back := turned_back(case, Action.DRAFT_REPLY):
        return back
    form = ReplyFileForm(version=case.version)
    if form.validate_on_submit():
        add = partial(reply_files.add, name=form.file.data.filename or "", content=form.file.data.read())
        if done(form, case_id, add):
            flash("已增加文件。")
            return redirect(url_for(".reply_files_page", case_id=case_id))
    return _page(case_id, form)


@pages.route(f"{ONE_CASE}/reply/files/{ONE_FILE}/remove", methods=["POST"])
@requires(Permission.WORK_ON_CASE)
@checks_its_own_token
def remove_reply_file(case_id: int, file_id: int) -> ResponseReturnValue:
    reply_files.get(case_id, file_id, actor=current_actor())
    form = ActForm()
    gone: list[str] = []
    if form.validate_on_submit():

        def take_off(case_id: int, **common: object) -> None:
            gone.append(reply_files.remove(case_id, file_id=file_id, **common))

        if done(form, case_id, take_off):
            attachments.drop(gone)
            flash("已删除文件。")
            return redirect(url_for(".reply_files_page", case_id=case_id))
    return _page(case_id, form)


def _page(case_id: int, form: ActForm) -> str:
    case = cases.get(case_id, actor=current_actor(), permission=Permission.WORK_ON_CASE)
    fresh = ReplyFileForm(formdata=None, version=case.version)
    shown = form if isinstance(form, ReplyFileForm) else fresh
    for words in form.errors.values() if shown is fresh else ():
        shown.form_errors = [*shown.form_errors, *words]
    return render_template(
        "casework/reply_files.html",
        case=case,
        form=shown,
        files=reply_files.of_case(case.id),
        drafted=replies.of(case.id),
        most=reply_files.MOST,
    )


@pages.route(f"{ONE_CASE}/reply/files/{ONE_FILE}")
@requires(Permission.READ_CASE)
def download_reply_file(case_id: int, file_id: int) -> ResponseReturnValue:
    return as_attachment(reply_files.open_for_staff(case_id, file_id, actor=current_actor()))
