"""The facts that move the periods of many cases at once: a few queries for a whole batch, whatever its size."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.consultation import Position
from caseapp.domain.fee import GONE
from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    Event,
    ExtensionGranted,
    FeeNoticed,
    FeePaid,
    SupplementReceived,
    SupplementRequested,
)
from caseapp.models import Consultation, Extension, Fee, Supplement
from caseapp.services import installation, reopenings

Events = list[Event]


def of_cases(case_ids: Sequence[int]) -> dict[int, Events]:
    """Return the facts of each of these cases, by its id; an empty list for a case that has none."""
    found: dict[int, Events] = {case_id: [] for case_id in case_ids}
    for case_id, event in (
        *_supplements(case_ids),
        *_consultations(case_ids),
        *_fees(case_ids),
        *_extensions(case_ids),
        *reopenings.facts(case_ids),
    ):
        found[case_id].append(event)
    return found


def _supplements(case_ids: Sequence[int]) -> Iterable[tuple[int, Event]]:
    for row in db.session.scalars(select(Supplement).where(Supplement.case_id.in_(case_ids)).order_by(Supplement.id)):
        yield row.case_id, SupplementRequested(on=row.asked_on, reply_by=row.reply_by)
        if row.taken_on is not None:
            yield row.case_id, SupplementReceived(on=row.taken_on)


def _consultations(case_ids: Sequence[int]) -> Iterable[tuple[int, Event]]:
    asked = select(Consultation).where(Consultation.case_id.in_(case_ids)).order_by(Consultation.id)
    for row in db.session.scalars(asked):
        ref = str(row.id)  # two may bear one name
        yield row.case_id, ConsultationOpened(on=row.opened_on, delivered_on=row.delivered_on, ref=ref)
        if row.closed_on is not None and row.position is not Position.SILENT:  # silence ends by its reply due date
            yield row.case_id, ConsultationClosed(on=row.closed_on, ref=ref)


def _fees(case_ids: Sequence[int]) -> Iterable[tuple[int, Event]]:
    if not installation.current().settings.fees.restart:
        return
    noticed = select(Fee).where(Fee.case_id.in_(case_ids), Fee.noticed_on.is_not(None), Fee.status.not_in(GONE))
    for row in db.session.scalars(noticed.order_by(Fee.id)):
        if row.noticed_on is not None:
            yield row.case_id, FeeNoticed(on=row.noticed_on, pay_by=row.pay_by)
        if row.paid_on is not None:
            yield row.case_id, FeePaid(on=row.paid_on)


def _extensions(case_ids: Sequence[int]) -> Iterable[tuple[int, Event]]:
    granted = select(Extension).where(Extension.case_id.in_(case_ids), Extension.approved_on.is_not(None))
    for row in db.session.scalars(granted.order_by(Extension.id)):
        if row.approved_on is not None:
            fact = ExtensionGranted(on=row.approved_on, days=row.working_days, notified_on=row.notified_on)
            yield row.case_id, fact
