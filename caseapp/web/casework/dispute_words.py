"""What the page of a case says of a review or a suit about it."""

from caseapp.domain.dispute import PENDING
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import OUTCOMES
from caseapp.services.case_pages import ShownDispute

Rows = list[tuple[str, str]]


def rows(dispute: ShownDispute) -> dict[str, object]:
    """Return the heading and the facts of one review or suit, and what its decision ordered."""
    facts = [
        ("复议机关或者法院", dispute.body),
        ("案号", dispute.docket),
        ("收到通知之日", chinese_date(dispute.began_on)),
        ("结果", dispute.result.label if dispute.result else PENDING),
        ("决定、裁判日期", chinese_date(dispute.decided_on) if dispute.decided_on else ""),
        ("文号", dispute.decision_no),
        ("主要内容", dispute.summary),
        *_ordered(dispute),
    ]
    return {"heading": dispute.kind.label, "rows": [(label, value) for label, value in facts if value]}


def _ordered(dispute: ShownDispute) -> Rows:
    order = dispute.reopening
    if order is None:
        return []
    period = "按完整的答复期限重新计算"
    if order.working_days:
        period = f"{order.working_days} 个工作日"
    elif order.answer_by:
        period = f"最迟 {chinese_date(order.answer_by)}"
    earlier = OUTCOMES[order.earlier_outcome].label if order.earlier_outcome else "尚未答复"
    ended_on = order.earlier_answered_on or order.earlier_closed_on
    return [
        ("重新办理", f"自 {chinese_date(order.effective_on)} 起算，{period}"),
        ("此前的答复", f"{earlier}（{chinese_date(ended_on)}）" if ended_on else earlier),
    ]
