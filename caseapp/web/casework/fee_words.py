"""What the staff read about a fee and about reasons asked for (art. 35, 42)."""

from datetime import date

from caseapp.domain.fee import FEE_WORDS, FeeStatus
from caseapp.domain.fee_schedule import UNITS
from caseapp.domain.moments import chinese_date
from caseapp.domain.reasons import SILENT
from caseapp.services.fees import ShownFee
from caseapp.services.reasons import ShownReasons

Rows = list[tuple[str, str]]
UNKNOWN = "尚未登记"


def fee_rows(fee: ShownFee | None) -> Rows:
    """Return the fee with its calculation, what has become of it, and why."""
    if fee is None:
        return []
    rows = [
        ("状态", FEE_WORDS[fee.status]),
        ("收费标准", fee.basis.label),
        ("数量", f"{fee.quantity} {UNITS[fee.basis]}"),
        ("计算", "\n".join(fee.steps)),
        ("金额", f"{fee.amount} 元"),
        ("提出人", fee.proposed_by.name),
        ("未同意的理由", fee.refusal),
        *_course(fee),
        ("撤销的理由" if fee.status is FeeStatus.CANCELLED else "核实情况", fee.closing_note),
    ]
    return [(label, value) for label, value in rows if value]


def _course(fee: ShownFee) -> Rows:
    if fee.letter is None:
        return []
    return [
        ("收费通知书", fee.letter.number),
        ("发出", _day(fee.noticed_on)),
        ("申请人收到", _day(fee.delivered_on)),
        ("缴费期限", chinese_date(fee.pay_by) if fee.pay_by else "自申请人收到通知书的次日起计算"),
        ("缴费", chinese_date(fee.paid_on) if fee.paid_on else ""),
        ("财政票据号", fee.paper),
    ]


def reasons_rows(asked: ShownReasons | None) -> Rows:
    """Return what was asked, what came back, and what was made of it."""
    if asked is None:
        return []
    answered = asked.recorded_on is not None
    rows = [
        ("说明理由告知书", asked.letter.number),
        ("需要说明的事项", asked.question),
        ("送达", _day(asked.letter.delivery.on if asked.letter.delivery else None)),
        ("说明理由的期限", chinese_date(asked.reply_by)),
        ("收到理由", chinese_date(asked.given_on) if asked.given_on else ""),
        ("申请人的理由", asked.reasons or (f"{SILENT}。" if answered else "")),
        ("理由是否成立", {True: "成立", False: "不成立", None: ""}[asked.is_accepted]),
        ("判断的理由", asked.judgement),
        ("告知的延迟答复日期", _told(asked.delayed_until)),
    ]
    return [(label, value) for label, value in rows if value]


def _told(day: date | None) -> str:
    return f"{chinese_date(day)}（《条例》第三十五条；承诺期限、法定期限的日期不变）" if day else ""


def _day(day: date | None) -> str:
    return chinese_date(day) if day else UNKNOWN
