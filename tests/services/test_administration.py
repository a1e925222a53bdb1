"""Accounts of staff: what an administrator may change, what is refused, and that nobody can lock the office out."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain import accounts
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import NotPermitted, Role
from caseapp.models import Event, Person
from caseapp.services import administration, people
from caseapp.services.administration import Profile
from caseapp.services.routing import DepartmentUnknown

AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PASSWORD = "four plain words"
CLERK = Profile(name="受理员庚", department="", roles=frozenset({Role.CLERK}))
ADMINISTRATOR = Profile(name="管理员辛", department="", roles=frozenset({Role.ADMINISTRATOR}))


def add(maker, sign_in_name="geng", profile=CLERK, password=PASSWORD):
    with transaction():
        return administration.add_person(
            sign_in_name, profile=profile, password=password, actor=maker.actor("admin"), at=AT
        ).id


def person(sign_in_name):
    return db.session.scalars(select(Person).where(Person.sign_in_name == sign_in_name)).one()


def last_event():
    return db.session.scalars(select(Event).order_by(Event.position.desc()).limit(1)).one()


def test_a_person_who_was_added_can_sign_in(maker):
    add(maker, " Geng ")
    signed_in = people.sign_in(name="geng", password=PASSWORD)
    assert signed_in.actor.roles == {Role.CLERK}


def test_the_event_of_a_new_account_names_it_but_never_the_password(maker):
    add(maker)
    event = last_event()
    assert event.kind is EventKind.PERSON_CHANGED
    assert event.facts["setting"] == "新增账号“geng”（受理员）"
    assert PASSWORD not in str(event.facts)


@pytest.mark.parametrize("name", ["a", "x" * 41, "li ming", "李明", "a/b", ""])
def test_a_sign_in_name_of_another_form_is_refused(maker, name):
    with pytest.raises(accounts.SignInNameRefused):
        add(maker, name)


def test_a_sign_in_name_is_taken_once_whatever_its_case(maker):
    with pytest.raises(accounts.SignInNameTaken) as refusal:
        add(maker, "CLERK")
    assert refusal.value.field == "sign_in_name"


@pytest.mark.parametrize(
    ("password", "refusal"),
    [
        ("123456789", accounts.PasswordTooShort),
        ("Geng-of-the-office", accounts.PasswordIsTheName),
        ("x" * 129, accounts.PasswordTooLong),
    ],
)
def test_a_weak_password_is_refused(maker, password, refusal):
    with pytest.raises(refusal):
        add(maker, "geng-of-the-office", password=password)


def test_an_officer_needs_a_department(maker):
    with pytest.raises(accounts.OfficerWithoutDepartment, match=r"承办员必须属于一个部门。"):
        add(maker, profile=Profile(name="承办员庚", department="", roles=frozenset({Role.OFFICER})))


def test_a_person_needs_a_role(maker):
    with pytest.raises(accounts.RolesMissing):
        add(maker, profile=Profile(name="庚", department="", roles=frozenset()))


def test_a_department_that_nobody_offered_is_refused(maker):
    with pytest.raises(DepartmentUnknown):
        add(maker, profile=Profile(name="庚", department="nowhere", roles=frozenset({Role.CLERK})))


@pytest.mark.parametrize("who", ["clerk", "officer", "head", "auditor"])
def test_only_administrators_keep_accounts(maker, who):
    actor, other = maker.actor(who), person("officer2").id
    acts = (
        lambda: administration.staff(actor=actor),
        lambda: administration.add_person("geng", profile=CLERK, password=PASSWORD, actor=actor, at=AT),
        lambda: administration.change_person(other, profile=CLERK, seen="", actor=actor, at=AT),
        lambda: administration.reset_password(other, password=PASSWORD, actor=actor, at=AT),
        lambda: administration.deactivate(other, actor=actor, at=AT),
        lambda: administration.activate(other, actor=actor, at=AT),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def change(maker, sign_in_name, profile, *, by="admin", seen=None):
    found = person(sign_in_name)
    seen = seen or administration.state(found)
    with transaction():
        administration.change_person(found.id, profile=profile, seen=seen, actor=maker.actor(by), at=AT)


def test_changed_roles_end_the_sessions(maker):
    add(maker)
    token = people.sign_in(name="geng", password=PASSWORD).token
    officer = Profile(name="承办员庚", department="guizi", roles=frozenset({Role.OFFICER, Role.CLERK}))
    change(maker, "geng", officer)
    assert people.by_token(token) is None
    assert people.sign_in(name="geng", password=PASSWORD).actor.roles == {Role.OFFICER, Role.CLERK}
    assert person("geng").department.code == "guizi"


def test_a_form_drawn_from_an_older_state_is_refused(maker):
    add(maker)
    seen = administration.state(person("geng"))
    change(maker, "geng", Profile(name="受理员庚庚", department="", roles=frozenset({Role.CLERK})))
    with pytest.raises(administration.PersonChanged, match="刚被别人更新"):
        change(maker, "geng", CLERK, seen=seen)
    db.session.rollback()
    assert person("geng").name == "受理员庚庚"


def test_nobody_gives_up_his_own_administrators_role(maker):
    with pytest.raises(accounts.OwnRoleKept):
        change(maker, "admin", CLERK)


def test_nobody_closes_his_own_account(maker):
    actor = maker.actor("admin")
    with pytest.raises(accounts.OwnAccountKept), transaction():
        administration.deactivate(actor.id, actor=actor, at=AT)


def test_a_closed_account_cannot_sign_in_until_it_is_opened_again(maker):
    person_id, actor = add(maker), maker.actor("admin")
    token = people.sign_in(name="geng", password=PASSWORD).token
    with transaction():
        administration.deactivate(person_id, actor=actor, at=AT)
    assert people.by_token(token) is None
    with pytest.raises(people.SignInRefused):
        people.sign_in(name="geng", password=PASSWORD)
    with transaction():
        administration.activate(person_id, actor=actor, at=AT)
    assert people.sign_in(name="geng", password=PASSWORD).actor.name == "受理员庚"


def test_a_new_password_replaces_the_old_one_and_ends_the_sessions(maker):
    person_id = add(maker)
    token = people.sign_in(name="geng", password=PASSWORD).token
    with transaction():
        administration.reset_password(person_id, password="another long one", actor=maker.actor("admin"), at=AT)
    assert people.by_token(token) is None
    assert people.sign_in(name="geng", password="another long one")
    with pytest.raises(people.SignInRefused):
        people.sign_in(name="geng", password=PASSWORD)


def test_two_administrators_who_close_each_other_at_once_leave_one(maker, app):
    add(maker, "xin", ADMINISTRATOR)
    actors = [maker.actor("admin"), maker.actor("xin")]
    db.session.remove()
    start, refusals = threading.Barrier(2), []

    def close(actor, other):
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    administration.deactivate(other.id, actor=actor, at=AT)
            except NotPermitted as refusal:
                refusals.append(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=close, args=pair) for pair in (actors, reversed(actors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refusals) == 1
    assert sorted(person(name).active for name in ("admin", "xin")) == [False, True]


def test_the_first_administrator_is_added_only_where_there_is_none(maker):
    with pytest.raises(administration.AdministratorExists), transaction():
        administration.add_first_administrator("first", name="管理员甲", password=PASSWORD, at=AT)
    with transaction():
        assert administration.close_demonstration_accounts(at=AT) == 6
    with transaction():
        administration.add_first_administrator("first", name="管理员甲", password=PASSWORD, at=AT)
    assert people.sign_in(name="first", password=PASSWORD).actor.roles == {Role.ADMINISTRATOR}


def test_closing_the_demonstration_accounts_leaves_the_real_ones(maker):
    add(maker)
    with transaction():
        administration.close_demonstration_accounts(at=AT)
    assert not people.has_demonstration_accounts()
    assert person("geng").active
    with transaction():
        assert administration.close_demonstration_accounts(at=AT) == 0


def test_the_list_of_people_is_paged_by_key(maker, monkeypatch):
    monkeypatch.setattr(administration, "PAGE", 4)
    first = administration.staff(actor=maker.actor("admin"))
    second = administration.staff(after=first.next_after, actor=maker.actor("admin"))
    assert [one.sign_in_name for one in (*first.people, *second.people)] == [
        "clerk", "officer", "officer2", "head", "admin", "auditor",
    ]  # fmt: skip
    assert second.next_after is None
