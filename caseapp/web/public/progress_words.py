"""Where a request stands, in the words of the applicant (art. 45): one line for the state, one for what comes next."""

from dataclasses import dataclass
from datetime import date

from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.letters import LETTERS, LetterKind, chinese_date
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import OUTCOMES
from caseapp.domain.rulesets import by_id
from caseapp.services import audit, deadlines, extensions, letters
from caseapp.services.tracking import TrackedCase
from caseapp.web.public.filing_words import Rows, request_rows

# What the applicant may read of the history; drafts, returns and proposals are the office's own.
SHOWN_EVENTS = {
    "filed": "收到申请并登记",
    "extension_notified": "延长答复期限，已告知申请人",
    "reply_issued": "签发答复书",
    "delivered": "答复书送达",
}


@dataclass(frozen=True)
class State:
    """The state in two lines."""

    words: str
    next_line: str


def page(case: TrackedCase, *, today: date) -> dict[str, object]:
    """Return everything that the progress page shows."""
    both = deadlines.clocks(case, today=today)
    found = letters.of_case(case.id)
    badge = deadlines.badge_of(case, today=today)
    return {
        "tracked": case,
        "status": state(case),
        "badges_shown": [badge] if badge else [],
        "lines": both.local.ledger,
        "clock_rows": clock_rows(case),
        "letters": [
            {"id": row.id, "words": LETTERS[row.kind].label, "number": row.number, "issued_on": row.dated_on}
            for row in found
            if row.delivery
        ],
        "remedies": [
            str(row.fields["remedy"])
            for row in found
            if row.delivery and row.kind is not LetterKind.EXTENSION_NOTICE and row.fields.get("remedy")
        ],
        "rows": request_rows(case),
        "entries": [
            {"at": entry.at, "words": SHOWN_EVENTS[entry.kind]}
            for entry in audit.history(case.id)
            if entry.kind in SHOWN_EVENTS
        ],
    }


def state(case: TrackedCase) -> State:
    """Return where the request stands and what the applicant can expect."""
    if case.status is Status.ANSWERED and case.outcome:
        return State(f"已答复：{OUTCOMES[case.outcome].label}", f"{chinese_date(case.answered_on)}送达。")
    due = f"最晚 {chinese_date(case.local_due_on)} 答复" if case.local_due_on else "期限暂停计算"
    mark = "（暂定）" if case.provisional else ""
    if case.status is Status.ISSUED:
        return State("答复书已签发，正在送达", f"获取方式：{case.delivery_way.label}。")
    granted = extensions.latest(case.id)
    if granted and granted.status is ExtensionStatus.NOTIFIED and _counts(case):
        return State(
            "已延长答复期限", f"新的最晚答复日期：{chinese_date(case.local_due_on)}{mark}；理由：{granted.reason}"
        )
    days = by_id(case.local_rule_set).answer_days
    return State("已收到，正在办理", f"{due}{mark}（{days} 个工作日）。")


def _counts(case: TrackedCase) -> bool:
    return deadlines.clocks(case, today=case.changed_at.date(), with_ledger=False).local.extended_days > 0


def clock_rows(case: TrackedCase) -> Rows:
    """Return both due dates with the rules behind them (L1)."""
    mark = "（暂定）" if case.provisional else ""
    local, statute = by_id(case.local_rule_set), by_id(case.statute)
    return [
        ("收到申请之日", chinese_date(case.received_on)),
        (f"承诺期限（{local.answer_days} 个工作日）", f"{chinese_date(case.local_due_on)}{mark}"),
        (f"法定期限（{statute.answer_days} 个工作日）", f"{chinese_date(case.statutory_due_on)}{mark}"),
    ]
