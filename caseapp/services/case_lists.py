"""The list of cases as a workbook: what the page shows, narrowed in the same way, in one file."""

from dataclasses import replace
from datetime import date

from caseapp.domain.lifecycle import STATUS_WORDS
from caseapp.domain.moments import chinese_date
from caseapp.domain.permissions import Actor
from caseapp.gateways.spreadsheet import Value, workbook
from caseapp.services import case_pages, cases, deadlines
from caseapp.services.letters import Download

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 5_000  # rows of one file
TURNS = 20  # pages that are read for one file; more than one only where few cases match
HEAD = ("申请编号", "标题", "申请人", "承办部门", "状态", "承诺期限", "剩余")


def as_workbook(filters: cases.Filters, *, actor: Actor, today: date) -> Download:
    """Return the newest cases that the actor may read as .xlsx, names masked as in the list; a cut is said in it."""
    found, cut = _newest(filters, actor=actor)
    badges = deadlines.badges(found, today=today)
    rows: list[tuple[Value, ...]] = [HEAD]
    for case in found:
        badge = badges[case.id]
        rows.append(
            (
                case.number,
                case.title or case.description,
                case_pages.shown(case.applicant, case.applicant_kind),
                case.department or "尚未分派",
                STATUS_WORDS[case.status],
                chinese_date(case.local_due_on) if case.local_due_on else "",
                badge.words if badge else "",
            )
        )
    if cut:
        rows.append((f"只列出最新的 {MOST} 件，请缩小筛选范围后再导出其余的。",))
    return Download(name=f"申请列表_{today.isoformat()}.xlsx", content=workbook([("申请列表", rows)]), media_type=XLSX)


def _newest(filters: cases.Filters, *, actor: Actor) -> tuple[list[cases.ListedCase], bool]:
    """Return the newest cases found within `TURNS` stretches, and whether there may be more."""
    found: list[cases.ListedCase] = []
    for _ in range(TURNS):
        page = cases.find(filters, actor=actor, size=MOST)
        found += page.cases
        if page.next_before is None or len(found) >= MOST:
            return found[:MOST], page.next_before is not None or len(found) > MOST
        filters = replace(filters, before=page.next_before)
    return found, True
