"""Departments: the list, and the facts that the letters of each state."""

from dataclasses import asdict

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.department_facts import example_number
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.numbering import letter_number
from caseapp.domain.permissions import NotPermitted, Permission
from caseapp.services import departments as services
from caseapp.services import letter_series
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import DepartmentForm, SeriesForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/departments")
@requires(Permission.ADMINISTER)
def departments() -> ResponseReturnValue:
    year = clock.today().year
    rows = [
        (department, example_number(services.facts(department), year=year))
        for department in services.every(actor=current_actor())
    ]
    return render_template("admin/departments.html", rows=rows)


@pages.route("/departments/<int(max=2147483647):department_id>/edit", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def edit_department(department_id: int) -> ResponseReturnValue:
    department = services.get(department_id, actor=current_actor())
    example = example_number(services.facts(department), year=clock.today().year)
    form = DepartmentForm(data=asdict(services.facts(department)) | {"seen": services.state(department)})
    if form.validate_on_submit():
        try:
            with transaction():
                services.change(
                    department_id, wanted=form.facts, seen=form.seen.data, actor=current_actor(), at=clock.now()
                )
        except NotPermitted:
            raise
        except services.DepartmentChanged as changed:
            form.seen.data = services.state(services.get(department_id, actor=current_actor()))
            form.show(changed)
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已保存{form.name.data}的资料。新的文号形如 {_example(form)}。")
            return redirect(url_for(".departments"))
    return render_template("admin/edit_department.html", form=form, example=example)


@pages.route("/departments/<int(max=2147483647):department_id>/series", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def number_apart(department_id: int) -> ResponseReturnValue:
    """Show and set which kinds of letter the department numbers by a pattern of their own."""
    department = services.get(department_id, actor=current_actor())
    form = SeriesForm(pattern="{prefix}〔{year}〕{serial}号-告")
    if form.validate_on_submit():
        kind = LetterKind(form.kind.data)
        try:
            with transaction():
                letter_series.set_pattern(
                    department_id, kind, pattern=form.pattern.data or "", actor=current_actor(), at=clock.now()
                )
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已保存{LETTERS[kind].label}的文号格式。")
            return redirect(url_for(".number_apart", department_id=department_id))
    rows = [
        (LETTERS[row.kind].label, letter_number(row.pattern, prefix=department.letter_prefix, year=year, serial=1))
        for year in [clock.today().year]
        for row in letter_series.of_department(department_id)
    ]
    return render_template("admin/number_apart.html", form=form, department=department, rows=rows)


def _example(form: DepartmentForm) -> str:
    return example_number(form.facts, year=clock.today().year)
