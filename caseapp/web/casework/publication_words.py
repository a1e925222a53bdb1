"""What the page of a case says of what followed its answer (art. 18, 44)."""

from collections.abc import Sequence

from caseapp.domain.moments import chinese_date
from caseapp.services.publications import ShownReview, ShownTask

Rows = list[tuple[str, str]]


def rows(reviews: Sequence[ShownReview], tasks: Sequence[ShownTask]) -> list[tuple[str, Rows]]:
    """Return the sections, each with its heading: the yearly reviews, and whether to publish."""
    found = []
    if reviews:
        found.append(("年度复查（第十八条）", [_review(row) for row in reviews]))
    found += [("转为主动公开（第四十四条）", _task(task)) for task in tasks]
    return found


def _review(row: ShownReview) -> tuple[str, str]:
    due = f"{chinese_date(row.due_on)}到期"
    if row.result is None or row.done_on is None:
        return due, "尚未复查"
    return due, f"{chinese_date(row.done_on)}复查：{row.result.label}。{row.reason}"


def _task(task: ShownTask) -> Rows:
    decided = {None: "等待决定", True: "已转为主动公开", False: "不转为主动公开"}[task.publishes]
    facts = [
        ("提出的原因", task.source.label),
        ("此前的申请", task.other_case.number if task.other_case else ""),
        ("决定", decided),
        ("公开的地方", task.place),
        ("公开日期", chinese_date(task.published_on) if task.published_on else ""),
        ("理由", task.reason),
    ]
    return [(label, value) for label, value in facts if value]
