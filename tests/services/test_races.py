"""Several people at once, on real threads and both databases: one effect each, and the others are told."""

import random
import threading
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from caseapp.db import aside, db, transaction
from caseapp.domain.errors import DomainError
from caseapp.domain.letters import LetterKind
from caseapp.domain.lifecycle import ActionNotAllowed
from caseapp.domain.wording import WordingWaits
from caseapp.models import Case, Event, Extension, Letter, LetterWording, Person, PersonRole, Series, VoidedLetter
from caseapp.services import audit, extensions, intake, numbering, replies, voidings, wordings
from caseapp.services.cases import CaseChanged
from tests.makers import RECEIVED, moment

DAY = date(2026, 3, 10)
SEED = 20260302


def at_once(app, acts: list[Callable[[], object]]) -> list[object]:
    """Run all acts at the same moment, each in a thread with an app context; return results and refusals in order."""
    start = threading.Barrier(len(acts))
    results: list[object] = [None] * len(acts)

    def run(position: int) -> None:
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    results[position] = acts[position]()
            except DomainError as refusal:
                results[position] = refusal

    threads = [threading.Thread(target=run, args=(position,)) for position in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return results


def refusals(results: list[object]) -> list[object]:
    return [result for result in results if isinstance(result, DomainError)]


def count(table) -> int:
    db.session.rollback()  # a snapshot from before the race would count nothing
    return db.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def second_head(maker):
    with transaction():
        person = Person(sign_in_name="head2", name="负责人庚", password_hash="x")
        person.roles = [PersonRole(role=role) for role in maker.actor("head").roles]
        db.session.add(person)
    return maker.actor("head2")


def test_two_heads_approve_one_extension_at_once(app, maker, second_head):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=DAY, working_days=10)
    version, heads = case.version, (maker.actor("head"), second_head)
    results = at_once(
        app,
        [
            lambda head=head: extensions.approve(case.id, version=version, actor=head, at=moment(DAY, 12))
            for head in heads
        ],
    )
    assert len(refusals(results)) == 1
    assert isinstance(refusals(results)[0], CaseChanged)
    assert "负责人" in str(refusals(results)[0])
    case = maker.again(case.id)
    assert case.local_due_on == date(2026, 4, 7)
    assert count(Letter) == 1


def test_two_officers_answer_at_once(app, maker):
    case = maker.case(received_on=RECEIVED)
    version, officer = case.version, maker.actor("officer")
    results = at_once(
        app,
        [
            lambda: replies.submit(case.id, maker.content(), version=version, actor=officer, at=moment(DAY))
            for _ in range(2)
        ],
    )
    assert [type(refusal) for refusal in refusals(results)] == [CaseChanged]


def test_two_heads_issue_one_reply_at_once(app, maker, second_head):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    version, heads = case.version, (maker.actor("head"), second_head)
    results = at_once(
        app,
        [lambda head=head: replies.issue(case.id, version=version, actor=head, at=moment(DAY, 12)) for head in heads],
    )
    assert len(refusals(results)) == 1
    assert isinstance(refusals(results)[0], CaseChanged | ActionNotAllowed)
    assert count(Letter) == 1
    assert db.session.scalar(select(Series.last).where(Series.name.like("letters %"))) == 1


def test_two_heads_void_one_letter_at_once(app, maker, second_head):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)

    def void(actor):
        given = {"reason": "页数有误。", "version": case.version, "actor": actor, "at": moment(DAY, 16)}
        return lambda: voidings.void_answer(case.id, **given)

    results = at_once(app, [void(maker.actor("head")), void(second_head)])
    assert [type(refusal) for refusal in refusals(results)] in ([CaseChanged], [ActionNotAllowed])
    assert count(VoidedLetter) == 1
    assert audit.verify() is None


def test_two_proposals_of_one_wording_at_once(app, maker):
    text = wordings.original(LetterKind.RECEIPT) + "特此告知。\n"
    actor = maker.actor("admin")

    def propose():
        return wordings.propose(LetterKind.RECEIPT, text, actor=actor, at=moment(DAY))

    [refusal] = refusals(at_once(app, [propose, propose]))
    assert isinstance(refusal, WordingWaits)
    assert count(LetterWording) == 1


def test_thirty_two_equal_posts_make_one_case(app, maker):
    key = maker.draft()
    results = at_once(app, [lambda: intake.file(key, at=moment(RECEIVED)) for _ in range(32)])
    assert refusals(results) == []
    assert {result.number for result in results} == {"2026-0001"}
    assert len({result.query_code for result in results}) == 1
    assert [result.first_time for result in results].count(True) == 1
    db.session.rollback()
    assert count(Case) == 1
    assert db.session.scalar(select(Series.last).where(Series.name == "cases")) == 1


class Dropped(DomainError):
    text = "回滚"


def test_thirty_two_writers_of_numbers_leave_no_gap_and_no_double(app, maker):
    dice = random.Random(SEED)
    fails = [dice.random() < 0.1 for _ in range(32 * 5)]
    taken: list[int] = []

    def write(fail: bool) -> int:
        serial = numbering.next_serial("letters probe", year=2026)
        if fail:
            raise Dropped()
        return serial

    for turn in range(5):
        results = at_once(app, [lambda fail=fail: write(fail) for fail in fails[turn * 32 : (turn + 1) * 32]])
        taken += [result for result in results if isinstance(result, int)]
    print(f"seed {SEED}, {sum(fails)} of {len(fails)} rolled back")
    assert 5 <= sum(fails) <= 40
    assert sorted(taken) == list(range(1, len(taken) + 1))
    assert len(taken) == len(fails) - sum(fails)


def test_thirty_two_applicants_at_once_have_thirty_two_numbers_and_one_chain(app, maker):
    keys = [maker.draft() for _ in range(32)]
    results = at_once(app, [lambda key=key: intake.file(key, at=moment(RECEIVED)) for key in keys])
    assert refusals(results) == []
    assert sorted(result.number for result in results) == [f"2026-{serial:04}" for serial in range(1, 33)]
    db.session.rollback()
    assert audit.verify() is None
    assert count(Event) == 64


def forged(**changes) -> None:
    """Write to the table as code that forgets the rules would."""
    with transaction():
        row = db.session.scalars(select(Extension)).one()
        given = {
            column: getattr(row, column) for column in ("case_id", "status", "counted_from", "working_days", "reason")
        }
        given |= {"proposed_by_id": row.proposed_by_id, "proposed_at": row.proposed_at, **changes}
        if "decided_by_id" in changes:
            row.decided_by_id = row.proposed_by_id
        else:
            db.session.add(Extension(**given))


def test_the_database_too_refuses_a_decision_on_ones_own_extension(maker):
    maker.proposed(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(IntegrityError):
        forged(decided_by_id="his own")


def test_the_database_too_refuses_a_second_living_extension(maker):
    maker.proposed(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(IntegrityError):
        forged(reason="又一次")


def test_a_transaction_inside_another_is_refused_and_the_outer_one_stays_usable(maker):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        db.session.get_one(Case, case.id).title = "外层"
        with pytest.raises(RuntimeError, match="inside another"), transaction():
            pass
        with pytest.raises(RuntimeError, match="inside another"), aside():
            pass
    assert maker.again(case.id).title == "外层"
    with transaction():
        pass
