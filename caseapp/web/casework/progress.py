"""年度工作进展: what the officer's department says of its year."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms.validators import Length

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.permissions import Permission
from caseapp.domain.progress import PARTS, RoundMissing
from caseapp.services import progress
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import BaseForm, Required
from caseapp.web.kit.statements import LongTextField

MOST = Length(max=3000, message="请控制在 3000 字以内。")


class ProgressForm(BaseForm):
    """What a department did in a year."""

    work = LongTextField(
        PARTS["work"],
        description="例如：主动公开、依申请公开、平台建设、培训。不写申请人的姓名。",
        validators=[Required("请填写主要工作和成效。"), MOST],
        render_kw={"rows": 8},
    )
    trouble = LongTextField(PARTS["trouble"], validators=[Required("请填写存在的问题；没有的写“无”。"), MOST])
    plan = LongTextField(PARTS["plan"], validators=[Required("请填写下一步的打算。"), MOST])


@pages.route("/progress/<int(min=2019,max=2999):year>", methods=["GET", "POST"])
@requires(Permission.PUBLISH_ITEMS)
@checks_its_own_token
def write_progress(year: int) -> ResponseReturnValue:
    actor, due_on = current_actor(), progress.due_on(year)
    if due_on is None:
        flash(str(RoundMissing(year=year)), "warning")
        return redirect(url_for(".worklist"))
    form = ProgressForm(data=progress.own(year, actor=actor))
    if form.validate_on_submit():
        with transaction():
            progress.write(year, **form.answers, actor=actor, at=clock.now())
        flash(f"已填报 {year} 年的工作进展。")
        return redirect(url_for(".worklist"))
    return render_template("casework/write_progress.html", year=year, due_on=due_on, form=form)
