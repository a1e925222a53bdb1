"""盖章扫描件、送达凭证, and deliveries that failed: kept beside a letter whose own bytes never change (D34)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letter_paper import (
    PAPER_WORDS,
    AlreadyKept,
    FailureKnown,
    LetterIsVoided,
    PaperKind,
    TooManyPapers,
    check_failure,
    check_scan,
    failure_words,
)
from caseapp.domain.letters import LETTERS
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.permissions import Actor, NotVisible, Permission
from caseapp.domain.post import check_tracking_number
from caseapp.gateways.files import digest
from caseapp.models import Case, FailedDelivery, Letter, LetterPaper
from caseapp.services import audit, cases, installation
from caseapp.services.attachments import Opened, judged, shown_name

MOST = 20


def get_letter(case_id: int, letter_id: int, *, actor: Actor) -> Letter:
    """Return a letter of the case to who may record its delivery; raises `NotVisible` or `NotPermitted`."""
    return _of(cases.get(case_id, actor=actor, permission=Permission.RECORD_DELIVERY), letter_id)


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it comes in: what it is said to be, its name, its bytes."""

    kind: PaperKind
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A delivery that failed: how it was tried, on which day, and why it failed."""

    way: DeliveryWay
    on: date
    tracking_number: str
    reason: str


def keep(case_id: int, upload: Upload, *, letter_id: int, actor: Actor, at: datetime) -> int:
    """Keep a file beside the letter and return its id; its bytes are on disk before the row exists.

    Raises `NotVisible`, `NotPermitted`, `LetterIsVoided`, `AlreadyKept`, `NotAScan`, and what `judged` raises.
    """
    case = cases.lock(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    letter = _standing(case, letter_id)
    media_type = judged(upload.content)
    check_scan(upload.kind, media_type)
    sha256 = digest(upload.content)
    _check_new(letter, upload.kind, sha256)
    row = LetterPaper(
        case_id=case_id,
        letter_id=letter.id,
        kind=upload.kind,
        stored_name=installation.current().files.keep(upload.content),
        original_name=shown_name(upload.name, media_type),
        media_type=media_type,
        size=len(upload.content),
        sha256=sha256,
        added_by_id=actor.id,
        added_at=at,
    )
    db.session.add(row)
    db.session.flush()

    facts = {"letter_number": letter.number, "file": f"{PAPER_WORDS[row.kind]}“{row.original_name}”", "sha256": sha256}
    audit.record(case, EventKind.LETTER_PAPER_KEPT, actor=actor, at=at, **facts)
    return row.id


def _check_new(letter: Letter, kind: PaperKind, sha256: str) -> None:
    of_letter = select(func.count()).select_from(LetterPaper).where(LetterPaper.letter_id == letter.id)
    if db.session.scalar(of_letter.where(LetterPaper.kind == kind, LetterPaper.sha256 == sha256)):
        raise AlreadyKept()
    if (db.session.scalar(of_letter) or 0) >= MOST:
        raise TooManyPapers(most=MOST)


def record_failure(case_id: int, failure: Failure, *, letter_id: int, actor: Actor, at: datetime) -> None:
    """Record that the letter did not reach its recipient on this day; the dates of the case stay as they are (L8).

    Raises `NotVisible`, `NotPermitted`, `LetterIsVoided`, `FailureKnown`, `NotByPost`, or a refusal of the date.
    """
    case = cases.lock(case_id, actor=actor, permission=Permission.RECORD_DELIVERY)
    letter = _standing(case, letter_id)
    check_failure(on=failure.on, issued_on=letter.dated_on, today=local_date(at))
    number = check_tracking_number(failure.tracking_number) if failure.way is DeliveryWay.POST else ""
    known = select(FailedDelivery.id).where(FailedDelivery.letter_id == letter.id, FailedDelivery.on == failure.on)
    if db.session.scalar(known):
        raise FailureKnown(on=chinese_date(failure.on))
    said = {"on": failure.on, "tracking_number": number, "reason": failure.reason}
    db.session.add(
        FailedDelivery(
            case_id=case_id,
            letter_id=letter.id,
            way=failure.way,
            recorded_by_id=actor.id,
            recorded_at=at,
            **said,
        )
    )

    shown = said | {"way": failure.way.label, "letter_number": letter.number, "tracking_number": number or None}
    to_applicant = LETTERS[letter.kind].to_applicant
    kind = EventKind.DELIVERY_FAILED if to_applicant else EventKind.DELIVERY_TO_OTHERS_FAILED
    audit.record(case, kind, actor=actor, at=at, **shown)


def of_case(case_id: int) -> Sequence[LetterPaper]:
    """Return the files beside the letters of the case, in the order they came."""
    theirs = select(LetterPaper).where(LetterPaper.case_id == case_id)
    return db.session.scalars(theirs.order_by(LetterPaper.id)).all()


def failures_of(case_id: int) -> Sequence[FailedDelivery]:
    """Return the deliveries of the case that failed, in the order they were recorded."""
    theirs = select(FailedDelivery).where(FailedDelivery.case_id == case_id)
    return db.session.scalars(theirs.order_by(FailedDelivery.id)).all()


def words_of(row: FailedDelivery) -> str:
    """Return a failed delivery in one line."""
    return failure_words(on=row.on, way=row.way, tracking_number=row.tracking_number, reason=row.reason)


def sealed_scan(letter_id: int) -> LetterPaper | None:
    """Return the newest sealed scan of the letter, which is handed out in its place."""
    scans = select(LetterPaper).where(LetterPaper.letter_id == letter_id, LetterPaper.kind == PaperKind.SEALED_SCAN)
    return db.session.scalar(scans.order_by(LetterPaper.id.desc()).limit(1))


def scanned(case_id: int) -> frozenset[int]:
    """Return the letters of the case, by id, of which there is a sealed scan."""
    scans = select(LetterPaper.letter_id)
    ours = scans.where(LetterPaper.case_id == case_id, LetterPaper.kind == PaperKind.SEALED_SCAN)
    return frozenset(db.session.scalars(ours))


def open_for_staff(case_id: int, paper_id: int, *, actor: Actor) -> Opened:
    """Return a file beside a letter to those who may read the case; raises `NotVisible` or `FileBroken`."""
    case = cases.get(case_id, actor=actor, permission=Permission.READ_CASE)
    row = db.session.scalar(select(LetterPaper).where(LetterPaper.id == paper_id, LetterPaper.case_id == case.id))
    if row is None:
        raise NotVisible()
    return opened(row)


def opened(row: LetterPaper) -> Opened:
    """Return the file with its bytes; raises `FileBroken` when they are not those that were kept."""
    content = installation.current().files.read(row.stored_name, sha256=row.sha256)
    return Opened(name=row.original_name, media_type=row.media_type, content=content)


def _standing(case: Case, letter_id: int) -> Letter:
    found = _of(case, letter_id)
    if found.voided:
        raise LetterIsVoided()
    return found


def _of(case: Case, letter_id: int) -> Letter:
    query = select(Letter).where(Letter.id == letter_id, Letter.case_id == case.id)
    found = db.session.scalar(query.options(joinedload(Letter.voided)))
    if found is None:
        raise NotVisible()
    return found
