"""What every page knows: the office, the display settings, the person signed in and where he may go."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, request
from flask.wrappers import Response

from caseapp.domain.permissions import ROLE_WORDS, Actor, Permission, may_ever
from caseapp.services import installation
from caseapp.web.kit.access import signed_in_person
from caseapp.web.kit.addresses import address

YEAR_SECONDS = 365 * 24 * 3600
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
NAVIGATION = (
    (Permission.USE_WORKBENCH, "casework.worklist", "我的待办"),
    (Permission.REGISTER_CASE, "casework.register_case", "登记申请"),
    (Permission.SEE_APPROVALS, "supervision.approvals", "审批"),
    (Permission.USE_WORKBENCH, "casework.list_cases", "申请列表"),
    (Permission.USE_WORKBENCH, "casework.search_cases", "查找"),
    (Permission.USE_WORKBENCH, "casework.show_calendar", "日历"),
    (Permission.USE_WORKBENCH, "casework.list_items", "主动公开"),
    (Permission.READ_REPORTS, "supervision.list_letters", "文号登记簿"),
    (Permission.READ_REPORTS, "supervision.show_statistics", "统计"),
    (Permission.READ_REPORTS, "supervision.list_reports", "年度报告"),
    (Permission.READ_REPORTS, "supervision.show_oversight", "监督"),
    (Permission.READ_REPORTS, "supervision.search_history", "办理记录"),
    (Permission.ADMINISTER, "admin.index", "管理"),
    (Permission.READ_HELP, "casework.show_help", "帮助"),
)


@dataclass(frozen=True)
class Display:
    """How the visitor wants pages to look."""

    elder: bool
    contrast: bool


@dataclass(frozen=True)
class Person:
    """Who is signed in, as the page head names him."""

    name: str
    role_words: str


def set_up(app: Flask) -> None:
    """Hand the common facts to every template, and the common headers to every answer."""

    app.add_template_global(address, "url_for")

    @app.context_processor
    def common() -> dict[str, object]:
        return {
            "office": installation.current().settings.office,
            "display": Display(
                elder=request.cookies.get("elder") == "1", contrast=request.cookies.get("contrast") == "1"
            ),
            **_person(),
        }

    @app.after_request
    def headers(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Frame-Options"] = "DENY"
        response.headers["Referrer-Policy"] = "same-origin"
        if request.endpoint in ("static", "bootstrap.static"):
            response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
        else:
            response.headers["Cache-Control"] = "no-store"
        return response

    @app.teardown_request
    def close_uploads(_error: BaseException | None) -> None:
        request.close()


def _person() -> dict[str, object]:
    signed_in = signed_in_person()
    if signed_in is None:
        return {"person": None, "navigation": ()}
    actor = signed_in.actor
    roles = "、".join(words for role, words in ROLE_WORDS.items() if role in actor.roles)
    department = f"{signed_in.department} " if signed_in.department else ""
    return {
        "person": Person(actor.name, f"{department}{roles}"),
        "navigation": _navigation(actor),
    }


@lru_cache(maxsize=512)
def _navigation(actor: Actor) -> tuple[tuple[str, str], ...]:
    return tuple((endpoint, words) for needed, endpoint, words in NAVIGATION if may_ever(actor, needed))
