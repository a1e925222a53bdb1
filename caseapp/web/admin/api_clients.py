"""接口账号: other systems that may file and follow requests; a key is shown once."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.permissions import Permission
from caseapp.services import api_clients
from caseapp.web.admin.blueprint import pages
from caseapp.web.admin.forms import ApiClientForm
from caseapp.web.kit.access import checks_its_own_token, current_actor, requires


@pages.route("/api-clients", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
@checks_its_own_token
def api_keys() -> ResponseReturnValue:
    form, key, name = ApiClientForm(), "", ""
    if form.validate_on_submit():
        name = form.name.data
        with transaction():
            key = api_clients.add(name, actor=current_actor(), at=clock.now())
        form = ApiClientForm(formdata=None)
    return render_template("admin/api_clients.html", form=form, key=key, name=name, clients=api_clients.all_of_them())


@pages.route("/api-clients/<int(max=2147483647):client_id>/off", methods=["POST"])
@requires(Permission.ADMINISTER)
def switch_off_api_client(client_id: int) -> ResponseReturnValue:
    with transaction():
        name = api_clients.switch_off(client_id, actor=current_actor(), at=clock.now())
    flash(f"已停用“{name}”，它的密钥不再有效。")
    return redirect(url_for(".api_keys"))
