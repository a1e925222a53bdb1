"""Role × status × act on real cases: what is written here happens, everything else is refused."""

from collections.abc import Callable
from datetime import date
from itertools import product

import pytest
from sqlalchemy import func, select

from caseapp.db import db, transaction
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action, ActionNotAllowed, Status
from caseapp.domain.permissions import NotPermitted, NotVisible, Role
from caseapp.models import Case, Consultation
from caseapp.services import consultations, demonstration, extensions, replies, routing, supplements, withdrawals
from caseapp.services.consulted import Disclosure, Question
from tests.makers import VAGUE, moment
from tests.services import excess_desk, other_desk
from tests.services.test_extensions import RECEIVED
from tests.services.test_replies import DAY

A = Action
PEOPLE = {
    Role.CLERK: "clerk",
    Role.OFFICER: "officer",
    Role.HEAD: "head",
    Role.ADMINISTRATOR: "admin",
    Role.AUDITOR: "auditor",
}
CHANGEABLE = (Status.REGISTERED, Status.IN_HAND, Status.IN_APPROVAL)
# The case of each status is 住建局's, by post, with an extension waiting for what the act needs.
POSSIBLE = {
    (Role.CLERK, Status.REGISTERED, A.ASSIGN),
    (Role.OFFICER, Status.IN_HAND, A.RETURN_TO_CLERK),
    (Role.OFFICER, Status.IN_HAND, A.DRAFT_REPLY),
    (Role.OFFICER, Status.IN_HAND, A.SUBMIT_REPLY),
    (Role.OFFICER, Status.IN_HAND, A.PROPOSE_EXTENSION),
    (Role.HEAD, Status.IN_HAND, A.APPROVE_EXTENSION),
    (Role.HEAD, Status.IN_HAND, A.REFUSE_EXTENSION),
    (Role.CLERK, Status.IN_HAND, A.NOTIFY_EXTENSION),
    (Role.OFFICER, Status.IN_HAND, A.NOTIFY_EXTENSION),
    (Role.HEAD, Status.IN_APPROVAL, A.RETURN_REPLY),
    (Role.HEAD, Status.IN_APPROVAL, A.ISSUE_REPLY),
    (Role.HEAD, Status.IN_APPROVAL, A.APPROVE_EXTENSION),
    (Role.HEAD, Status.IN_APPROVAL, A.REFUSE_EXTENSION),
    (Role.CLERK, Status.IN_APPROVAL, A.NOTIFY_EXTENSION),
    (Role.OFFICER, Status.IN_APPROVAL, A.NOTIFY_EXTENSION),
    (Role.CLERK, Status.ISSUED, A.DELIVER),
    (Role.OFFICER, Status.ISSUED, A.DELIVER),
    (Role.OFFICER, Status.IN_HAND, A.OPEN_CONSULTATION),
    (Role.CLERK, Status.IN_HAND, A.RECORD_CONSULTATION_DELIVERY),
    (Role.OFFICER, Status.IN_HAND, A.RECORD_CONSULTATION_DELIVERY),
    (Role.OFFICER, Status.IN_HAND, A.CLOSE_CONSULTATION),
    (Role.OFFICER, Status.IN_HAND, A.JUDGE_CONSULTATION),
    (Role.OFFICER, Status.IN_HAND, A.NOTIFY_THIRD_PARTY),
    (Role.OFFICER, Status.IN_HAND, A.ASK_SUPPLEMENT),
    (Role.CLERK, Status.AWAITING_SUPPLEMENT, A.NOTIFY_SUPPLEMENT),
    (Role.OFFICER, Status.AWAITING_SUPPLEMENT, A.NOTIFY_SUPPLEMENT),
    (Role.CLERK, Status.AWAITING_SUPPLEMENT, A.TAKE_SUPPLEMENT),
    (Role.OFFICER, Status.AWAITING_SUPPLEMENT, A.TAKE_SUPPLEMENT),
    (Role.OFFICER, Status.AWAITING_SUPPLEMENT, A.LAPSE),
    (Role.CLERK, Status.REGISTERED, A.WITHDRAW),
    (Role.CLERK, Status.IN_HAND, A.WITHDRAW),
    (Role.OFFICER, Status.IN_HAND, A.WITHDRAW),
    (Role.CLERK, Status.AWAITING_SUPPLEMENT, A.WITHDRAW),
    (Role.OFFICER, Status.AWAITING_SUPPLEMENT, A.WITHDRAW),
    (Role.CLERK, Status.IN_APPROVAL, A.WITHDRAW),
    (Role.OFFICER, Status.IN_APPROVAL, A.WITHDRAW),
    (Role.CLERK, Status.AWAITING_PAYMENT, A.WITHDRAW),
    (Role.OFFICER, Status.AWAITING_PAYMENT, A.WITHDRAW),
    (Role.OFFICER, Status.IN_HAND, A.PROPOSE_FEE),
    (Role.HEAD, Status.IN_HAND, A.APPROVE_FEE),
    (Role.HEAD, Status.IN_HAND, A.REFUSE_FEE),
    (Role.CLERK, Status.AWAITING_PAYMENT, A.RECORD_FEE_DELIVERY),
    (Role.OFFICER, Status.AWAITING_PAYMENT, A.RECORD_FEE_DELIVERY),
    (Role.CLERK, Status.AWAITING_PAYMENT, A.RECORD_PAYMENT),
    (Role.OFFICER, Status.AWAITING_PAYMENT, A.RECORD_PAYMENT),
    (Role.OFFICER, Status.AWAITING_PAYMENT, A.CANCEL_FEE),
    (Role.OFFICER, Status.AWAITING_PAYMENT, A.CLOSE_UNPAID),
    (Role.OFFICER, Status.IN_HAND, A.ASK_REASONS),
    (Role.OFFICER, Status.IN_HAND, A.RECORD_REASONS),
    (Role.OFFICER, Status.IN_HAND, A.JUDGE_REASONS),
    (Role.CLERK, Status.IN_HAND, A.TRANSFER),
    (Role.OFFICER, Status.IN_HAND, A.TRANSFER),
    (Role.HEAD, Status.ISSUED, A.VOID_LETTER),
    (Role.OFFICER, Status.ANSWERED, A.REVIEW_WITHHELD),
    (Role.OFFICER, Status.ANSWERED, A.DECIDE_PUBLICATION),
    (Role.CLERK, Status.IN_HAND, A.SPLIT),
    (Role.OFFICER, Status.IN_HAND, A.SPLIT),
    (Role.CLERK, Status.REGISTERED, A.SPLIT),
    (Role.CLERK, Status.AWAITING_CONFIRMATION, A.CONFIRM_RECEIPT),
    (Role.CLERK, Status.AWAITING_CONFIRMATION, A.LOG_CONTACT),
    (Role.CLERK, Status.AWAITING_CONFIRMATION, A.WITHDRAW),
    (Role.CLERK, Status.REGISTERED, A.PROPOSE_RECEIPT_CHANGE),
    (Role.CLERK, Status.IN_HAND, A.PROPOSE_RECEIPT_CHANGE),
    *((Role.HEAD, status, act) for status in CHANGEABLE for act in (A.APPROVE_RECEIPT_CHANGE, A.REFUSE_RECEIPT_CHANGE)),
}
CONTESTABLE = (Status.IN_HAND, Status.IN_APPROVAL, Status.ISSUED, Status.ANSWERED, Status.CLOSED)
POSSIBLE |= {
    *(
        (role, status, act)
        for role in (Role.OFFICER, Role.CLERK, Role.HEAD)
        for status in CONTESTABLE
        for act in (A.RECORD_DISPUTE, A.DECIDE_DISPUTE)
    ),
    *(
        (role, status, A.REOPEN)
        for role in (Role.OFFICER, Role.CLERK, Role.HEAD)
        for status in (Status.IN_HAND, Status.ANSWERED, Status.CLOSED)
    ),
}
CONSULTING = {
    A.RECORD_CONSULTATION_DELIVERY,
    A.CLOSE_CONSULTATION,
    A.JUDGE_CONSULTATION,
    A.NOTIFY_THIRD_PARTY,
}
DECIDE = {A.APPROVE_EXTENSION, A.REFUSE_EXTENSION}


