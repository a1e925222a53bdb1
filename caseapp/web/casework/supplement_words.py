"""What the staff read about each notice to correct: what was asked, what stays marked, what came of it (art. 30)."""

from collections.abc import Sequence
from datetime import date

from caseapp.domain.moments import chinese_date
from caseapp.domain.supplement import SUPPLEMENT_WORDS, flags
from caseapp.services.supplements import ShownSupplement, delivered_on

Rows = list[tuple[str, str]]


def notices(rows: Sequence[ShownSupplement], *, notice_due: date | None) -> list[dict[str, object]]:
    """Return each notice of the case, oldest first, with the marks that stay on it."""
    return [
        {
            "flags": list(flags(position=position, told_on=delivered_on(row) or row.asked_on, notice_due=notice_due)),
            "rows": asked(row) + _came_of_it(row),
        }
        for position, row in enumerate(rows)
    ]


def asked(row: ShownSupplement | None) -> Rows:
    """Return what the applicant was told, and the proof that it reached him."""
    if row is None:
        return []
    delivered = delivered_on(row)
    rows = [
        ("状态", SUPPLEMENT_WORDS[row.status]),
        ("补正告知书", row.letter.number),
        ("告知日期", chinese_date(row.asked_on)),
        ("送达", chinese_date(delivered) if delivered else "尚未登记"),
        ("补正期限", chinese_date(row.reply_by)),
        ("需要补正的内容", row.items),
        ("指导和说明", row.guidance),
        ("逾期或者再次告知的理由", row.override),
    ]
    return [(label, value) for label, value in rows if value]


def _came_of_it(row: ShownSupplement) -> Rows:
    late = "（已过补正期限）" if row.taken_on and row.taken_on > row.reply_by else ""
    by_himself = "" if row.taken_by_id else "，申请人网上提交"
    rows = [
        ("收到补正", f"{chinese_date(row.taken_on)}{by_himself}{late}" if row.taken_on else ""),
        ("补正的内容", row.taken_text),
        ("按视为放弃结束", chinese_date(row.lapsed_on) if row.lapsed_on else ""),
        ("核实情况", row.lapse_judgement),
    ]
    return [(label, value) for label, value in rows if value]
