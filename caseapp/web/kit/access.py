"""Who is asking, and whether the route is open to him: declared at every route, closed by default."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, request, session
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFProtect

from caseapp import clock
from caseapp.domain.permissions import Actor, Permission, may_ever
from caseapp.services import people

SAFE = ("GET", "HEAD", "OPTIONS")
REFRESHED, REFRESH_SECONDS = "refreshed", 5 * 60
OWN_SITE = ("same-origin", "none")  # as browsers say where a request was started; "none": by the visitor himself

View = TypeVar("View", bound=Callable[..., Any])

csrf = CSRFProtect()
sign_ins = LoginManager()


class SignedInPerson:
    """What Flask-Login keeps of a member of staff."""

    is_authenticated = True
    is_active = True
    is_anonymous = False

    def __init__(self, signed_in: people.SignedIn) -> None:
        self.actor = signed_in.actor
        self.department = signed_in.department
        self._token = signed_in.token

    def get_id(self) -> str:
        return self._token


@sign_ins.user_loader
def load(token: str) -> SignedInPerson | None:
    signed_in = people.by_token(token)
    return SignedInPerson(signed_in) if signed_in else None


def enter(signed_in: people.SignedIn) -> None:
    """Open a session for this person; nothing of the visitor's session before it stays, its form token included."""
    session.clear()
    g.pop("csrf_token", None)
    session.permanent = True
    login_user(SignedInPerson(signed_in))


def leave() -> None:
    """Close the session."""
    logout_user()


def current_actor() -> Actor:
    """Return who acts; only behind `requires`."""
    actor: Actor = current_user.actor
    return actor


def signed_in_person() -> SignedInPerson | None:
    """Return the member of staff behind this request, if there is one."""
    return current_user if current_user.is_authenticated else None


def requires(permission: Permission) -> Callable[[View], View]:
    """Open the route to those whose roles could be granted `permission`; the act judges the case itself."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not may_ever(current_actor(), permission):
                abort(403)
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def open_to_all(view: View) -> View:
    """Declare a route that needs no sign-in: applicants have no account."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def checks_its_own_token(view: View) -> View:
    """Declare that the view's form checks the CSRF token itself, so that a stale one loses nothing that was typed."""
    view.checks_its_own_token = True  # type: ignore[attr-defined]
    return view


def address() -> str:
    """Return the address that the request came from, as trusted proxies tell it."""
    return request.remote_addr or "unknown"


def set_up(app: Flask) -> None:
    """Guard every route: a declaration is demanded, an unsafe method needs a token."""
    csrf.init_app(app)
    sign_ins.init_app(app)

    @app.before_request
    def refuse_other_sites() -> None:
        """Refuse a form that another site filled in, before it could be kept for after the sign-in."""
        if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "none") not in OWN_SITE:
            abort(400)

    @app.before_request
    def guard_tokens() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is None:
            return  # there is no such page, or it takes no such method: nothing is done, with or without a token
        if request.method not in SAFE and not getattr(view, "checks_its_own_token", False):
            csrf.protect()

    @app.before_request
    def refresh_session() -> None:
        """Let the hours of a session begin anew while its owner works; not at every page, which would sign each."""
        now = int(clock.now().timestamp())
        if session.permanent and abs(now - session.get(REFRESHED, 0)) >= REFRESH_SECONDS:
            session[REFRESHED] = now

    @app.before_request
    def demand_declaration() -> None:
        view = app.view_functions.get(request.endpoint or "")
        if view is not None and request.endpoint != "static" and not hasattr(view, "permission"):
            if (request.blueprint or "") == "bootstrap":
                return
            abort(403)
