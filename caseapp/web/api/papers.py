"""Papers that pass the interface: files that come with a request, letters and files that go to its applicant."""

from collections.abc import Callable

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.numbering import LARGEST_ID
from caseapp.domain.permissions import NotVisible
from caseapp.services import attachments, drafts, throttle, tracking
from caseapp.services.attachments import AlreadyFiled
from caseapp.services.throttle import TooManyAttempts
from caseapp.web.api.blueprint import pages
from caseapp.web.api.callers import client, filing_key, followed, refusal, refused_field, sent
from caseapp.web.kit.access import checks_its_own_token, open_to_all
from caseapp.web.kit.downloads import HasBytes, as_attachment

MULTIPART = "multipart/form-data"


@pages.route("/requests/files", methods=["POST"])
@open_to_all
@checks_its_own_token
def add_file() -> ResponseReturnValue:
    """Keep a file for the request that is filed next under this Idempotency-Key; the same file twice is one."""
    caller = client()
    key = filing_key(caller)
    if request.mimetype != MULTIPART:
        return refusal(415, f"内容类型应为 {MULTIPART}，文件放在 file 一项。")
    chosen = request.files.get("file")
    name, content = (chosen.filename or "", chosen.read()) if chosen else ("", b"")
    try:
        with transaction():
            throttle.count(throttle.API, {"client": str(caller.id)}, at=clock.now())
            drafts.begin(key, at=clock.now())
            is_new = attachments.add_once(key, name=name, content=content, at=clock.now())
            there = [
                {"name": row.original_name, "size": row.size, "sha256": row.sha256} for row in attachments.of_draft(key)
            ]
    except TooManyAttempts as refused:
        return refusal(429, str(refused))
    except AlreadyFiled as refused:
        return refusal(409, str(refused))
    except DomainError as refused:
        return refused_field("file", str(refused))
    return jsonify(files=there), 201 if is_new else 200


@pages.route("/requests/letter", methods=["POST"])
@open_to_all
@checks_its_own_token
def read_letter() -> ResponseReturnValue:
    """Hand out a letter that has been delivered to the applicant: the sealed scan, where there is one."""
    return _handed_out(tracking.download)


@pages.route("/requests/file", methods=["POST"])
@open_to_all
@checks_its_own_token
def read_file() -> ResponseReturnValue:
    """Hand out a file that the delivered answer discloses."""
    return _handed_out(tracking.download_file)


def _handed_out(read: Callable[[int, int], HasBytes]) -> ResponseReturnValue:
    caller, given = client(), sent()
    wanted = given.get("id")
    try:
        case = followed(given, by=caller)
        if type(wanted) is not int or not 0 < wanted <= LARGEST_ID:
            raise NotVisible()
        return as_attachment(read(case.id, wanted))
    except TooManyAttempts as refused:
        return refusal(429, str(refused))
    except DomainError as refused:
        return refusal(404, str(refused))
