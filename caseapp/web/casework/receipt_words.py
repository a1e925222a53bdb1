"""What the page of a case says of how and when the request came (art. 31)."""

from collections.abc import Sequence

from caseapp.domain.moments import chinese_date
from caseapp.services.case_pages import ShownCase
from caseapp.services.receipts import ShownAttempt, ShownChange

Rows = list[tuple[str, str]]


def rows(case: ShownCase, *, late: str) -> Rows:
    """Return channel, arrival, confirmation and the day that counts; of a late confirmation what is said for ever."""
    told = [("申请渠道", case.channel.label), ("到达日期", chinese_date(case.arrived_on))]
    if case.channel.is_confirmed:
        told.append(("双方确认日期", chinese_date(case.confirmed_on) if case.confirmed_on else "尚未确认"))
    counts = chinese_date(case.received_on)
    told.append(("收到申请之日", counts if case.confirmed_on else f"{counts}（暂按到达之日计算）"))
    told += [("确认情况", late), ("晚确认的理由", case.receipt_note)]
    told.append(("需要的帮助", "阅读、视听上有困难（第四十三条）" if case.help_needed else ""))
    return [(label, words) for label, words in told if words]


def attempts(found: Sequence[ShownAttempt]) -> list[dict[str, object]]:
    """Return each attempt to reach the applicant as a line."""
    return [
        {
            "at": attempt.at,
            "words": f"{attempt.way.label}：{'已确认' if attempt.reached else '未联系上'}",
            "note": attempt.note,
            "by": attempt.by.name,
        }
        for attempt in found
    ]


def change_rows(change: ShownChange) -> Rows:
    """Return one proposed change of the day of receipt; the old day stays in sight (R12)."""
    told = [
        ("更改", f"{chinese_date(change.old_on)} 改为 {chinese_date(change.new_on)}"),
        ("状态", change.status.label),
        ("理由", change.reason),
        ("提出人", change.proposed_by.name),
        ("决定人", change.decided_by.name if change.decided_by else ""),
        ("未同意的理由", change.refusal),
    ]
    return [(label, words) for label, words in told if words]
