"""Who calls, what he sent, and how he is refused."""

import json
import re

from flask import Response, abort, jsonify, make_response, request

from caseapp import clock
from caseapp.db import transaction
from caseapp.services import api_clients, throttle, tracking
from caseapp.services.api_clients import Client
from caseapp.services.tracking import TrackedCase
from caseapp.web.api.openapi import KEY

BEARER = "Bearer "
LONGEST_KEY = 100
LONGEST_ENTRY = 40
HALF_A_LETTER = re.compile("[\ud800-\udfff]")  # JSON can spell half a surrogate pair; nothing can store it


def refusal(status: int, words: str) -> Response:
    """Return a refusal as data."""
    return make_response(jsonify(error={"words": words}), status)


def refused_field(field: str | None, words: str) -> tuple[Response, int]:
    """Return the refusal of one entry, said at its field."""
    return jsonify(error={"words": words}, errors=[{"field": field or "", "words": words}]), 422


def client() -> Client:
    """Return the system that asks; a missing, wrong or switched off key is refused."""
    given = request.headers.get("Authorization", "")
    key = given.removeprefix(BEARER) if given.startswith(BEARER) else ""
    found = api_clients.by_key(key) if 0 < len(key) <= LONGEST_KEY else None
    if found is None:
        abort(refusal(401, "没有密钥，或者密钥不对。"))
    return found


def sent() -> dict[str, object]:
    """Return the object that was sent as JSON."""
    if not request.is_json:
        abort(refusal(415, "内容类型应为 application/json。"))
    found = request.get_json(silent=True)
    if not isinstance(found, dict):
        abort(refusal(400, "应为一个 JSON 对象。"))
    if HALF_A_LETTER.search(json.dumps(found, ensure_ascii=False)):
        abort(refusal(400, "有不成文字的编码。"))
    return found


def filing_key(of: Client) -> str:
    """Return the key of the request that the caller files, which no other caller can name."""
    given = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY, given):
        abort(refusal(400, "缺少 Idempotency-Key：16 至 64 个字母、数字、下划线或者短横线，每份申请一个。"))
    return f"api {of.id} {given}"


def followed(given: dict[str, object], *, by: Client) -> TrackedCase:
    """Return the case to whoever has its number and its query code; raises `DomainError` for a wrong one.

    Only wrong ones are counted against the case: a portal may fetch one letter and file after the other.
    """
    number, code = (str(given.get(name, ""))[:LONGEST_ENTRY] for name in ("number", "code"))
    now = clock.now()
    with transaction():
        throttle.count(throttle.API, {"client": str(by.id)}, at=now)
        throttle.count(throttle.TRACKED_BY_API, {"number": number}, at=now)
    case_id = tracking.open_case(number=number, code=code.upper())
    with transaction():
        throttle.take_back(throttle.TRACKED_BY_API, {"number": number}, at=now)
    return tracking.case_for_applicant(case_id)
