"""What the applicant reads of the notice to correct, and of a request that ended without an answer (art. 30)."""

from datetime import date

from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.supplement import SupplementStatus
from caseapp.services.supplements import ShownSupplement

CLOSED_WORDS = {
    Outcome.LAPSED: "逾期未补正，不再处理",
    Outcome.UNPAID: "逾期未缴费，不再处理",
    Outcome.WITHDRAWN: "已撤回",
}
FILE_AGAIN = "如仍需要该信息，您可以重新提出申请。"


def is_awaited(row: ShownSupplement) -> bool:
    """Say whether the correction is still waited for."""
    return row.status is SupplementStatus.ASKED


def asked(row: ShownSupplement | None, *, today: date) -> dict[str, object] | None:
    """Return the points to correct, the guidance and the period, `None` where there is no notice."""
    if row is None:
        return None
    return {
        "items": row.items.splitlines(),
        "guidance": row.guidance,
        "reply_by": row.reply_by,
        "is_overdue": today > row.reply_by,
    }


def next_line(row: ShownSupplement | None) -> str:
    """Return what a person has to do whose request waits for his correction."""
    by = f"请在 {chinese_date(row.reply_by)} 前（含当日）补正下列内容。" if row else ""
    return f"{by}收到补正后重新计算答复期限。"