def prepared(maker, status: Status, action: A) -> Case:
    """Return a case in this status in which nothing but role and status can stand in the way of the act."""
    case = standing(maker, status, action)
    if action in (A.REVIEW_WITHHELD, A.DECIDE_PUBLICATION) and status is Status.ANSWERED:
        return other_desk.follows(maker, case, action, on=DAY)
    contested = action in other_desk.DISPUTED and (Role.OFFICER, status, action) in POSSIBLE
    return other_desk.contested(maker, case, on=DAY) if contested else case


def standing(maker, status: Status, action: A) -> Case:
    """Return the case in this status, as far as the other acts need it."""
    case = maker.case(
        received_on=RECEIVED, way="post", **({"description": VAGUE} if status is Status.REGISTERED else {})
    )
    if status is Status.AWAITING_CONFIRMATION:
        return other_desk.unconfirmed(maker)
    if status in CHANGEABLE and action in other_desk.DECIDE_CHANGE:
        case = other_desk.change_proposed(maker, case)
    if status is Status.REGISTERED:
        return case
    if status is Status.CLOSED:
        return withdrawn(maker, case)
    if status is Status.AWAITING_SUPPLEMENT:
        return overdue_supplement(maker, case, told=action is not A.NOTIFY_SUPPLEMENT)
    if status is Status.AWAITING_PAYMENT:
        return excess_desk.awaiting_payment(maker, told=action is not A.RECORD_FEE_DELIVERY)
    if action in DECIDE:
        case = maker.proposed(case, on=DAY)
    if action is A.NOTIFY_EXTENSION:
        case = maker.extended(case, on=DAY)
    if status is Status.IN_HAND:
        return consulting(maker, excess_desk.in_hand(maker, case, action, on=DAY), action)
    case = maker.submitted(case, on=DAY)
    if status is Status.IN_APPROVAL:
        return case
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY, 12))
    case = maker.again(case.id)
    if status is Status.ANSWERED:
        with transaction():
            handover = replies.Handover(on=DAY, tracking_number="EX000000001CN")
            replies.deliver(case.id, handover, version=case.version, actor=maker.actor("clerk"), at=moment(DAY, 13))
    return maker.again(case.id)


