"""The words of the letters: those the office has approved, else those that come with the product.

An administrator proposes, a head decides; an issued letter keeps its bytes. Two people, one proposal a kind at a time.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.extension import check_two_people
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.remedies import OrganKind, StaleWording, check_wording
from caseapp.domain.wording import NoWordingWaits, WordingStatus, WordingUnchanged, WordingWaits, tidy
from caseapp.gateways.letter_words import (
    LetterTemplate,
    TemplateRefused,
    read_template,
    words_from,
)
from caseapp.models import LetterWording, Person
from caseapp.services import audit, installation, letter_samples, numbering

QUEUE = "letter wordings"


class WordingRefused(DomainError):
    """A proposed template cannot be used; the place is named."""

    text = "{why}"
    field = "text"


class WordingNotFound(NotVisible):
    text = "没有找到这份模板修改。"


def get(wording_id: int, *, actor: Actor) -> LetterWording:
    """Return a version of a template to who decides on it; raises `WordingNotFound`."""
    demand(actor, Permission.DECIDE_WORDING)
    found = db.session.get(LetterWording, wording_id)
    if found is None:
        raise WordingNotFound()
    return found


def current(kind: LetterKind) -> LetterTemplate:
    """Return the template that the next letter of this kind is set from."""
    return read_template(current_text(kind), kind=kind, file=LETTERS[kind].label)


def current_text(kind: LetterKind) -> str:
    """Return the newest approved text, or the one in letters/ where the office has none of its own."""
    approved = LetterWording.kind == kind, LetterWording.status == WordingStatus.APPROVED
    query = select(LetterWording.text).where(*approved).order_by(LetterWording.id.desc()).limit(1)
    return db.session.scalar(query) or original(kind)


def original(kind: LetterKind) -> str:
    """Return the text that comes with the product."""
    return (installation.current().letter_words / f"{kind.value}.txt").read_text(encoding="utf-8")


def waiting() -> list[LetterWording]:
    """Return the proposals that wait for a decision, oldest first: at most one a kind."""
    query = select(LetterWording).where(LetterWording.status == WordingStatus.PROPOSED).order_by(LetterWording.id)
    return list(db.session.scalars(query.options(joinedload(LetterWording.proposed_by).lazyload(Person.roles))))


def versions(kind: LetterKind, *, most: int = 20) -> list[LetterWording]:
    """Return the versions of one kind, newest first, with who proposed each."""
    query = select(LetterWording).where(LetterWording.kind == kind).order_by(LetterWording.id.desc()).limit(most)
    return list(db.session.scalars(query.options(joinedload(LetterWording.proposed_by).lazyload(Person.roles))))


def check(kind: LetterKind, typed: str, *, today: date) -> LetterTemplate:
    """Return the typed template when it can be used; otherwise refuse at its field, naming the line (R40, R43)."""
    text = tidy(typed)
    try:
        template = read_template(text, kind=kind, file=LETTERS[kind].label)
        for number, line in enumerate(text.splitlines(), start=1):
            _check_law(line, number=number, kind=kind, today=today)
        words_from(template, letter_samples.facts(kind))
    except TemplateRefused as refusal:
        raise WordingRefused(why=str(refusal)) from refusal
    except WordingRefused:
        raise
    except DomainError as refusal:
        raise WordingRefused(why=f"用示例试排时：{refusal}") from refusal
    return template


def _check_law(line: str, *, number: int, kind: LetterKind, today: date) -> None:
    try:
        check_wording(line, letter_date=today, organ_kind=OrganKind.LOCAL_DEPARTMENT)
    except StaleWording as stale:
        raise WordingRefused(why=f"文书模板 {LETTERS[kind].label} 第 {number} 行：{stale}") from stale


def propose(kind: LetterKind, typed: str, *, actor: Actor, at: datetime) -> LetterWording:
    """Keep a proposal for a second person to decide; raises at the field `text` what is wrong with it."""
    demand(actor, Permission.ADMINISTER)
    numbering.next_serial(QUEUE, year=0)  # two proposals of one moment queue here, so that the second is told
    check(kind, typed, today=local_date(at))
    text = tidy(typed)
    if text.rstrip() == current_text(kind).rstrip():
        raise WordingUnchanged()
    if any(row.kind is kind for row in waiting()):
        raise WordingWaits()
    row = LetterWording(kind=kind, text=text, status=WordingStatus.PROPOSED, proposed_by_id=actor.id, proposed_at=at)
    db.session.add(row)
    db.session.flush()
    audit.record(None, EventKind.WORDING_PROPOSED, actor=actor, at=at, setting=LETTERS[kind].label, wording=row.id)
    return row


def decide(wording_id: int, *, approves: bool, refusal: str, actor: Actor, at: datetime) -> LetterWording:
    """Put a proposal in force, or refuse it with a reason; raises `NoWordingWaits` or `OwnProposal`.

    The law is asked again: a text that was good when it was proposed may have grown stale.
    """
    demand(actor, Permission.DECIDE_WORDING)
    row = db.session.get(LetterWording, wording_id, with_for_update=True, populate_existing=True)
    if row is None or row.status is not WordingStatus.PROPOSED:
        raise NoWordingWaits()
    check_two_people(proposed_by=(row.proposed_by_id,), decided_by=actor.id)
    if approves:
        check(row.kind, row.text, today=local_date(at))
    row.status = WordingStatus.APPROVED if approves else WordingStatus.REFUSED
    row.decided_by_id, row.decided_at, row.refusal = actor.id, at, "" if approves else refusal
    kind = EventKind.WORDING_APPROVED if approves else EventKind.WORDING_REFUSED
    facts = {"setting": LETTERS[row.kind].label, "wording": row.id, "reason": row.refusal or None}
    audit.record(None, kind, actor=actor, at=at, **facts)
    return row
