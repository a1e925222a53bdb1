"""当场答复: an answer at the counter on the day of receipt, signed by the head, handed over at once (art. 33(1))."""

from datetime import datetime

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.moments import local_date
from caseapp.domain.outcome import OUTCOMES
from caseapp.domain.permissions import Actor
from caseapp.domain.replies import check_on_the_spot
from caseapp.domain.reply_content import ReplyContent
from caseapp.models import Case
from caseapp.services import audit, replies


def submit(case_id: int, content: ReplyContent, *, version: int, actor: Actor, at: datetime) -> None:
    """Send the answer for approval, to be handed over in person whatever way the applicant had named.

    Raises `NotOnTheDay`, `NotOnTheSpot` and all that `replies.submit` refuses.
    """
    replies.submit(case_id, content, version=version, actor=actor, at=at)
    case = db.session.get_one(Case, case_id)
    check_on_the_spot(content.outcome, received_on=case.received_on, today=local_date(at))
    before, case.delivery_way = case.delivery_way, DeliveryWay.IN_PERSON

    facts = {"outcome": OUTCOMES[content.outcome].label, "way": f"{before.label}改为{case.delivery_way.label}"}
    audit.record(case, EventKind.ANSWERED_ON_THE_SPOT, actor=actor, at=at, **facts)
