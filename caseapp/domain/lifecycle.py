"""Where a case stands and which act may follow (art. 45: 登记、审核、办理、答复、归档).

One table serves twice: the case page draws its next acts from it, and every act is guarded by it.
Overdue, due soon and late are questions about dates, never statuses.
"""

from enum import StrEnum

from caseapp.domain.errors import DomainError


class Status(StrEnum):
    """Where a case stands."""

    AWAITING_CONFIRMATION = "awaiting_confirmation"
    REGISTERED = "registered"
    IN_HAND = "in_hand"
    AWAITING_SUPPLEMENT = "awaiting_supplement"
    AWAITING_PAYMENT = "awaiting_payment"
    IN_APPROVAL = "in_approval"
    ISSUED = "issued"
    ANSWERED = "answered"
    CLOSED = "closed"  # ended without an answer: lapsed, unpaid, withdrawn; the outcome says which


class Action(StrEnum):
    """An official act on a case."""

    CONFIRM_RECEIPT = "confirm_receipt"
    LOG_CONTACT = "log_contact"
    PROPOSE_RECEIPT_CHANGE = "propose_receipt_change"
    APPROVE_RECEIPT_CHANGE = "approve_receipt_change"
    REFUSE_RECEIPT_CHANGE = "refuse_receipt_change"
    ASSIGN = "assign"
    RETURN_TO_CLERK = "return_to_clerk"
    DRAFT_REPLY = "draft_reply"
    SUBMIT_REPLY = "submit_reply"
    RETURN_REPLY = "return_reply"
    ISSUE_REPLY = "issue_reply"
    DELIVER = "deliver"
    VOID_LETTER = "void_letter"
    PROPOSE_EXTENSION = "propose_extension"
    APPROVE_EXTENSION = "approve_extension"
    REFUSE_EXTENSION = "refuse_extension"
    NOTIFY_EXTENSION = "notify_extension"
    OPEN_CONSULTATION = "open_consultation"
    RECORD_CONSULTATION_DELIVERY = "record_consultation_delivery"
    CLOSE_CONSULTATION = "close_consultation"
    JUDGE_CONSULTATION = "judge_consultation"
    NOTIFY_THIRD_PARTY = "notify_third_party"
    ASK_SUPPLEMENT = "ask_supplement"
    NOTIFY_SUPPLEMENT = "notify_supplement"
    TAKE_SUPPLEMENT = "take_supplement"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    PROPOSE_FEE = "propose_fee"
    APPROVE_FEE = "approve_fee"
    REFUSE_FEE = "refuse_fee"
    RECORD_FEE_DELIVERY = "record_fee_delivery"
    RECORD_PAYMENT = "record_payment"
    CANCEL_FEE = "cancel_fee"
    CLOSE_UNPAID = "close_unpaid"
    ASK_REASONS = "ask_reasons"
    RECORD_REASONS = "record_reasons"
    JUDGE_REASONS = "judge_reasons"
    TRANSFER = "transfer"
    SPLIT = "split"
    REVIEW_WITHHELD = "review_withheld"
    DECIDE_PUBLICATION = "decide_publication"
    RECORD_DISPUTE = "record_dispute"
    DECIDE_DISPUTE = "decide_dispute"
    REOPEN = "reopen"


