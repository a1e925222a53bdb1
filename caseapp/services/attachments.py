"""Files that come with a request: judged by content, written before their row, read back only whole."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from sqlalchemy import bindparam, func, select, update

from caseapp.db import db, fetch
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import clean_line
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.gateways.files import digest
from caseapp.gateways.media_type import EXTENSIONS, media_type
from caseapp.models import Attachment, Case, FilingDraft
from caseapp.services import drafts, installation

MOST = 5
LARGEST = 10 * 1024 * 1024
LONGEST_NAME = 100
HOW_MANY = select(func.count()).select_from(Attachment).where(Attachment.draft_id == bindparam("draft"))


class FileEmpty(DomainError):
    text = "所选文件是空的。"
    field = "file"


class FileTooLarge(DomainError):
    text = "文件应小于 10 MB。"
    field = "file"


class FileKindRefused(DomainError):
    text = "文件应为 PDF、Word、图片之一。（含宏的 Word 文件不能上传。）"
    field = "file"


class TooManyFiles(DomainError):
    text = "最多上传 {most} 个文件，请先删除一个。"
    field = "file"


class AlreadyFiled(DomainError):
    text = "这份申请已经提交，不能再增删附件。"
    field = "file"


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An attachment with its bytes, as it is handed to a reader."""

    name: str
    media_type: str
    content: bytes


def add(key: str, *, name: str, content: bytes, at: datetime) -> None:
    """Attach a file to the draft of this key; the bytes are on disk before the row exists."""
    kind = judged(content)
    row = drafts.lock(key) or drafts.save(key, "attachments", {}, at=at)
    if row.case_id is not None:
        raise AlreadyFiled()
    if how_many(row) >= MOST:
        raise TooManyFiles(most=MOST)
    original_name = shown_name(name, kind)
    db.session.add(
        Attachment(
            draft_id=row.id,
            stored_name=installation.current().files.keep(content),
            original_name=original_name,
            media_type=kind,
            size=len(content),
            sha256=digest(content),
            uploaded_at=at,
        )
    )
    row.changed_at = at


def add_once(key: str, *, name: str, content: bytes, at: datetime) -> bool:
    """Attach a file unless the draft has the same bytes already; return whether it was new. Raises as `add` does."""
    held = {row.sha256 for row in of_draft(key)}
    if digest(content) in held:
        return False
    add(key, name=name, content=content, at=at)
    return True


def give_to_case(key: str, case_id: int) -> None:
    """Move the files of this key's draft to a case that exists already, and end the draft."""
    row = drafts.lock(key)
    if row is None or row.case_id is not None:
        return
    theirs = update(Attachment).where(Attachment.draft_id == row.id)
    db.session.execute(theirs.values(draft_id=None, case_id=case_id))
    db.session.delete(row)


def remove(key: str, attachment_id: int) -> str | None:
    """Take a file off the draft; return its stored name, to be dropped after the commit, or `None` if it is gone."""
    row = drafts.lock(key)
    if row is None:
        return None
    if row.case_id is not None:
        raise AlreadyFiled()
    attachment = db.session.scalar(
        select(Attachment).where(Attachment.id == attachment_id, Attachment.draft_id == row.id)
    )
    if attachment is None:
        return None
    db.session.delete(attachment)
    return attachment.stored_name


def drop(stored_names: list[str]) -> None:
    """Remove bytes whose rows are gone."""
    for name in stored_names:
        installation.current().files.drop(name)


def of_draft(key: str) -> list[Attachment]:
    """Return the files of the draft, in the order they came."""
    query = select(Attachment).join(FilingDraft).where(FilingDraft.key_digest == drafts.digest(key))
    return list(db.session.scalars(query.order_by(Attachment.id)))


def open_for_staff(case_id: int, attachment_id: int, *, actor: Actor) -> Opened:
    """Return a file of the case; raises `NotVisible` for another case's, `FileBroken` when the bytes do not fit."""
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotVisible()
    demand(actor, Permission.READ_CASE, case)
    return _open(case_id, attachment_id)


def _open(case_id: int, attachment_id: int) -> Opened:
    row = db.session.scalar(select(Attachment).where(Attachment.id == attachment_id, Attachment.case_id == case_id))
    if row is None:
        raise NotVisible()
    content = installation.current().files.read(row.stored_name, sha256=row.sha256)
    return Opened(name=row.original_name, media_type=row.media_type, content=content)


def judged(content: bytes) -> str:
    """Return the media type of a file that may be kept; refuses an empty, a large or another kind of file."""
    if not content:
        raise FileEmpty()
    if len(content) > LARGEST:
        raise FileTooLarge()
    kind = media_type(content)
    if kind is None:
        raise FileKindRefused()
    return kind


def how_many(row: FilingDraft) -> int:
    """Return how many files the draft has."""
    count: int = fetch(HOW_MANY, {"draft": row.id}).scalar_one()
    return count


def shown_name(name: str, kind: str) -> str:
    """Return the name as it is shown: no folders, no control characters, and the ending that the content has."""
    bare = clean_line(PurePosixPath(name.replace("\\", "/")).name, field="file", label="文件名")
    stem = bare.rsplit(".", 1)[0] if "." in bare else bare
    return (stem.strip(" .")[:LONGEST_NAME] or "附件") + EXTENSIONS[kind]
