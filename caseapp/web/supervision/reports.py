"""年度报告: tables three and four of a year, what does not add up, the frozen 结转, and the report as a file."""

import io

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.annual_report import BLOCKS, CELLS, COLUMNS, ROWS, TOTAL, label, layout_of
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission, is_granted
from caseapp.domain.progress import year_asked
from caseapp.domain.report_correction import Part
from caseapp.domain.report_text import SECTIONS, TABLES_TWO
from caseapp.services import report_files, report_texts, reports, routing
from caseapp.services.reports import Report
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.paging import begun_before
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import PublishForm

ONE_YEAR = "/reports/<int(min=2019,max=2999):year>"
MEDIA = {
    "json": "application/json",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FORM_WORDS = {"docx": "下载官方格式（Word）", "xlsx": "下载表格（Excel）", "json": "下载数据（JSON）"}


@pages.route("/reports")
@requires(Permission.READ_REPORTS)
def list_reports() -> ResponseReturnValue:
    today = clock.today()
    rows = [(year, reports.published(year)) for year in reports.years(today=today)]
    return render_template(
        "supervision/list_reports.html", rows=rows, owed=reports.owed(today=today), asked_about=year_asked(today)
    )


@pages.route(ONE_YEAR)
@requires(Permission.READ_REPORTS)
def show_report(year: int) -> ResponseReturnValue:
    report = report_of(year)
    may_freeze = is_granted(current_actor(), Permission.ADMINISTER) and not report.is_frozen
    return render_template(
        "supervision/show_report.html",
        report=report,
        title=report_files.title(report),
        columns=COLUMNS,
        rows=_rows(report),
        blocks=[(block, [report.table_four[block, cell] for cell in (*CELLS, TOTAL)]) for block in BLOCKS.values()],
        cells=(*CELLS, TOTAL),
        notes=[words for words in report_files.notes(report) if not words.startswith("人工更正")],
        departments=[(department.code, department.short_name) for department in routing.departments()],
        forms=FORM_WORDS.items(),
        may_open=is_granted(current_actor(), Permission.READ_CASE),
        texts=[] if report.department else _sections(year),
        numbers=[] if report.department else _figures(year),
        warned=[] if report.department else report_texts.warnings(report),
        may_write=is_granted(current_actor(), Permission.ADMINISTER) and not report.department,
        may_freeze=may_freeze and clock.today().year > year,
    )


@pages.route(f"{ONE_YEAR}/cells")
@requires(Permission.READ_REPORTS)
def list_counted_cases(year: int) -> ResponseReturnValue:
    """The cases behind one number; for those only who may read every case."""
    asked = {name: request.args.get(name, "")[:20] for name in ("row", "column", "department")}
    before = begun_before()
    report = report_of(year)
    if (asked["row"], asked["column"]) not in report.table_three:
        abort(404)
    found, following = reports.cases_of(year, **asked, before=before, actor=current_actor())
    return render_template(
        "supervision/list_counted_cases.html",
        year=year,
        words=label(report.layout, asked["row"]),
        asked=asked,
        count=report.table_three[asked["row"], asked["column"]],
        by_hand=report.by_hand[asked["row"], asked["column"]],
        cases=found,
        next_url=url_for(".list_counted_cases", year=year, **asked, before=following) if following else None,
        first_url=url_for(".list_counted_cases", year=year, **asked) if before else None,
    )


@pages.route(f"{ONE_YEAR}/disputes")
@requires(Permission.READ_REPORTS)
def list_counted_disputes(year: int) -> ResponseReturnValue:
    """The cases behind one number of table four; for those only who may read every case."""
    asked = {name: request.args.get(name, "")[:40] for name in ("block", "cell", "department")}
    before, report = request.args.get("before", type=int), report_of(year)
    if (asked["block"], asked["cell"]) not in report.table_four:
        abort(404)
    found, following = reports.dispute_cases_of(year, **asked, before=before, actor=current_actor())
    return render_template(
        "supervision/list_counted_cases.html",
        year=year,
        words=asked["block"],
        asked={"column": asked["cell"], "department": asked["department"]},
        count=report.table_four[asked["block"], asked["cell"]],
        by_hand=_by_hand(report, asked["block"], asked["cell"]),
        cases=found,
        next_url=url_for(".list_counted_disputes", year=year, **asked, before=following) if following else None,
        first_url=url_for(".list_counted_disputes", year=year, **asked) if before else None,
    )


def _by_hand(report: Report, row: str, column: str) -> int:
    theirs = (one for one in report.corrections if one.part is Part.FOUR and one.row == row)
    return sum(one.by_how_many for one in theirs if column in (one.column, TOTAL))


@pages.route(f"{ONE_YEAR}/files/<form>")
@requires(Permission.READ_REPORTS)
def download_report(year: int, form: str) -> ResponseReturnValue:
    if form not in MEDIA:
        abort(404)
    content = report_files.written(report_of(year), form=form)
    name = f"{year}年政府信息公开工作年度报告.{form}"
    return send_file(io.BytesIO(content), mimetype=MEDIA[form], as_attachment=True, download_name=name, etag=False)


@pages.route(f"{ONE_YEAR}/carried-over", methods=["POST"])
@requires(Permission.ADMINISTER)
def freeze_report(year: int) -> ResponseReturnValue:
    try:
        with transaction():
            count = reports.freeze(year, actor=current_actor(), at=clock.now())
    except DomainError as refusal:
        flash(str(refusal), "warning")
    else:
        flash(f"已冻结 {year} 年的结转：{count} 件。下一年度报告的第二项以此为准。")
    return redirect(url_for(".show_report", year=year))


@pages.route(f"{ONE_YEAR}/publication", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def publish_report(year: int) -> ResponseReturnValue:
    form = PublishForm(published_on=clock.today())
    if form.validate_on_submit():
        try:
            with transaction():
                reports.publish(year, **form.answers, actor=current_actor(), at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已登记 {year} 年报告的公布。")
            return redirect(url_for(".list_reports"))
    return render_template("supervision/publish_report.html", year=year, form=form)


def report_of(year: int) -> Report:
    """Return the report that the address asks for; a department that is not there is not found."""
    try:
        return reports.annual(year, department=request.args.get("department", "")[:20])
    except DomainError:
        abort(404)


def _sections(year: int) -> list[tuple[str, str, str]]:
    written = report_texts.texts(year)
    return [(heading, title, written.get(name, "")) for name, (heading, title) in SECTIONS.items()]


def _figures(year: int) -> list[tuple[str, str, str, str]]:
    entered = report_texts.numbers(year)
    return [(*place, entered.get(name, "")) for name, place in TABLES_TWO[layout_of(year)].items()]


def _rows(report: Report) -> list[tuple[str, str, list[int]]]:
    return [
        (code, label(report.layout, code), [report.table_three[code, column] for column in COLUMNS])
        for code in ROWS[report.layout]
    ]