TRANSITIONS: dict[tuple[Status, Action], Status] = {
    # 待确认: the day of receipt is the day on which both sides confirm (art. 31); a clear route is taken at once.
    (Status.AWAITING_CONFIRMATION, Action.CONFIRM_RECEIPT): Status.REGISTERED,
    (Status.AWAITING_CONFIRMATION, Action.LOG_CONTACT): Status.AWAITING_CONFIRMATION,
    (Status.REGISTERED, Action.ASSIGN): Status.IN_HAND,
    (Status.IN_HAND, Action.RETURN_TO_CLERK): Status.REGISTERED,
    (Status.IN_HAND, Action.DRAFT_REPLY): Status.IN_HAND,
    (Status.IN_HAND, Action.SUBMIT_REPLY): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.RETURN_REPLY): Status.IN_HAND,
    (Status.IN_APPROVAL, Action.ISSUE_REPLY): Status.ISSUED,
    (Status.ISSUED, Action.DELIVER): Status.ANSWERED,
    # A letter that has not left the office is voided, its number never used again (R44).
    (Status.ISSUED, Action.VOID_LETTER): Status.IN_HAND,
    # The period may be extended while no answer has been issued (art. 33, para. 2).
    (Status.IN_HAND, Action.PROPOSE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.APPROVE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.REFUSE_EXTENSION): Status.IN_HAND,
    (Status.IN_HAND, Action.NOTIFY_EXTENSION): Status.IN_HAND,
    (Status.IN_APPROVAL, Action.APPROVE_EXTENSION): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.REFUSE_EXTENSION): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.NOTIFY_EXTENSION): Status.IN_APPROVAL,
    # 征求意见: several at once, while the answer is being worked on (art. 32 to 34).
    (Status.IN_HAND, Action.OPEN_CONSULTATION): Status.IN_HAND,
    (Status.IN_HAND, Action.RECORD_CONSULTATION_DELIVERY): Status.IN_HAND,
    (Status.IN_HAND, Action.CLOSE_CONSULTATION): Status.IN_HAND,
    (Status.IN_HAND, Action.JUDGE_CONSULTATION): Status.IN_HAND,
    (Status.IN_HAND, Action.NOTIFY_THIRD_PARTY): Status.IN_HAND,
    # 补正: the period begins anew with the corrected application; silence ends the case (art. 30).
    (Status.IN_HAND, Action.ASK_SUPPLEMENT): Status.AWAITING_SUPPLEMENT,
    (Status.AWAITING_SUPPLEMENT, Action.NOTIFY_SUPPLEMENT): Status.AWAITING_SUPPLEMENT,
    (Status.AWAITING_SUPPLEMENT, Action.TAKE_SUPPLEMENT): Status.IN_HAND,
    (Status.AWAITING_SUPPLEMENT, Action.LAPSE): Status.CLOSED,
    # A changed day of receipt: proposed with a reason, decided by a second person (R12).
    (Status.REGISTERED, Action.PROPOSE_RECEIPT_CHANGE): Status.REGISTERED,
    (Status.REGISTERED, Action.APPROVE_RECEIPT_CHANGE): Status.REGISTERED,
    (Status.REGISTERED, Action.REFUSE_RECEIPT_CHANGE): Status.REGISTERED,
    (Status.IN_HAND, Action.PROPOSE_RECEIPT_CHANGE): Status.IN_HAND,
    (Status.IN_HAND, Action.APPROVE_RECEIPT_CHANGE): Status.IN_HAND,
    (Status.IN_HAND, Action.REFUSE_RECEIPT_CHANGE): Status.IN_HAND,
    (Status.IN_APPROVAL, Action.APPROVE_RECEIPT_CHANGE): Status.IN_APPROVAL,
    (Status.IN_APPROVAL, Action.REFUSE_RECEIPT_CHANGE): Status.IN_APPROVAL,
    # The applicant may withdraw until an answer has been issued.
    (Status.AWAITING_CONFIRMATION, Action.WITHDRAW): Status.CLOSED,
    (Status.REGISTERED, Action.WITHDRAW): Status.CLOSED,
    (Status.IN_HAND, Action.WITHDRAW): Status.CLOSED,
    (Status.AWAITING_SUPPLEMENT, Action.WITHDRAW): Status.CLOSED,
    (Status.IN_APPROVAL, Action.WITHDRAW): Status.CLOSED,
    (Status.AWAITING_PAYMENT, Action.WITHDRAW): Status.CLOSED,
    # 信息处理费: paid, the period begins anew; unpaid, the case ends (art. 42; fee measure, art. 6).
    (Status.IN_HAND, Action.PROPOSE_FEE): Status.IN_HAND,
    (Status.IN_HAND, Action.APPROVE_FEE): Status.AWAITING_PAYMENT,
    (Status.IN_HAND, Action.REFUSE_FEE): Status.IN_HAND,
    (Status.AWAITING_PAYMENT, Action.RECORD_FEE_DELIVERY): Status.AWAITING_PAYMENT,
    (Status.AWAITING_PAYMENT, Action.RECORD_PAYMENT): Status.IN_HAND,
    (Status.AWAITING_PAYMENT, Action.CANCEL_FEE): Status.IN_HAND,
    (Status.AWAITING_PAYMENT, Action.CLOSE_UNPAID): Status.CLOSED,
    # 说明理由 stops no clock (art. 35).
    (Status.IN_HAND, Action.ASK_REASONS): Status.IN_HAND,
    (Status.IN_HAND, Action.RECORD_REASONS): Status.IN_HAND,
    (Status.IN_HAND, Action.JUDGE_REASONS): Status.IN_HAND,
    # 转办: the day of receipt stays (R11).
    (Status.IN_HAND, Action.TRANSFER): Status.IN_HAND,
    # 分案: before anything else is done on the case.
    (Status.REGISTERED, Action.SPLIT): Status.REGISTERED,
    (Status.IN_HAND, Action.SPLIT): Status.IN_HAND,
    # What follows an answer: the yearly review of what was withheld (art. 18), and its publication (art. 44).
    (Status.ANSWERED, Action.REVIEW_WITHHELD): Status.ANSWERED,
    (Status.ANSWERED, Action.DECIDE_PUBLICATION): Status.ANSWERED,
    # 复议、诉讼: against an answer, against its absence, or against the end of a case (art. 51; R63).
    **{
        (status, action): status
        for status in (Status.IN_HAND, Status.IN_APPROVAL, Status.ISSUED, Status.ANSWERED, Status.CLOSED)
        for action in (Action.RECORD_DISPUTE, Action.DECIDE_DISPUTE)
    },
    (Status.IN_HAND, Action.REOPEN): Status.IN_HAND,
    (Status.ANSWERED, Action.REOPEN): Status.IN_HAND,
    (Status.CLOSED, Action.REOPEN): Status.IN_HAND,
}
# What may still follow when a case has ended.
AFTER_THE_END = frozenset(
    {
        *(Action.REVIEW_WITHHELD, Action.DECIDE_PUBLICATION),
        *(Action.RECORD_DISPUTE, Action.DECIDE_DISPUTE, Action.REOPEN),
    }
)

