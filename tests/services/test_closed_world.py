"""Role × status × act on real cases: what is written here happens, everything else is refused."""

from itertools import product

import pytest
from sqlalchemy import func, select

from caseapp.db import db, transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import Action, ActionNotAllowed, Status
from caseapp.domain.permissions import NotPermitted, NotVisible, Role
from caseapp.models import Case
from caseapp.services import demonstration, extensions, replies, routing
from tests.makers import VAGUE, moment
from tests.services.test_extensions import RECEIVED
from tests.services.test_replies import DAY

A = Action
PEOPLE = {
    Role.CLERK: "clerk",
    Role.OFFICER: "officer",
    Role.HEAD: "head",
    Role.ADMINISTRATOR: "admin",
    Role.AUDITOR: "auditor",
}
# The case of each status is 住建局's, by post, with an extension waiting for what the act needs.
POSSIBLE = {
    (Role.CLERK, Status.REGISTERED, A.ASSIGN),
    (Role.OFFICER, Status.IN_HAND, A.RETURN_TO_CLERK),
    (Role.OFFICER, Status.IN_HAND, A.DRAFT_REPLY),
    (Role.OFFICER, Status.IN_HAND, A.SUBMIT_REPLY),
    (Role.OFFICER, Status.IN_HAND, A.PROPOSE_EXTENSION),
    (Role.HEAD, Status.IN_HAND, A.APPROVE_EXTENSION),
    (Role.HEAD, Status.IN_HAND, A.REFUSE_EXTENSION),
    (Role.CLERK, Status.IN_HAND, A.NOTIFY_EXTENSION),
    (Role.OFFICER, Status.IN_HAND, A.NOTIFY_EXTENSION),
    (Role.HEAD, Status.IN_APPROVAL, A.RETURN_REPLY),
    (Role.HEAD, Status.IN_APPROVAL, A.ISSUE_REPLY),
    (Role.HEAD, Status.IN_APPROVAL, A.APPROVE_EXTENSION),
    (Role.HEAD, Status.IN_APPROVAL, A.REFUSE_EXTENSION),
    (Role.CLERK, Status.IN_APPROVAL, A.NOTIFY_EXTENSION),
    (Role.OFFICER, Status.IN_APPROVAL, A.NOTIFY_EXTENSION),
    (Role.CLERK, Status.ISSUED, A.DELIVER),
    (Role.OFFICER, Status.ISSUED, A.DELIVER),
}
DECIDE = {A.APPROVE_EXTENSION, A.REFUSE_EXTENSION}


def prepared(maker, status: Status, action: A) -> Case:
    """Return a case in this status in which nothing but role and status can stand in the way of the act."""
    case = maker.case(
        received_on=RECEIVED, way="post", **({"description": VAGUE} if status is Status.REGISTERED else {})
    )
    if status is Status.REGISTERED:
        return case
    if action in DECIDE:
        case = maker.proposed(case, on=DAY)
    if action is A.NOTIFY_EXTENSION:
        case = maker.extended(case, on=DAY)
    if status is Status.IN_HAND:
        return case
    case = maker.submitted(case, on=DAY)
    if status is Status.IN_APPROVAL:
        return case
    with transaction():
        replies.issue(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY, 12))
    case = maker.again(case.id)
    if status is Status.ANSWERED:
        with transaction():
            handover = replies.Handover(on=DAY, tracking_number="EX000000001CN")
            replies.deliver(case.id, handover, version=case.version, actor=maker.actor("clerk"), at=moment(DAY, 13))
    return maker.again(case.id)


def attempt(maker, case: Case, action: A, actor) -> None:
    """Try the act as this person."""
    common = {"version": case.version, "actor": actor, "at": moment(DAY, 14)}
    posting = extensions.Posting(on=DAY, tracking_number="EX000000001CN", confirmed_late=False)
    acts = {
        A.ASSIGN: lambda: routing.assign(case.id, department="zhujian", **common),
        A.RETURN_TO_CLERK: lambda: routing.return_to_clerk(case.id, reason="请重新分派。", **common),
        A.DRAFT_REPLY: lambda: replies.save_draft(case.id, maker.content(), **common),
        A.SUBMIT_REPLY: lambda: replies.submit(case.id, maker.content(), **common),
        A.RETURN_REPLY: lambda: replies.return_to_officer(case.id, reason="请修改。", **common),
        A.ISSUE_REPLY: lambda: replies.issue(case.id, **common),
        A.DELIVER: lambda: replies.deliver(
            case.id, replies.Handover(on=DAY, tracking_number="EX000000001CN"), **common
        ),
        A.PROPOSE_EXTENSION: lambda: extensions.propose(case.id, working_days=5, reason="检索。", **common),
        A.APPROVE_EXTENSION: lambda: extensions.approve(case.id, **common),
        A.REFUSE_EXTENSION: lambda: extensions.refuse(case.id, reason="不必。", **common),
        A.NOTIFY_EXTENSION: lambda: extensions.notify(case.id, posting, **common),
    }
    with transaction():
        acts[action]()


@pytest.mark.parametrize(("status", "action"), list(product(Status, A)))
def test_only_the_listed_acts_are_possible(maker, status, action):
    case = prepared(maker, status, action)
    before = (case.status, case.version, case.local_due_on)
    for role in sorted(Role, key=lambda role: (role, status, action) in POSSIBLE):
        actor = maker.actor(PEOPLE[role])
        if (role, status, action) not in POSSIBLE:
            with pytest.raises((ActionNotAllowed, NotPermitted, NotVisible)):
                attempt(maker, case, action, actor)
            case = maker.again(case.id)
            assert (case.status, case.version, case.local_due_on) == before
    for role in Role:
        if (role, status, action) in POSSIBLE:
            attempt(maker, case, action, maker.actor(PEOPLE[role]))
            assert maker.again(case.id).version > before[1]
            return


def test_every_refusal_of_the_house_has_words():
    def all_kinds(kind: type[DomainError]):
        yield kind
        for one in kind.__subclasses__():
            yield from all_kinds(one)

    for kind in all_kinds(DomainError):
        assert kind.text.strip(), kind
        assert not set("!！") & set(kind.text), kind


def test_the_demonstration_reaches_every_status(app):
    with app.app_context():
        demonstration.play(moment(RECEIVED, 16), transaction=transaction)
        statuses = set(db.session.scalars(select(Case.status)))
        count = db.session.scalar(select(func.count()).select_from(Case))
    assert statuses == set(Status)
    assert count == 30
