"""Cases found by words of what was asked, of their applicant and letters, or by a number of theirs.

The newest `WINDOW` that match are ranked among themselves, then the next: an order that any number of cases can bear.

The index is not a table of the models: it is what each database has for text, made and filled by migration 0017. On
SQLite its rows have the negative ids of the cases, so that the newest come first (0038): FTS5 is slow backwards.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import bindparam, select, text, union_all

from caseapp.db import db, fetch
from caseapp.domain import search_words
from caseapp.domain.numbering import LARGEST_ID, is_case_number, read_letter_number
from caseapp.domain.permissions import Actor, Permission, demand, may_ever
from caseapp.models import Applicant, Case, Letter
from caseapp.services import installation
from caseapp.services.cases import LISTED_BY_ID, PAGE, ListedCase, Rows, sees_every_department

IDENTITY_LENGTH = 18
SHORTEST_PHONE = 7
PUT = {
    "sqlite": text("INSERT OR REPLACE INTO search_entries (rowid, tokens) VALUES (-:case, :tokens)"),
    "postgresql": text(
        "INSERT INTO search_entries (case_id, tokens) VALUES (:case, to_tsvector('simple', :tokens)) "
        "ON CONFLICT (case_id) DO UPDATE SET tokens = excluded.tokens"
    ),
}
ADD = {
    "sqlite": text("UPDATE search_entries SET tokens = tokens || :tokens WHERE rowid = -:case"),
    "postgresql": text(
        "UPDATE search_entries SET tokens = tokens || to_tsvector('simple', :tokens) WHERE case_id = :case"
    ),
}
WINDOW = 100  # cases that are ranked among themselves
TITLE, NAME, DESCRIPTION = 4, 3, 2  # what a word weighs where it stands; found in a letter only it weighs nothing
OURS = {  # only the cases of one department; without it the index alone is asked, at half the price
    "sqlite": " AND (SELECT department_id FROM cases WHERE cases.id = -search_entries.rowid) = :department",
    "postgresql": " AND (SELECT department_id FROM cases WHERE cases.id = search_entries.case_id) = :department",
}
NEWEST = {"sqlite": " ORDER BY rowid LIMIT :most", "postgresql": " ORDER BY case_id DESC LIMIT :most"}
FIND = {
    "sqlite": "SELECT -rowid FROM search_entries WHERE search_entries MATCH :match AND rowid > -:before",
    "postgresql": "SELECT case_id FROM search_entries "
    "WHERE search_entries.tokens @@ to_tsquery('simple', :match) AND case_id < :before",
}
FOUND = LISTED_BY_ID.order_by(Case.id.desc())


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a page starts: behind `skip` of the best of the newest `WINDOW` cases with a smaller id than `before`."""

    before: int = LARGEST_ID
    skip: int = 0


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found, and where the next one starts, if there is one."""

    cases: list[ListedCase]
    next_place: Place | None


def put(case: Case) -> None:
    """Write the words of a case to the index, in the act's own transaction; once it has its id."""
    words = search_words.tokens((case.title, case.document_no, case.description, case.applicant.name))
    db.session.execute(PUT[db.engine.dialect.name], {"case": case.id, "tokens": words})


def add(case_id: int, texts: Iterable[str]) -> None:
    """Add words that came to a case later, as those of a letter, in the act's own transaction."""
    words = f" {search_words.BREAK} {search_words.tokens(texts)}"
    db.session.execute(ADD[db.engine.dialect.name], {"case": case_id, "tokens": words})


def find(query: str, *, place: Place, actor: Actor) -> Found:
    """Return what the actor may read of it; raises `QueryTooShort`, `QueryTooLong` or `NotPermitted`."""
    demand(actor, Permission.USE_WORKBENCH)
    everywhere = sees_every_department(actor.roles)
    if not everywhere and actor.department_id is None:
        return Found(cases=[], next_place=None)
    ours = None if everywhere else actor.department_id
    ids = _by_number(query.strip(), actor=actor, before=place.before, department=ours)
    if not ids:
        ids = _by_words(query, before=place.before, department=ours)
    values: dict[str, object] = {"ids": ids[:WINDOW]} | ({} if everywhere else {"department": ours})
    rows = [ListedCase._make(row) for row in fetch(_within(ours), values)]
    ranked = sorted(rows, key=lambda case: _weight(case, query), reverse=True)  # stable: of equals the newest first
    end = place.skip + PAGE
    if end < len(ranked):
        next_place: Place | None = replace(place, skip=end)
    else:
        next_place = Place(before=ids[WINDOW - 1]) if len(ids) > WINDOW else None
    return Found(cases=ranked[place.skip : end], next_place=next_place)


def _weight(case: ListedCase, query: str) -> int:
    texts = ((case.title, TITLE), (case.applicant, NAME), (case.description, DESCRIPTION))
    return search_words.weight(query, texts)


def _within(department: int | None) -> Rows:
    return FOUND if department is None else FOUND.where(Case.department_id == bindparam("department"))


def _by_words(query: str, *, before: int, department: int | None) -> list[int]:
    dialect = db.engine.dialect.name
    place: dict[str, object] = {"match": MATCH[dialect](search_words.phrases(query)), "before": before}
    place |= {"most": WINDOW + 1} | ({} if department is None else {"department": department})
    statement = FIND[dialect] + ("" if department is None else OURS[dialect]) + NEWEST[dialect]
    return list(db.session.scalars(text(statement), place))


def _by_number(query: str, *, actor: Actor, before: int, department: int | None) -> list[int]:
    """Return the cases of a number typed in full: a case's, a letter's, an identity's, a telephone's; else none.

    An identity number is looked up by its keyed digest; it and a telephone number by those only who may see one.
    """
    sees_who = may_ever(actor, Permission.SEE_IDENTITY)
    phone = _as_phone(query) if sees_who else ""
    of_case = select(Case.id).where(Case.number == query)
    if phone:  # a landline with its area code may look like the number of a case
        of_phone = select(Applicant.case_id).where(Applicant.phone == phone)
        chosen = select(Case.id).where(Case.id.in_(union_all(of_case, of_phone)))
    elif is_case_number(query):
        chosen = of_case
    elif read_letter_number(query) is not None:
        chosen = select(Case.id).join(Letter, Letter.case_id == Case.id).where(Letter.number == query)
    elif _may_be_identity(query) and sees_who:
        digest = installation.current().vault.digest(query.upper(), purpose="same applicant")
        chosen = select(Case.id).join(Applicant).where(Applicant.identity_digest == digest)
    else:
        return []
    if department is not None:
        chosen = chosen.where(Case.department_id == department)
    return list(db.session.scalars(chosen.where(Case.id < before).order_by(Case.id.desc()).limit(WINDOW + 1)))


def _as_phone(query: str) -> str:
    """Return the number as filing keeps it, without blanks and half-width; "" for what is none."""
    number = "".join(unicodedata.normalize("NFKC", query).split())
    digits = number.replace("-", "").removeprefix("+")
    return number if len(digits) >= SHORTEST_PHONE and digits.isascii() and digits.isdecimal() else ""


def _may_be_identity(query: str) -> bool:
    return len(query) == IDENTITY_LENGTH and query.isascii() and query.isalnum()


def _fts5(phrases: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(pairs)}"' for pairs in phrases)


def _tsquery(phrases: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(pairs)})" for pairs in phrases)


MATCH = {"sqlite": _fts5, "postgresql": _tsquery}
