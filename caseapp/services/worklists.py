"""What waits for me: a few slices by role, each read by one index, most urgent first."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, literal, or_, select, union_all

from caseapp.db import fetch
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.fee import FeeStatus
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.receipt import ChangeStatus
from caseapp.domain.supplement import SupplementStatus
from caseapp.domain.urgency import Badge, Urgency, urgency
from caseapp.models import (
    Case,
    Consultation,
    Delivery,
    Extension,
    Fee,
    PublicationTask,
    ReasonsRequest,
    ReceiptChange,
    Reply,
    Supplement,
    WithheldReview,
)
from caseapp.services import deadlines
from caseapp.services.cases import LISTED_BY_ID, ListedCase

MOST = 50


class Task(StrEnum):
    """What a case waits for, at the desk of its reader."""

    DECIDE_REPLY = "审批答复"
    DECIDE_EXTENSION = "审批延期"
    DECIDE_FEE = "审批收费"
    DECIDE_RECEIPT_CHANGE = "审批收到日期"
    CONFIRM_RECEIPT = "与申请人确认收到"
    CONTACT = "尚未联系上申请人"
    ASSIGN = "分派"
    DELIVER = "登记送达"
    NOTIFY_EXTENSION = "登记延期告知"
    NOTIFY_SUPPLEMENT = "登记补正告知"
    LAPSE = "处理逾期不补正"
    DELIVER_FEE = "登记收费通知送达"
    CLOSE_UNPAID = "处理逾期未缴费"
    JUDGE_REASONS = "判断说明的理由"
    WORK = "办理"
    AWAIT_SUPPLEMENT = "等待补正"
    AWAIT_PAYMENT = "等待缴费"
    WEIGH_OPINION = "判断所征求的意见"
    DELIVER_QUESTION = "登记征求意见书送达"
    REVIEW_WITHHELD = "年度复查不予公开的信息"
    DECIDE_PUBLICATION = "决定是否转为主动公开"


# Said of a case only where nothing more definite is.
GENERAL = (Task.WORK, Task.AWAIT_SUPPLEMENT, Task.AWAIT_PAYMENT, Task.CONTACT)
# No answer is due while the case waits like this.
PAUSED = (Task.AWAIT_SUPPLEMENT, Task.AWAIT_PAYMENT)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One case that waits for the reader, and for what."""

    case: ListedCase
    task: Task
    badge: Badge | None


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """The reader's list by urgency; `more` says that it was cut at the most urgent ones."""

    groups: dict[Urgency, list[Waiting]]
    more: bool

    @property
    def rows(self) -> list[Waiting]:
        """Return all rows, the oldest deadline first."""
        return [row for rows in self.groups.values() for row in rows]


Slice = tuple[Task, Any]  # a task and the query of its cases
Found = tuple[ListedCase, Task]


def mine(actor: Actor, *, today: date) -> Worklist:
    """Return what waits for this person, by the roles he holds, grouped by urgency."""
    return _gathered(*_of_all_roles(actor, today), today=today)


def to_decide(actor: Actor, *, today: date) -> Worklist:
    """Return what waits for this head's decision, oldest deadline first; nobody decides his own proposal."""
    return _gathered(*_at_once(list(_decisions(actor))), today=today)


@lru_cache(maxsize=256)
def _of_all_roles(actor: Actor, today: date) -> tuple[list[Task], Any]:
    """Return the tasks that a person of these roles can have on this day, and the one query for all their cases."""
    return _at_once([*_decisions(actor), *_desk(actor), *_work(actor, today=today), *_watch(actor)])


def _at_once(slices: list[Slice]) -> tuple[list[Task], Any]:
    """Return the tasks, and one statement for case, urgency and place among the tasks, `None` where there are none."""
    parts = [
        select(
            query.with_only_columns(Case.id, Case.urgency_on, literal(position).label("position"))
            .limit(MOST + 1)
            .subquery()
        )
        for position, (_, query) in enumerate(slices)
    ]
    return [task for task, _ in slices], union_all(*parts) if parts else None


