"""Members of staff: signing in, and who is acting."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Boolean, Select, bindparam, or_, select
from sqlalchemy.orm import joinedload

from caseapp.db import db, fetch
from caseapp.domain.errors import DomainError
from caseapp.domain.permissions import Actor, Role
from caseapp.models import Department, Person, PersonRole
from caseapp.services import installation

MOST_OFFICERS = 500


class Officer(NamedTuple):
    """A person who drafts answers, with the department's short name."""

    id: int
    name: str
    department: str
    active: bool


# Asked at every page of the staff: one line for each role.
BY_ID = (
    select(Person.id, Person.name, Person.signed_version, Person.department_id, Department.short_name, PersonRole.role)
    .outerjoin(Department, Department.id == Person.department_id)
    .outerjoin(PersonRole, PersonRole.person_id == Person.id)
    .where(Person.active, Person.id == bindparam("id"))
)


# Who can have drafted an answer; those who have left, too: what they drafted is still there.
OFFICERS = (
    select(Person.id, Person.name, Department.short_name, Person.active)
    .join(PersonRole, (PersonRole.person_id == Person.id) & (PersonRole.role == Role.OFFICER))
    .join(Department, Department.id == Person.department_id)
    .where(or_(bindparam("everywhere", type_=Boolean), Person.department_id == bindparam("department")))
    .order_by(Person.active.desc(), Department.id, Person.name)
    .limit(MOST_OFFICERS)
)


class SignInRefused(DomainError):
    """One answer for a wrong name, a wrong password and a closed account."""

    text = "账号或密码不正确，请核对后再试。"


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """What a session needs to know of the person behind it."""

    actor: Actor
    token: str  # ends when the password or the rights change
    department: str


def sign_in(*, name: str, password: str) -> SignedIn:
    """Return who signs in with this name and password; raises `SignInRefused`."""
    person = db.session.scalar(_active().where(Person.sign_in_name == name.strip().lower()))
    if not installation.current().passwords.matches(password, person.password_hash if person else None):
        raise SignInRefused()
    assert person is not None  # no stored hash, no match
    return _signed_in(person)


def by_token(token: str) -> SignedIn | None:
    """Return who holds this session token, or `None` once it has ended."""
    person_id, _, version = token.partition(".")
    if not (person_id.isdecimal() and version.isdecimal()):
        return None
    found = fetch(BY_ID, {"id": int(person_id)}).all()
    if not found or found[0].signed_version != int(version):
        return None
    person = found[0]
    roles = frozenset(row.role for row in found if row.role)
    return SignedIn(
        actor=Actor(id=person.id, name=person.name, roles=roles, department_id=person.department_id),
        token=token,
        department=person.short_name or "",
    )


def officers(*, department_id: int | None, everywhere: bool) -> list[Officer]:
    """Return the officers of one department, or of all, those who have left at the end; `MOST_OFFICERS` at most."""
    return [Officer._make(row) for row in fetch(OFFICERS, {"everywhere": everywhere, "department": department_id})]


def as_actor(person: Person) -> Actor:
    """Return the person with the roles and the department held at this moment."""
    roles = frozenset(held.role for held in person.roles)
    return Actor(id=person.id, name=person.name, roles=roles, department_id=person.department_id)


def _active() -> Select[Person]:
    return select(Person).where(Person.active).options(joinedload(Person.department))


def _signed_in(person: Person) -> SignedIn:
    return SignedIn(
        actor=as_actor(person),
        token=f"{person.id}.{person.signed_version}",
        department=person.department.short_name if person.department else "",
    )


def end_sessions(person_id: int) -> None:
    """End every session of the person, as signing out everywhere does."""
    person = db.session.get_one(Person, person_id, with_for_update={"of": Person})
    person.signed_version += 1


def has_demonstration_accounts() -> bool:
    """Return whether an active account of the demonstration office is left."""
    found = db.session.scalar(select(Person.id).where(Person.demonstration, Person.active).limit(1))
    return found is not None
