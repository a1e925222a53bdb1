"""期限试算 on a case: what its due dates would become, were this or that to happen; nothing is written."""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.domain.permissions import Permission
from caseapp.services import cases
from caseapp.services import what_if as supposing
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.acts import ONE_CASE
from caseapp.web.kit.what_if import SupposedForm, words


@pages.route(f"{ONE_CASE}/what-if")
@requires(Permission.READ_CASE)
def what_if(case_id: int) -> ResponseReturnValue:
    case = cases.get(case_id, actor=current_actor())
    form = SupposedForm(request.args or None)
    seen = None
    if not request.args or form.validate():
        seen = form.look(supposing.standing_of(case), partial(supposing.of_case, case, today=clock.today()))
    return render_template("casework/what_if.html", case=case, form=form, result=words(seen) if seen else None)
