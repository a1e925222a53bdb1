"""Which kinds of rows a case has: most cases have few, and what is not there need not be asked for."""

from sqlalchemy import bindparam, exists, select

from caseapp.db import Base, fetch
from caseapp.models import (
    Attachment,
    Consultation,
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
    Reopening,
    Reply,
    Supplement,
    WithheldReview,
)

Kinds = frozenset[type[Base]]

ALL: Kinds = frozenset(
    {
        *(Attachment, Consultation, ContactAttempt, Dispute, DueDateChange, Extension, Fee, Letter),
        *(FailedDelivery, LetterPaper, PublicationTask, WithheldReview),
        *(ReasonsRequest, ReceiptChange, Reopening, Reply, Supplement),
    }
)
ORDER = sorted(ALL, key=lambda kind: kind.__tablename__)
WHICH = select(*(exists().where(kind.__table__.c.case_id == bindparam("case")) for kind in ORDER))


def of_case(case_id: int) -> Kinds:
    """Return the kinds of which the case has a row, for one cheap statement."""
    found = fetch(WHICH, {"case": case_id}).one()
    return frozenset(kind for kind, is_there in zip(ORDER, found, strict=True) if is_there)
