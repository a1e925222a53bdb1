"""What was being submitted when the session had ended: sealed into the sign-in page, handed back after it."""

import json

from flask import request
from werkzeug.datastructures import MultiDict

from caseapp.services import kept_posts

NOT_KEPT = {"csrf_token", "password"}  # a password is typed again
LONGEST = 200_000


def from_request() -> str:
    """Return the fields of this POST, sealed; "" for anything else, or for more than a form holds."""
    if request.method != "POST":
        return ""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_KEPT]
    text = json.dumps({"path": request.full_path, "fields": fields}, ensure_ascii=False)
    return kept_posts.sealed(text) if len(text) <= LONGEST else ""


def opened(sealed: str) -> tuple[str, MultiDict[str, str]] | None:
    """Return where the fields were going, and the fields; `None` where nothing readable was kept."""
    text = kept_posts.opened(sealed)
    if text is None:
        return None
    kept = json.loads(text)
    return str(kept["path"]), MultiDict([(str(name), str(value)) for name, value in kept["fields"]])
