"""Files disclosed with the answer: listed in its letter, open to the applicant once it has been delivered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.errors import DomainError
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action, Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import Actor, NotVisible, Permission
from caseapp.gateways.files import digest
from caseapp.models import Case, ReplyFile
from caseapp.services import audit, cases, installation
from caseapp.services.attachments import Opened, judged, shown_name

MOST = 40
WITH_FILES = frozenset({Outcome.DISCLOSED, Outcome.PARTIAL})


class TooManyReplyFiles(DomainError):
    text = "一份答复最多附 {most} 个文件，请合并后再上传。"
    field = "file"


def add(case_id: int, *, name: str, content: bytes, version: int, actor: Actor, at: datetime) -> None:
    """Keep a file to be disclosed; only while the answer is drafted, so that an approved answer has approved files."""
    case = cases.take_up(case_id, action=Action.DRAFT_REPLY, version=version, actor=actor)
    kind = judged(content)
    if len(of_case(case.id)) >= MOST:
        raise TooManyReplyFiles(most=MOST)
    row = ReplyFile(
        case_id=case.id,
        stored_name=installation.current().files.keep(content),
        original_name=shown_name(name, kind),
        media_type=kind,
        size=len(content),
        sha256=digest(content),
        added_by_id=actor.id,
        added_at=at,
    )
    db.session.add(row)
    cases.move(case, Action.DRAFT_REPLY, at=at)

    audit.record(case, EventKind.REPLY_FILES_CHANGED, actor=actor, at=at, file=f"增加“{row.original_name}”")


def remove(case_id: int, *, file_id: int, version: int, actor: Actor, at: datetime) -> str:
    """Take a file off the answer; return its stored name, to be dropped after the commit."""
    case = cases.take_up(case_id, action=Action.DRAFT_REPLY, version=version, actor=actor)
    row = _of(case.id, file_id)
    stored_name = row.stored_name
    db.session.delete(row)
    cases.move(case, Action.DRAFT_REPLY, at=at)

    audit.record(case, EventKind.REPLY_FILES_CHANGED, actor=actor, at=at, file=f"删除“{row.original_name}”")
    return stored_name


def of_case(case_id: int) -> Sequence[ReplyFile]:
    """Return the files of the answer that is drafted or was given last, in the order they were added."""
    theirs = select(ReplyFile).where(ReplyFile.case_id == case_id, ReplyFile.reopening_id.is_(None))
    return db.session.scalars(theirs.order_by(ReplyFile.id)).all()


def of_earlier_answers(case_id: int) -> Sequence[ReplyFile]:
    """Return the files of answers after which the case was handled anew."""
    theirs = select(ReplyFile).where(ReplyFile.case_id == case_id, ReplyFile.reopening_id.is_not(None))
    return db.session.scalars(theirs.order_by(ReplyFile.id)).all()


def names(case: Case, outcome: Outcome) -> tuple[str, ...]:
    """Return the files as the letter lists them (附件说明), where the outcome discloses something."""
    return tuple(row.original_name for row in of_case(case.id)) if outcome in WITH_FILES else ()


def get(case_id: int, file_id: int, *, actor: Actor) -> ReplyFile:
    """Return the row of a file of the answer; raises `NotVisible` for another case's."""
    case = cases.get(case_id, actor=actor, permission=Permission.READ_CASE)
    return _of(case.id, file_id)


def open_for_staff(case_id: int, file_id: int, *, actor: Actor) -> Opened:
    """Return a file of the answer to those who may read the case."""
    return _open(get(case_id, file_id, actor=actor))


def for_applicant(case: Case) -> Sequence[ReplyFile]:
    """Return the files that the applicant can download: none until the answer has been delivered (L8).

    What an earlier answer gave him stays his.
    """
    given = of_case(case.id) if case.status is Status.ANSWERED and case.outcome in WITH_FILES else ()
    return (*of_earlier_answers(case.id), *given)


def open_for_applicant(case: Case, file_id: int) -> Opened:
    """Return a file of the answer to the applicant; raises `NotVisible` until the answer has been delivered."""
    row = _of(case.id, file_id)
    is_given = case.status is Status.ANSWERED and case.outcome in WITH_FILES
    if row.reopening_id is None and not is_given:
        raise NotVisible()
    return _open(row)


def _of(case_id: int, file_id: int) -> ReplyFile:
    row = db.session.scalar(select(ReplyFile).where(ReplyFile.id == file_id, ReplyFile.case_id == case_id))
    if row is None:
        raise NotVisible()
    return row


def _open(row: ReplyFile) -> Opened:
    content = installation.current().files.read(row.stored_name, sha256=row.sha256)
    return Opened(name=row.original_name, media_type=row.media_type, content=content)
