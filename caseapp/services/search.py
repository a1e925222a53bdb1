"""Cases found by words of their title, description and applicant, or by a number of theirs; the newest first.

The index is not a table of the models: it is what each database has for text, made and filled by migration 0017.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, select, text

from caseapp.db import db
from caseapp.domain import search_words
from caseapp.domain.numbering import is_case_number, read_letter_number
from caseapp.domain.permissions import Actor, Permission, demand, may_ever
from caseapp.models import Applicant, Case, Letter
from caseapp.services import installation
from caseapp.services.cases import LARGEST_ID, LISTED, PAGE, ListedCase, Rows, sees_every_department

IDENTITY_LENGTH = 18
PUT = {
    "sqlite": text("INSERT OR REPLACE INTO search_entries (rowid, tokens) VALUES (:case, :tokens)"),
    "postgresql": text(
        "INSERT INTO search_entries (case_id, tokens) VALUES (:case, to_tsvector('simple', :tokens)) "
        "ON CONFLICT (case_id) DO UPDATE SET tokens = excluded.tokens"
    ),
}
OURS = " AND cases.department_id = :department"
NEWEST = " ORDER BY {key} DESC LIMIT :most"
FIND = {
    "sqlite": "SELECT search_entries.rowid FROM search_entries JOIN cases ON cases.id = search_entries.rowid "
    "WHERE search_entries MATCH :match AND search_entries.rowid < :before",
    "postgresql": "SELECT cases.id FROM search_entries JOIN cases ON cases.id = search_entries.case_id "
    "WHERE search_entries.tokens @@ to_tsquery('simple', :match) AND cases.id < :before",
}
KEY = {"sqlite": "search_entries.rowid", "postgresql": "cases.id"}
FOUND = LISTED.where(Case.id.in_(bindparam("ids", expanding=True))).order_by(Case.id.desc())


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of what was found, and where the next one starts, if there is one."""

    cases: list[ListedCase]
    next_before: int | None


def put(case: Case) -> None:
    """Write the words of a case to the index, in the act's own transaction; once it has its id."""
    words = search_words.tokens((case.title, case.document_no, case.description, case.applicant.name))
    db.session.execute(PUT[db.engine.dialect.name], {"case": case.id, "tokens": words})


def find(query: str, *, before: int | None, actor: Actor) -> Found:
    """Return what the actor may read of it; raises `QueryTooShort`, `QueryTooLong` or `NotPermitted`."""
    demand(actor, Permission.USE_WORKBENCH)
    everywhere = sees_every_department(actor.roles)
    if not everywhere and actor.department_id is None:
        return Found(cases=[], next_before=None)
    ours = None if everywhere else actor.department_id
    before = before or LARGEST_ID
    ids = _by_number(query.strip(), actor=actor, before=before, department=ours)
    if not ids:
        ids = _by_words(query, before=before, department=ours)
    place: dict[str, object] = {"ids": ids[:PAGE]} | ({} if everywhere else {"department": ours})
    rows = [ListedCase._make(row) for row in db.session.execute(_within(ours), place)]
    return Found(cases=rows, next_before=ids[PAGE - 1] if len(ids) > PAGE else None)


def _within(department: int | None) -> Rows:
    return FOUND if department is None else FOUND.where(Case.department_id == bindparam("department"))


def _by_words(query: str, *, before: int, department: int | None) -> list[int]:
    dialect = db.engine.dialect.name
    place: dict[str, object] = {"match": MATCH[dialect](search_words.phrases(query)), "before": before}
    place |= {"most": PAGE + 1} | ({} if department is None else {"department": department})
    statement = FIND[dialect] + ("" if department is None else OURS) + NEWEST.format(key=KEY[dialect])
    return list(db.session.scalars(text(statement), place))


def _by_number(query: str, *, actor: Actor, before: int, department: int | None) -> list[int]:
    """Return the cases of a number typed in full: a case's, a letter's, an identity's; none when it is no such number.

    An identity number is looked up by its keyed digest, for those who may see one.
    """
    if is_case_number(query):
        chosen = select(Case.id).where(Case.number == query)
    elif read_letter_number(query) is not None:
        chosen = select(Case.id).join(Letter, Letter.case_id == Case.id).where(Letter.number == query)
    elif _may_be_identity(query) and may_ever(actor, Permission.SEE_IDENTITY):
        digest = installation.current().vault.digest(query.upper(), purpose="same applicant")
        chosen = select(Case.id).join(Applicant).where(Applicant.identity_digest == digest)
    else:
        return []
    if department is not None:
        chosen = chosen.where(Case.department_id == department)
    return list(db.session.scalars(chosen.where(Case.id < before).order_by(Case.id.desc()).limit(PAGE + 1)))


def _may_be_identity(query: str) -> bool:
    return len(query) == IDENTITY_LENGTH and query.isascii() and query.isalnum()


def _fts5(phrases: list[list[str]]) -> str:
    return " AND ".join(f'"{" ".join(pairs)}"' for pairs in phrases)


def _tsquery(phrases: list[list[str]]) -> str:
    return " & ".join(f"({' <-> '.join(pairs)})" for pairs in phrases)


MATCH = {"sqlite": _fts5, "postgresql": _tsquery}
