"""The staff door: nobody learns who has an account, strangers are slowed down, and nothing typed is lost on the way."""

import re
from contextvars import Context
from dataclasses import replace
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.gateways.passwords import Passwords
from caseapp.models import Attempt, Event, Extension, Person
from caseapp.services import administration, throttle
from caseapp.services.demonstration import PASSWORD
from tests.desk import Page
from tests.makers import RECEIVED, moment

NOON = moment(date(2026, 3, 4), 12)
REFUSED = "账号或密码不正确，请核对后再试。"
TOO_OFTEN = "登录次数过多，请 15 分钟后再试"


class CountingPasswords(Passwords):
    """Counts how often a password was compared with a hash, whatever came out."""

    def __init__(self):
        super().__init__(cheap=True)
        self.compared = 0

    def matches(self, password, stored):
        hasher, self._hasher = self._hasher, _Counting(self._hasher, self)
        try:
            return super().matches(password, stored)
        finally:
            self._hasher = hasher


class _Counting:
    def __init__(self, hasher, counter):
        self.hasher, self.counter = hasher, counter

    def verify(self, stored, password):
        self.counter.compared += 1
        return self.hasher.verify(stored, password)


class Door:
    """Somebody at the door, at an address and a moment; every request in a context of its own."""

    def __init__(self, app, *, address="203.0.113.1", at=NOON):
        self.client, self.address, self.at = app.test_client(), address, at

    def ask(self, method, path, **options):
        options["environ_overrides"] = {"REMOTE_ADDR": self.address}

        def asked():
            with clock.stopped_at(self.at):
                return getattr(self.client, method)(path, **options)

        return Context().run(asked)

    def opens(self, path):
        return self._read(self.ask("get", path))

    def sends(self, path, **fields):
        return self._read(self.ask("post", path, data=fields))

    def _read(self, answer):
        self.page = Page(answer, BeautifulSoup(answer.data, "html.parser"))
        return self.page

    def knocks(self, name="officer", password=PASSWORD, **more):
        """Fill in the form that is open, or a fresh one."""
        if not getattr(self, "page", None) or not self.page.soup.select_one("input[name=sign_in_name]"):
            self.opens("/staff/sign-in")
        fields = self.page.fields("登录") | {"sign_in_name": name, "password": password} | more
        return self.sends("/staff/sign-in", **fields)


@pytest.fixture
def counting(app):
    """The installation with a hasher that counts."""
    kept = app.extensions["caseapp"]
    counting = CountingPasswords()
    app.extensions["caseapp"] = replace(kept, passwords=counting)
    yield counting
    app.extensions["caseapp"] = kept


def close(maker, name):
    person = db.session.scalar(select(Person.id).where(Person.sign_in_name == name))
    with transaction():
        administration.deactivate(person, actor=maker.actor("admin"), at=NOON)
    db.session.rollback()


def test_a_wrong_name_a_wrong_password_and_a_closed_account_get_one_answer_at_one_price(app, maker, counting):
    close(maker, "officer2")
    seen = set()
    for name, password in [("nobody-here", PASSWORD), ("officer", "wrong-password"), ("officer2", PASSWORD)]:
        counting.compared = 0
        page = Door(app).knocks(name, password)
        assert counting.compared == 1, name
        assert password not in str(page.soup), name
        words = re.sub(name, "…", str(page.soup))
        seen.add((page.status, re.sub(r'value="[^"]{30,}"', "", words)))
        assert REFUSED in page.words
    assert len(seen) == 1


def test_the_name_may_be_written_with_capitals_and_blanks(app):
    assert Door(app).knocks(" Officer ").status == 302


def tries(app, how_many, *, name="officer", address="203.0.113.9", at=NOON, password="wrong-password"):
    door = Door(app, address=address, at=at)
    return [door.knocks(name, password).words for _ in range(how_many)]


def test_one_account_from_one_address_is_slowed_down_and_the_owner_elsewhere_is_not(app):
    said = tries(app, 12)
    assert [REFUSED in words for words in said] == [True] * 10 + [False] * 2
    assert all(TOO_OFTEN in words for words in said[10:])
    assert TOO_OFTEN in tries(app, 1, password=PASSWORD)[0]
    assert Door(app, address="203.0.113.10").knocks().status == 302


def test_one_address_is_slowed_down_whatever_names_it_tries(app):
    said = [tries(app, 1, name=f"name{turn}")[0] for turn in range(11)]
    assert TOO_OFTEN in said[-1]
    assert all(REFUSED in words for words in said[:10])


def test_a_throttled_try_compares_no_password(app, counting):
    tries(app, 10)
    counting.compared = 0
    tries(app, 3)
    assert counting.compared == 0


def test_everybody_together_is_slowed_down(app):
    with app.app_context(), transaction():
        for _ in range(throttle.SIGN_IN.together):
            throttle.count(throttle.SIGN_IN, {}, at=NOON)
    assert TOO_OFTEN in tries(app, 1, address="203.0.113.77")[0]


def test_after_a_quarter_of_an_hour_one_may_try_again_and_old_counts_are_gone(app):
    tries(app, 11)
    assert Door(app, address="203.0.113.9", at=NOON + timedelta(minutes=15)).knocks().status == 302
    Door(app, at=NOON + timedelta(hours=1)).knocks()
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Attempt)) == 3


def test_the_counts_name_neither_account_nor_address(app):
    tries(app, 1)
    with app.app_context():
        for row in db.session.scalars(select(Attempt)):
            assert re.fullmatch(r"[0-9a-f]{64}", row.subject)


def proposes(door, case, **changed):
    fields = {"version": str(case.version), "working_days": "5", "shown_days": "5", "reason": "需检索的档案较多。"}
    return door.sends(f"/cases/{case.id}/extension", step="confirm", **(fields | changed))


