"""A session lasts eight hours from the last page, and dies with its end or a change of its person."""

from contextvars import Context
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.domain.permissions import Role
from caseapp.models import Person
from caseapp.services import administration
from tests.desk import Desk
from tests.makers import moment
from tests.pages.test_rights import NOBODY, Visitor

NOON = moment(date(2026, 3, 4), 12)


@pytest.fixture
def desk(app):
    def signed_in():
        with clock.stopped_at(NOON):
            return Desk(app).signs_in("clerk")

    return Context().run(signed_in)


def is_signed_anew(desk, *, minutes) -> bool:
    def opened():
        with clock.stopped_at(NOON + timedelta(minutes=minutes)):
            return desk.client.get("/cases/all")

    answer = Context().run(opened)
    assert answer.status_code == 200
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("session=")]
    assert all("Expires=" in line for line in cookies)
    return bool(cookies)


def test_the_hours_begin_anew_every_five_minutes_and_not_at_every_page(desk):
    is_signed_anew(desk, minutes=0)
    assert not is_signed_anew(desk, minutes=1)
    assert not is_signed_anew(desk, minutes=4)
    assert is_signed_anew(desk, minutes=5)
    assert not is_signed_anew(desk, minutes=9)
    assert is_signed_anew(desk, minutes=10)


def ended(visitor) -> bool:
    return visitor.get("/cases/").status_code == 302


def test_a_session_is_dead_after_signing_out_even_where_it_was_copied_to(app):
    here, there = Visitor(app, "officer"), Visitor(app, NOBODY)
    cookie = here.client.get_cookie("session")
    there.client.set_cookie("session", cookie.value)
    assert not ended(there)
    assert here.post("/staff/sign-out", csrf_token=here.token(here.get("/cases/"))).status_code == 302
    assert ended(here)
    assert ended(there)
    there.client.set_cookie("session", cookie.value)
    assert ended(there)


def acts(maker, act):
    person = db.session.scalar(select(Person.id).where(Person.sign_in_name == "officer"))
    with transaction():
        act(person, {"actor": maker.actor("admin"), "at": NOON})
    db.session.rollback()


@pytest.mark.parametrize("how", ["password", "closed", "roles", "department"])
def test_a_session_is_dead_after_its_person_was_changed(app, maker, how):
    visitor = Visitor(app, "officer")
    assert not ended(visitor)

    def act(person, common):
        seen = administration.state(administration.get(person, actor=common["actor"]))
        profile = administration.Profile(
            name="承办员乙",
            department="guizi" if how == "department" else "zhujian",
            roles=frozenset({Role.OFFICER, Role.HEAD} if how == "roles" else {Role.OFFICER}),
        )
        if how == "password":
            administration.reset_password(person, password="another-long-one", **common)
        elif how == "closed":
            administration.deactivate(person, **common)
        else:
            administration.change_person(person, profile=profile, seen=seen, **common)

    acts(maker, act)
    assert ended(visitor)
    if how == "closed":
        acts(maker, lambda person, common: administration.activate(person, **common))
        assert ended(visitor)


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(app):
    visitor = Visitor(app, NOBODY)
    answer = visitor.get("/staff/sign-in")
    [cookie] = [value for value in answer.headers.getlist("Set-Cookie") if value.startswith("session=")]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    app.config["SESSION_COOKIE_SECURE"] = True
    try:
        answer = Visitor(app, NOBODY).get("/staff/sign-in")
        assert "; Secure" in answer.headers["Set-Cookie"]
    finally:
        app.config["SESSION_COOKIE_SECURE"] = False


def test_a_forged_or_broken_session_is_nobodys(app):
    for value in ("", "x", "e30.x.y", "." * 3000):
        visitor = Visitor(app, NOBODY)
        visitor.client.set_cookie("session", value)
        assert ended(visitor)
