"""The interface for other systems: filed once, followed by number and code, refused in words, closed without a key."""

import json
import threading
from contextvars import Context
from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.models import Case
from caseapp.services import api_clients
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_items import publish

DAY = date(2026, 3, 4)
PERSON = {
    "kind": "person",
    "name": "申请人某",
    "identity_kind": "passport",
    "identity_number": "E00000000",
    "phone": "0431-00000000",
    "title": "竣工验收备案表",
    "description": "申请公开3号楼竣工验收备案表。",
}
KEY = "0123456789abcdef"


class Portal:
    """Another system with its key."""

    def __init__(self, app, key):
        self.client, self.key = app.test_client(), key

    def sends(self, path, body, *, idempotency=KEY, key=None, **options):
        headers = {"Authorization": f"Bearer {key or self.key}", "Idempotency-Key": idempotency}
        return self.asks("POST", path, json=body, headers=headers, **options)

    def asks(self, method, path, **options):
        """Ask in a context of its own, as on a server: nothing of the test's session leaks into the answer."""

        def asked():
            with clock.stopped_at(moment(DAY)):
                return self.client.open(f"/api/v1{path}", method=method, **options)

        return Context().run(asked)

    def files(self, **given):
        idempotency = given.pop("idempotency", KEY)
        return self.sends("/requests", {**PERSON, **given}, idempotency=idempotency)


@pytest.fixture
def portal(app, maker):
    with transaction():
        key = api_clients.add("区政府门户网站", actor=maker.actor("admin"), at=moment(DAY))
    return Portal(app, key)


def how_many():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Case))


def test_a_request_is_filed_once_and_followed(portal):
    first = portal.files()
    assert first.status_code == 201
    assert first.json["received_on"] == "2026-03-04"
    again = portal.files()
    assert (again.status_code, again.json["number"]) == (200, first.json["number"])
    assert again.json["query_code"] == first.json["query_code"]
    assert (first.json["first_time"], again.json["first_time"], how_many()) == (True, False, 1)
    assert portal.files(idempotency="another-key-of-it").json["number"] != first.json["number"]

    sent = {"number": first.json["number"], "code": first.json["query_code"].lower()}
    progress = portal.sends("/requests/progress", sent)
    assert (progress.status_code, progress.json["letters"]) == (200, [])
    assert progress.json["state"]
    assert progress.json["due_on"] == first.json["due_on"]


