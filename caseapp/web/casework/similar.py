"""相似的申请: what is like this request, and one of them beside it."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from caseapp.domain.permissions import Permission
from caseapp.services import cases, similar
from caseapp.web.casework.blueprint import pages
from caseapp.web.kit.access import current_actor, requires
from caseapp.web.kit.acts import ONE_CASE


@pages.route(f"{ONE_CASE}/similar")
@requires(Permission.READ_CASE)
def list_similar(case_id: int) -> ResponseReturnValue:
    actor = current_actor()
    found = similar.of_case(case_id, actor=actor)
    chosen = request.args.get("other", type=int)
    beside = next((one for one in found if chosen in (None, one.id)), None)
    if chosen is not None and beside is None:
        abort(404)
    return render_template(
        "casework/list_similar.html",
        case=cases.get(case_id, actor=actor),
        found=found,
        beside=beside,
        looked_at=similar.LOOKED_AT,
    )
