"""考核: scores that explain themselves, points given and taken with a reason, and the 通报."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotPermitted, NotVisible, Permission, is_granted
from caseapp.services import assessment, routing
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import AdjustmentForm
from caseapp.web.supervision.oversight import chosen_year


@pages.route("/assessment")
@requires(Permission.READ_REPORTS)
def show_assessment() -> ResponseReturnValue:
    year = chosen_year()
    return render_template(
        "supervision/show_assessment.html",
        year=year,
        criteria=assessment.criteria(),
        scores=assessment.scores(year, today=clock.today(), actor=current_actor()),
        said=assessment.said,
        may_adjust=is_granted(current_actor(), Permission.CHECK_CASES),
    )


@pages.route("/assessment/file")
@requires(Permission.READ_REPORTS)
def download_assessment() -> ResponseReturnValue:
    return as_attachment(assessment.notice(chosen_year(), today=clock.today(), actor=current_actor()))


@pages.route("/assessment/adjust", methods=["GET", "POST"])
@requires(Permission.CHECK_CASES)
@checks_its_own_token
def adjust_score() -> ResponseReturnValue:
    year, form = chosen_year(), AdjustmentForm()
    form.department.choices = [("", "请选择"), *((row.code, row.short_name) for row in routing.departments())]
    if form.validate_on_submit():
        try:
            with transaction():
                assessment.adjust(year, **form.answers, actor=current_actor(), at=clock.now())
        except (NotVisible, NotPermitted):
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash("已登记加减分。")
            return redirect(url_for(".show_assessment", year=year))
    return render_template("supervision/adjust_score.html", year=year, form=form)
