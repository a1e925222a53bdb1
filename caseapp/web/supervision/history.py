"""办理记录 of the whole office: by what happened, who did it, or which case."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Permission, may_ever
from caseapp.services import history_search
from caseapp.services.history_search import Wanted
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.paging import begun_before
from caseapp.web.supervision.blueprint import pages
from caseapp.web.supervision.forms import HistoryForm


@pages.route("/history")
@requires(Permission.READ_REPORTS)
def search_history() -> ResponseReturnValue:
    form = HistoryForm(request.args)
    form.person.choices = [("", "全部"), *((str(number), name) for number, name in history_search.people())]
    form.validate()
    chosen = {field.name: field.data for field in form if field.data and not field.errors}
    before = begun_before()
    wanted = Wanted(
        kind=EventKind(chosen["kind"]) if "kind" in chosen else None,
        person=int(chosen["person"]) if "person" in chosen else None,
        case_number=chosen.get("case_number", ""),
    )
    lines, following = history_search.find(wanted, before=before, actor=current_actor())
    return render_template(
        "supervision/search_history.html",
        form=form,
        lines=lines,
        reads_cases=may_ever(current_actor(), Permission.READ_CASE),
        next_url=url_for(".search_history", **chosen, before=following) if following else None,
        first_url=url_for(".search_history", **chosen) if before else None,
    )
