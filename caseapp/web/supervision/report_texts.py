"""The written parts of the annual report: sections, table two, and a verdict on each warning."""

from collections.abc import Iterator

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.annual_report import Layout, label
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotPermitted, NotVisible, Permission
from caseapp.domain.report_correction import Part, Wanted, cells
from caseapp.domain.report_text import SECTIONS, TABLES_TWO, draft_of_requests
from caseapp.services import report_corrections, report_texts, routing
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.forms import choices
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.report_forms import CorrectionForm, TextsForm, VerdictForm, numbers_form
from caseapp.web.supervision.reports import ONE_YEAR, report_of

CHOOSE = ("", "请选择")


@pages.route(f"{ONE_YEAR}/text", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def write_report(year: int) -> ResponseReturnValue:
    report = report_of(year)
    written = report_texts.texts(year)
    form = TextsForm(data=written)
    if form.validate_on_submit():
        with transaction():
            report_texts.write(year, form.answers, actor=current_actor(), at=clock.now())
        flash("已保存文字部分。")
        return redirect(url_for(".show_report", year=year))
    return render_template(
        "supervision/write_report.html",
        year=year,
        form=form,
        sections=SECTIONS,
        missing=[" ".join(filter(None, SECTIONS[name])) for name in SECTIONS if name not in written],
        draft=draft_of_requests(year, report.table_three),
    )


@pages.route(f"{ONE_YEAR}/table-two", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def enter_table_two(year: int) -> ResponseReturnValue:
    places = TABLES_TWO[report_of(year).layout]
    form = numbers_form(places)(data=report_texts.numbers(year))
    if form.validate_on_submit():
        try:
            with transaction():
                report_texts.enter(year, form.answers, actor=current_actor(), at=clock.now())
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash("已保存表二。")
            return redirect(url_for(".show_report", year=year))
    return render_template("supervision/enter_table_two.html", year=year, form=form, places=places)


@pages.route(f"{ONE_YEAR}/verdict", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def judge_warning(year: int) -> ResponseReturnValue:
    report = report_of(year)
    key = request.values.get("key", "")[:200]
    warned = next((one for one in report_texts.warnings(report) if one.key == key), None)
    if warned is None:
        raise NotVisible()
    form = VerdictForm(key=key, words=warned.verdict)
    if form.validate_on_submit():
        with transaction():
            report_texts.judge(report, key, form.words.data, actor=current_actor(), at=clock.now())
        flash("已记下核对的结论。")
        return redirect(url_for(".show_report", year=year))
    return render_template("supervision/judge_warning.html", year=year, form=form, warned=warned)


@pages.route(f"{ONE_YEAR}/correction", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def correct_report(year: int) -> ResponseReturnValue:
    layout = report_of(year).layout
    form = CorrectionForm()
    form.department.choices = choices(
        [("", "不属于任何部门"), *((one.code, one.short_name) for one in routing.departments())]
    )
    form.row.choices = choices([CHOOSE, *_rows(layout)])
    form.column.choices = choices([CHOOSE, *_columns(layout)])
    if form.validate_on_submit() and _corrected(year, form):
        flash("已登记更正。")
        return redirect(url_for(".show_report", year=year))
    return render_template("supervision/correct_report.html", year=year, form=form)


def _corrected(year: int, form: CorrectionForm) -> bool:
    part, _, row = form.row.data.partition(":")
    wanted = Wanted(
        part=Part(part),
        row=row,
        column=form.column.data,
        by_how_many=form.by_how_many.data,
        reason=form.reason.data,
    )
    try:
        with transaction():
            report_corrections.correct(
                year, wanted, department=form.department.data, actor=current_actor(), at=clock.now()
            )
    except NotPermitted:
        raise
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True


def _rows(layout: Layout) -> Iterator[tuple[str, str]]:
    for part in Part:
        for row in dict.fromkeys(row for row, _ in cells(part, layout)):
            words = f"{row} {label(layout, row)}" if part is Part.THREE else row
            yield f"{part.value}:{row}", f"{part.label} {words}"


def _columns(layout: Layout) -> Iterator[tuple[str, str]]:
    for part in Part:
        for column in dict.fromkeys(column for _, column in cells(part, layout)):
            yield column, f"{part.label} {column}"
