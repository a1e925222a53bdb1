"""The interface keeps what its description promises, whatever is sent: never a 500, never an answer it did not name."""

from contextvars import Context
from datetime import date

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import CHECKS

from caseapp.db import transaction
from caseapp.services import api_clients
from tests.makers import moment
from tests.services.test_items import publish

EXAMPLES = 80
HELD = ["not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance"]
OPERATIONS = {
    "POST /api/v1/requests",
    "POST /api/v1/requests/files",
    "POST /api/v1/requests/progress",
    "POST /api/v1/requests/letter",
    "POST /api/v1/requests/file",
    "GET /api/v1/items",
    "GET /api/v1/items/changes",
    "GET /api/v1/items/{item_id}",
}


@pytest.fixture
def described(app, maker):
    with transaction():
        key = api_clients.add("门户", actor=maker.actor("admin"), at=moment(date(2026, 3, 4)))
    publish(maker)
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app), {"Authorization": f"Bearer {key}"}


def test_every_operation_keeps_its_promise_with_and_without_a_key(described):
    schema, headers = described
    operations = [found.ok() for found in schema.get_all_operations()]
    assert {f"{one.method.upper()} {one.path}" for one in operations} == OPERATIONS
    for one in operations:
        for sent in (headers, {}):
            _hold(one, sent)


def _hold(operation, headers):
    statuses = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def keeps(case):
        answer = Context().run(lambda: case.call_and_validate(headers=headers, checks=CHECKS.get_by_names(HELD)))
        statuses.add(answer.status_code)

    keeps()
    assert statuses, operation.path
    if not headers and operation.method == "post":
        assert statuses <= {401, 415, 400}, statuses
