"""What the applicant reads about a fee, and about reasons asked of him (art. 35, 42)."""

from caseapp.domain.fee import FeeStatus
from caseapp.domain.moments import chinese_date
from caseapp.services.fees import ShownFee, payment_way
from caseapp.services.reasons import ShownReasons
from caseapp.web.kit.receipts import Rows


def next_line(fee: ShownFee | None) -> str:
    """Return what has to be paid, until when, and what happens otherwise."""
    if fee is None:
        return "答复期限暂停计算。"
    if fee.pay_by is None:
        return f"信息处理费 {fee.amount} 元，收费通知书正在送达；自收到的次日起计算缴费期限。"
    return (
        f"请最晚在 {chinese_date(fee.pay_by)} 缴纳信息处理费 {fee.amount} 元。"
        "逾期未缴纳的，视为放弃申请，不再处理；缴纳后重新计算答复期限。"
    )


def fee_rows(fee: ShownFee | None) -> Rows:
    """Return the fee with its calculation, deadline and way to pay; nothing before the notice has gone out."""
    if fee is None or fee.noticed_on is None:
        return []
    waits = fee.status is FeeStatus.NOTICED
    rows = [
        ("应缴金额", f"{fee.amount} 元"),
        ("怎么算的", "\n".join(fee.steps)),
        ("缴费期限", chinese_date(fee.pay_by) if fee.pay_by and waits else ""),
        ("缴费方式", payment_way() if waits else ""),
        ("已缴纳", chinese_date(fee.paid_on) if fee.paid_on else ""),
        ("说明", "本机关已撤销收费，您不必缴纳。" if fee.status is FeeStatus.CANCELLED else ""),
    ]
    return [(label, value) for label, value in rows if value]


def reasons_rows(asked: ShownReasons | None) -> Rows:
    """Return what was asked and until when, and the delay that the applicant is told (art. 35)."""
    if asked is None or asked.letter.delivery is None:
        return []
    rows = [
        ("请您说明", asked.question),
        ("最晚说明日期", "" if asked.recorded_on else chinese_date(asked.reply_by)),
        ("您的理由", asked.reasons),
        ("审查结果", {True: "理由成立", False: "理由不成立", None: ""}[asked.is_accepted]),
        ("延迟答复", f"最晚 {chinese_date(asked.delayed_until)} 答复" if asked.delayed_until else ""),
    ]
    return [(label, value) for label, value in rows if value]
