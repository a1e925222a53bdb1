"""分案: several cases out of one filing; day of receipt, applicant and query code stay those of the filing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain import split as rules
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Action
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor, NotVisible
from caseapp.domain.split import MOST, Part
from caseapp.models import Applicant, Attachment, Case, ContactAttempt, Split
from caseapp.services import audit, cases, deadlines, duties, installation, intake, papers, publications, search

# What a case may have and still be split: what came with the filing, and how its receipt was confirmed.
CAME_WITH_IT = frozenset({Attachment, ContactAttempt})
SplitCase = Case


@dataclass(frozen=True, kw_only=True)
class Filing:
    """What was filed, and the cases that came of it, the first one first."""

    split: Split
    cases: Sequence[Case]


def of_case(case: Case) -> Filing | None:
    """Return the filing that this case is a part of, `None` for a case that is a filing by itself."""
    if case.split_id is None:
        return None
    theirs = select(Case).where(Case.split_id == case.split_id).order_by(Case.id).limit(MOST)
    found = db.session.scalars(theirs.options(joinedload(Case.department))).all()
    return Filing(split=db.session.get_one(Split, case.split_id), cases=found)


def check_can_split(case: Case) -> None:
    """Refuse to split a case twice, or once anything else has been done on it."""
    rules.check_untouched(
        is_split=case.split_id is not None, has_other_facts=bool(papers.of_case(case.id) - CAME_WITH_IT)
    )


def split(
    case_id: int, *, parts: Sequence[Part], reason: str, version: int, actor: Actor, at: datetime
) -> Sequence[str]:
    """Split a filing into its parts and return the numbers of the cases; the first part stays with the first number.

    Every case keeps the day of receipt, so every clock begins on the same day; each new one is routed by its own text.
    Raises the refusals of `domain.split`.
    """
    case = cases.take_up(case_id, action=Action.SPLIT, version=version, actor=actor)
    check_can_split(case)
    rules.check_parts(parts)

    row = _filing(case, reason, actor=actor, at=at)
    case.split_id = row.id
    _put(case, parts[0])
    search.put(case)
    cases.move(case, Action.SPLIT, at=at)
    deadlines.refresh(case, at=at)
    made = [_another(case, part, number=number, at=at) for number, part in enumerate(parts[1:], start=2)]

    numbers = [case.number, *(other.number for other in made)]
    facts = {"parts": "、".join(numbers), "reason": reason}
    audit.record(case, EventKind.SPLIT, actor=actor, at=at, **facts)
    for other in made:
        happened = [(EventKind.SPLIT, {**facts, "due_on": other.local_due_on}), *intake.assigned(other)]
        audit.record_all(other, happened, actor=actor, at=at)
    return numbers


def sibling(case: Case, number: str) -> int:
    """Return the id of another case of the same filing, for its applicant; raises `NotVisible` for any other."""
    filing = of_case(case)
    for other in filing.cases if filing else ():
        if other.number == number:
            return other.id
    raise NotVisible


def _filing(case: Case, reason: str, *, actor: Actor, at: datetime) -> Split:
    row = Split(
        first_number=case.number,
        title=case.title,
        document_no=case.document_no,
        description=case.description,
        reason=reason,
        by_id=actor.id,
        at=at,
    )
    db.session.add(row)
    db.session.flush()
    return row


def _put(case: Case, part: Part) -> None:
    case.title, case.document_no, case.description = part.title, part.document_no, part.description
    case.information_key = publications.key_of(case)


def _another(first: Case, part: Part, *, number: int, at: datetime) -> Case:
    """Return a new case for this part; files are copied, since another department may not read the first case."""
    today = local_date(at)
    vault = installation.current().vault
    case = Case(
        number=intake.next_number(today),
        filing_digest=vault.digest(f"{first.number} part {number}", purpose="filing key"),
        query_digest=first.query_digest,
        split_id=first.split_id,
        case_kind=first.case_kind,
        medium=first.medium,
        delivery_way=first.delivery_way,
        filed_at=first.filed_at,
        channel=first.channel,
        arrived_on=first.arrived_on,
        confirmed_on=first.confirmed_on,
        receipt_note=first.receipt_note,
        help_needed=first.help_needed,
        received_on=first.received_on,
        local_rule_set=first.local_rule_set,
        statute=first.statute,
        changed_at=at,
    )
    _put(case, part)
    intake.route(case)
    clocks = deadlines.set_first(case, today=today)
    case.applicant = _same_applicant(first, number=case.number)
    db.session.add(case)
    db.session.flush()
    search.put(case)
    _copy_files(first, case)
    duties.begin(case, clocks, today=today)
    return case


def _same_applicant(first: Case, *, number: str) -> Applicant:
    """Return the applicant's row again, with the number sealed to the new case."""
    vault, known = installation.current().vault, first.applicant
    identity = vault.open(known.identity_sealed, bound_to=f"identity {first.number}")
    return Applicant(
        kind=known.kind,
        name=known.name,
        identity_kind=known.identity_kind,
        identity_sealed=vault.seal(identity, bound_to=f"identity {number}"),
        identity_masked=known.identity_masked,
        identity_digest=known.identity_digest,
        representative=known.representative,
        contact_person=known.contact_person,
        agent_name=known.agent_name,
        phone=known.phone,
        address=known.address,
    )


def _copy_files(first: Case, case: Case) -> None:
    files = installation.current().files
    for row in first.attachments:
        db.session.add(
            Attachment(
                case_id=case.id,
                stored_name=files.keep(files.read(row.stored_name, sha256=row.sha256)),
                original_name=row.original_name,
                media_type=row.media_type,
                size=row.size,
                sha256=row.sha256,
                uploaded_at=row.uploaded_at,
            )
        )
