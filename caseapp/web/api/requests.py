"""A request filed and followed by another system, in the name of its applicant (art. 29); known by its key."""

import re

from flask import Response, abort, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS
from caseapp.services import api_clients, drafts, intake, throttle, tracking
from caseapp.services.api_clients import Client
from caseapp.services.throttle import TooManyAttempts
from caseapp.web.api.blueprint import pages
from caseapp.web.api.forms import problems, steps
from caseapp.web.api.openapi import KEY
from caseapp.web.kit.access import checks_its_own_token, open_to_all
from caseapp.web.public import progress_words

BEARER = "Bearer "
LONGEST_KEY = 100


@pages.route("/requests", methods=["POST"])
@open_to_all
@checks_its_own_token
def file_request() -> ResponseReturnValue:
    """File a request for information; sent again under the same Idempotency-Key, it is the same case (L7)."""
    client, sent = _client(), _sent()
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY, key):
        return refusal(400, "缺少 Idempotency-Key：16 至 64 个字母、数字、下划线或者短横线，每份申请一个。")
    forms = steps(sent)
    if wrong := problems(sent, forms):
        return jsonify(error={"words": "有几项需要修改。"}, errors=wrong), 422
    own_key = f"api {client.id} {key}"
    try:
        with transaction():
            throttle.count(throttle.API, {"client": str(client.id)}, at=clock.now())
            drafts.begin(own_key, at=clock.now())  # calls with one key queue here
            for step, form in forms.items():
                drafts.save(own_key, step, form.answers, at=clock.now())
            filed = intake.file(own_key, at=clock.now())
            case = tracking.case_for_applicant(filed.case_id)
            answer = {
                "number": filed.number,
                "query_code": filed.query_code,
                "received_on": case.received_on.isoformat(),
                "due_on": case.local_due_on.isoformat() if case.local_due_on else None,
                "first_time": filed.first_time,
            }
    except TooManyAttempts as refused:
        return refusal(429, str(refused))
    except DomainError as refused:
        return jsonify(
            error={"words": str(refused)}, errors=[{"field": refused.field or "", "words": str(refused)}]
        ), 422
    return jsonify(answer), 201 if filed.first_time else 200


@pages.route("/requests/progress", methods=["POST"])
@open_to_all
@checks_its_own_token
def follow_request() -> ResponseReturnValue:
    """Say where a request stands, to whoever has its number and its query code; neither stands in an address."""
    client, sent = _client(), _sent()
    number, code = (str(sent.get(name, ""))[:40] for name in ("number", "code"))
    try:
        with transaction():
            throttle.count(throttle.API, {"client": str(client.id)}, at=clock.now())
            throttle.count(throttle.TRACKED_BY_API, {"number": number}, at=clock.now())
        case = tracking.case_for_applicant(tracking.open_case(number=number, code=code.upper()))
    except TooManyAttempts as refused:
        return refusal(429, str(refused))
    except DomainError as refused:
        return refusal(404, str(refused))
    state = progress_words.state(case, today=clock.today())
    return jsonify(
        number=case.number,
        state=state.words,
        next=state.next_line,
        received_on=case.received_on.isoformat(),
        due_on=case.local_due_on.isoformat() if case.local_due_on else None,
        letters=[
            {"number": row.number, "words": LETTERS[row.kind].label, "issued_on": row.dated_on.isoformat()}
            for row in tracking.letters_for_applicant(case)
        ],
    )


def refusal(status: int, words: str) -> Response:
    """Return a refusal as data."""
    return make_response(jsonify(error={"words": words}), status)


def _client() -> Client:
    """Return the system that asks; a missing, wrong or switched off key is refused."""
    given = request.headers.get("Authorization", "")
    key = given.removeprefix(BEARER) if given.startswith(BEARER) else ""
    client = api_clients.by_key(key) if 0 < len(key) <= LONGEST_KEY else None
    if client is None:
        abort(refusal(401, "没有密钥，或者密钥不对。"))
    return client


def _sent() -> dict[str, object]:
    """Return the object that was sent as JSON."""
    if not request.is_json:
        abort(refusal(415, "内容类型应为 application/json。"))
    sent = request.get_json(silent=True)
    if not isinstance(sent, dict):
        abort(refusal(400, "应为一个 JSON 对象。"))
    return sent
