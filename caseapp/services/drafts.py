"""What an applicant has typed so far: sealed, found by a key that only his browser holds, swept after a day."""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select

from caseapp.db import INSERTS, db, table_of
from caseapp.models import Attachment, FilingDraft
from caseapp.services import installation

KEPT_FOR = timedelta(hours=24)
Answers = dict[str, dict[str, object]]
BY_KEY = select(FilingDraft).where(FilingDraft.key_digest == bindparam("key"))
LOCK_BY_KEY = BY_KEY.with_for_update()


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A draft as pages show it: the answers of each step, and whether it has become a case already."""

    id: int
    answers: Answers
    filed: bool


def new_key() -> str:
    """Return a fresh filing key: 128 random bits that name one draft and, later, one case."""
    return secrets.token_urlsafe(16)


def find(key: str) -> Draft | None:
    """Return the draft of this key, or `None` where there is none (any more)."""
    row = db.session.scalar(BY_KEY, {"key": digest(key)})
    if row is None:
        return None
    return Draft(id=row.id, answers=answers_of(row), filed=row.case_id is not None)


def lock(key: str) -> FilingDraft | None:
    """Return the draft's row, locked: equal posts queue here."""
    return db.session.scalar(LOCK_BY_KEY, {"key": digest(key)})


def begin(key: str, *, at: datetime) -> FilingDraft:
    """Return the draft of this key, locked, opening it where it does not exist: equal posts queue here."""
    opened = INSERTS[db.engine.dialect.name](table_of(FilingDraft)).values(
        key_digest=digest(key), answers_sealed=emptied(digest(key)), changed_at=at
    )
    db.session.execute(opened.on_conflict_do_nothing(index_elements=["key_digest"]))
    return db.session.scalars(LOCK_BY_KEY, {"key": digest(key)}).one()


def save(key: str, step: str, answers: Mapping[str, object], *, at: datetime) -> FilingDraft:
    """Keep the answers of one step, opening the draft where it does not exist; a filed draft stays as it is."""
    row = lock(key)
    if row is None:
        row = FilingDraft(key_digest=digest(key), answers_sealed=emptied(digest(key)), changed_at=at)
        db.session.add(row)
        db.session.flush()
    if row.case_id is None:
        row.answers_sealed = _sealed(answers_of(row) | {step: dict(answers)}, row.key_digest)
        row.changed_at = at
    return row


def answers_of(row: FilingDraft) -> Answers:
    """Return what the draft holds, by step."""
    opened = installation.current().vault.open(row.answers_sealed, bound_to=f"draft {row.key_digest}")
    answers: Answers = json.loads(opened)
    return answers


def emptied(key_digest: str) -> bytes:
    """Return the sealed nothing that replaces the answers once the case has them."""
    return _sealed({}, key_digest)


def digest(key: str) -> str:
    """Return how a filing key is stored."""
    return installation.current().vault.digest(key, purpose="filing key")


def sweep(*, at: datetime) -> list[str]:
    """Remove drafts untouched for a day; return the stored names of their files, to be dropped after the commit."""
    old = select(FilingDraft.id).where(FilingDraft.changed_at < at - KEPT_FOR, FilingDraft.case_id.is_(None))
    names = list(db.session.scalars(select(Attachment.stored_name).where(Attachment.draft_id.in_(old))))
    db.session.execute(delete(Attachment).where(Attachment.draft_id.in_(old)))
    db.session.execute(delete(FilingDraft).where(FilingDraft.id.in_(old)))
    return names


def _sealed(answers: Answers, key_digest: str) -> bytes:
    return installation.current().vault.seal(json.dumps(answers, ensure_ascii=False), bound_to=f"draft {key_digest}")
