"""The app: plugs everything together; nobody imports it but the door (wsgi.py) and the tests."""

import hashlib
from collections.abc import MutableMapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app
from flask.templating import Environment
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_migrate import Migrate
from sqlalchemy import inspect
from werkzeug.middleware.proxy_fix import ProxyFix

from caseapp import cli
from caseapp import db as database
from caseapp.config import Settings, UnsafeSetting, read_settings
from caseapp.domain.errors import DomainError
from caseapp.domain.receipt import closed_channels
from caseapp.gateways.cipher import Vault
from caseapp.gateways.files import FileStore
from caseapp.gateways.messages import Carrier, FileCarrier, SmtpCarrier
from caseapp.gateways.passwords import Passwords
from caseapp.models import Person
from caseapp.services import people
from caseapp.services.installation import Installation
from caseapp.web.account import sign_in as account
from caseapp.web.admin import api_clients as admin_api_clients
from caseapp.web.admin import calendar as admin_calendar
from caseapp.web.admin import catalogue as admin_catalogue
from caseapp.web.admin import departments as admin_departments
from caseapp.web.admin import home as admin_home
from caseapp.web.admin import notices as admin_notices
from caseapp.web.admin import people as admin_people
from caseapp.web.admin import pushes as admin_pushes
from caseapp.web.admin import routing as admin_routing
from caseapp.web.admin import wordings as admin_wordings
from caseapp.web.api import items as api_items
from caseapp.web.api import papers as api_papers
from caseapp.web.api import requests as api_requests
from caseapp.web.casework import assignments, lists, replies, reply_files
from caseapp.web.casework import case_files as casework_files
from caseapp.web.casework import cases as casework
from caseapp.web.casework import consultations as casework_consultations
from caseapp.web.casework import disputes as casework_disputes
from caseapp.web.casework import due_calendar as casework_calendar
from caseapp.web.casework import extensions as casework_extensions
from caseapp.web.casework import fees as casework_fees
from caseapp.web.casework import help as casework_help
from caseapp.web.casework import items as casework_items
from caseapp.web.casework import letter_papers as casework_letter_papers
from caseapp.web.casework import on_the_spot as casework_on_the_spot
from caseapp.web.casework import progress as casework_progress
from caseapp.web.casework import publications as casework_publications
from caseapp.web.casework import reasons as casework_reasons
from caseapp.web.casework import receipts as casework_receipts
from caseapp.web.casework import registration as casework_registration
from caseapp.web.casework import search as casework_search
from caseapp.web.casework import similar as casework_similar
from caseapp.web.casework import splitting as casework_splitting
from caseapp.web.casework import supplements as casework_supplements
from caseapp.web.casework import transfers as casework_transfers
from caseapp.web.casework import voidings as casework_voidings
from caseapp.web.casework import what_if as casework_what_if
from caseapp.web.casework import withdrawals as casework_withdrawals
from caseapp.web.kit import access, acts, articles, errors, filters, page
from caseapp.web.public import attachments, calculator, filing, home, tracking
from caseapp.web.public import catalogue as public_catalogue
from caseapp.web.public import drafts as public_drafts
from caseapp.web.public import supplements as public_supplements
from caseapp.web.public import withdrawals as public_withdrawals
from caseapp.web.supervision import approvals
from caseapp.web.supervision import assessment as supervision_assessment
from caseapp.web.supervision import fees as supervision_fees
from caseapp.web.supervision import history as supervision_history
from caseapp.web.supervision import letters as supervision_letters
from caseapp.web.supervision import oversight as supervision_oversight
from caseapp.web.supervision import progress as supervision_progress
from caseapp.web.supervision import receipts as supervision_receipts
from caseapp.web.supervision import report_texts as supervision_texts
from caseapp.web.supervision import reports as supervision_reports
from caseapp.web.supervision import statistics as supervision_statistics
from caseapp.web.supervision import wordings as supervision_wordings

ROOT = Path(__file__).parent.parent
LARGEST_POST = 12 * 1024 * 1024
PAGES = (
    home.pages, calculator.pages, casework_what_if.pages,
    public_catalogue.pages, filing.pages, public_drafts.pages, attachments.pages, tracking.pages,
    public_supplements.pages, public_withdrawals.pages,
    account.pages, casework.pages, lists.pages,
    assignments.pages, replies.pages, reply_files.pages, casework_extensions.pages, casework_supplements.pages,
    casework_withdrawals.pages, casework_consultations.pages, casework_fees.pages, casework_reasons.pages,
    casework_transfers.pages, casework_voidings.pages, casework_letter_papers.pages,
    casework_receipts.pages, casework_registration.pages,
    casework_publications.pages, casework_progress.pages, casework_files.pages, casework_on_the_spot.pages,
    casework_disputes.pages, casework_splitting.pages, casework_search.pages, casework_help.pages,
    casework_calendar.pages, casework_items.pages, casework_similar.pages,
    approvals.pages, supervision_fees.pages, supervision_receipts.pages,
    supervision_reports.pages, supervision_letters.pages,
    supervision_statistics.pages, supervision_history.pages, supervision_oversight.pages, supervision_texts.pages,
    supervision_assessment.pages, supervision_progress.pages,
    admin_home.pages, admin_calendar.pages, admin_people.pages, admin_routing.pages, admin_departments.pages,
    admin_notices.pages, admin_catalogue.pages, admin_api_clients.pages, admin_pushes.pages, admin_wordings.pages,
    api_requests.pages, api_papers.pages, api_items.pages, supervision_wordings.pages,
)  # fmt: skip


