"""A request filed and followed by another system, in the name of its applicant (art. 29); known by its key."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from caseapp import clock
from caseapp.db import transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LETTERS
from caseapp.services import drafts, intake, reply_files, throttle, tracking
from caseapp.services.throttle import TooManyAttempts
from caseapp.web.api.blueprint import pages
from caseapp.web.api.callers import client, filing_key, followed, refusal, refused_field, sent
from caseapp.web.api.forms import problems, steps
from caseapp.web.kit.access import checks_its_own_token, open_to_all
from caseapp.web.public import progress_words


@pages.route("/requests", methods=["POST"])
@open_to_all
@checks_its_own_token
def file_request() -> ResponseReturnValue:
    """File a request with the files sent before it; under the same Idempotency-Key it is the same case (L7)."""
    caller, given = client(), sent()
    key = filing_key(caller)
    forms = steps(given)
    if wrong := problems(given, forms):
        return jsonify(error={"words": "有几项需要修改。"}, errors=wrong), 422
    try:
        with transaction():
            throttle.count(throttle.API, {"client": str(caller.id)}, at=clock.now())
            drafts.begin(key, at=clock.now())  # calls with one key queue here
            for step, form in forms.items():
                drafts.save(key, step, form.answers, at=clock.now())
            filed = intake.file(key, at=clock.now())
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
        return refused_field(refused.field, str(refused))
    return jsonify(answer), 201 if filed.first_time else 200


@pages.route("/requests/progress", methods=["POST"])
@open_to_all
@checks_its_own_token
def follow_request() -> ResponseReturnValue:
    """Say where a request stands, to whoever has its number and its query code; neither stands in an address."""
    caller, given = client(), sent()
    try:
        case = followed(given, by=caller)
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
            {
                "id": row.id,
                "number": row.number,
                "words": LETTERS[row.kind].label,
                "issued_on": row.dated_on.isoformat(),
            }
            for row in tracking.letters_for_applicant(case)
        ],
        files=[{"id": row.id, "name": row.original_name} for row in reply_files.for_applicant(case)],
    )