def test_the_same_call_many_times_at_once_is_one_request(portal, app):
    answers = []

    def call():
        answers.append(Portal(app, portal.key).files())

    threads = [threading.Thread(target=call) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert (len({answer.json["number"] for answer in answers}), how_many()) == (1, 1)


def test_the_same_key_of_another_system_is_another_request(portal, app, maker):
    with transaction():
        other = api_clients.add("另一系统", actor=maker.actor("admin"), at=moment(DAY))
    first, second = portal.files(), portal.sends("/requests", PERSON, key=other)
    assert first.json["number"] != second.json["number"]
    wrong = {"number": first.json["number"], "code": second.json["query_code"]}
    assert portal.sends("/requests/progress", wrong).status_code == 404


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": ""}, "name"),
        ({"identity_kind": "resident_id", "identity_number": "1"}, "identity_number"),
        ({"kind": "nonsense"}, "kind"),
        ({"kind": "business"}, "credit_code"),
        ({"way": "post"}, "address"),
        ({"phone": "x"}, "phone"),
        ({"description": "长" * 3001}, "description"),
        ({"title": "a\u0000b"}, "title"),
        ({"nobody": "knows"}, "nobody"),
        ({"name": 3}, "name"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(portal, given, field):
    answer = portal.files(**given)
    assert answer.status_code == 422
    assert field in {error["field"] for error in answer.json["errors"]}
    assert how_many() == 0
    assert portal.files().status_code == 201


def test_without_a_good_key_nothing_opens(portal, maker):
    for key in ("wrong", "", " "):
        assert portal.sends("/requests", PERSON, key=key or "x").status_code == 401
    bare = portal.asks("POST", "/requests", json=PERSON)
    assert (bare.status_code, bare.json["error"]["words"]) == (401, "没有密钥，或者密钥不对。")
    [client] = api_clients.all_of_them()
    client_id = client.id
    with transaction():
        api_clients.switch_off(client_id, actor=maker.actor("admin"), at=moment(DAY))
    assert portal.files().status_code == 401
    assert how_many() == 0


def test_bodies_that_are_no_object_and_keys_that_are_none_are_refused(portal):
    headers = {"Authorization": f"Bearer {portal.key}", "Idempotency-Key": KEY}
    for data, kind, status in (
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ("null", "application/json", 400),
        (json.dumps(PERSON), "text/plain", 415),
    ):
        answer = portal.asks("POST", "/requests", data=data, content_type=kind, headers=headers)
        assert (answer.status_code, answer.mimetype) == (status, "application/json"), data
    assert portal.files(idempotency="short").status_code == 400


@pytest.mark.parametrize("odd", ["2026-0001\x00", "\x00", "\uff12\uff10\uff12\uff16-0001", "' OR 1=1 --"])
def test_a_number_that_no_case_can_have_is_not_found(portal, odd):
    assert portal.sends("/requests/progress", {"number": odd, "code": odd}).status_code == 404


def test_half_a_letter_is_refused(portal):
    for path in ("/requests", "/requests/progress", "/requests/letter"):
        answer = portal.sends(path, {**PERSON, "name": "\ud800", "number": "\udfff"})
        assert (answer.status_code, answer.json["error"]["words"]) == (400, "有不成文字的编码。"), path


def test_guessing_a_code_ends_after_ten(portal):
    number = portal.files().json["number"]
    answers = [portal.sends("/requests/progress", {"number": number, "code": "AAAAAAAAAA"}) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [404] * 10 + [429]


def test_who_has_the_code_is_not_counted_among_those_who_guess(portal):
    filed = portal.files().json
    known, guess = ({"number": filed["number"], "code": code} for code in (filed["query_code"], "AAAAAAAAAA"))
    assert {portal.sends("/requests/progress", known).status_code for _ in range(12)} == {200}
    answers = []
    for _ in range(11):
        answers.append(portal.sends("/requests/progress", guess).status_code)
        if len(answers) < 10:
            assert portal.sends("/requests/progress", known).status_code == 200
    assert answers == [404] * 10 + [429]


def test_what_is_published_is_open_to_all_and_pages(portal, maker):
    ids = [publish(maker, title=f"公告{number}") for number in range(27)]
    first = portal.asks("GET", "/items?field=land").json
    rest = portal.asks("GET", f"/items?field=land&before={first['next_before']}").json
    assert [item["id"] for item in (*first["items"], *rest["items"])] == ids[::-1]
    one = portal.asks("GET", f"/items/{ids[0]}").json
    assert (one["title"], one["field"], one["changed_on"]) == ("公告0", "land", None)
    for path, status in (("?field=x", 400), ("?before=0", 400), ("?before=x", 400), ("/999999", 404), ("/0", 404)):
        answer = portal.asks("GET", f"/items{path}")
        assert (answer.status_code, answer.mimetype) == (status, "application/json"), path
    wrong = portal.asks("DELETE", "/items")
    assert (wrong.status_code, "GET" in wrong.headers["Allow"]) == (405, True)


def test_the_administrator_makes_a_key_that_is_shown_once(app, maker):
    admin = StaffDesk(app, "admin", at=moment(DAY))
    admin.open("/admin/api-clients")
    admin.send(name="区政府门户网站")
    key = admin.page.select_one(".code").text
    assert Portal(app, key).files().status_code == 201
    admin.open("/admin/api-clients")
    assert key not in admin.page.text
    assert api_clients.all_of_them()[0].key_digest != key
    admin.send(to=admin.page.select_one("form[action$='/off']")["action"])
    assert Portal(app, key).files().status_code == 401
