"""What must be done by when: each duty once in the table, reminded of once, and caught up when a run was missed."""

from datetime import date

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.duties import DutyKind
from caseapp.models import CalendarDay, Duty
from caseapp.services import deadlines, duties, recount, reminders, working_calendar
from tests.makers import RECEIVED, VAGUE, moment
from tests.services.test_races import at_once

BEFORE_HOLIDAY = date(
    2026, 2, 2
)  # the Spring Festival is off from 15 to 23 February 2026; 14 and 28 February are made up


def rows(case):
    found = db.session.scalars(select(Duty).where(Duty.case_id == case.id).order_by(Duty.id))
    return {row.kind: (row.due_on, row.done_on) for row in found}


def run(day, **options):
    with transaction():
        return [(r.case_number, r.kind.value, r.duty.value) for r in reminders.run(moment(day, 7), **options)]


@pytest.mark.rule("R26")
def test_a_filed_case_has_its_duties_at_once(maker):
    assert rows(maker.case(received_on=RECEIVED)) == {
        DutyKind.ANSWER_LOCAL: (date(2026, 3, 23), None),
        DutyKind.ANSWER_STATUTORY: (date(2026, 3, 30), None),
        DutyKind.SUPPLEMENT_CHECK: (date(2026, 3, 11), None),
    }


@pytest.mark.rule("R20")
def test_an_extension_must_be_told_by_the_first_due_date_and_then_moves_the_answer(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    assert rows(case)[DutyKind.EXTENSION_NOTICE] == (date(2026, 3, 23), None)
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 10), working_days=10)
    found = rows(case)
    assert found[DutyKind.EXTENSION_NOTICE] == (date(2026, 3, 23), date(2026, 3, 10))
    assert found[DutyKind.ANSWER_LOCAL] == (date(2026, 4, 7), None)


@pytest.mark.rule("R29")
def test_an_issued_answer_must_be_delivered_and_delivery_ends_every_duty(maker):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=date(2026, 3, 12))
    assert rows(case)[DutyKind.DELIVERY] == (date(2026, 3, 23), None)
    assert rows(case)[DutyKind.ANSWER_LOCAL][1] is None
    answered = maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 3, 12))
    assert {done for _, done in rows(answered).values()} == {date(2026, 3, 12)}


def test_deriving_anew_changes_nothing_and_doubles_nothing(maker):
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    before, version = rows(case), case.version
    with transaction():
        assert deadlines.refresh_open(after=0, most=10, at=moment(date(2026, 3, 11))) == case.id
    again = maker.again(case.id)
    assert rows(again) == before
    assert again.version == version


def test_a_reminder_comes_three_working_days_ahead_and_when_the_day_has_passed(maker):
    case = maker.case(received_on=RECEIVED)
    number = case.number
    assert run(date(2026, 3, 5)) == []
    assert run(date(2026, 3, 6)) == [(number, "soon", "supplement_check")]
    assert run(date(2026, 3, 12)) == []  # art. 30: a day that passes without harm is not overdue
    assert run(date(2026, 3, 18)) == [(number, "soon", "answer_local")]
    assert run(date(2026, 3, 23)) == []
    assert run(date(2026, 3, 24)) == [(number, "overdue", "answer_local")]


def test_after_a_nine_day_holiday_without_a_run_each_reminder_comes_once_and_none_twice(maker):
    one = maker.case(received_on=BEFORE_HOLIDAY).number  # due on 28 February, by law on 6 March
    two = maker.case(received_on=date(2026, 2, 5)).number  # due on 4 March, by law on 11 March
    assert run(date(2026, 2, 13)) == [(two, "soon", "supplement_check")]
    # No run from 14 to 27 February.
    assert run(date(2026, 2, 28)) == [(one, "soon", "answer_local"), (two, "soon", "answer_local")]
    assert run(date(2026, 2, 28)) == []
    # No run in the first week of March: what has come near and passed meanwhile is told once, as overdue.
    assert run(date(2026, 3, 9)) == [
        (one, "overdue", "answer_local"),
        (two, "overdue", "answer_local"),
        (one, "overdue", "answer_statutory"),
        (two, "soon", "answer_statutory"),
    ]
    assert run(date(2026, 3, 9)) == []


def test_a_batch_is_bounded_and_the_next_goes_on(maker):
    for _ in range(3):
        maker.case(received_on=RECEIVED)
    day = date(2026, 3, 20)
    assert [len(run(day, most=2)) for _ in range(3)] == [2, 1, 0]


def test_a_new_date_is_reminded_of_anew_and_a_correction_there_and_back_is_not(maker):
    case = maker.case(received_on=RECEIVED)
    run(date(2026, 3, 20))
    duty = db.session.scalars(select(Duty).where(Duty.kind == DutyKind.ANSWER_LOCAL)).one()
    for due_on, said in ((date(2026, 3, 30), []), (date(2026, 3, 23), []), (date(2026, 3, 24), ["answer_local"])):
        with transaction():
            db.session.get_one(Duty, duty.id).due_on = due_on
        assert [kind for _, _, kind in run(date(2026, 3, 20))] == said
    assert case.number


@pytest.mark.rule("R15")
def test_a_change_of_the_calendar_moves_the_open_duties_of_every_case(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=date(2026, 3, 4))
    row = {
        "day": date(2026, 3, 6),
        "is_working": False,
        "reason": "示范放假",
        "source": "测试",
        "entered_at": moment(RECEIVED),
    }
    with transaction():
        db.session.add(CalendarDay(**{name: row[name] for name in row if hasattr(CalendarDay, name)}))
        db.session.flush()
        for batch in recount.moved_by(working_calendar.current(), today=date(2026, 3, 5)):
            recount.write(batch, cause="测试", at=moment(date(2026, 3, 5)))
    due = {kind: due_on for kind, (due_on, _) in rows(case).items()}
    assert due == {
        DutyKind.ANSWER_LOCAL: date(2026, 3, 24),
        DutyKind.ANSWER_STATUTORY: date(2026, 3, 31),
        DutyKind.SUPPLEMENT_CHECK: date(2026, 3, 12),
        DutyKind.EXTENSION_NOTICE: date(2026, 3, 24),
    }


def test_two_runs_at_once_remind_once(app, maker):
    for _ in range(5):
        maker.case(received_on=RECEIVED)
    results = at_once(app, [lambda: reminders.run(moment(date(2026, 3, 20))) for _ in range(4)])
    assert sum(len(given) for given in results) == 5
    assert sorted(one.case_number for given in results for one in given) == [f"2026-000{n}" for n in range(1, 6)]


def test_a_closed_case_is_never_reminded_of(maker):
    maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 3, 12))
    assert run(date(2026, 4, 20)) == []


def test_each_person_is_told_of_his_own_duties_only(maker):
    maker.case(received_on=RECEIVED)
    maker.case(received_on=RECEIVED, description=VAGUE)
    at = moment(date(2026, 3, 20))

    def near(name):
        return [row.number for row in duties.near(maker.actor(name), at=at)]

    assert near("officer") == ["2026-0001"]
    assert near("officer2") == []
    assert near("clerk") == ["2026-0002"]
    assert near("head") == []
    assert near("auditor") == []


def test_the_command_writes_json_lines_once(app, maker):
    case = maker.case(received_on=RECEIVED)
    first = app.test_cli_runner().invoke(args=["duties", "remind"])
    assert f'"case": "{case.number}"' in first.output
    assert app.test_cli_runner().invoke(args=["duties", "remind"]).output == ""
