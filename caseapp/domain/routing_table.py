"""The table behind routing: departments, fields, words, number patterns and organs outside; an administrator edits it.

It comes from `caseapp/data/district_plan.json` or from the database; either way it is checked here, and a refusal
names the entry.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from caseapp.domain.errors import DomainError
from caseapp.domain.routing_words import Cue, WordList

OUTSIDE = "outside"  # an organ that is not part of this one (art. 36, item 5)
TRIAGE = "triage"  # the window clerk decides

Row = Mapping[str, Any]
Entry = TypeVar("Entry")


class TableBroken(DomainError):
    text = "分派数据的 {entry} 不能使用：{why}。"


class Kind(StrEnum):
    """What a word tells about a request."""

    OBJECT = "object"  # a record or act that one department makes: 施工许可证
    MATTER = "matter"  # what the request is about: 公租房; yields where a record of another department is asked for
    WORKS = "works"  # papers of any works, 中标通知书; they follow the topic of the works
    WORKS_TOPIC = "works_topic"  # works, goods or services that a certain department watches over: 高标准农田
    HOLDER = "holder"  # an organ, named
    CONTEXT = "context"  # background, low weight
    VAGUE = "vague"  # nothing definite is asked; for `triage`
    HANDLING = "handling"  # papers of any handling, 受理回执; they lie with the organ named as having handled it
    MASK = "mask"  # counts for nobody and hides shorter words inside it
    OPENS_ASK = Cue.OPENS_ASK.value
    CLOSES_ASK = Cue.CLOSES_ASK.value
    WONDERS = Cue.WONDERS.value
    SETS_ASIDE = Cue.SETS_ASIDE.value


WITHOUT_DEPARTMENT = frozenset({Kind.HANDLING, Kind.MASK, *(Kind(cue.value) for cue in Cue)})


@dataclass(frozen=True, kw_only=True)
class Department:
    code: str
    name: str
    short_name: str
    phone: str
    letter_prefix: str


@dataclass(frozen=True, kw_only=True)
class Field:
    code: str
    name: str
    departments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Term:
    term: str
    kind: Kind
    department_code: str
    field_code: str
    weight: float
    active: bool = True


@dataclass(frozen=True, kw_only=True)
class NumberPattern:
    """A form of number, as a regular expression, and the department whose numbers look like that."""

    pattern: str
    meaning: str
    department_code: str
    field_code: str
    weight: float
    active: bool = True

    @cached_property
    def expression(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class OutsideOrgan:
    name: str
    words: tuple[str, ...]
    contact: str


@dataclass(frozen=True, kw_only=True)
class RoutingTable:
    organ: str
    departments: tuple[Department, ...]
    fields: tuple[Field, ...]
    terms: tuple[Term, ...]
    number_patterns: tuple[NumberPattern, ...]
    outside_organs: tuple[OutsideOrgan, ...]
    spellings: Mapping[str, str]

    @classmethod
    def from_data(cls, data: Row) -> "RoutingTable":
        """Return the table of a district plan; raises `TableBroken` naming the entry that cannot be used."""
        departments = tuple(_entries(data, "departments", _department))
        fields = tuple(_entries(data, "fields", _field))
        codes = {department.code for department in departments}
        field_codes = {field.code for field in fields}
        table = cls(
            organ=str(data.get("organ", "")),
            departments=departments,
            fields=fields,
            terms=tuple(_entries(data, "terms", _term)),
            number_patterns=tuple(_entries(data, "number_patterns", _number_pattern)),
            outside_organs=tuple(_entries(data, "outside_organs", _outside_organ)),
            spellings=dict(_entries(data, "spellings", _spelling)),
        )
        _check_codes(table, departments=codes, fields=field_codes)
        return table

    @cached_property
    def rows_by_term(self) -> Mapping[str, Sequence[Term]]:
        """The active words that speak for a department, by their spelling; a word may speak for several."""
        found: dict[str, list[Term]] = {}
        for row in self.terms:
            if row.active and row.kind not in WITHOUT_DEPARTMENT:
                found.setdefault(row.term, []).append(row)
        return found

    @cached_property
    def words(self) -> WordList:
        masks = (row.term for row in self.terms if row.active and row.kind is Kind.MASK)
        return WordList([*self.rows_by_term, *self.handling, *masks])

    @cached_property
    def handling(self) -> frozenset[str]:
        return frozenset(row.term for row in self.terms if row.active and row.kind is Kind.HANDLING)

    @cached_property
    def cues(self) -> Mapping[Cue, WordList]:
        return {cue: WordList(row.term for row in self.terms if row.active and row.kind == cue.value) for cue in Cue}

    @cached_property
    def department_names(self) -> Mapping[str, str]:
        return {department.code: department.short_name for department in self.departments}

    @cached_property
    def field_names(self) -> Mapping[str, str]:
        return {field.code: field.name for field in self.fields}


def _entries(data: Row, name: str, build: Callable[[Row], Entry]) -> Iterable[Entry]:
    for position, row in enumerate(data.get(name, ()), start=1):
        entry = f"{name} 第 {position} 条"
        try:
            yield build(row)
        except KeyError as missing:
            raise TableBroken(entry=entry, why=f"缺少 {missing.args[0]}") from None
        except (TypeError, ValueError, AttributeError, re.error) as reason:
            raise TableBroken(entry=f"{entry}（{row}）", why=str(reason)) from None


def _department(row: Row) -> Department:
    return Department(
        code=_filled(row, "code"),
        name=_filled(row, "name"),
        short_name=_filled(row, "short_name"),
        phone=str(row.get("phone", "")),
        letter_prefix=_filled(row, "letter_prefix"),
    )


def _field(row: Row) -> Field:
    return Field(code=_filled(row, "code"), name=_filled(row, "name"), departments=tuple(row["departments"]))


def _term(row: Row) -> Term:
    kind = Kind(row["kind"])
    department = str(row["department_code"])
    if bool(department) == (kind in WITHOUT_DEPARTMENT):
        raise ValueError("这一类词不写部门" if department else "没有写部门")
    return Term(
        term=_filled(row, "term").lower(),
        kind=kind,
        department_code=department,
        field_code=str(row["field_code"]),
        weight=_weight(row),
        active=bool(row["active"]),
    )


def _number_pattern(row: Row) -> NumberPattern:
    pattern = NumberPattern(
        pattern=_filled(row, "pattern"),
        meaning=_filled(row, "meaning"),
        department_code=_filled(row, "department_code"),
        field_code=str(row["field_code"]),
        weight=_weight(row),
        active=bool(row["active"]),
    )
    if pattern.expression.search(""):
        raise ValueError("空白文号也会符合")
    return pattern


def _outside_organ(row: Row) -> OutsideOrgan:
    words = tuple(str(word) for word in row["words"])
    return OutsideOrgan(name=_filled(row, "name"), words=words, contact=str(row.get("contact", "")))


def _spelling(row: Row) -> tuple[str, str]:
    written, meant = _filled(row, "written"), _filled(row, "meant")
    if len(written) != len(meant):
        raise ValueError("两种写法的字数须相同")
    return written, meant


def _filled(row: Row, name: str) -> str:
    value = row[name]
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name} 须填写文字")
    return value


def _weight(row: Row) -> float:
    weight = row["weight"]
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 20:
        raise ValueError("weight 须为 0 至 20 的数")
    return float(weight)


def _check_codes(table: RoutingTable, *, departments: set[str], fields: set[str]) -> None:
    for field in table.fields:
        for code in field.departments:
            _check_known(code, departments, entry=f"fields（{field.name}）", what="部门")
    for term in table.terms:
        _check_row(f"terms（{term.term}）", term, departments=departments, fields=fields)
    for pattern in table.number_patterns:
        _check_row(f"number_patterns（{pattern.meaning}）", pattern, departments=departments, fields=fields)


def _check_row(entry: str, row: Term | NumberPattern, *, departments: set[str], fields: set[str]) -> None:
    _check_known(row.department_code, departments | {"", OUTSIDE, TRIAGE}, entry=entry, what="部门")
    _check_known(row.field_code, fields | {""}, entry=entry, what="领域")


def _check_known(code: str, known: set[str], *, entry: str, what: str) -> None:
    if code not in known:
        raise TableBroken(entry=entry, why=f"没有代码为“{code}”的{what}")
