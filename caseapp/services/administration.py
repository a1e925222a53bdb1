"""The staff of the office: accounts, roles, passwords; every change ends the sessions of the person changed."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import accounts
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.identity import check_email
from caseapp.domain.permissions import ROLE_WORDS, Actor, NotPermitted, NotVisible, Permission, Role, demand
from caseapp.models import Person, PersonRole
from caseapp.services import audit, installation, routing

PAGE = 25


class PersonNotFound(NotVisible):
    text = "没有找到这个账号。"


class PersonChanged(DomainError):
    """The form was drawn from an older state of the account."""

    text = "“{name}”的账号刚被别人更新。您填写的内容已保留在下面，请核对后再提交。"


class AdministratorExists(DomainError):
    text = "已有在用的管理员账号（{sign_in_name}），请由其在“管理”页添加其他人。演示账号请先停用。"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What an administrator writes of a person; `department` is a code, "" for none."""

    name: str
    department: str
    roles: frozenset[Role]
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class StaffPage:
    """One page of people, and after which id the next one starts, if there is one."""

    people: list[Person]
    next_after: int | None


def staff(*, after: int = 0, actor: Actor) -> StaffPage:
    """Return one page of all accounts, in the order in which they were added."""
    demand(actor, Permission.ADMINISTER)
    query = select(Person).where(Person.id > after).options(joinedload(Person.department)).order_by(Person.id)
    rows = list(db.session.scalars(query.limit(PAGE + 1)))
    return StaffPage(people=rows[:PAGE], next_after=rows[PAGE - 1].id if len(rows) > PAGE else None)


def get(person_id: int, *, actor: Actor) -> Person:
    """Return the person; raises `PersonNotFound`."""
    demand(actor, Permission.ADMINISTER)
    found = db.session.get(Person, person_id)
    if found is None:
        raise PersonNotFound()
    return found


def state(person: Person) -> str:
    """Return a digest of what a form shows of the person: a form drawn from another state is refused."""
    shown = [person.name, person.email, person.department_id, person.active, sorted(_roles(person))]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:32]


def add_person(sign_in_name: str, *, profile: Profile, password: str, actor: Actor, at: datetime) -> Person:
    """Open an account; raises what is wrong with the name, the roles or the password, at its field."""
    demand(actor, Permission.ADMINISTER)
    person = _opened(sign_in_name, profile=profile, password=password)
    _record(person, f"新增账号“{person.sign_in_name}”（{_words(profile.roles)}）", actor=actor, at=at)
    return person


def add_first_administrator(sign_in_name: str, *, name: str, password: str, at: datetime) -> Person:
    """Open the first administrator's account, from the command line; raises `AdministratorExists`."""
    existing = db.session.scalar(_administrators().limit(1))
    if existing is not None:
        raise AdministratorExists(sign_in_name=existing.sign_in_name)
    profile = Profile(name=name, department="", roles=frozenset({Role.ADMINISTRATOR}))
    person = _opened(sign_in_name, profile=profile, password=password)
    _record(person, f"新增首个管理员账号“{person.sign_in_name}”", actor=None, at=at)
    return person


def change_person(person_id: int, *, profile: Profile, seen: str, actor: Actor, at: datetime) -> None:
    """Change name, department and roles; `seen` is the `state` that the form was drawn from.

    Raises `PersonChanged`, what is wrong at its field, and refuses to give up one's own administrator's role.
    """
    person = _take_up(person_id, actor=actor)
    if state(person) != seen:
        raise PersonChanged(name=person.name)
    if person.id == actor.id and Role.ADMINISTRATOR not in profile.roles:
        raise accounts.OwnRoleKept()
    _write(person, profile)
    person.signed_version += 1

    _record(person, f"修改账号“{person.sign_in_name}”（{_words(profile.roles)}）", actor=actor, at=at)


def reset_password(person_id: int, *, password: str, actor: Actor, at: datetime) -> None:
    """Give the person a new password; raises what is wrong with it."""
    person = _take_up(person_id, actor=actor)
    accounts.check_password(password, sign_in_name=person.sign_in_name)
    person.password_hash = installation.current().passwords.hash(password)
    person.signed_version += 1

    _record(person, f"重设账号“{person.sign_in_name}”的密码", actor=actor, at=at)


