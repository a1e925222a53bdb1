"""推送: sites that are told of every change of the catalogue, and what they answered."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission
from caseapp.services import pushes
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import PushTargetForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/pushes", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def list_pushes() -> ResponseReturnValue:
    form, secret, name = PushTargetForm(), "", ""
    if form.validate_on_submit():
        try:
            with transaction():
                site = request.url_root.rstrip("/")
                secret = pushes.add(**form.answers, site=site, actor=current_actor(), at=clock.now())
        except DomainError as refusal:
            form.show(refusal)
        else:
            name, form = form.name.data, PushTargetForm(formdata=None)
    return render_template(
        "admin/pushes.html",
        form=form,
        secret=secret,
        name=name,
        targets=pushes.active_targets(),
        latest=pushes.latest(),
        most=pushes.SHOWN,
    )


@pages.route("/pushes/targets/<int(max=2147483647):target_id>/off", methods=["POST"])
@requires(Permission.ADMINISTER)
def stop_pushes(target_id: int) -> ResponseReturnValue:
    with transaction():
        name = pushes.stop(target_id, actor=current_actor(), at=clock.now())
    flash(f"不再推送到“{name}”。")
    return redirect(url_for(".list_pushes"))


@pages.route("/pushes/<int(max=2147483647):push_id>/again", methods=["POST"])
@requires(Permission.ADMINISTER)
def push_again(push_id: int) -> ResponseReturnValue:
    with transaction():
        pushes.push_again(push_id, actor=current_actor(), at=clock.now())
    flash("将再次推送。")
    return redirect(url_for(".list_pushes"))
