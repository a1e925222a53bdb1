"""Where a request stands, in the words of the applicant (art. 45): one line for the state, one for what comes next."""

from dataclasses import dataclass
from datetime import date

from caseapp.domain.consultation import ConsultedKind
from caseapp.domain.correction import CaseKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.lifecycle import OPEN, Status
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import OUTCOMES
from caseapp.domain.rulesets import RuleSet, by_id
from caseapp.services import (
    audit,
    consulted,
    deadlines,
    extensions,
    fees,
    letter_papers,
    reasons,
    recount,
    reopenings,
    reply_files,
    splitting,
    supplements,
    withdrawals,
)
from caseapp.services.case_pages import shown_name
from caseapp.services.letters import excerpt
from caseapp.services.tracking import DeliveredLetter, TrackedCase, letters_for_applicant
from caseapp.web.kit.date_changes import date_changes
from caseapp.web.kit.receipts import Rows, request_rows
from caseapp.web.public import fee_words, supplement_words

# What the applicant may read of the history; drafts, returns and proposals are the office's own.
SHOWN_EVENTS = {
    "filed": "收到申请并登记",
    "extension_notified": "延长答复期限，已告知申请人",
    "reply_issued": "签发答复书",
    "delivered": "答复书送达",
    "delivery_failed": "文书未能送达，将联系您改用其他方式",
    "consultation_opened": "书面征求意见，所需时间不计入答复期限",
    "consultation_closed": "收到所征求的意见，答复期限继续计算",
    "consultation_lapsed": "征求意见的期限届满，答复期限继续计算",
    "supplement_notified": "告知补正，补正告知书送达",
    "supplement_taken": "收到补正材料，重新计算答复期限",
    "lapsed": "逾期未补正，不再处理",
    "withdrawn": "撤回申请",
    "transferred": "转由另一部门办理，答复期限不变",
    "fee_delivered": "通知缴纳信息处理费",
    "fee_paid": "收到缴费，重新计算答复期限",
    "fee_cancelled": "撤销收费，不必缴纳",
    "unpaid": "逾期未缴费，不再处理",
    "split": "一份申请分为几份办理，收到申请之日不变",
    "reopened": "依复议决定或者裁判重新办理，重新计算答复期限",
    "reasons_asked": "请您说明理由",
    "reasons_recorded": "登记您说明的理由",
    "reasons_judged": "审查您说明的理由",
}

STATUS_FOR_APPLICANT = {
    Status.AWAITING_SUPPLEMENT: "需要您补正",
    Status.AWAITING_PAYMENT: "需要缴费",
    Status.ANSWERED: "已答复",
    Status.CLOSED: "已结束",
}
WHO_IS_ASKED = {ConsultedKind.THIRD_PARTY: "第三方", ConsultedKind.ORGAN: "有关行政机关"}


@dataclass(frozen=True)
class State:
    """The state in two lines."""

    words: str
    next_line: str


def page(case: TrackedCase, *, today: date) -> dict[str, object]:
    """Return everything that the progress page shows."""
    both = deadlines.clocks_for_applicant(case, today=today)
    found = letters_for_applicant(case)
    badge = deadlines.badge_of(case, today=today)
    return {
        "tracked": case,
        "status": state(case, today=today),
        "asked": _asked(case, today=today),
        "fee": fee_words.fee_rows(fees.latest(case.id)),
        "reasons": fee_words.reasons_rows(reasons.of(case.id)),
        "may_withdraw": withdrawals.can_withdraw(case.status),
        "badges_shown": [badge] if badge else [],
        "date_changes": date_changes(recount.changes_of(case.id)) if case.status in OPEN else [],
        "lines": both.local.ledger,
        "clock_rows": clock_rows(case),
        "letters": _letters(case, found),
        "files": reply_files.for_applicant(case),
        "remedies": [
            str(row.fields["remedy"])
            for row in found
            if row.kind is not LetterKind.EXTENSION_NOTICE and row.fields.get("remedy")
        ],
        "parts": _parts(case),
        "rows": request_rows(case, applicant=shown_name(case)),
        "entries": [
            {"at": entry.at, "words": SHOWN_EVENTS[entry.kind]}
            for entry in audit.history(case.id)
            if entry.kind in SHOWN_EVENTS
        ],
    }