def _gathered(tasks: list[Task], query: Any, *, today: date) -> Worklist:
    named: dict[tuple[int, Task], date] = {}  # two roles may hold one task
    sizes: Counter[int] = Counter()
    found = () if query is None else fetch(query)
    for case_id, urgency_on, position in sorted(found, key=lambda row: row.position):
        task = tasks[position]
        sizes[position] += 1
        if task not in GENERAL or not any(seen == case_id for seen, _ in named):
            named[case_id, task] = urgency_on or date.max
    ordered = sorted(named, key=lambda key: (named[key], key[0]))
    shown = _cases(case_id for case_id, _ in ordered[:MOST])
    rows = [(shown[case_id], task) for case_id, task in ordered[:MOST]]
    more = len(ordered) > MOST or any(size > MOST for size in sizes.values())
    return Worklist(groups=_grouped(rows, today=today), more=more)


def _cases(case_ids: Iterable[int]) -> dict[int, ListedCase]:
    found = fetch(LISTED_BY_ID, {"ids": list(set(case_ids))})
    return {case.id: case for case in map(ListedCase._make, found)}


def _decisions(actor: Actor) -> Iterable[Slice]:
    if Role.HEAD in actor.roles:
        others = Reply.drafted_by_id != actor.id, Reply.submitted_by_id != actor.id
        yield Task.DECIDE_REPLY, _by_status(Status.IN_APPROVAL).join(Reply, Reply.case_id == Case.id).where(*others)
        proposed = _with_extension(ExtensionStatus.PROPOSED)
        yield Task.DECIDE_EXTENSION, proposed.where(Extension.proposed_by_id != actor.id)
        others_fee = _fee(Fee.status == FeeStatus.PROPOSED, Fee.proposed_by_id != actor.id)
        yield Task.DECIDE_FEE, _by_status(Status.IN_HAND).where(others_fee)
        yield Task.DECIDE_RECEIPT_CHANGE, _receipt_changes().where(ReceiptChange.proposed_by_id != actor.id)


def _desk(actor: Actor) -> Iterable[Slice]:
    if Role.CLERK in actor.roles:
        yield Task.CONFIRM_RECEIPT, _by_status(Status.AWAITING_CONFIRMATION)
        yield Task.ASSIGN, _by_status(Status.REGISTERED)
        yield Task.DELIVER, _by_status(Status.ISSUED)
        yield Task.NOTIFY_EXTENSION, _with_extension(ExtensionStatus.APPROVED)
        yield Task.NOTIFY_SUPPLEMENT, _supplement_not_told()
        yield Task.DELIVER_FEE, _by_status(Status.AWAITING_PAYMENT).where(_fee(*NOT_RECEIVED))


def _watch(actor: Actor) -> Iterable[Slice]:
    """What a supervisor sees without a part in it: those whom nobody could reach (R9)."""
    if Role.HEAD in actor.roles or Role.AUDITOR in actor.roles:
        yield Task.CONTACT, _by_status(Status.AWAITING_CONFIRMATION)


def _work(actor: Actor, *, today: date) -> Iterable[Slice]:
    if Role.OFFICER in actor.roles and actor.department_id is not None:
        ours = Case.department_id == actor.department_id
        yield Task.DELIVER, _by_status(Status.ISSUED).where(ours)
        yield Task.NOTIFY_EXTENSION, _with_extension(ExtensionStatus.APPROVED).where(ours)
        yield Task.NOTIFY_SUPPLEMENT, _supplement_not_told().where(ours)
        yield Task.DELIVER_QUESTION, _by_status(Status.IN_HAND).where(ours, _asked(*NOT_DELIVERED))
        yield Task.WEIGH_OPINION, _by_status(Status.IN_HAND).where(ours, _asked(*NOT_WEIGHED))
        unpaid = _by_status(Status.AWAITING_PAYMENT).where(ours)
        yield Task.DELIVER_FEE, unpaid.where(_fee(*NOT_RECEIVED))
        yield Task.CLOSE_UNPAID, unpaid.where(_fee(Fee.status == FeeStatus.NOTICED, Fee.pay_by < today))
        yield Task.JUDGE_REASONS, _by_status(Status.IN_HAND).where(ours, _reasons_not_judged())
        awaiting = _by_status(Status.AWAITING_SUPPLEMENT).where(ours)
        yield Task.LAPSE, awaiting.where(Case.urgency_on < today)
        yield Task.WORK, _by_status(Status.IN_HAND).where(ours)
        yield Task.AWAIT_SUPPLEMENT, awaiting.where(Case.urgency_on >= today)
        yield Task.AWAIT_PAYMENT, unpaid
        yield Task.REVIEW_WITHHELD, _reviews(today).where(ours)
        yield Task.DECIDE_PUBLICATION, _publications().where(ours)


