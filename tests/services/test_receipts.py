"""The day of receipt afterwards: confirmed, sought, changed by two people (R7 to R9, R12)."""

from datetime import date

import pytest

from caseapp.db import transaction
from caseapp.domain import receipt as rules
from caseapp.domain.lifecycle import Status
from caseapp.domain.receipt import ChangeStatus, Channel, ContactWay
from caseapp.models import Case
from caseapp.services import audit, deadlines, receipts, worklists
from caseapp.services.receipts import Confirmation
from caseapp.services.worklists import Task
from tests.makers import RECEIVED, VAGUE, moment
from tests.services.other_desk import EARLIER, came, change_proposed, registered, unconfirmed

TUESDAY, WEDNESDAY = date(2026, 3, 3), date(2026, 3, 4)


def confirmed(maker, case: Case, *, on: date, note: str = "") -> Case:
    said = Confirmation(on=on, way=ContactWay.PHONE, note=note)
    with transaction():
        receipts.confirm(case.id, said, version=case.version, actor=maker.actor("clerk"), at=moment(on))
    return maker.again(case.id)


def decided(maker, case: Case, *, approve: bool) -> Case:
    common = {"version": case.version, "actor": maker.actor("head"), "at": moment(WEDNESDAY)}
    with transaction():
        if approve:
            receipts.approve_change(case.id, **common)
        else:
            receipts.refuse_change(case.id, reason="签收日无误。", **common)
    return maker.again(case.id)


@pytest.mark.rule("R8")
def test_the_confirmation_moves_the_day_the_dates_and_takes_the_clear_route(maker):
    before = unconfirmed(maker)
    moved = receipts.if_confirmed(before, Confirmation(on=TUESDAY, way=ContactWay.PHONE, note=""), today=TUESDAY)
    assert (moved.local_before, moved.local_after) == (date(2026, 3, 23), date(2026, 3, 24))
    assert (moved.statutory_before, moved.statutory_after) == (date(2026, 3, 30), date(2026, 3, 31))

    case = confirmed(maker, before, on=TUESDAY)

    assert (case.arrived_on, case.confirmed_on, case.received_on) == (RECEIVED, TUESDAY, TUESDAY)
    assert (case.local_due_on, case.statutory_due_on) == (moved.local_after, moved.statutory_after)
    assert (case.status, case.department.code) == (Status.IN_HAND, "zhujian")
    first = deadlines.clocks(case, today=TUESDAY).local.ledger[0]
    assert "3月2日到达" in first.why
    assert receipts.late_words(case) == ""


@pytest.mark.rule("R8")
def test_a_late_confirmation_needs_its_reason_which_stays(maker):
    case = unconfirmed(maker)
    with pytest.raises(rules.ReasonForDelayMissing):
        confirmed(maker, case, on=WEDNESDAY)

    case = confirmed(maker, maker.again(case.id), on=WEDNESDAY, note="前两日无人接听。")

    assert case.receipt_note == "前两日无人接听。"
    assert "下一个工作日" in receipts.late_words(case)
    assert case.local_due_on == date(2026, 3, 25)


def test_an_unclear_request_waits_for_the_clerk_once_confirmed(maker):
    case = registered(maker, came(Channel.FAX), description=VAGUE)
    assert confirmed(maker, case, on=RECEIVED).status is Status.REGISTERED


@pytest.mark.rule("R9")
def test_attempts_are_logged_the_window_and_the_supervisors_see_the_case(maker):
    case = unconfirmed(maker)
    for note in ("无人接听。", "号码有误，改发短信。"):
        with transaction():
            receipts.log_contact(
                case.id,
                way=ContactWay.PHONE,
                note=note,
                version=case.version,
                actor=maker.actor("clerk"),
                at=moment(TUESDAY),
            )
        case = maker.again(case.id)

    assert [(one.note, one.reached) for one in receipts.attempts_of(case.id)] == [
        ("无人接听。", False),
        ("号码有误，改发短信。", False),
    ]
    assert case.status is Status.AWAITING_CONFIRMATION
    tasks = {
        name: [row.task for row in worklists.mine(maker.actor(name), today=TUESDAY).rows]
        for name in ("clerk", "officer", "head", "auditor")
    }
    assert tasks == {"clerk": [Task.CONFIRM_RECEIPT], "officer": [], "head": [Task.CONTACT], "auditor": [Task.CONTACT]}


@pytest.mark.rule("R9")
def test_an_attempt_says_what_happened(maker):
    case = unconfirmed(maker)
    with pytest.raises(rules.ContactNoteMissing):
        receipts.log_contact(
            case.id,
            way=ContactWay.PHONE,
            note="",
            version=case.version,
            actor=maker.actor("clerk"),
            at=moment(TUESDAY),
        )


@pytest.mark.rule("R12")
def test_a_second_person_changes_the_day_and_the_old_one_stays(maker):
    case = change_proposed(maker, maker.case())
    assert (case.received_on, case.local_due_on) == (RECEIVED, date(2026, 3, 23))

    case = decided(maker, case, approve=True)

    assert (case.received_on, case.arrived_on, case.confirmed_on) == (EARLIER, EARLIER, EARLIER)
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 3, 19), date(2026, 3, 26))
    (change,) = receipts.changes_of(case.id)
    assert (change.status, change.old_on, change.new_on) == (ChangeStatus.APPROVED, RECEIVED, EARLIER)
    told = dict(audit.history(case.id)[0].details)
    assert (told["原收到日期"], told["新的收到日期"]) == ("2026年3月2日", "2026年2月27日")


@pytest.mark.rule("R12")
def test_a_refused_change_moves_nothing_and_another_may_be_proposed(maker):
    case = decided(maker, change_proposed(maker, maker.case()), approve=False)
    assert (case.received_on, case.local_due_on) == (RECEIVED, date(2026, 3, 23))

    case = change_proposed(maker, case)
    assert [change.status for change in receipts.changes_of(case.id)] == [ChangeStatus.REFUSED, ChangeStatus.PROPOSED]


@pytest.mark.rule("R12")
def test_one_change_waits_at_a_time(maker):
    case = change_proposed(maker, maker.case())
    with pytest.raises(rules.ChangeWaits):
        change_proposed(maker, case)


@pytest.mark.rule("R12")
@pytest.mark.rule("R19")
def test_an_extension_stays_with_the_period_whose_beginning_has_moved(maker):
    case = maker.extended(maker.case(), on=date(2026, 3, 3))
    extended = case.local_due_on
    case = decided(maker, change_proposed(maker, case), approve=True)
    assert extended == date(2026, 4, 7)
    assert case.local_due_on == date(2026, 4, 2)


@pytest.mark.rule("R12")
def test_a_day_after_what_was_done_on_the_case_is_refused(maker):
    case = maker.asked(maker.case(), on=TUESDAY)
    with pytest.raises(rules.ChangedPastFacts), transaction():
        receipts.propose_change(
            case.id,
            new_on=WEDNESDAY,
            reason="误登。",
            version=case.version,
            actor=maker.actor("clerk"),
            at=moment(date(2026, 3, 5)),
        )