def deactivate(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Close the account; refuses one's own, so that an administrator is always left."""
    person = _take_up(person_id, actor=actor)
    if not person.active:
        return
    if person.id == actor.id:
        raise accounts.OwnAccountKept()
    person.active = False
    person.signed_version += 1

    _record(person, f"停用账号“{person.sign_in_name}”", actor=actor, at=at)


def activate(person_id: int, *, actor: Actor, at: datetime) -> None:
    """Open a closed account again; the person signs in with the password held before."""
    person = _take_up(person_id, actor=actor)
    if person.active:
        return
    person.active = True
    person.signed_version += 1

    _record(person, f"启用账号“{person.sign_in_name}”", actor=actor, at=at)


def close_demonstration_accounts(*, at: datetime) -> int:
    """Close every active account of the demonstration office; return how many were closed."""
    query = select(Person).where(Person.demonstration, Person.active).order_by(Person.id).with_for_update(of=Person)
    closed = list(db.session.scalars(query))
    for person in closed:
        person.active = False
        person.signed_version += 1
    if closed:
        names = "、".join(person.sign_in_name for person in closed)
        audit.record(None, EventKind.PERSON_CHANGED, actor=None, at=at, setting=f"停用演示账号：{names}")
    return len(closed)


def _opened(sign_in_name: str, *, profile: Profile, password: str) -> Person:
    wanted = accounts.sign_in_name(sign_in_name)
    accounts.check_password(password, sign_in_name=wanted)
    if db.session.scalar(select(Person.id).where(Person.sign_in_name == wanted)) is not None:
        raise accounts.SignInNameTaken(sign_in_name=wanted)
    person = Person(sign_in_name=wanted, password_hash=installation.current().passwords.hash(password))
    _write(person, profile)
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError:  # another administrator took the name just now
        raise accounts.SignInNameTaken(sign_in_name=wanted) from None
    return person


def _take_up(person_id: int, *, actor: Actor) -> Person:
    """Lock the account and the actor's own, always in the same order, and judge the actor anew.

    Whoever takes the role from another still holds it himself: the office is never left without an administrator,
    not even by two who take the role from each other at once.
    """
    demand(actor, Permission.ADMINISTER)
    both = select(Person).where(Person.id.in_({person_id, actor.id})).order_by(Person.id).with_for_update(of=Person)
    db.session.scalars(both).all()
    if db.session.scalar(_administrators().where(Person.id == actor.id)) is None:
        raise NotPermitted()
    person = db.session.get(Person, person_id, populate_existing=True)
    if person is None:
        raise PersonNotFound()
    return person


def _write(person: Person, profile: Profile) -> None:
    accounts.check_roles(profile.roles, department=profile.department)
    person.name = accounts.person_name(profile.name)
    person.email = check_email(profile.email) if profile.email.strip() else ""
    person.department_id = routing.department_by_code(profile.department).id if profile.department else None
    held = {held.role: held for held in person.roles}
    person.roles = [held.get(role) or PersonRole(role=role) for role in ROLE_WORDS if role in profile.roles]


def _roles(person: Person) -> frozenset[Role]:
    return frozenset(held.role for held in person.roles)


def _administrators() -> Select[Person]:
    held = select(PersonRole.person_id).where(PersonRole.role == Role.ADMINISTRATOR)
    return select(Person).where(Person.active, Person.id.in_(held)).order_by(Person.id)


def _words(roles: Collection[Role]) -> str:
    return "、".join(words for role, words in ROLE_WORDS.items() if role in roles)


def _record(person: Person, setting: str, *, actor: Actor | None, at: datetime) -> None:
    db.session.flush()
    audit.record(
        None,
        EventKind.PERSON_CHANGED,
        actor=actor,
        at=at,
        setting=setting,
        person_id=person.id,
        department_id=person.department_id,
        roles=sorted(_roles(person)),
        active=person.active,
    )