def _reviews(today: date) -> Select[Any]:
    due = select(Case).join(WithheldReview, WithheldReview.case_id == Case.id).where(WithheldReview.done_on.is_(None))
    answered = Case.status == Status.ANSWERED
    return due.where(WithheldReview.due_on <= today, answered).order_by(WithheldReview.due_on, Case.id)


def _publications() -> Select[Any]:
    waiting = select(Case).join(PublicationTask, PublicationTask.case_id == Case.id)
    undecided = PublicationTask.decided_at.is_(None)
    return waiting.where(undecided, Case.status == Status.ANSWERED).order_by(PublicationTask.case_id)


def _receipt_changes() -> Select[Any]:
    waiting = select(Case).join(ReceiptChange, ReceiptChange.case_id == Case.id)
    waiting = waiting.where(ReceiptChange.status == ChangeStatus.PROPOSED).order_by(ReceiptChange.id)
    return waiting.where(Case.status.in_((Status.REGISTERED, Status.IN_HAND, Status.IN_APPROVAL)))


def _by_status(status: Status) -> Select[Any]:
    return select(Case).where(Case.status == status).order_by(Case.urgency_on, Case.id)


def _with_extension(status: ExtensionStatus) -> Select[Any]:
    waiting = select(Case).join(Extension, Extension.case_id == Case.id).where(Extension.status == status)
    return waiting.where(Case.status.in_((Status.IN_HAND, Status.IN_APPROVAL))).order_by(Extension.id)


# An objection, or a third party's silence, that nobody has weighed; an organ's silence is consent (R24, R25).
NOT_WEIGHED = (
    Consultation.judged_on.is_(None),
    or_(
        Consultation.position == Position.OBJECTS,
        and_(Consultation.position == Position.SILENT, Consultation.kind == ConsultedKind.THIRD_PARTY),
    ),
)
NOT_DELIVERED = (Consultation.delivered_on.is_(None), Consultation.closed_on.is_(None))


def _asked(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Consultation.case_id == Case.id, *conditions)


NOT_RECEIVED = (Fee.status == FeeStatus.NOTICED, Fee.delivered_on.is_(None))


def _fee(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Fee.case_id == Case.id, *conditions)


def _reasons_not_judged() -> ColumnElement[bool]:
    return exists().where(
        ReasonsRequest.case_id == Case.id, ReasonsRequest.recorded_on.is_not(None), ReasonsRequest.judged_on.is_(None)
    )


def _supplement_not_told() -> Select[Any]:
    untold = exists().where(
        Supplement.case_id == Case.id,
        Supplement.status == SupplementStatus.ASKED,
        ~exists().where(Delivery.letter_id == Supplement.letter_id),
    )
    return _by_status(Status.AWAITING_SUPPLEMENT).where(untold)


def _grouped(found: list[Found], *, today: date) -> dict[Urgency, list[Waiting]]:
    badges = deadlines.badges([case for case, _ in found], today=today)
    groups: dict[Urgency, list[Waiting]] = {heading: [] for heading in Urgency}
    for case, task in found:
        heading = urgency(case.urgency_on, today=today) if case.urgency_on else Urgency.LATER
        heading = Urgency.PAUSED if task in PAUSED else heading
        groups[heading].append(Waiting(case=case, task=task, badge=badges[case.id]))
    return {heading: rows for heading, rows in groups.items() if rows}
