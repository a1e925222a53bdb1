"""文号登记簿 on a page: by department and year, the newest number first."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.permissions import Permission
from caseapp.services import letter_register, letter_series, routing
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.paging import begun_before
from caseapp.web.supervision.blueprint import pages


@pages.route("/letters")
@requires(Permission.READ_REPORTS)
def list_letters() -> ResponseReturnValue:
    departments = [(department.code, department.short_name) for department in routing.departments()]
    chosen = request.args.get("department", "")[:20] or (departments[0][0] if departments else "")
    year = request.args.get("year", default=clock.today().year, type=int)
    before = begun_before()
    if not 2000 <= year <= 2999:
        abort(404)
    kind = LetterKind(request.args["kind"]) if request.args.get("kind") in LETTERS else None
    register = letter_register.page(chosen, year=year, before=before, kind=kind, actor=current_actor())
    if register is None:
        abort(404)
    here = {"department": chosen, "year": year, **({"kind": kind.value} if kind else {})}
    apart = [row.kind for row in letter_series.of_department(register.department.id)]
    later = url_for(".list_letters", **here, before=register.next_before) if register.next_before else None
    return render_template(
        "supervision/list_letters.html",
        register=register,
        departments=departments,
        kind=kind,
        apart=apart if kind in (None, *apart) else [*apart, kind],
        words={kind: row.label for kind, row in LETTERS.items()},
        next_url=later,
        first_url=url_for(".list_letters", **here) if before else None,
    )