class Pages(Environment):
    """Flask's templates, which share one dictionary of globals: none has globals of its own, and a lookup is cheap."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def create_app(settings: Settings | None = None, *, cheap_passwords: bool = False) -> Flask:
    """Return the app for these settings, or for those of the environment; raises `UnsafeSetting`."""
    settings = settings or read_settings()
    _refuse_closed_doors(settings)
    app = Flask("caseapp", root_path=str(ROOT / "caseapp"), template_folder=str(ROOT / "templates"))
    app.config.update(_flask_settings(settings))
    app.jinja_environment = Pages
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.extensions["caseapp"] = Installation(
        settings=settings,
        vault=Vault(settings.data_key),
        passwords=Passwords(cheap=cheap_passwords),
        files=FileStore(settings.data_folder / "files"),
        letter_words=ROOT / "letters",
        carrier=_carrier(settings),
    )
    _plug_in(app)
    if settings.production:
        _refuse_demonstration_accounts(app)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    return app


def _carrier(settings: Settings) -> Carrier:
    """Return the carrier of messages: e-mail where a server is set, and a file for whatever has none."""
    folder = settings.data_folder / "outbox"
    if settings.mail.host:
        return SmtpCarrier(folder, server=settings.mail, program=settings.sms_program)
    return FileCarrier(folder, program=settings.sms_program)


def _refuse_closed_doors(settings: Settings) -> None:
    """Refuse a start with a channel switched off that may never be refused (R4)."""
    try:
        closed_channels(settings.closed_channels)
    except DomainError as refusal:
        raise UnsafeSetting(f"CASEAPP_CLOSED_CHANNELS：{refusal}") from None


def _flask_settings(settings: Settings) -> dict[str, object]:
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings.database_url),
        "WTF_CSRF_TIME_LIMIT": None,  # an applicant who writes slowly must not lose the text
        "WTF_CSRF_CHECK_DEFAULT": False,  # the guard in web.kit.access checks, and knows the exceptions
        "MAX_CONTENT_LENGTH": LARGEST_POST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_POST,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.production,
        "PERMANENT_SESSION_LIFETIME": 8 * 3600,
        "SESSION_REFRESH_EACH_REQUEST": False,  # web.kit.access lets the hours begin anew every few minutes
        "BOOTSTRAP_SERVE_LOCAL": True,
        "COMPRESS_MIMETYPES": ["text/css", "application/javascript", "text/javascript", "image/svg+xml"],
        "TEMPLATES_AUTO_RELOAD": False,
    }


def _engine_options(database_url: str) -> dict[str, object]:
    """Return options of the engine: no typed value in an error's words, every plan made for the values asked for."""
    if database_url.startswith("sqlite"):
        return {"hide_parameters": True}
    return {"hide_parameters": True, "pool_pre_ping": True, "connect_args": {"prepare_threshold": None}}


def _plug_in(app: Flask) -> None:
    database.set_up(app)
    Migrate(app, database.db, directory=str(ROOT / "migrations"))
    Bootstrap5(app)
    Compress(app)
    access.set_up(app)
    errors.set_up(app)
    page.set_up(app)
    filters.register(app)
    articles.register(app)
    acts.register(app)
    app.url_defaults(_stamp_static_files)
    for blueprint in dict.fromkeys(PAGES):
        app.register_blueprint(blueprint)
    cli.set_up(app)


def _refuse_demonstration_accounts(app: Flask) -> None:
    with app.app_context():
        if inspect(database.db.engine).has_table(Person.__tablename__) and people.has_demonstration_accounts():
            raise UnsafeSetting(
                "CASEAPP_DEMONSTRATION：数据库中还有演示账号，请先停用：flask --app wsgi people close-demonstration"
            )


def _stamp_static_files(endpoint: str, values: dict[str, object]) -> None:
    """Add a hash of the content to the address of our own static files, so that browsers may keep them for ever."""
    if endpoint == "static" and "filename" in values:
        values["v"] = _content_hash(f"{current_app.static_folder}/{values['filename']}")


@lru_cache(maxsize=64)
def _content_hash(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
