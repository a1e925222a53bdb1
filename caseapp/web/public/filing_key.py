"""The filing key in the applicant's browser: it names his draft, and later his receipt."""

from flask import after_this_request, g, request
from flask.wrappers import Response

from caseapp.services import drafts, installation

COOKIE = "filing"
DAY_SECONDS = 24 * 3600
LONGEST = 64


def current_key() -> str | None:
    """Return the key that the browser holds, or that this request has just made."""
    made: str | None = g.get("filing_key")
    key = made or request.cookies.get(COOKIE, "")
    return key if key and len(key) <= LONGEST else None


def posted_key() -> str | None:
    """Return the key of the draft that the page of this form showed: that one is meant, whatever came after."""
    key = request.form.get("filing_key", "")
    return key if key and len(key) <= LONGEST else None


def key_or_new() -> str:
    """Return the key of a draft that can still be changed: the browser's own, or a fresh one after filing."""
    key = current_key()
    found = drafts.find(key) if key else None
    if key and not (found and found.filed):
        return key
    return drafts.new_key()


def remember(key: str) -> None:
    """Hand the key to the browser with this answer."""
    g.filing_key = key

    @after_this_request
    def set_cookie(response: Response) -> Response:
        response.set_cookie(
            COOKIE,
            key,
            max_age=DAY_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=installation.current().settings.production,
        )
        return response