def consulting(maker, case: Case, action: A) -> Case:
    """Return the case with a third party asked, as far as the act on the consultation needs it."""
    if action not in CONSULTING:
        return case
    case = maker.asked(case, on=RECEIVED)
    if action is not A.RECORD_CONSULTATION_DELIVERY:
        case = maker.arrived(case, on=RECEIVED)
    if action in (A.JUDGE_CONSULTATION, A.NOTIFY_THIRD_PARTY):
        case = maker.answered(case, on=RECEIVED)
    return maker.weighed(case, on=RECEIVED, harms=False) if action is A.NOTIFY_THIRD_PARTY else case


def consulting_acts(case: Case, common: dict[str, object]) -> dict[A, Callable[[], object]]:
    """Return the acts on the newest consultation of the case, or on one that does not exist."""
    newest = select(func.max(Consultation.id)).where(Consultation.case_id == case.id)
    here = (case.id, db.session.scalar(newest) or 1)
    question = Question(kind=ConsultedKind.ORGAN, name="示范区水务局", contact="电话", matter="会议纪要。")
    opinion = consultations.Opinion(on=DAY, position=Position.AGREES, reasons="")
    judgement = consultations.Judgement(is_reasonable=True, reasons="成立。", public_interest="")
    told = Disclosure(disclosed="总价。", reasons="不属于商业秘密。")
    arrival = consultations.Arrival(on=DAY, proof="签收人某")
    return {
        A.OPEN_CONSULTATION: lambda: consultations.open_consultation(case.id, question, **common),
        A.RECORD_CONSULTATION_DELIVERY: lambda: consultations.record_delivery(*here, arrival, **common),
        A.CLOSE_CONSULTATION: lambda: consultations.close(*here, opinion, **common),
        A.JUDGE_CONSULTATION: lambda: consultations.judge(*here, judgement, **common),
        A.NOTIFY_THIRD_PARTY: lambda: consultations.issue_disclosure_notice(*here, told, **common),
    }


def withdrawn(maker, case: Case) -> Case:
    """Return the case, taken back by its applicant."""
    with transaction():
        withdrawals.by_applicant(case.id, reason="", at=moment(RECEIVED, 15))
    return maker.again(case.id)


def overdue_supplement(maker, case: Case, *, told: bool) -> Case:
    """Return the case, waiting for a correction that is overdue on `DAY`; `told`: the notice has been posted."""
    case = maker.awaiting(case, on=date(2026, 3, 3), reply_by=date(2026, 3, 5))
    if told:
        with transaction():
            handover = replies.Handover(on=date(2026, 3, 3), tracking_number="EX000000001CN")
            supplements.notify(case.id, handover, version=case.version, actor=maker.actor("clerk"), at=moment(DAY, 9))
    return maker.again(case.id)