# An open case is one with a way out, other than by a decision on what has ended.
OPEN = frozenset(status for status, action in TRANSITIONS if action not in AFTER_THE_END)

STATUS_WORDS = {
    Status.AWAITING_CONFIRMATION: "待确认",
    Status.REGISTERED: "待分派",
    Status.IN_HAND: "办理中",
    Status.AWAITING_SUPPLEMENT: "待补正",
    Status.AWAITING_PAYMENT: "待缴费",
    Status.IN_APPROVAL: "答复待审批",
    Status.ISSUED: "已签发，待送达",
    Status.ANSWERED: "已答复",
    Status.CLOSED: "已结束",
}

ACTION_WORDS = {
    Action.CONFIRM_RECEIPT: "登记双方确认收到",
    Action.LOG_CONTACT: "登记联系申请人的情况",
    Action.PROPOSE_RECEIPT_CHANGE: "申请更改收到日期",
    Action.APPROVE_RECEIPT_CHANGE: "同意更改收到日期",
    Action.REFUSE_RECEIPT_CHANGE: "不同意更改收到日期",
    Action.ASSIGN: "分派给承办部门",
    Action.RETURN_TO_CLERK: "退回受理窗口",
    Action.DRAFT_REPLY: "起草答复",
    Action.SUBMIT_REPLY: "送审",
    Action.RETURN_REPLY: "退回修改",
    Action.ISSUE_REPLY: "同意并签发",
    Action.DELIVER: "登记送达",
    Action.VOID_LETTER: "作废已签发的答复书",
    Action.PROPOSE_EXTENSION: "申请延长答复期限",
    Action.APPROVE_EXTENSION: "同意延期",
    Action.REFUSE_EXTENSION: "不同意延期",
    Action.NOTIFY_EXTENSION: "登记延期告知书寄出",
    Action.OPEN_CONSULTATION: "征求意见",
    Action.RECORD_CONSULTATION_DELIVERY: "登记征求意见书送达",
    Action.CLOSE_CONSULTATION: "登记收到的意见",
    Action.JUDGE_CONSULTATION: "判断所征求的意见",
    Action.NOTIFY_THIRD_PARTY: "告知第三方公开决定",
    Action.ASK_SUPPLEMENT: "告知申请人补正",
    Action.NOTIFY_SUPPLEMENT: "登记补正告知书寄出",
    Action.TAKE_SUPPLEMENT: "登记收到的补正材料",
    Action.LAPSE: "按逾期不补正结束",
    Action.WITHDRAW: "登记申请人撤回",
    Action.PROPOSE_FEE: "申请收取信息处理费",
    Action.APPROVE_FEE: "同意收费",
    Action.REFUSE_FEE: "不同意收费",
    Action.RECORD_FEE_DELIVERY: "登记收费通知送达",
    Action.RECORD_PAYMENT: "登记缴费",
    Action.CANCEL_FEE: "撤销收费",
    Action.CLOSE_UNPAID: "按逾期未缴费结束",
    Action.ASK_REASONS: "要求说明理由",
    Action.RECORD_REASONS: "登记说明的理由",
    Action.JUDGE_REASONS: "判断理由是否成立",
    Action.TRANSFER: "转交其他部门办理",
    Action.SPLIT: "分为几份办理",
    Action.REVIEW_WITHHELD: "年度复查不予公开的信息",
    Action.DECIDE_PUBLICATION: "决定是否转为主动公开",
    Action.RECORD_DISPUTE: "登记行政复议、行政诉讼",
    Action.DECIDE_DISPUTE: "登记复议、诉讼结果",
    Action.REOPEN: "按复议决定、裁判重新办理",
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
