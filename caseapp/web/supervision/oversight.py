"""监督: the points of each department in a year, and cases drawn at random for a check."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.oversight import POINT_WORDS, VERDICT_WORDS, Point, Verdict
from caseapp.domain.permissions import NotPermitted, NotVisible, Permission, is_granted
from caseapp.domain.statistics import By, Period
from caseapp.services import case_checks, case_files, oversight, routing, statistics
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.acts import ONE_CASE
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.paging import begun_before
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import CheckForm, DrawForm


@pages.route("/oversight")
@requires(Permission.READ_REPORTS)
def show_oversight() -> ResponseReturnValue:
    year = chosen_year()
    return render_template(
        "supervision/show_oversight.html",
        year=year,
        points=POINT_WORDS,
        rows=oversight.departments(year, today=clock.today(), actor=current_actor()),
        opens=_addresses(year) if is_granted(current_actor(), Permission.READ_CASE) else {},
        reasons=oversight.extension_reasons(year, actor=current_actor()),
        may_check=is_granted(current_actor(), Permission.CHECK_CASES),
    )


def _addresses(year: int) -> dict[Point, dict[str, object]]:
    """Return for each point that counts cases what the address of its list says, but for the department."""
    days = {"first": f"{year}-01-01", "last": f"{year}-12-31", "by": By.DEPARTMENT.value, "department": ""}
    found: dict[Point, dict[str, object]] = {
        point: {"endpoint": ".list_measured_cases", **days, "measure": measure.value}
        for point, measure in oversight.OF_THE_STATISTICS.items()
    }
    own = {"endpoint": ".list_overseen_cases", "year": year}
    return found | {point: {**own, "point": point.value} for point in oversight.OF_ITS_OWN}


@pages.route("/oversight/cases")
@requires(Permission.READ_REPORTS)
def list_overseen_cases() -> ResponseReturnValue:
    """The cases behind one number; for those only who may read every case."""
    year, point = chosen_year(), request.args.get("point", "")
    department, before = request.args.get("key", "")[:40], begun_before()
    if point not in oversight.OF_ITS_OWN:
        abort(404)
    asked = {"year": year, "point": point, "key": department}
    found, following = oversight.cases_of(
        year, Point(point), department=department, before=before, actor=current_actor()
    )
    return render_template(
        "supervision/list_measured_cases.html",
        words=POINT_WORDS[Point(point)],
        meaning=f"{year} 年，每件只计一次",
        group=statistics.words_of(By.DEPARTMENT, department),
        back_words="监督",
        back=url_for(".show_oversight", year=year),
        cases=found,
        next_url=url_for(".list_overseen_cases", **asked, before=following) if following else None,
        first_url=url_for(".list_overseen_cases", **asked) if before else None,
    )


@pages.route("/oversight/file")
@requires(Permission.READ_REPORTS)
def download_oversight() -> ResponseReturnValue:
    return as_attachment(oversight.as_workbook(chosen_year(), today=clock.today(), actor=current_actor()))


@pages.route("/checks", methods=["GET", "POST"])
@requires(Permission.CHECK_CASES)
@checks_its_own_token
def draw_cases() -> ResponseReturnValue:
    today = clock.today()
    form = DrawForm(first=today.replace(month=1, day=1), last=today)
    form.department.choices = [("", "全部部门"), *((row.code, row.short_name) for row in routing.departments())]
    if form.validate_on_submit():
        try:
            with transaction():
                number = case_checks.draw(
                    form.how_many.data,
                    Period(form.first.data, form.last.data),
                    department=form.department.data,
                    actor=current_actor(),
                    at=clock.now(),
                )
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已抽取 {number} 件。")
            return redirect(url_for(".draw_cases"))
    waiting, done = case_checks.listed(actor=current_actor())
    return render_template("supervision/draw_cases.html", form=form, waiting=waiting, done=done, words=VERDICT_WORDS)


@pages.route(f"/checks{ONE_CASE}", methods=["GET", "POST"])
@requires(Permission.CHECK_CASES)
@checks_its_own_token
def check_case(case_id: int) -> ResponseReturnValue:
    check = case_checks.of_case(case_id, actor=current_actor())
    form = CheckForm()
    if form.validate_on_submit():
        try:
            with transaction():
                case_checks.record(
                    case_id,
                    verdict=Verdict(form.verdict.data),
                    findings=form.findings.data,
                    actor=current_actor(),
                    at=clock.now(),
                )
        except (NotVisible, NotPermitted):
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash("已登记抽查结果。")
            return redirect(url_for(".draw_cases"))
    listed = case_files.listed(case_id, actor=current_actor())
    return render_template(
        "supervision/check_case.html",
        form=form,
        check=check,
        case=listed.case,
        papers=listed.papers,
        words=VERDICT_WORDS,
    )


def chosen_year() -> int:
    """Return the year that the address asks for, this year where it asks for none."""
    year = request.args.get("year", default=clock.today().year, type=int)
    if not 2008 <= year <= 2044:
        abort(404)
    return year
