"""各部门年度工作进展: asked for by a day, and what each department said."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import DateField
from wtforms.validators import InputRequired

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission, is_granted
from caseapp.domain.progress import PARTS
from caseapp.services import progress
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.forms import BaseForm
from caseapp.web.supervision.blueprint import pages

ONE_YEAR = "/progress/<int(min=2019,max=2999):year>"


class RoundForm(BaseForm):
    """By when the departments are to say what they did."""

    due_on = DateField("填报期限", validators=[InputRequired("请填写填报期限。")])


@pages.route(ONE_YEAR)
@requires(Permission.READ_REPORTS)
def show_progress(year: int) -> ResponseReturnValue:
    return _page(year, RoundForm(formdata=None, due_on=progress.due_on(year)))


@pages.route(ONE_YEAR, methods=["POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def ask_for_progress(year: int) -> ResponseReturnValue:
    form = RoundForm()
    if form.validate_on_submit():
        try:
            with transaction():
                progress.ask(year, due_on=form.due_on.data, actor=current_actor(), at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash("已设定填报期限，各部门的待办中会提示。")
            return redirect(url_for(".show_progress", year=year))
    return _page(year, form)


def _page(year: int, form: RoundForm) -> str:
    actor = current_actor()
    return render_template(
        "supervision/show_progress.html",
        year=year,
        due_on=progress.due_on(year),
        form=form,
        parts=PARTS,
        rows=progress.of_all(year, today=clock.today(), actor=actor),
        may_ask=is_granted(actor, Permission.ADMINISTER),
    )


@pages.route(f"{ONE_YEAR}/file")
@requires(Permission.READ_REPORTS)
def download_progress(year: int) -> ResponseReturnValue:
    return as_attachment(progress.as_workbook(year, today=clock.today(), actor=current_actor()))
