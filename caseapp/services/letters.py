"""Letters: shown before they are issued, numbered in the act that issues them, frozen as bytes from then on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letters import LETTERS, TO_A_PERSON, TO_AN_ORGANISATION, FieldValue, LetterKind
from caseapp.domain.moments import chinese_date, local_date
from caseapp.domain.numbering import letter_number
from caseapp.domain.permissions import Actor, NotVisible, Permission, demand
from caseapp.domain.remedies import OrganProfile, check_online_delivery
from caseapp.gateways.files import FileBroken, digest
from caseapp.gateways.letter_words import words_from
from caseapp.gateways.official_document import set_document
from caseapp.models import Case, Delivery, Department, IssuedDocument, Letter, Supplement
from caseapp.services import letter_checks, letter_series, notices, numbering, search, wordings

EXCERPT = 40
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoDepartment(DomainError):
    text = "请先分派承办部门，再制作文书。"


def compose(
    case: Case,
    kind: LetterKind,
    fields: Mapping[str, FieldValue],
    *,
    number: str | None,
    dated_on: date,
    attachments: tuple[str, ...] = (),
    addressee: str = "",
) -> OfficialDocument:
    """Return the letter as it would be issued on this day, to the applicant where no other addressee is given.

    `number` is `None` while it has none (R48).
    """
    department = case.department
    if department is None:
        raise NoDepartment()
    text = words_from(wordings.current(kind), {**common_fields(case), **fields})
    return OfficialDocument(
        form=department.letter_form,
        organ=department.name,
        number=number,
        title=text.title,
        addressee=addressee or case.applicant.name,
        blocks=text.blocks,
        signature=department.name,
        dated_on=dated_on,
        attachments=attachments,
    )


def common_fields(case: Case) -> dict[str, FieldValue]:
    """Return what every letter may say of the request."""
    return fields_of(case, supplemented_on=_supplemented_on(case))


def fields_of(case: Case, *, supplemented_on: date | None) -> dict[str, FieldValue]:
    """Return what `common_fields` returns, where the day of the last corrected application is known."""
    organisation = case.applicant.kind.is_organisation
    return {
        "you": TO_AN_ORGANISATION if organisation else TO_A_PERSON,
        "received_on": case.received_on,
        "case_number": case.number,
        "title": case.title or excerpt(case.description),
        "contact": case.department.phone if case.department else "",
        "supplemented_on": supplemented_on,
    }


def _supplemented_on(case: Case) -> date | None:
    """Return the day on which the last corrected application arrived, `None` where none was asked for."""
    return db.session.scalar(select(func.max(Supplement.taken_on)).where(Supplement.case_id == case.id))


def excerpt(description: str) -> str:
    """Return the beginning of a description, on one line, to stand for a title that was not given."""
    line = " ".join(description.split())
    return line if len(line) <= EXCERPT else line[:EXCERPT] + "……"


def issue(
    case: Case,
    kind: LetterKind,
    fields: Mapping[str, FieldValue],
    *,
    actor: Actor,
    at: datetime,
    attachments: tuple[str, ...] = (),
    addressee: str = "",
) -> Letter:
    """Number the letter, set it, read it back, freeze it; everything in the transaction of the act that issues it.

    Raises `LetterFaulty` for a letter that does not read as it must; its number is then free again.
    """
    if case.department is None:
        raise NoDepartment()
    today = local_date(at)
    series = letter_series.of_letter(case.department, kind)
    serial = numbering.next_serial(series.name, year=today.year)
    number = letter_number(series.pattern, prefix=case.department.letter_prefix, year=today.year, serial=serial)
    document = compose(case, kind, fields, number=number, dated_on=today, attachments=attachments, addressee=addressee)
    content = set_document(document)
    letter_checks.check(case, kind, fields, document, content)
    place = (series.name, serial)
    letter = _letter(case, kind, fields, place=place, number=number, content=content, issued=(actor.id, at))
    db.session.add(letter)
    db.session.flush()
    search.add(case.id, (value for name, value in fields.items() if isinstance(value, str) and name != "remedy"))
    return letter


def _letter(
    case: Case,
    kind: LetterKind,
    fields: Mapping[str, FieldValue],
    *,
    place: tuple[str, int],
    number: str,
    content: bytes,
    issued: tuple[int, datetime],
) -> Letter:
    """Return the row of a letter with its frozen bytes."""
    assert case.department is not None  # `issue` has refused a case without one
    by, at = issued
    series, serial = place
    today = local_date(at)
    return Letter(
        case_id=case.id,
        department_id=case.department.id,
        kind=kind,
        number=number,
        series=series,
        year=today.year,
        serial=serial,
        dated_on=today,
        fields={name: _plain(value) for name, value in fields.items()},
        sha256=digest(content),
        issued_by_id=by,
        issued_at=at,
        document=IssuedDocument(content=content),
    )


def deliver(letter: Letter, *, way: DeliveryWay, on: date, tracking_number: str, actor: Actor, at: datetime) -> None:
    """Record that the letter reached the applicant, on the day that counts (L8, R29)."""
    db.session.add(
        Delivery(
            letter_id=letter.id,
            way=way,
            on=on,
            tracking_number=tracking_number,
            recorded_by_id=actor.id,
            recorded_at=at,
        )
    )
    db.session.flush()
    if LETTERS[letter.kind].to_applicant:
        notices.letter_delivered(letter.case_id, letter.kind, way, at=at)


def profile(department: Department) -> OrganProfile:
    """Return the organ as the remedy paragraph names it (R41)."""
    return OrganProfile(
        name=department.name,
        review_body=department.review_body,
        court=department.court,
        online_review_address=department.review_address or None,
        kind=department.organ_kind,
    )


def check_can_go_online(case: Case) -> None:
    """Refuse an online answer whose organ names no internet channel for the review (复议法 22, R42)."""
    if case.department and case.delivery_way is DeliveryWay.ONLINE:
        check_online_delivery(profile(case.department))


def latest(case_id: int, kind: LetterKind) -> Letter:
    """Return the newest letter of this kind; raises `NotVisible` where there is none."""
    query = select(Letter).where(Letter.case_id == case_id, Letter.kind == kind).order_by(Letter.id.desc()).limit(1)
    found = db.session.scalar(query)
    if found is None:
        raise NotVisible()
    return found


def of_case(case_id: int) -> list[Letter]:
    """Return the letters of the case, oldest first, with their deliveries; voided ones are among them."""
    query = (
        select(Letter)
        .where(Letter.case_id == case_id)
        .options(joinedload(Letter.delivery), joinedload(Letter.voided))
        .order_by(Letter.id)
    )
    return list(db.session.scalars(query))


@dataclass(frozen=True, kw_only=True)
class Download:
    """An issued letter as a file."""

    name: str
    content: bytes
    media_type: str = DOCX


def download(case: Case, letter_id: int) -> Download:
    """Return the frozen bytes of this case's letter; raises `NotVisible`, or `FileBroken` when they were changed."""
    row = db.session.execute(
        select(Letter, IssuedDocument.content)
        .join(IssuedDocument, IssuedDocument.letter_id == Letter.id)
        .where(Letter.id == letter_id, Letter.case_id == case.id)
    ).one_or_none()
    if row is None:
        raise NotVisible()
    letter, content = row
    if digest(content) != letter.sha256:
        raise FileBroken()
    return Download(name=f"{LETTERS[letter.kind].label}_{letter.number}.docx", content=content)


def download_for_staff(case_id: int, letter_id: int, *, actor: Actor) -> Download:
    """Return a letter to a member of staff who may read its case."""
    case = db.session.get(Case, case_id)
    if case is None:
        raise NotVisible()
    demand(actor, Permission.READ_CASE, case)
    return download(case, letter_id)


def _plain(value: object) -> object:
    return chinese_date(value) if isinstance(value, date) else value
