"""The lists of the workbench: what waits for me, and all cases that I may read."""

from collections.abc import Mapping
from dataclasses import replace

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.lifecycle import STATUS_WORDS, Status
from caseapp.domain.permissions import Actor, Permission, is_granted
from caseapp.domain.urgency import URGENCY_WORDS
from caseapp.services import case_lists, cases, deadlines, duties, reports, routing, worklists
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import EVERY, FilterForm
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.case_rows import listed, waiting
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.forms import choices

LARGEST_ID = 2**31 - 1


@pages.route("/")
@requires(Permission.USE_WORKBENCH)
def worklist() -> ResponseReturnValue:
    mine = worklists.mine(current_actor(), today=clock.today())
    groups = [(URGENCY_WORDS[heading], [waiting(row) for row in rows]) for heading, rows in mine.groups.items()]
    return render_template(
        "casework/worklist.html",
        groups=groups,
        more=mine.more,
        most=worklists.MOST,
        posts=any(row.task is worklists.Task.DELIVER for rows in mine.groups.values() for row in rows),
        owed=_owed(),
        near=duties.near(current_actor(), at=clock.now()),
    )


def _owed() -> reports.Owed | None:
    """Return the annual report that is to be published, to those who see to it (R58)."""
    if not is_granted(current_actor(), Permission.READ_REPORTS):
        return None
    return reports.owed(today=clock.today())


@pages.route("/all")
@requires(Permission.USE_WORKBENCH)
def list_cases() -> ResponseReturnValue:
    actor = current_actor()
    form = _filter_form(actor)
    form.validate()
    chosen = _chosen(form)
    before = request.args.get("before", type=int)
    asked = replace(_filters(chosen), before=before if before and 0 < before <= LARGEST_ID else None)
    page = cases.find(asked, actor=actor)
    badges = deadlines.badges(page.cases, today=clock.today())
    next_url = url_for(".list_cases", **chosen, before=page.next_before) if page.next_before else None
    return render_template(
        "casework/list_cases.html",
        form=form,
        chips=_chips(form, chosen),
        rows=listed(page.cases, badges),
        next_url=next_url,
        first_url=url_for(".list_cases", **chosen) if before else None,
        export_url=url_for(".export_cases", **chosen),
    )


@pages.route("/all.xlsx")
@requires(Permission.USE_WORKBENCH)
def export_cases() -> ResponseReturnValue:
    """Hand out the list as it is narrowed; a filter that cannot be read is refused, never passed over."""
    form = _filter_form(current_actor())
    if not form.validate():
        abort(400)
    asked = _filters(_chosen(form))
    return as_attachment(case_lists.as_workbook(asked, actor=current_actor(), today=clock.today()))


def _chosen(form: FilterForm) -> dict[str, str]:
    """Return what was chosen and can be read, by field name."""
    return {field.name: field.data for field in form if field.data and not field.errors}


def _filters(chosen: Mapping[str, str]) -> cases.Filters:
    return cases.Filters(
        number=chosen.get("number", ""),
        status=Status(chosen["status"]) if "status" in chosen else None,
        department=chosen.get("department", ""),
    )


def _filter_form(actor: Actor) -> FilterForm:
    form = FilterForm(request.args)
    if cases.sees_every_department(actor.roles):
        form.department.choices = choices([EVERY, *((row.code, row.short_name) for row in routing.departments())])
    else:
        del form.department
    return form


def _chips(form: FilterForm, chosen: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return each applied filter in words with the address of the list without it."""
    words = {"number": chosen.get("number", ""), "status": "", "department": ""}
    if "status" in chosen:
        words["status"] = STATUS_WORDS[Status(chosen["status"])]
    if "department" in chosen:
        words["department"] = next(
            choice.label for choice in form.department.choices if choice.value == chosen["department"]
        )
    return [
        (
            f"{form[name].label.text}：{words[name]}",
            url_for(".list_cases", **{other: value for other, value in chosen.items() if other != name}),
        )
        for name in chosen
    ]
