"""The lawful next acts on a case for one person: the one transition table, the grants, and each act's precondition."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from caseapp.domain import extension as rules
from caseapp.domain.errors import DomainError
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import Action, Status, actions_from, next_status
from caseapp.domain.permissions import NEEDED_FOR, Actor, is_granted
from caseapp.domain.replies import NothingDrafted, ReplyStatus
from caseapp.models import Case, Extension, Reply
from caseapp.services import extensions, replies

# Most pressing first: the first possible one is what the page offers as its one primary button.
ORDER = (
    Action.APPROVE_EXTENSION,
    Action.REFUSE_EXTENSION,
    Action.ISSUE_REPLY,
    Action.RETURN_REPLY,
    Action.DELIVER,
    Action.NOTIFY_EXTENSION,
    Action.ASSIGN,
    Action.DRAFT_REPLY,
    Action.SUBMIT_REPLY,
    Action.PROPOSE_EXTENSION,
    Action.RETURN_TO_CLERK,
)
# Obstacles that say no more than that nobody has asked yet are not worth a line.
NOT_WORTH_A_LINE = (rules.NothingProposed, rules.NotApprovedYet, NothingDrafted)

WAITS_FOR = {
    Status.REGISTERED: "等待受理窗口分派承办部门。",
    Status.IN_HAND: "由承办部门办理。",
    Status.IN_APPROVAL: "答复已送审，等待负责人审批。",
    Status.ISSUED: "答复书已签发，等待登记送达。",
    Status.ANSWERED: "已答复，没有后续事项。",
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


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the preconditions look at."""

    case: Case
    extension: Extension | None
    reply: Reply | None
    actor: Actor
    today: date


def standing(case: Case, *, actor: Actor, today: date) -> Standing:
    """Return what the preconditions look at, read once."""
    return Standing(
        case=case, extension=extensions.latest(case.id), reply=replies.of(case.id), actor=actor, today=today
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
    return NextActs(
        possible=tuple(possible),
        obstacles=tuple(Obstacle(actions=tuple(actions), words=words) for words, actions in found.items()),
        waits_for="" if possible else WAITS_FOR[now.case.status],
    )


def check(now: Standing, action: Action) -> None:
    """Refuse, in words, an act that cannot be begun as the case stands; the act itself judges again under its lock."""
    next_status(now.case.status, action)
    obstacle = _obstacle(now, action)
    if obstacle is not None:
        raise obstacle


def _obstacle(now: Standing, action: Action) -> DomainError | None:
    try:
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
    rules.check_once(now.extension.status if now.extension else None)
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


PRECONDITIONS: dict[Action, Callable[[Standing], None]] = {
    Action.RETURN_REPLY: _reply_waits,
    Action.ISSUE_REPLY: _reply_waits,
    Action.PROPOSE_EXTENSION: _extension_may_be_proposed,
    Action.APPROVE_EXTENSION: _extension_may_be_approved,
    Action.REFUSE_EXTENSION: _extension_waits,
    Action.NOTIFY_EXTENSION: _notice_waits,
}
