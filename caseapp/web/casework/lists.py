"""The lists of the workbench: what waits for me, and all cases that I may read."""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Permission, is_granted
from caseapp.domain.urgency import URGENCY_WORDS
from caseapp.services import case_lists, cases, deadlines, department_owes, duties, reports, saved_lists, worklists
from caseapp.web.casework.blueprint import pages
from caseapp.web.casework.forms import SavedListForm
from caseapp.web.casework.list_filters import chips, chosen_in, filter_form, filters, narrowed_by
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires
from caseapp.web.kit.addresses import address
from caseapp.web.kit.case_rows import listed, waiting
from caseapp.web.kit.downloads import as_attachment
from caseapp.web.kit.paging import begun_before

HERE = "casework.list_cases"


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
        today=clock.today(),
        department=department_owes.owed(current_actor(), today=clock.today()),
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
    return _list(request.args)


@pages.route("/all", methods=["POST"])
@requires(Permission.USE_WORKBENCH)
@checks_its_own_token
def save_list() -> ResponseReturnValue:
    """Keep the list as it is narrowed; only what the list itself reads in a query string is kept."""
    keeping = SavedListForm()
    narrowed = narrowed_by(keeping.narrowed_by.data or "", current_actor())
    if keeping.validate_on_submit() and _kept(keeping, narrowed):
        flash(f"已保存常用列表“{keeping.name.data}”。")
        return redirect(url_for(".list_cases", **narrowed))
    return _list(MultiDict(narrowed), keeping)


@pages.route("/lists/<int(max=2147483647):list_id>/removal", methods=["POST"])
@requires(Permission.USE_WORKBENCH)
def remove_list(list_id: int) -> ResponseReturnValue:
    with transaction():
        name = saved_lists.remove(list_id, actor=current_actor())
    flash(f"已删除常用列表“{name}”。")
    return redirect(url_for(".list_cases"))


def _kept(form: SavedListForm, narrowed: Mapping[str, str]) -> bool:
    try:
        with transaction():
            saved_lists.keep(
                name=form.name.data,
                narrowed_by=urlencode(narrowed),
                shared=form.shared.data,
                actor=current_actor(),
                at=clock.now(),
            )
    except DomainError as refusal:
        form.show(refusal)
        return False
    return True


def _list(typed: MultiDict[str, str], keeping: SavedListForm | None = None) -> ResponseReturnValue:
    """Show the list as `typed` narrows it; what is narrowed can be kept under a name."""
    actor, today = current_actor(), clock.today()
    form = filter_form(actor, typed)
    if typed:
        form.validate()
    chosen = chosen_in(form)
    if chosen and keeping is None:
        keeping = SavedListForm(formdata=None)
    if keeping is not None:
        keeping.narrowed_by.data = urlencode(chosen)
    before = begun_before()
    asked = filters(chosen, actor=actor, today=today)
    page = cases.find(replace(asked, before=before), actor=actor)
    return render_template(
        "casework/list_cases.html",
        form=form,
        keeping=keeping,
        more_url=address(HERE, **chosen, more=1),
        chips=chips(form, chosen),
        lists=[(kept, f"{address(HERE)}?{kept.narrowed_by}") for kept in saved_lists.visible(actor)],
        rows=listed(page.cases, deadlines.badges(page.cases, today=today)),
        assigning=chosen.get("status") == Status.REGISTERED and is_granted(actor, Permission.ASSIGN_CASE),
        looked_through=cases.STRETCH if asked.are_looked_for else None,
        next_url=address(HERE, **chosen, before=page.next_before) if page.next_before else None,
        first_url=address(HERE, **chosen) if before else None,
        export_url=address("casework.export_cases", **chosen),
    )


@pages.route("/all.xlsx")
@requires(Permission.USE_WORKBENCH)
def export_cases() -> ResponseReturnValue:
    """Hand out the list as it is narrowed; a filter that cannot be read is refused, never passed over."""
    actor, today = current_actor(), clock.today()
    form = filter_form(actor, request.args)
    if not form.validate():
        abort(400)
    asked = filters(chosen_in(form), actor=actor, today=today)
    return as_attachment(case_lists.as_workbook(asked, actor=actor, today=today))
