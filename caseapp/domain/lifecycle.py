"""Where a case stands and which act may follow (art. 45: 登记、审核、办理、答复、归档).

One table serves twice: the case page draws its next acts from it, and every act is guarded by it.
Overdue, due soon and late are questions about dates, never statuses.
"""

from enum import StrEnum

from caseapp.domain.errors import DomainError


class Status(StrEnum):
    """Where a case stands."""

    REGISTERED = "registered"
    IN_HAND = "in_hand"
    IN_APPROVAL = "in_approval"
    ISSUED = "issued"
    ANSWERED = "answered"


class Action(StrEnum):
    """An official act on a case."""

    ASSIGN = "assign"
    RETURN_TO_CLERK = "return_to_clerk"
    DRAFT_REPLY = "draft_reply"
    SUBMIT_REPLY = "submit_reply"
    RETURN_REPLY = "return_reply"
    ISSUE_REPLY = "issue_reply"
    DELIVER = "deliver"
    PROPOSE_EXTENSION = "propose_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    NOTIFY_EXTENSION = "notify_extension"


TRANSITIONS: dict[tuple[Status, Action], Status] = {
    (Status.REGISTERED, Action.ASSIGN): Status.IN_HAND,
    (Status.IN_HAND, Action.RETURN_TO_CLERK): Status.REGISTERED,
    (Status.IN_HAND, Action.DRAFT_REPLY): Status.IN_HAND,
    (Status.IN_HAND, Action.SUBMIT_REPLY): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.RETURN_REPLY): Status.IN_HAND,
    (Status.IN_APPROVAL, Action.ISSUE_REPLY): Status.ISSUED,
    (Status.ISSUED, Action.DELIVER): Status.ANSWERED,
    # The period may be extended while no answer has been issued (art. 33, para. 2).
    (Status.IN_HAND, Action.PROPOSE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.APPROVE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.REFUSE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.NOTIFY_EXTENSION): Status.IN_HAND,
    (Status.IN_APPROVAL, Action.APPROVE_EXTENSION): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.REFUSE_EXTENSION): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.NOTIFY_EXTENSION): Status.IN_APPROVAL,
}

# An open case is one with a way out.
OPEN = frozenset(status for status, _ in TRANSITIONS)

STATUS_WORDS = {
    Status.REGISTERED: "待分派",
    Status.IN_HAND: "办理中",
    Status.IN_APPROVAL: "答复待审批",
    Status.ISSUED: "已签发，待送达",
    Status.ANSWERED: "已答复",
}

ACTION_WORDS = {
    Action.ASSIGN: "分派给承办部门",
    Action.RETURN_TO_CLERK: "退回受理窗口",
    Action.DRAFT_REPLY: "起草答复",
    Action.SUBMIT_REPLY: "送审",
    Action.RETURN_REPLY: "退回修改",
    Action.ISSUE_REPLY: "同意并签发",
    Action.DELIVER: "登记送达",
    Action.PROPOSE_EXTENSION: "申请延长答复期限",
    Action.APPROVE_EXTENSION: "同意延期",
    Action.REFUSE_EXTENSION: "不同意延期",
    Action.NOTIFY_EXTENSION: "登记延期告知书寄出",
}


class ActionNotAllowed(DomainError):
    """The act does not follow from where the case stands."""

    text = "这份申请现在是“{status_words}”，不能{action_words}。"

    def __init__(self, *, status: Status, action: Action) -> None:
        super().__init__(status_words=STATUS_WORDS[status], action_words=ACTION_WORDS[action])


def next_status(status: Status, action: Action) -> Status:
    """Return where the action leads; raises `ActionNotAllowed` for every pair that the table does not hold."""
    try:
        return TRANSITIONS[status, action]
    except KeyError:
        raise ActionNotAllowed(status=status, action=action) from None


def actions_from(status: Status) -> tuple[Action, ...]:
    """Return the actions that the table allows from `status`, in its order."""
    return tuple(action for before, action in TRANSITIONS if before == status)
