"""Who opens the pages: the clerk and an applicant in the app, anybody on the plain pages; each page is looked at."""

import re
from itertools import count, cycle

from flask import Flask
from flask.testing import FlaskClient

from caseapp import clock
from caseapp.db import transaction
from caseapp.services import drafts
from caseapp.services.demonstration import PASSWORD
from caseapp.services.demonstration_cases import Sample, answers
from tests.bench.many_cases import SUBJECT

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
POSTS_FROM_ONE_ADDRESS = 20  # the throttle lets through a few more


class Clerk:
    """Signed in at the window, with the cases that will be looked at; the head reads the figures."""

    def __init__(self, app: Flask, looked_at: list[int]) -> None:
        self.client, self.head = (_signed_in(app, name) for name in ("clerk", "head"))
        self.looked_at = cycle(looked_at)
        self.token = _token(self.client, "/cases/search")

    def opens_the_list(self) -> None:
        assert _read(self.client, "/cases/all").count("rows__number") == 25

    def reads_the_statistics(self) -> None:
        year = f"first={clock.today().year - 1}-01-01&last={clock.today().isoformat()}&department="
        assert "合计" in _read(self.head, f"/supervision/statistics?{year}&by=department")

    def opens_the_worklist(self) -> None:
        assert _read(self.client, "/cases/").count("rows__number") == 50

    def searches_for_what_every_case_has(self) -> None:
        assert self._found("竣工验收") == 25

    def searches_for_what_few_cases_have(self) -> None:
        assert self._found("示范花园77号楼") == 1

    def _found(self, words: str) -> int:
        answer = self.client.post("/cases/search", data={"csrf_token": self.token, "words": words})
        assert answer.status_code == 200
        return answer.text.count("rows__number")

    def opens_a_case(self) -> None:
        assert 'id="history"' in _read(self.client, f"/cases/{next(self.looked_at)}")


def _signed_in(app: Flask, name: str) -> FlaskClient:
    client = app.test_client()
    fields = {"csrf_token": _token(client, "/staff/sign-in"), "sign_in_name": name, "password": PASSWORD}
    assert client.post("/staff/sign-in", data=fields).status_code == 302
    return client


class Applicant:
    """Has filled in many requests beforehand and only submits them, from a new address now and then."""

    def __init__(self, app: Flask, requests: int) -> None:
        self.client = app.test_client()
        self.posts = count()
        with app.app_context(), transaction():
            self.keys = iter([_filled_in(number) for number in range(requests + 1)])
        self.client.set_cookie("filing", next(self.keys))
        self.token = _token(self.client, "/apply/check")

    def submits(self) -> None:
        key = next(self.keys)
        place = next(self.posts) // POSTS_FROM_ONE_ADDRESS
        self.client.set_cookie("filing", key)
        answer = self.client.post(
            "/apply/check",
            data={"csrf_token": self.token, "filing_key": key},
            environ_base={"REMOTE_ADDR": f"192.0.2.{place}"},
        )
        assert answer.location == "/apply/receipt", answer.text


class Anybody:
    """Opens the plain pages."""

    def __init__(self, app: Flask, looked_at: list[int]) -> None:
        self.client = app.test_client()
        self.looked_at = cycle(looked_at)
        self.numbers = count(1)

    def opens_the_list(self) -> None:
        assert _read(self.client, "/cases").count("<tr") == 25

    def searches_for_what_every_case_has(self) -> None:
        assert _read(self.client, "/search?words=竣工验收").count("<tr") == 25

    def searches_for_what_few_cases_have(self) -> None:
        assert _read(self.client, "/search?words=示范花园77号楼").count("<tr") == 1

    def opens_the_worklist(self) -> None:
        assert _read(self.client, "/worklist").count("<tr") > 25

    def opens_a_case(self) -> None:
        assert _read(self.client, f"/cases/{next(self.looked_at)}").count("<li") == 10

    def submits(self) -> None:
        number = next(self.numbers)
        fields = {"number": f"new-{number}", "title": "竣工验收备案表", "description": SUBJECT.format(number)}
        assert self.client.post("/cases", data=fields).status_code == 302


def _read(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def _token(client: FlaskClient, path: str) -> str:
    found = TOKEN.search(_read(client, path))
    assert found is not None, path
    return found[1]


def _filled_in(number: int) -> str:
    key = drafts.new_key()
    sample = Sample(title="", description=SUBJECT.format(number), filed_back=0)
    for step, typed in answers(sample).items():
        drafts.save(key, step, typed, at=clock.now())
    return key