def _letters(case: TrackedCase, found: list[DeliveredLetter]) -> list[dict[str, object]]:
    scanned = letter_papers.scanned(case.id) if found else ()
    return [
        {
            "id": row.id,
            "words": LETTERS[row.kind].label,
            "number": row.number,
            "issued_on": row.dated_on,
            "form": "盖章扫描件" if row.id in scanned else "Word 文档",
        }
        for row in found
    ]


def _parts(case: TrackedCase) -> list[dict[str, object]]:
    """Return the cases that came of the same filing, where it was split, each with where it stands."""
    filing = splitting.of_case(case)
    return [
        {
            "number": part.number,
            "title": part.title or excerpt(part.description),
            "status": STATUS_FOR_APPLICANT.get(part.status, "正在办理"),
            "due_on": part.local_due_on if part.urgency_on else None,
            "is_this": part.id == case.id,
        }
        for part in (filing.cases if filing else ())
    ]


def state(case: TrackedCase, *, today: date) -> State:
    """Return where the request stands and what the applicant can expect."""
    if case.status is Status.ANSWERED and case.outcome:
        return State(f"已答复：{OUTCOMES[case.outcome].label}", f"{chinese_date(case.answered_on)}送达。")
    if case.status is Status.CLOSED and case.outcome:
        return State(supplement_words.CLOSED_WORDS[case.outcome], supplement_words.FILE_AGAIN)
    if case.status is Status.AWAITING_SUPPLEMENT:
        return State("需要您补正", supplement_words.next_line(supplements.latest(case.id)))
    if case.status is Status.AWAITING_PAYMENT:
        return State("需要缴费", fee_words.next_line(fees.latest(case.id)))
    due = f"最晚 {chinese_date(case.local_due_on)} 答复" if case.local_due_on else "期限暂停计算"
    mark = "（暂定）" if case.provisional else ""
    if case.status is Status.ISSUED:
        return State("答复书已签发，正在送达", f"获取方式：{case.delivery_way.label}。")
    reopened = reopenings.last(case.id)
    if reopened and reopened.sets_period:
        return State("正在重新办理", f"{due}{mark}（由{reopened.by}确定）。")
    if asked := _consulting(case, today=today):
        return State(f"正在征求{asked}意见", f"征求意见所需时间不计入答复期限。预计{due}{mark}，收到意见后重新计算。")
    granted = extensions.latest(case.id)
    if granted and granted.status is ExtensionStatus.NOTIFIED and _counts(case):
        return State(
            "已延长答复期限", f"新的最晚答复日期：{chinese_date(case.local_due_on)}{mark}；理由：{granted.reason}"
        )
    days = by_id(case.local_rule_set).answer_days
    words = "正在重新办理" if reopened else "已收到，正在办理"
    return State(words, f"{due}{mark}（{days} 个工作日）。")


def _asked(case: TrackedCase, *, today: date) -> dict[str, object] | None:
    if case.status is not Status.AWAITING_SUPPLEMENT:
        return None
    return supplement_words.asked(supplements.latest(case.id), today=today)


def _consulting(case: TrackedCase, *, today: date) -> str:
    """Return what sort of people are being asked, never who; "" where nobody is (R64)."""
    kinds = {one.kind for one in consulted.rules_of(case, today=today) if one.is_open}
    return "和".join(WHO_IS_ASKED[kind] for kind in ConsultedKind if kind in kinds)


def _counts(case: TrackedCase) -> bool:
    return deadlines.clocks(case, today=case.changed_at.date(), with_ledger=False).local.extended_days > 0


def clock_rows(case: TrackedCase) -> Rows:
    """Return both due dates with the rules behind them (L1)."""
    local, statute = by_id(case.local_rule_set), by_id(case.statute)
    return [
        ("收到申请之日", chinese_date(case.received_on)),
        (f"承诺期限（{_length(case, local)}）", _day(case, case.local_due_on)),
        (f"法定期限（{_length(case, statute)}）", _day(case, case.statutory_due_on)),
    ]


def _length(case: TrackedCase, rules: RuleSet) -> str:
    reopened = reopenings.last(case.id)
    if reopened and reopened.sets_period:
        return f"由{reopened.by}确定"
    if case.case_kind is CaseKind.CORRECTION:
        return f"参照 {rules.answer_days} 个工作日，第四十一条没有规定更正的期限"
    return f"{rules.answer_days} 个工作日"


def _day(case: TrackedCase, day: date | None) -> str:
    if day is None:
        return "暂停计算" if case.urgency_on else "不再计算"
    return f"{chinese_date(day)}{'（暂定）' if case.provisional else ''}"
