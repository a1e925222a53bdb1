"""What waits for me: a few slices by role, each read by one index, most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from caseapp.db import db
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Actor, Role
from caseapp.domain.urgency import Badge, Urgency, urgency
from caseapp.models import Case, Extension, Reply
from caseapp.services import deadlines

MOST = 50


class Task(StrEnum):
    """What a case waits for, at the desk of its reader."""

    DECIDE_REPLY = "审批答复"
    DECIDE_EXTENSION = "审批延期"
    ASSIGN = "分派"
    DELIVER = "登记送达"
    NOTIFY_EXTENSION = "登记延期告知"
    WORK = "办理"


# Said of a case only where nothing more definite is.
GENERAL = (Task.WORK,)


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One case that waits for the reader, and for what."""

    case: Case
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
Found = tuple[Case, Task]


def mine(actor: Actor, *, today: date) -> Worklist:
    """Return what waits for this person, by the roles he holds, grouped by urgency."""
    return _gathered([*_decisions(actor), *_desk(actor), *_work(actor)], today=today)


def to_decide(actor: Actor, *, today: date) -> Worklist:
    """Return what waits for this head's decision, oldest deadline first; nobody decides his own proposal."""
    return _gathered(list(_decisions(actor)), today=today)


def _gathered(slices: list[Slice], *, today: date) -> Worklist:
    found: list[Found] = []
    more = False
    for task, query in slices:
        rows = db.session.scalars(query.limit(MOST + 1)).all()
        more = more or len(rows) > MOST
        named = {case.id for case, _ in found}
        found += [(case, task) for case in rows[:MOST] if task not in GENERAL or case.id not in named]
    kept = {(case.id, task): (case, task) for case, task in found}  # two roles may hold one task
    ordered = sorted(kept.values(), key=lambda row: (row[0].urgency_on or date.max, row[0].id))
    return Worklist(groups=_grouped(ordered[:MOST], today=today), more=more or len(ordered) > MOST)


def _decisions(actor: Actor) -> Iterable[Slice]:
    if Role.HEAD in actor.roles:
        others = Reply.drafted_by_id != actor.id, Reply.submitted_by_id != actor.id
        yield Task.DECIDE_REPLY, _by_status(Status.IN_APPROVAL).join(Reply, Reply.case_id == Case.id).where(*others)
        proposed = _with_extension(ExtensionStatus.PROPOSED)
        yield Task.DECIDE_EXTENSION, proposed.where(Extension.proposed_by_id != actor.id)


def _desk(actor: Actor) -> Iterable[Slice]:
    if Role.CLERK in actor.roles:
        yield Task.ASSIGN, _by_status(Status.REGISTERED)
        yield Task.DELIVER, _by_status(Status.ISSUED)
        yield Task.NOTIFY_EXTENSION, _with_extension(ExtensionStatus.APPROVED)


def _work(actor: Actor) -> Iterable[Slice]:
    if Role.OFFICER in actor.roles and actor.department_id is not None:
        ours = Case.department_id == actor.department_id
        yield Task.DELIVER, _by_status(Status.ISSUED).where(ours)
        yield Task.NOTIFY_EXTENSION, _with_extension(ExtensionStatus.APPROVED).where(ours)
        yield Task.WORK, _by_status(Status.IN_HAND).where(ours)


def _by_status(status: Status) -> Select[Any]:
    return _shown(select(Case).where(Case.status == status)).order_by(Case.urgency_on, Case.id)


def _with_extension(status: ExtensionStatus) -> Select[Any]:
    waiting = select(Case).join(Extension, Extension.case_id == Case.id).where(Extension.status == status)
    return _shown(waiting.where(Case.status.in_((Status.IN_HAND, Status.IN_APPROVAL)))).order_by(Extension.id)


def _shown(query: Select[Any]) -> Select[Any]:
    return query.options(joinedload(Case.applicant), joinedload(Case.department))


def _grouped(found: list[Found], *, today: date) -> dict[Urgency, list[Waiting]]:
    badges = deadlines.badges([case for case, _ in found], today=today)
    groups: dict[Urgency, list[Waiting]] = {heading: [] for heading in Urgency}
    for case, task in found:
        heading = urgency(case.urgency_on, today=today) if case.urgency_on else Urgency.LATER
        groups[heading].append(Waiting(case=case, task=task, badge=badges[case.id]))
    return {heading: rows for heading, rows in groups.items() if rows}
