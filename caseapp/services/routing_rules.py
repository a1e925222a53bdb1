"""Editing the routing rules: listing, adding and changing words, and trying the rules on a request (read only)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.routing import Asked, Suggestion, suggest
from caseapp.domain.routing_rules import check_term
from caseapp.domain.routing_table import OUTSIDE, TRIAGE, Term
from caseapp.models import RoutingTerm
from caseapp.services import audit, routing_table

PAGE = 25
SPECIAL_NAMES = {OUTSIDE: "机关以外的单位", TRIAGE: "由窗口人员判断"}


class TermNotFound(NotVisible):
    text = "没有找到这个词语。"


class TermExists(DomainError):
    text = "“{term}”已在同一部门、同一类别下。请修改那一条，或选择另一类别。"
    field = "term"


@dataclass(frozen=True, kw_only=True)
class TermFilters:
    """What the list of words is narrowed to; `after` is the last word and id of the page before."""

    prefix: str = ""
    department: str = ""
    after: tuple[str, int] | None = None


@dataclass(frozen=True, kw_only=True)
class TermPage:
    """One page of words, and after which word the next page starts, if there is one."""

    terms: list[RoutingTerm]
    next_after: tuple[str, int] | None


@dataclass(frozen=True, kw_only=True)
class Names:
    """What the codes of departments and fields are called; each in the order of a list to choose from."""

    departments: dict[str, str]
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What the rules in force say of a request, with the names for the codes in it."""

    suggestion: Suggestion
    names: Names


def find(filters: TermFilters, *, actor: Actor) -> TermPage:
    """Return one page of words in the order of their writing, by key."""
    demand(actor, Permission.ADMINISTER)
    query = select(RoutingTerm).order_by(RoutingTerm.term, RoutingTerm.id)
    if filters.prefix:
        query = query.where(RoutingTerm.term.startswith(filters.prefix.strip().lower(), autoescape=True))
    if filters.department:
        query = query.where(RoutingTerm.department_code == filters.department)
    if filters.after:
        query = query.where(tuple_(RoutingTerm.term, RoutingTerm.id) > filters.after)
    rows = list(db.session.scalars(query.limit(PAGE + 1)))
    shown = rows[:PAGE]
    return TermPage(terms=shown, next_after=(shown[-1].term, shown[-1].id) if len(rows) > PAGE else None)


def get(term_id: int, *, actor: Actor) -> RoutingTerm:
    """Return one word; raises `TermNotFound`."""
    demand(actor, Permission.ADMINISTER)
    found = db.session.get(RoutingTerm, term_id)
    if found is None:
        raise TermNotFound()
    return found


def names() -> Names:
    """Return what may be chosen: the departments with `outside` and `triage`, and the fields."""
    table = routing_table.current()
    return Names(departments={**table.department_names, **SPECIAL_NAMES}, fields=dict(table.field_names))


def add_term(row: Term, *, actor: Actor, at: datetime) -> RoutingTerm:
    """Add a word to the rules; raises the refusals of `check_term`, or `TermExists`."""
    demand(actor, Permission.ADMINISTER)
    wanted = check_term(row, routing_table.current())
    routing_table.renew()
    twin = select(RoutingTerm.id).where(
        RoutingTerm.term == wanted.term,
        RoutingTerm.kind == wanted.kind,
        RoutingTerm.department_code == wanted.department_code,
    )
    if db.session.scalar(twin) is not None:
        raise TermExists(term=wanted.term)

    added = RoutingTerm(
        term=wanted.term,
        kind=wanted.kind,
        department_code=wanted.department_code,
        field_code=wanted.field_code,
        weight=wanted.weight,
    )
    db.session.add(added)
    db.session.flush()

    _record(f"新增词语“{added.term}”（权重 {added.weight:g}）", added, actor=actor, at=at)
    return added


def change_term(term_id: int, *, field_code: str, weight: float, actor: Actor, at: datetime) -> None:
    """Give a word another field or weight; raises the refusals of `check_term`, or `TermNotFound`."""
    table = routing_table.current()
    row = _taken_up(term_id, actor=actor)
    wanted = Term(
        term=row.term, kind=row.kind, department_code=row.department_code, field_code=field_code, weight=weight
    )
    check_term(wanted, table)
    before = row.weight

    row.field_code, row.weight = field_code, weight

    _record(f"修改词语“{row.term}”（权重 {before:g} → {weight:g}）", row, actor=actor, at=at)


def deactivate_term(term_id: int, *, actor: Actor, at: datetime) -> None:
    """Take a word out of use; it stays in the list and can be put back."""
    _switch(term_id, active=False, actor=actor, at=at)


def activate_term(term_id: int, *, actor: Actor, at: datetime) -> None:
    """Put a word back into use."""
    _switch(term_id, active=True, actor=actor, at=at)


def try_out(*, title: str, document_no: str, description: str, actor: Actor) -> Trial:
    """Return what the rules in force would suggest for such a request; nothing is written."""
    demand(actor, Permission.ADMINISTER)
    asked = Asked(title=title, document_no=document_no, description=description)
    return Trial(suggestion=suggest(asked, routing_table.current()), names=names())


def _taken_up(term_id: int, *, actor: Actor) -> RoutingTerm:
    """Lock the word for an edit; the mark of the edit comes first, in the order in which every edit locks."""
    demand(actor, Permission.ADMINISTER)
    routing_table.renew()
    row = db.session.get(RoutingTerm, term_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise TermNotFound()
    return row


def _switch(term_id: int, *, active: bool, actor: Actor, at: datetime) -> None:
    row = _taken_up(term_id, actor=actor)
    if row.active == active:
        return
    row.active = active
    _record(f"{'启用' if active else '停用'}词语“{row.term}”", row, actor=actor, at=at)


def _record(setting: str, row: RoutingTerm, *, actor: Actor, at: datetime) -> None:
    audit.record(
        None,
        EventKind.ROUTING_CHANGED,
        actor=actor,
        at=at,
        setting=setting,
        term_id=row.id,
        term_kind=row.kind.value,
        department_code=row.department_code,
        field=row.field_code,
        weight=row.weight,
        active=row.active,
    )
