"""What an applicant has typed so far: sealed, found by a key that only his browser holds, swept after a day.

Set aside by its applicant it is kept for thirty days, and taken up again by a code that he alone was shown.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, or_, select

from caseapp.db import INSERTS, db, table_of
from caseapp.domain.errors import DomainError
from caseapp.gateways.cipher import new_code
from caseapp.models import Attachment, FilingDraft
from caseapp.services import installation

KEPT_FOR = timedelta(hours=24)
SET_ASIDE_FOR = timedelta(days=30)
UNFINISHED = "unfinished "  # before the name of a step: typed on its page, and not judged yet
Answers = dict[str, dict[str, object]]
BY_KEY = select(FilingDraft).where(FilingDraft.key_digest == bindparam("key"))
LOCK_BY_KEY = BY_KEY.with_for_update()


class NothingSetAside(DomainError):
    text = "没有找到这份暂存的申请。请核对代码；暂存超过 30 天或者已经提交的，不能再继续填写。"
    field = "code"


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
        kept = {name: value for name, value in answers_of(row).items() if name != f"{UNFINISHED}{step}"}
        row.answers_sealed = _sealed(kept | {step: dict(answers)}, row.key_digest)
        row.changed_at = at
    return row


def typed(answers: Answers, step: str) -> dict[str, object]:
    """Return what was typed last on the page of a step: set aside unfinished, or answered."""
    return answers.get(f"{UNFINISHED}{step}") or answers.get(step, {})


def set_aside(key: str, step: str, answers: Mapping[str, object], *, at: datetime) -> str:
    """Keep the draft for thirty days with what stands on the page of this step, and return the code to go on with.

    An earlier code of the same draft ends. Raises `NothingSetAside` for a draft that has been filed.
    """
    row = save(key, f"{UNFINISHED}{step}", answers, at=at)
    if row.case_id is not None:
        raise NothingSetAside()
    code = new_code()
    row.resume_digest, row.kept_until = _resume_digest(code), at + SET_ASIDE_FOR
    return code


def resume(code: str, *, at: datetime) -> str:
    """Return a new key for the draft that this code opens; the key of the browser before ends.

    Raises `NothingSetAside`, the same for every code that opens nothing.
    """
    query = select(FilingDraft).where(FilingDraft.resume_digest == _resume_digest(code)).with_for_update()
    row = db.session.scalar(query)
    if row is None or row.case_id is not None or row.kept_until is None or row.kept_until < at:
        raise NothingSetAside()
    answers, key = answers_of(row), new_key()
    row.key_digest = digest(key)
    row.answers_sealed = _sealed(answers, row.key_digest)
    row.changed_at = at
    return key


def _resume_digest(code: str) -> str:
    return installation.current().vault.digest(code, purpose="resume code")


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
    """Remove drafts untouched for a day, and those whose thirty days are over.

    Return the stored names of their files, to be dropped after the commit.
    """
    over = or_(FilingDraft.kept_until.is_(None), FilingDraft.kept_until < at)
    old = select(FilingDraft.id).where(FilingDraft.changed_at < at - KEPT_FOR, FilingDraft.case_id.is_(None), over)
    names = list(db.session.scalars(select(Attachment.stored_name).where(Attachment.draft_id.in_(old))))
    db.session.execute(delete(Attachment).where(Attachment.draft_id.in_(old)))
    db.session.execute(delete(FilingDraft).where(FilingDraft.id.in_(old)))
    return names


def _sealed(answers: Answers, key_digest: str) -> bytes:
    return installation.current().vault.seal(json.dumps(answers, ensure_ascii=False), bound_to=f"draft {key_digest}")
