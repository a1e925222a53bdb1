"""登记: what came over the counter, by post, by fax or by word of mouth becomes a case as if filed (art. 29, 31)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from caseapp.db import db
from caseapp.domain import receipt as rules
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.moments import local_date
from caseapp.domain.permissions import Actor, Permission, demand
from caseapp.domain.receipt import Channel, ContactWay, Receipt
from caseapp.models import Case, ContactAttempt
from caseapp.services import attachments, audit, drafts, intake, notices, working_calendar
from caseapp.services.intake import Answers, Filed

AT_THE_WINDOW = tuple(channel for channel in Channel if channel is not Channel.ONLINE)


def open_channels() -> list[Channel]:
    """Return the channels by which a request may come to the window; an office may have switched some off (R4)."""
    return [channel for channel in AT_THE_WINDOW if channel not in intake.closed()]


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What came to the window: the answers by step, how it came, and the scans of the paper as (name, bytes).

    `contact` is how the applicant confirmed, where the channel asks for that; `signed`: a spoken request was signed.
    """

    answers: Answers
    receipt: Receipt
    contact: ContactWay
    signed: bool
    files: Sequence[tuple[str, bytes]] = ()


def register(key: str, incoming: Incoming, *, actor: Actor, at: datetime) -> Filed:
    """Register a request; the same key returns the same case. An item that is missing bars nothing (R1, R2).

    Raises the refusals of `domain.receipt`, and those of `attachments.add` for a scan that cannot be kept.
    """
    demand(actor, Permission.REGISTER_CASE)
    draft = drafts.begin(key, at=at)
    if draft.case_id is not None:
        return intake.filed(draft.case_id, key, first_time=False)
    receipt = as_known(incoming.receipt)
    rules.check_open(receipt.channel, closed={*intake.closed(), Channel.ONLINE})
    rules.check_signed(receipt.channel, signed=incoming.signed)
    rules.check_receipt(receipt, today=local_date(at), calendar=working_calendar.current())

    for name, content in incoming.files:
        attachments.add(key, name=name, content=content, at=at)
    case = intake.enter(draft, key, incoming.answers, receipt, at=at)
    if receipt.channel.is_confirmed and receipt.confirmed_on:
        reached = {"way": incoming.contact, "reached": True, "note": receipt.note}
        db.session.add(ContactAttempt(case_id=case.id, at=at, by_id=actor.id, **reached))

    facts = {
        "channel": receipt.channel.label,
        "arrived_on": receipt.arrived_on,
        "confirmed_on": receipt.confirmed_on,
        "reason": receipt.note or None,
        "due_on": case.local_due_on,
    }
    audit.record_all(case, [(EventKind.FILED, facts), *intake.assigned(case)], actor=actor, at=at)
    notices.registered(case, at=at)
    return intake.filed(case.id, key, first_time=True)


def as_known(receipt: Receipt) -> Receipt:
    """Return the receipt with its confirmation: where the channel asks for none, the arrival itself (R5, R6, R10)."""
    if receipt.channel.is_confirmed or receipt.confirmed_on is not None:
        return receipt
    return Receipt(
        channel=receipt.channel,
        arrived_on=receipt.arrived_on,
        confirmed_on=receipt.arrived_on,
        note=receipt.note,
        help_needed=receipt.help_needed,
    )


def missing(case: Case) -> list[str]:
    """Return which items of art. 29, para. 2 the application lacks; they can be asked for by 补正 (R2)."""
    applicant = case.applicant
    return rules.missing_items(
        has_identity=bool(applicant.identity_masked),
        has_contact=bool(applicant.phone or applicant.address),
        has_address=case.delivery_way is not DeliveryWay.POST or bool(applicant.address),
    )
