"""The lawful next acts on a case for one person: the one transition table, the grants, and each act's precondition."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from caseapp.domain import extension as rules
from caseapp.domain.consultation import NothingConsulted, check_any
from caseapp.domain.consulted_reply import check_still_asking
from caseapp.domain.correction import NotForCorrections, check_disclosure
from caseapp.domain.errors import DomainError
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import Action, Status, actions_from, next_status
from caseapp.domain.permissions import NEEDED_FOR, Actor, is_granted
from caseapp.domain.replies import NothingDrafted, ReplyStatus
from caseapp.domain.supplement import NothingAsked, NoticeDelivered
from caseapp.models import (
    Case,
    Consultation,
    Dispute,
    Extension,
    Fee,
    PublicationTask,
    ReasonsRequest,
    ReceiptChange,
    Reply,
    Supplement,
    WithheldReview,
)
from caseapp.services import (
    cases,
    consulted,
    disputes,
    excess_acts,
    extensions,
    fees,
    other_acts,
    papers,
    publications,
    reasons,
    receipts,
    reopenings,
    replies,
    supplements,
)
from caseapp.services.consulted import Asked
from caseapp.services.papers import Kinds

# Most pressing first: the first possible one is what the page offers as its one primary button.
ORDER = (
    Action.APPROVE_EXTENSION,
    Action.REFUSE_EXTENSION,
    Action.APPROVE_FEE,
    Action.REFUSE_FEE,
    Action.APPROVE_RECEIPT_CHANGE,
    Action.REFUSE_RECEIPT_CHANGE,
    Action.ISSUE_REPLY,
    Action.RETURN_REPLY,
    Action.DELIVER,
    Action.NOTIFY_EXTENSION,
    Action.RECORD_CONSULTATION_DELIVERY,
    Action.CLOSE_CONSULTATION,
    Action.JUDGE_CONSULTATION,
    Action.NOTIFY_THIRD_PARTY,
    Action.NOTIFY_SUPPLEMENT,
    Action.LAPSE,
    Action.TAKE_SUPPLEMENT,
    Action.RECORD_FEE_DELIVERY,
    Action.CLOSE_UNPAID,
    Action.RECORD_PAYMENT,
    Action.RECORD_REASONS,
    Action.JUDGE_REASONS,
    Action.REVIEW_WITHHELD,
    Action.DECIDE_PUBLICATION,
    Action.CONFIRM_RECEIPT,
    Action.LOG_CONTACT,
    Action.ASSIGN,
    Action.DRAFT_REPLY,
    Action.SUBMIT_REPLY,
    Action.PROPOSE_EXTENSION,
    Action.OPEN_CONSULTATION,
    Action.ASK_SUPPLEMENT,
    Action.RETURN_TO_CLERK,
    Action.TRANSFER,
    Action.ASK_REASONS,
    Action.PROPOSE_FEE,
    Action.CANCEL_FEE,
    Action.PROPOSE_RECEIPT_CHANGE,
    Action.SPLIT,
    Action.DECIDE_DISPUTE,
    Action.REOPEN,
    Action.RECORD_DISPUTE,
    Action.VOID_LETTER,
    Action.WITHDRAW,
)
# Acts that few cases see: offered, never as what comes next.
RARE = frozenset(
    {
        *(Action.WITHDRAW, Action.ASK_REASONS, Action.PROPOSE_FEE, Action.CANCEL_FEE),
        *(Action.TRANSFER, Action.PROPOSE_RECEIPT_CHANGE, Action.VOID_LETTER),
        *(Action.SPLIT, Action.RECORD_DISPUTE, Action.DECIDE_DISPUTE, Action.REOPEN),
    }
)
# Obstacles that say no more than that nobody has asked yet are not worth a line.
NOT_WORTH_A_LINE = (
    rules.NothingProposed,
    rules.NotApprovedYet,
    NothingDrafted,
    NothingAsked,
    NoticeDelivered,
    NothingConsulted,
    NotForCorrections,
    *excess_acts.NOT_WORTH_A_LINE,
    *other_acts.NOT_WORTH_A_LINE,
)

WAITS_FOR = {
    Status.AWAITING_CONFIRMATION: "等待受理窗口与申请人确认收到申请。",
    Status.REGISTERED: "等待受理窗口分派承办部门。",
    Status.IN_HAND: "由承办部门办理。",
    Status.AWAITING_SUPPLEMENT: "等待申请人补正，答复期限暂停计算。",
    Status.AWAITING_PAYMENT: "等待申请人缴费，答复期限暂停计算。",
    Status.IN_APPROVAL: "答复已送审，等待负责人审批。",
    Status.ISSUED: "答复书已签发，等待登记送达。",
    Status.ANSWERED: "已答复，没有后续事项。",
    Status.CLOSED: "已结束，没有后续事项。",
}


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why acts that the table allows are not offered now, in words."""

    actions: tuple[Action, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class NextActs:
    """What this person may do with the case now, most pressing first, and what stands in the way of the rest."""

    possible: tuple[Action, ...]
    obstacles: tuple[Obstacle, ...]
    waits_for: str
    rare: tuple[Action, ...] = ()  # possible too, but seldom wanted


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the preconditions look at."""

    case: Case
    there: Kinds
    extension: Extension | None
    reply: Reply | None
    supplements: Sequence[Supplement]
    consultations: Sequence[Asked]
    fee: Fee | None
    reasons: ReasonsRequest | None
    receipt_changes: Sequence[ReceiptChange]
    disputes: Sequence[Dispute]
    reviews: Sequence[WithheldReview]
    publications: Sequence[PublicationTask]
    actor: Actor
    today: date

    @property
    def supplement(self) -> Supplement | None:
        """Return the newest notice to correct."""
        return next(reversed(self.supplements), None)


def standing(case: Case, *, actor: Actor, today: date) -> Standing:
    """Return what the preconditions look at, read once, and only as far as it is there."""
    there = papers.of_case(case.id)
    return Standing(
        case=case,
        there=there,
        extension=extensions.latest(case.id) if Extension in there else None,
        reply=replies.of(case.id) if Reply in there else None,
        supplements=supplements.of_case(case.id) if Supplement in there else (),
        consultations=consulted.of_case(case, today=today) if Consultation in there else (),
        fee=fees.latest(case.id) if Fee in there else None,
        reasons=reasons.of(case.id) if ReasonsRequest in there else None,
        receipt_changes=receipts.changes_of(case.id) if ReceiptChange in there else (),
        disputes=disputes.of_case(case.id) if Dispute in there else (),
        reviews=publications.reviews_of(case.id) if WithheldReview in there else (),
        publications=publications.tasks_of(case.id) if PublicationTask in there else (),
        actor=actor,
        today=today,
    )


def next_acts(now: Standing) -> NextActs:
    """Return the acts open to the actor: allowed by the table, granted to him, and possible as the case stands."""
    possible: list[Action] = []
    found: dict[str, list[Action]] = {}
    for action in sorted(actions_from(now.case.status), key=ORDER.index):
        if not is_granted(now.actor, NEEDED_FOR[action], now.case):
            continue
        obstacle = _obstacle(now, action)
        if obstacle is None:
            possible.append(action)
        elif not isinstance(obstacle, NOT_WORTH_A_LINE):
            found.setdefault(str(obstacle), []).append(action)
    main = tuple(action for action in possible if action not in RARE)
    return NextActs(
        possible=main,
        rare=tuple(action for action in possible if action in RARE),
        obstacles=tuple(Obstacle(actions=tuple(actions), words=words) for words, actions in found.items()),
        waits_for="" if main else WAITS_FOR[now.case.status],
    )


def check(now: Standing, action: Action) -> None:
    """Refuse, in words, an act that cannot be begun as the case stands; the act itself judges again under its lock."""
    next_status(now.case.status, action)
    obstacle = _obstacle(now, action)
    if obstacle is not None:
        raise obstacle


def _obstacle(now: Standing, action: Action) -> DomainError | None:
    try:
        if action in cases.FOR_DISCLOSURE:
            check_disclosure(now.case.case_kind)
        if action in reopenings.MOVES_THE_PERIOD:
            reopenings.check_disputes(now.disputes)
        PRECONDITIONS.get(action, _nothing)(now)
    except DomainError as refusal:
        return refusal
    return None


def _nothing(_now: Standing) -> None:
    """Nothing beyond the table is asked."""


def _reply_waits(now: Standing) -> None:
    reply = now.reply
    if reply is None or reply.status is not ReplyStatus.SUBMITTED:
        raise NothingDrafted()
    rules.check_two_people(proposed_by=(reply.drafted_by_id, reply.submitted_by_id), decided_by=now.actor.id)


def _extension_may_be_proposed(now: Standing) -> None:
    rules.check_once(extensions.of_period(now.case, now.extension))
    rules.check_in_time(due_on=now.case.local_due_on, today=now.today)


def _extension_waits(now: Standing) -> None:
    if now.extension is None or now.extension.status is not ExtensionStatus.PROPOSED:
        raise rules.NothingProposed()
    rules.check_two_people(proposed_by=(now.extension.proposed_by_id,), decided_by=now.actor.id)


def _extension_may_be_approved(now: Standing) -> None:
    _extension_waits(now)
    rules.check_in_time(due_on=now.case.local_due_on, today=now.today)


def _notice_waits(now: Standing) -> None:
    if now.extension is None or now.extension.status is not ExtensionStatus.APPROVED:
        raise rules.NotApprovedYet()


def _may_ask_for_supplement(now: Standing) -> None:
    supplements.check_can_ask(now.supplement, now.extension.status if now.extension else None, today=now.today)


def _supplement_notice_waits(now: Standing) -> None:
    supplements.check_can_notify(now.supplement)


def _supplement_may_lapse(now: Standing) -> None:
    supplements.check_can_lapse(now.supplement, today=now.today)


def _everybody_has_answered(now: Standing) -> None:
    check_still_asking(asked.rules for asked in now.consultations)


def _some_letter_is_on_its_way(now: Standing) -> None:
    check_any(asked.rules.awaits_delivery or asked.applicant_waits for asked in now.consultations)


def _some_answer_may_come(now: Standing) -> None:
    check_any(
        asked.rules.may_answer and not asked.rules.is_judged and not asked.rules.is_deemed_consent
        for asked in now.consultations
    )


def _some_opinion_waits(now: Standing) -> None:
    check_any(asked.rules.needs_judgement and not asked.rules.is_judged for asked in now.consultations)


def _some_third_party_is_to_be_told(now: Standing) -> None:
    check_any(asked.rules.needs_notice and not asked.rules.notice_delivered_on for asked in now.consultations)


PRECONDITIONS: dict[Action, Callable[[Standing], None]] = {
    Action.SUBMIT_REPLY: _everybody_has_answered,
    Action.RECORD_CONSULTATION_DELIVERY: _some_letter_is_on_its_way,
    Action.CLOSE_CONSULTATION: _some_answer_may_come,
    Action.JUDGE_CONSULTATION: _some_opinion_waits,
    Action.NOTIFY_THIRD_PARTY: _some_third_party_is_to_be_told,
    Action.RETURN_REPLY: _reply_waits,
    Action.ISSUE_REPLY: _reply_waits,
    Action.PROPOSE_EXTENSION: _extension_may_be_proposed,
    Action.APPROVE_EXTENSION: _extension_may_be_approved,
    Action.REFUSE_EXTENSION: _extension_waits,
    Action.NOTIFY_EXTENSION: _notice_waits,
    Action.ASK_SUPPLEMENT: _may_ask_for_supplement,
    Action.NOTIFY_SUPPLEMENT: _supplement_notice_waits,
    Action.LAPSE: _supplement_may_lapse,
    **excess_acts.PRECONDITIONS,
    **other_acts.PRECONDITIONS,
}
