"""What an applicant has typed on the pages behind the query code: kept for him, also when his visit has run out.

The text travels sealed through the tracking page; the draft is found by a random key that only this browser holds.
"""

import json
from dataclasses import dataclass

from flask import flash, render_template, session

from caseapp import clock
from caseapp.db import transaction
from caseapp.services import drafts, kept_posts
from caseapp.web.public.forms import TrackForm

SESSION = "answering"
LONGEST = 10_000  # more than any of these fields takes
ENDPOINTS = {"supplement": "public.answer_supplement", "withdrawal": "public.withdraw_request"}
AGAIN = "查询已超过 30 分钟。为保护您的信息，请再输入一次申请编号和查询码。您填写的内容已保留。"


@dataclass(frozen=True)
class Kept:
    """What a person had typed when his visit ran out, and the page it belongs to."""

    step: str
    text: str
    key: str


def key_of(case_id: int) -> str:
    """Return this browser's key for answers to this case, making one where there is none."""
    held = session.get(SESSION)
    if not isinstance(held, dict) or held.get("case") != case_id:
        held = session[SESSION] = {"case": case_id, "key": drafts.new_key()}
    return str(held["key"])


def key_held() -> str:
    """Return the key that this browser holds for whatever case, or a fresh one."""
    held = session.get(SESSION)
    return str(held["key"]) if isinstance(held, dict) and "key" in held else drafts.new_key()


def remember(key: str) -> None:
    """Let this browser hold the key, whichever case it will turn out to be for."""
    session[SESSION] = {"case": None, "key": key}


def forget() -> None:
    """Let this browser forget its key: the answer has been given, or the visit ended."""
    session.pop(SESSION, None)


def typed(key: str, step: str) -> str:
    """Return what was typed before, "" where nothing was."""
    found = drafts.find(key)
    return str(found.answers.get(step, {}).get("text", "")) if found else ""


def keep(key: str, step: str, text: str) -> None:
    """Keep what was typed with the draft of this key."""
    with transaction():
        drafts.save(key, step, {"text": text}, at=clock.now())


def ask_for_code_again(step: str, text: str) -> str:
    """Return the tracking page that carries the typed text along."""
    sealed = kept_posts.sealed(json.dumps([step, text[:LONGEST], key_held()]))
    flash(AGAIN, "warning")
    return render_template("public/track.html", form=TrackForm(formdata=None, data={"kept": sealed}))


def resume(sealed: str, case_id: int) -> str | None:
    """Put back what the tracking page carried along; return the endpoint where it goes on, `None` without any."""
    opened = kept_posts.opened(sealed) if sealed else None
    if opened is None:
        return None
    kept = Kept(*json.loads(opened))
    keep(kept.key, kept.step, kept.text)
    session[SESSION] = {"case": case_id, "key": kept.key}
    return ENDPOINTS[kept.step]
