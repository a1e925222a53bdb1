"""One line of a list of cases: who, what, where it stands, how long it has, and where it leads."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from caseapp.domain.lifecycle import STATUS_WORDS
from caseapp.domain.urgency import Badge
from caseapp.services import case_pages
from caseapp.services.cases import ListedCase
from caseapp.services.letters import excerpt
from caseapp.services.worklists import Task, Waiting
from caseapp.web.kit.addresses import address

ENDPOINT_OF = {
    Task.DECIDE_REPLY: "supervision.decide_reply",
    Task.DECIDE_EXTENSION: "supervision.decide_extension",
    Task.DECIDE_FEE: "supervision.decide_fee",
    Task.DECIDE_RECEIPT_CHANGE: "supervision.decide_receipt_change",
    Task.CONFIRM_RECEIPT: "casework.confirm_receipt",
    Task.CONTACT: "casework.show_case",
    Task.DELIVER_FEE: "casework.record_fee_delivery",
    Task.CLOSE_UNPAID: "casework.close_unpaid",
    Task.JUDGE_REASONS: "casework.judge_reasons",
    Task.AWAIT_PAYMENT: "casework.show_case",
    Task.ASSIGN: "casework.assign_case",
    Task.DELIVER: "casework.deliver_reply",
    Task.NOTIFY_EXTENSION: "casework.notify_extension",
    Task.NOTIFY_SUPPLEMENT: "casework.notify_supplement",
    Task.LAPSE: "casework.lapse_supplement",
    Task.AWAIT_SUPPLEMENT: "casework.show_case",
    Task.WEIGH_OPINION: "casework.list_consultations",
    Task.DELIVER_QUESTION: "casework.list_consultations",
    Task.WORK: "casework.show_case",
    Task.REVIEW_WITHHELD: "casework.review_withheld",
    Task.DECIDE_PUBLICATION: "casework.decide_publication",
}


class CaseRow(NamedTuple):
    """A case as lists show it; `task` and `task_url` are "" where the list gives no task."""

    id: int
    number: str
    url: str
    title: str
    applicant: str
    department: str
    status: str
    badge: Badge | None
    task: str = ""
    task_url: str = ""


def listed(cases: Iterable[ListedCase], badges: Mapping[int, Badge | None]) -> list[CaseRow]:
    """Return the lines of these cases, with their badges by id."""
    return [_line(case, badges[case.id]) for case in cases]


def _line(case: ListedCase, badge: Badge | None, *, task: str = "", task_url: str = "") -> CaseRow:
    return CaseRow(
        id=case.id,
        number=case.number,
        url=address("casework.show_case", case_id=case.id),
        title=case.title or excerpt(case.description),
        applicant=case_pages.shown(case.applicant, case.applicant_kind),
        department=case.department or "尚未分派",
        status=STATUS_WORDS[case.status],
        badge=badge,
        task=task,
        task_url=task_url,
    )


def waiting(row: Waiting) -> CaseRow:
    """Return the line of a case that waits for its reader, leading to the page of the task."""
    return _line(row.case, row.badge, task=row.task.value, task_url=task_url(row))


def task_url(row: Waiting) -> str:
    """Return the address of the page on which the task is done."""
    return address(ENDPOINT_OF[row.task], case_id=row.case.id)
