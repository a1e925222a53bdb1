"""Signing in and out; a form that was being submitted when the session ended survives the sign-in."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Permission, may_ever
from caseapp.services import people, throttle
from caseapp.web.account import kept
from caseapp.web.account.blueprint import pages
from caseapp.web.account.forms import SignInForm
from caseapp.web.kit import access
from caseapp.web.kit.access import address, checks_its_own_token, current_actor, open_to_all, sign_ins
from caseapp.web.kit.targets import own_path


@pages.route("/sign-in", methods=["GET", "POST"])
@open_to_all
@checks_its_own_token
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    if request.method == "GET":
        form.next.data = own_path(request.args.get("next", ""))
    if form.validate_on_submit():
        try:
            signed_in = _judge(str(form.sign_in_name.data), str(form.password.data))
        except DomainError as refusal:
            form.show(refusal)
        else:
            return _enter(signed_in, form)
    return render_template("account/sign_in.html", form=form)


def _judge(name: str, password: str) -> people.SignedIn:
    """Count the attempt, then judge it: strangers are slowed down, the owner's other addresses are not locked out."""
    subjects = {"address": address(), "account at address": f"{name.lower()} {address()}"}
    with transaction():
        throttle.count(throttle.SIGN_IN, subjects, at=clock.now())
    return people.sign_in(name=name, password=password)


def _enter(signed_in: people.SignedIn, form: SignInForm) -> ResponseReturnValue:
    was_typed = kept.opened(str(form.kept.data or ""))
    access.enter(signed_in)
    if was_typed is not None:
        path, fields = was_typed
        return render_template("account/resume.html", path=own_path(path), fields=fields)
    return redirect(own_path(str(form.next.data or "")) or _first_page())


def _first_page() -> str:
    actor = current_actor()
    return url_for("casework.worklist" if may_ever(actor, Permission.USE_WORKBENCH) else "admin.index")


@pages.route("/sign-out", methods=["POST"])
@open_to_all
def sign_out() -> ResponseReturnValue:
    """End the session here and everywhere this sign-in was copied to."""
    signed_in = access.signed_in_person()
    if signed_in is not None:
        with transaction():
            people.end_sessions(signed_in.actor.id)
    access.leave()
    session.clear()
    return redirect(url_for("account.sign_in"))


@sign_ins.unauthorized_handler
def ask_to_sign_in() -> ResponseReturnValue:
    """Lead to the sign-in; a POST brings its fields along, so that nothing typed is lost."""
    if request.method == "GET":
        return redirect(url_for("account.sign_in", next=request.full_path.rstrip("?")))
    form = SignInForm(formdata=None)
    form.kept.data = kept.from_request()
    return render_template("account/sign_in.html", form=form, session_ended=True), 401