def attempt(maker, case: Case, action: A, actor) -> None:
    """Try the act as this person."""
    common = {"version": case.version, "actor": actor, "at": moment(DAY, 14)}
    posting = extensions.Posting(on=DAY, tracking_number="EX000000001CN", confirmed_late=False)
    acts = (
        consulting_acts(case, common)
        | excess_desk.acts(case, common)
        | other_desk.acts(case, common)
        | {
            A.ASSIGN: lambda: routing.assign(case.id, department="zhujian", **common),
            A.RETURN_TO_CLERK: lambda: routing.return_to_clerk(case.id, reason="请重新分派。", **common),
            A.DRAFT_REPLY: lambda: replies.save_draft(case.id, maker.content(), **common),
            A.SUBMIT_REPLY: lambda: replies.submit(case.id, maker.content(), **common),
            A.RETURN_REPLY: lambda: replies.return_to_officer(case.id, reason="请修改。", **common),
            A.ISSUE_REPLY: lambda: replies.issue(case.id, **common),
            A.DELIVER: lambda: replies.deliver(
                case.id, replies.Handover(on=DAY, tracking_number="EX000000001CN"), **common
            ),
            A.PROPOSE_EXTENSION: lambda: extensions.propose(case.id, working_days=5, reason="检索。", **common),
            A.APPROVE_EXTENSION: lambda: extensions.approve(case.id, **common),
            A.REFUSE_EXTENSION: lambda: extensions.refuse(case.id, reason="不必。", **common),
            A.NOTIFY_EXTENSION: lambda: extensions.notify(case.id, posting, **common),
            A.ASK_SUPPLEMENT: lambda: supplements.ask(case.id, maker.notice(), **common),
            A.NOTIFY_SUPPLEMENT: lambda: supplements.notify(
                case.id, replies.Handover(on=DAY, tracking_number="EX000000001CN"), **common
            ),
            A.TAKE_SUPPLEMENT: lambda: supplements.take_on_paper(case.id, taken_on=DAY, text="是去年的。", **common),
            A.LAPSE: lambda: supplements.lapse(case.id, no_good_reason=True, judgement="无法联系。", **common),
            A.WITHDRAW: lambda: withdrawals.on_paper(case.id, on=DAY, reason="", **common),
        }
    )
    with transaction():
        acts[action]()


def refused(maker, case: Case, action: A, actor) -> None:
    """Demand that this person cannot do the act, and that nothing has changed."""
    before = (case.status, case.version, case.local_due_on)
    with pytest.raises((ActionNotAllowed, NotPermitted, NotVisible)):
        attempt(maker, case, action, actor)
    case = maker.again(case.id)
    assert (case.status, case.version, case.local_due_on) == before


SOMEBODY = sorted({(status, action) for _, status, action in POSSIBLE})


@pytest.mark.parametrize(("status", "action"), SOMEBODY)
def test_only_those_listed_can_do_what_somebody_can(maker, status, action):
    case = prepared(maker, status, action)
    version = case.version
    for role in Role:
        if (role, status, action) not in POSSIBLE:
            refused(maker, case, action, maker.actor(PEOPLE[role]))
            case = maker.again(case.id)
    chosen = next(role for role in Role if (role, status, action) in POSSIBLE)
    attempt(maker, case, action, maker.actor(PEOPLE[chosen]))
    assert maker.again(case.id).version > version


@pytest.mark.parametrize("status", Status)
def test_whatever_is_not_listed_is_refused_to_everybody(maker, status):
    case = prepared(maker, status, A.ASSIGN)
    for action, role in product(A, Role):
        if (status, action) not in SOMEBODY:
            refused(maker, case, action, maker.actor(PEOPLE[role]))
            case = maker.again(case.id)


def test_every_refusal_of_the_house_has_words():
    def all_kinds(kind: type[DomainError]):
        yield kind
        for one in kind.__subclasses__():
            yield from all_kinds(one)

    for kind in all_kinds(DomainError):
        assert kind.text.strip(), kind
        assert not set("!！") & set(kind.text), kind


def test_the_demonstration_reaches_every_status(app):
    with app.app_context():
        demonstration.play(moment(RECEIVED, 16), transaction=transaction)
        statuses = set(db.session.scalars(select(Case.status)))
        count = db.session.scalar(select(func.count()).select_from(Case))
    assert statuses == set(Status)
    assert count == 30
