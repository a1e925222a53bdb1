"""主动公开目录: the kinds of information, with time limit, way and supervision channel."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import NotPermitted, Permission
from caseapp.services import catalogue, routing
from caseapp.services.catalogue import KindFacts
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import KindForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/catalogue")
@requires(Permission.ADMINISTER)
def list_kinds() -> ResponseReturnValue:
    return render_template(
        "admin/list_kinds.html", kinds=catalogue.kinds(active_only=False), fields=dict(routing.table().field_names)
    )


@pages.route("/catalogue/<kind_code>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def edit_kind(kind_code: str) -> ResponseReturnValue:
    kind = catalogue.get(kind_code)
    if kind is None:
        abort(404)
    form = KindForm(obj=kind, data={"days": str(kind.days)})
    if form.validate_on_submit():
        facts = KindFacts(**{**form.answers, "days": int(form.days.data)})
        try:
            with transaction():
                catalogue.change(kind_code, facts, actor=current_actor(), at=clock.now())
        except NotPermitted:
            raise
        except DomainError as refusal:
            form.show(refusal)
        else:
            flash(f"已保存“{facts.name}”。")
            return redirect(url_for(".list_kinds"))
    return render_template("admin/edit_kind.html", form=form, kind=kind)
