"""Departments: what their letters state of them, edited by an administrator."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain import department_facts
from caseapp.domain.department_facts import Facts
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.numbering import Numbered
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.models import Department
from caseapp.services import audit, letter_series, routing_table

NAMES = tuple(Facts.__dataclass_fields__)


class DepartmentNotFound(NotVisible):
    text = "没有找到这个部门。"


class DepartmentChanged(DomainError):
    """The form was drawn from an older state of the department."""

    text = "“{name}”的资料刚被别人更新。您填写的内容已保留在下面，请核对后再提交。"


def every(*, actor: Actor) -> list[Department]:
    """Return all departments, in the order of the district plan."""
    demand(actor, Permission.ADMINISTER)
    return list(db.session.scalars(select(Department).order_by(Department.id)))


def get(department_id: int, *, actor: Actor) -> Department:
    """Return the department; raises `DepartmentNotFound`."""
    demand(actor, Permission.ADMINISTER)
    found = db.session.get(Department, department_id)
    if found is None:
        raise DepartmentNotFound()
    return found


def facts(department: Department) -> Facts:
    """Return what an administrator may change of the department."""
    return Facts(**{name: getattr(department, name) for name in NAMES})


def state(department: Department) -> str:
    """Return a digest of what a form shows of the department: a form drawn from another state is refused."""
    return hashlib.sha256(json.dumps(asdict(facts(department))).encode()).hexdigest()[:32]


def change(department_id: int, *, wanted: Facts, seen: str, actor: Actor, at: datetime) -> None:
    """Change the department's facts; `seen` is the `state` that the form was drawn from.

    Raises `DepartmentChanged` or, at its field, what is wrong with a fact. Letters already issued stay as they are.
    """
    demand(actor, Permission.ADMINISTER)
    routing_table.renew()  # reasons name departments; and edits queue here, so that two cannot take the same prefix
    department = db.session.get(Department, department_id, with_for_update=True, populate_existing=True)
    if department is None:
        raise DepartmentNotFound()
    if state(department) != seen:
        raise DepartmentChanged(name=department.name)
    department_facts.check_facts(wanted)
    _check_numbers(department, wanted)

    before = facts(department)
    changed = [name for name in NAMES if getattr(before, name) != getattr(wanted, name)]
    for name in changed:
        setattr(department, name, getattr(wanted, name))

    audit.record(
        None,
        EventKind.DEPARTMENT_CHANGED,
        actor=actor,
        at=at,
        setting=f"修改“{wanted.name}”的资料",
        department_id=department.id,
        was={name: getattr(before, name) for name in changed},
        now={name: getattr(wanted, name) for name in changed},
    )


def _check_numbers(department: Department, wanted: Facts) -> None:
    """Refuse facts by which the department, or a kind that it numbers apart, would share numbers (R44)."""
    series = letter_series.every()
    apart = [one for (whose, kind), one in series.items() if whose == department.id and kind]
    common = Numbered(name=wanted.name, pattern=wanted.number_pattern, prefix=wanted.letter_prefix)
    mine = [common, *(replace(one, prefix=wanted.letter_prefix) for one in apart)]
    others = [one for (whose, _), one in series.items() if whose != department.id]
    department_facts.check_numbers_differ(mine, others)
