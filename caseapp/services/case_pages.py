"""What the page of one case shows, read in a few bounded queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from caseapp.domain.correction import CaseKind
from caseapp.domain.deadlines import TwoClocks
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.identity import masked_name
from caseapp.domain.lifecycle import Action
from caseapp.domain.permissions import Actor, Permission, is_granted
from caseapp.domain.urgency import Badge
from caseapp.models import (
    Attachment,
    Case,
    ContactAttempt,
    Dispute,
    DueDateChange,
    Extension,
    FailedDelivery,
    Fee,
    Letter,
    LetterPaper,
    PublicationTask,
    ReasonsRequest,
    ReceiptChange,
    Reply,
    ReplyFile,
    Supplement,
    WithheldReview,
)
from caseapp.services import (
    audit,
    cases,
    deadlines,
    duties,
    letter_papers,
    letters,
    next_acts,
    receipts,
    recount,
    reply_files,
    routing,
    splitting,
    working_calendar,
)
from caseapp.services.consulted import Asked
from caseapp.services.duties import ShownDuty
from caseapp.services.next_acts import NextActs
from caseapp.services.splitting import Filing

ShownCase = Case  # what pages for the staff are handed
ShownDispute = Dispute
ShownLetter = Letter
ShownReply = Reply


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """One case with everything its page shows."""

    case: Case
    applicant: str  # as everybody may read it
    sees_identity: bool
    may_work: bool
    may_deliver: bool
    badge: Badge | None
    clocks: TwoClocks
    acts: NextActs
    extension: Extension | None
    supplements: Sequence[Supplement]
    consultations: Sequence[Asked]
    fee: Fee | None
    reasons: ReasonsRequest | None
    reply: Reply | None
    reply_files: Sequence[ReplyFile]
    attachments: Sequence[Attachment]
    letters: Sequence[Letter]
    letter_papers: Sequence[LetterPaper]
    failures: Sequence[FailedDelivery]
    attempts: Sequence[ContactAttempt]
    receipt_changes: Sequence[ReceiptChange]
    disputes: Sequence[Dispute]
    reviews: Sequence[WithheldReview]
    publications: Sequence[PublicationTask]
    filing: Filing | None  # where one filing became several cases
    is_first_day: bool
    receipt_late: str  # what is to be said of a late confirmation
    date_changes: Sequence[DueDateChange]
    duties: list[ShownDuty]
    history: list[audit.Entry]
    candidates: list[str]

    @property
    def can_answer_on_the_spot(self) -> bool:
        """Say whether the answer may be given at the counter: on the day itself, before anything was drafted."""
        return self.is_first_day and self.reply is None and Action.DRAFT_REPLY in self.acts.possible


def show(case_id: int, *, actor: Actor, today: date) -> CasePage:
    """Return what the actor may read of the case; raises `NotVisible`."""
    case = cases.get(case_id, actor=actor)
    with working_calendar.read_once():
        return _shown(case, actor=actor, today=today)


def _shown(case: Case, *, actor: Actor, today: date) -> CasePage:
    standing = next_acts.standing(case, actor=actor, today=today)
    there = standing.there
    return CasePage(
        case=case,
        applicant=shown_name(case),
        sees_identity=is_granted(actor, Permission.SEE_IDENTITY, case),
        may_work=is_granted(actor, Permission.WORK_ON_CASE, case),
        may_deliver=is_granted(actor, Permission.RECORD_DELIVERY, case),
        badge=deadlines.badge_of(case, today=today, there=there),
        clocks=deadlines.clocks(case, today=today, there=there),
        acts=next_acts.next_acts(standing),
        extension=standing.extension,
        supplements=standing.supplements,
        consultations=standing.consultations,
        fee=standing.fee,
        reasons=standing.reasons,
        reply=standing.reply,
        reply_files=reply_files.of_case(case.id) if standing.reply else (),
        attachments=case.attachments if Attachment in there else (),
        letters=letters.of_case(case.id) if Letter in there else (),
        letter_papers=letter_papers.of_case(case.id) if LetterPaper in there else (),
        failures=letter_papers.failures_of(case.id) if FailedDelivery in there else (),
        attempts=receipts.attempts_of(case.id) if ContactAttempt in there else (),
        receipt_changes=standing.receipt_changes,
        disputes=standing.disputes,
        reviews=standing.reviews,
        publications=standing.publications,
        filing=splitting.of_case(case),
        is_first_day=today == case.received_on and case.case_kind is CaseKind.DISCLOSURE,
        receipt_late=receipts.late_words(case),
        date_changes=recount.changes_of(case.id) if DueDateChange in there else (),
        duties=duties.of_case(case.id, today=today),
        history=audit.history(case.id),
        candidates=[] if case.department_id else [department.name for department in routing.candidates(case)],
    )


def shown_name(case: Case) -> str:
    """Return the applicant's name as lists show it: a person's masked, an organisation's in full."""
    return shown(case.applicant.name, case.applicant.kind)


def shown(name: str, kind: ApplicantKind) -> str:
    """Return the name of an applicant of this kind as lists show it."""
    return name if kind.is_organisation else masked_name(name)
