"""统计: the figures of a period as a table and a chart, each opening its cases; and as a workbook."""

from dataclasses import dataclass

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from caseapp import clock
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission, is_granted
from caseapp.domain.statistics import BY_WORDS, MEASURE_MEANINGS, MEASURE_WORDS, By, Measure, Period, Row
from caseapp.services import routing, statistics
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.paging import begun_before
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import StatisticsForm

BAR, LINE, LEFT, WIDTH = 10, 34, 170, 720  # of the chart, in its own units
SHOWN = (Measure.RECEIVED, Measure.ENDED)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of the chart: where it stands, how long it is, and the number at its end."""

    measure: Measure
    top: int
    length: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The bars of every row with their labels; the table beside it says the same in numbers."""

    height: int
    rows: list[tuple[str, int, list[Bar]]]


@pages.route("/statistics")
@requires(Permission.READ_REPORTS)
def show_statistics() -> ResponseReturnValue:
    form = _form()
    figures = None
    if form.validate():
        try:
            figures = _figures(form)
        except DomainError as refusal:
            form.show(refusal)
    return render_template(
        "supervision/show_statistics.html",
        form=form,
        figures=figures,
        chart=_chart(figures.rows) if figures else None,
        asked=_asked(form),
        head=BY_WORDS[figures.by] if figures else "",
        measures=[(measure, MEASURE_WORDS[measure], MEASURE_MEANINGS[measure]) for measure in Measure],
        may_open=is_granted(current_actor(), Permission.READ_CASE),
    )


@pages.route("/statistics/file")
@requires(Permission.READ_REPORTS)
def download_statistics() -> ResponseReturnValue:
    return as_attachment(statistics.as_workbook(_figures(_valid_form())))


@pages.route("/statistics/cases")
@requires(Permission.READ_REPORTS)
def list_measured_cases() -> ResponseReturnValue:
    """The cases behind one number; for those only who may read every case."""
    form = _valid_form()
    key, before = request.args.get("key", "")[:40], begun_before()
    measure = request.args.get("measure", "")
    if measure not in MEASURE_WORDS:
        abort(404)
    figure = statistics.Figure(by=By(form.by.data), key=key, measure=Measure(measure), department=form.department.data)
    found, following = statistics.cases_of(
        _period(form), figure, before=before, today=clock.today(), actor=current_actor()
    )
    asked = {**_asked(form), "key": key, "measure": measure}
    return render_template(
        "supervision/list_measured_cases.html",
        words=MEASURE_WORDS[Measure(measure)],
        meaning=MEASURE_MEANINGS[Measure(measure)],
        group=statistics.words_of(figure.by, key),
        back_words="统计",
        back=url_for(".show_statistics", **_asked(form)),
        cases=found,
        next_url=url_for(".list_measured_cases", **asked, before=following) if following else None,
        first_url=url_for(".list_measured_cases", **asked) if before else None,
    )


def _form() -> StatisticsForm:
    """Return the form of the query string; without one, this year so far by month."""
    today = clock.today()
    usual = {"first": f"{today.year}-01-01", "last": today.isoformat(), "by": By.MONTH.value, "department": ""}
    form = StatisticsForm(request.args if "by" in request.args else MultiDict(usual))
    form.department.choices = [("", "全部部门"), *((row.code, row.short_name) for row in routing.departments())]
    return form


def _valid_form() -> StatisticsForm:
    form = _form()
    try:
        is_good = form.validate() and _period(form) is not None
    except DomainError:
        is_good = False
    if not is_good:
        abort(404)
    return form


def _period(form: StatisticsForm) -> Period:
    return Period(form.first.data, form.last.data)


def _figures(form: StatisticsForm) -> statistics.Table:
    return statistics.table(
        _period(form),
        By(form.by.data),
        department=form.department.data,
        today=clock.today(),
        actor=current_actor(),
    )


def _asked(form: StatisticsForm) -> dict[str, str]:
    """Return the query string that asks for the same again."""
    days = {name: str(form[name].data or "") for name in ("first", "last")}
    return {**days, "by": form.by.data or "", "department": form.department.data or ""}


def _chart(rows: list[Row]) -> Chart:
    longest = max((row.counts[measure] for row in rows for measure in SHOWN), default=0) or 1
    shown = []
    for place, row in enumerate(rows):
        top = place * LINE + 6
        bars = [
            Bar(
                measure=measure,
                top=top + number * (BAR + 2),
                length=round(row.counts[measure] / longest * (WIDTH - LEFT - 60)),
                number=row.counts[measure],
            )
            for number, measure in enumerate(SHOWN)
        ]
        shown.append((row.words, top + BAR + 5, bars))
    return Chart(height=len(rows) * LINE + 6, rows=shown)