def test_what_was_sent_after_the_session_had_ended_is_done_after_signing_in(app, maker):
    case = maker.case(received_on=RECEIVED)
    door = Door(app)
    page = proposes(door, case, password="typed-by-mistake", csrf_token="old")
    assert page.status == 401
    assert "您刚才填写的内容已保留" in page.words
    assert "需检索的档案较多。" not in str(page.soup)

    door.knocks("officer", "wrong-password")
    page = door.knocks("officer")
    assert page.heading == "继续刚才的提交"
    fields = page.fields("继续提交")
    assert fields["reason"] == "需检索的档案较多。"
    assert "password" not in fields
    assert "typed-by-mistake" not in str(page.soup)
    assert db.session.scalar(select(func.count()).select_from(Extension)) == 0

    answer = door.sends(page.form("继续提交")["action"], **fields)
    assert answer.status == 302
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Extension)) == 1


def test_what_was_kept_is_judged_against_the_case_as_it_has_become(app, maker):
    case = maker.case(received_on=RECEIVED)
    door = Door(app)
    proposes(door, case)
    maker.submitted(case, on=RECEIVED)
    page = door.knocks("officer")
    answer = door.sends(page.form("继续提交")["action"], **page.fields("继续提交"))
    assert answer.status == 200
    assert "您填写的内容已保留在下面" in answer.words
    assert answer.fields()["reason"] == "需检索的档案较多。"
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Extension)) == 0


def test_somebody_else_who_signs_in_gets_no_right_from_what_was_kept(app, maker):
    case = maker.case(received_on=RECEIVED)
    door = Door(app)
    proposes(door, case)
    page = door.knocks("officer2")
    answer = door.sends(page.form("继续提交")["action"], **page.fields("继续提交"))
    assert answer.status == 404


@pytest.mark.parametrize("kept", ["", "x", "00", "zz" * 40, "ab" * 200, "甲"])
def test_what_we_did_not_keep_is_ignored(app, kept):
    door = Door(app)
    door.opens("/staff/sign-in")
    page = door.knocks(kept=kept)
    assert (page.status, page.response.headers["Location"]) == (302, "/cases/")


def test_what_was_kept_cannot_be_changed(app, maker):
    case = maker.case(received_on=RECEIVED)
    door = Door(app)
    proposes(door, case)
    kept = door.page.fields("登录")["kept"]
    changed = kept[:-2] + ("00" if kept[-2:] != "00" else "01")
    page = door.knocks(kept=changed)
    assert (page.status, page.response.headers["Location"]) == (302, "/cases/")


def test_another_sites_form_is_neither_kept_nor_done(app, maker):
    case = maker.case(received_on=RECEIVED)
    own = Door(app)
    proposes(own, case)
    kept = own.page.fields("登录")["kept"]
    for path, fields in [
        (f"/cases/{case.id}/extension", {"working_days": "5", "reason": "外站代填。"}),
        ("/staff/sign-in", {"kept": kept, "sign_in_name": "officer"}),
        ("/track", {"number": "2026-0001", "code": "AAAAAAAAAA"}),
    ]:
        for site in ("cross-site", "same-site"):
            answer = Door(app).ask("post", path, data=fields, headers={"Sec-Fetch-Site": site})
            assert answer.status_code == 400, path
            assert kept not in answer.text
            assert 'name="kept"' not in answer.text
    for site in ("same-origin", "none"):
        assert Door(app).ask("get", "/track", headers={"Sec-Fetch-Site": site}).status_code == 200
    assert Door(app).ask("get", "/track", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 200


ELSEWHERE = [
    "https://example.org/",
    "//example.org/",
    "///example.org",
    "/\\example.org",
    "\\\\example.org",
    "/\t/example.org",
    "http:example.org",
    "javascript:alert(1)",
    " //example.org",
    "/\n/example.org",
    "https:/\\example.org",
    "example.org",
    "/%09/example.org",
    "/a\r\nSet-Cookie: x=1",
    "//example.org@localhost",
    "/\x00/example.org",
    "/.//example.org",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_host(app, target):
    door = Door(app)
    for answer in (door.opens("/staff/sign-in"), door.ask("get", "/staff/sign-in", query_string={"next": target})):
        assert answer.status_code if hasattr(answer, "status_code") else answer.status == 200
    door.opens("/staff/sign-in")
    assert_stays(door.knocks(next=target).response)
    token = door.opens("/apply/kind").fields()["csrf_token"]
    assert_stays(door.sends("/display", csrf_token=token, next=target, elder="1").response)


def assert_stays(answer):
    where = answer.headers["Location"]
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", where), where
    assert not re.search(r"[\x00-\x20\\]", where), where
    assert "x=1" not in "".join(answer.headers.getlist("Set-Cookie"))


def test_a_page_asked_for_before_signing_in_is_opened_after_it(app, maker):
    case = maker.case(received_on=RECEIVED)
    door = Door(app)
    first = door.ask("get", f"/cases/{case.id}?from=list")
    door.opens(first.headers["Location"])
    assert door.knocks().response.headers["Location"] == f"/cases/{case.id}?from=list"


def test_signing_in_begins_a_new_session_and_writes_no_event(app):
    door = Door(app)
    with door.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    door.knocks()
    with door.client.session_transaction() as session:
        assert "planted" not in session
        assert session.permanent
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Event)) == 0


def test_empty_fields_are_told_at_the_field_and_the_name_stays(app):
    page = Door(app).knocks("officer", "")
    assert page.status == 200
    assert "请填写密码。" in page.words
    assert page.fields("登录")["sign_in_name"] == "officer"
    page = Door(app).knocks("a" * 5000, "b" * 5000)
    assert page.status == 200
