"""A notice is entered: the calendar follows, every open case is counted anew, closed ones are left alone (L6)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.domain.duties import DutyKind
from caseapp.domain.notice_text import NoticeRefused
from caseapp.domain.permissions import NotPermitted
from caseapp.models import CalendarNotice, DueDateChange, Duty
from caseapp.services import audit, calendar_notices, deadlines, recount, working_calendar
from tests.makers import moment

NOTICES = Path(__file__).parent.parent / "domain" / "notices"
RECEIVED, DUE = date(2026, 12, 14), date(2027, 1, 5)
AT = moment(date(2026, 12, 20))
# Invented for the tests: nobody knows the notice of 2027 yet.
NOTICE_2027 = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（星期五）至3日（星期日）放假，共3天。
二、春节：2月5日（星期五）至11日（星期四）放假调休，共7天。1月31日（星期日）、2月20日（星期六）上班。
三、清明节：4月3日（星期六）至5日（星期一）放假，共3天。
四、劳动节：5月1日（星期六）至5日（星期三）放假调休，共5天。4月25日（星期日）、5月8日（星期六）上班。
五、端午节：6月9日（星期三）放假，不调休。
六、中秋节：9月15日（星期三）放假，不调休。
七、国庆节：10月1日（星期五）至7日（星期四）放假调休，共7天。9月26日（星期日）、10月9日（星期六）上班。
"""
MAKE_UP_SUNDAY = NOTICE_2027.replace("共3天。\n二", "共3天。12月27日（星期日）上班。\n二")


def enter(maker, text=NOTICE_2027, *, at=AT):
    with transaction():
        return calendar_notices.enter([text], year=2027, number="试〔2026〕1号", actor=maker.actor("admin"), at=at)


@pytest.mark.rule("R15")
def test_before_the_notice_a_date_in_the_next_year_is_provisional_and_firm_afterwards(maker):
    case = maker.case(received_on=RECEIVED)
    assert (case.local_due_on, case.provisional) == (DUE, True)
    assert enter(maker) == 0
    case = maker.again(case.id)
    assert (case.local_due_on, case.provisional) == (DUE, False)
    assert working_calendar.current().announced_through == 2027


@pytest.mark.rule("R15")
def test_every_open_case_gets_its_new_date_with_a_line_in_its_ledger_and_answered_ones_keep_theirs(maker):
    open_case = maker.case(received_on=date(2027, 1, 20))
    before = open_case.local_due_on
    done = maker.issued(maker.case(received_on=date(2027, 1, 20)), on=date(2027, 1, 21))
    moved = enter(maker)
    assert moved == 1
    open_case = maker.again(open_case.id)
    assert open_case.local_due_on != before
    assert open_case.local_due_on == deadlines.clocks(open_case, today=date(2026, 12, 20)).local.answer_due
    line = recount.changes_of(open_case.id)[0]
    assert (line.local_before, line.local_after) == (before, open_case.local_due_on)
    assert "2027年放假安排" in line.cause
    assert recount.changes_of(done.id) == []
    assert maker.again(done.id).local_due_on == before
    assert audit.verify() is None


@pytest.mark.rule("R15")
def test_several_cases_of_one_batch_and_their_duties_are_counted_anew_together(maker):
    cases = [maker.case(received_on=date(2027, 1, day)) for day in (19, 20, 21)]

    assert enter(maker) == 3

    for before in cases:
        after = maker.again(before.id)
        assert after.local_due_on == deadlines.clocks(after, today=date(2026, 12, 20)).local.answer_due
        duty = select(Duty.due_on).where(Duty.case_id == after.id, Duty.kind == DutyKind.ANSWER_LOCAL)
        assert db.session.scalar(duty) == after.local_due_on


def test_the_preview_shows_days_with_their_sentence_and_cases_with_both_dates_and_writes_nothing(maker):
    case = maker.case(received_on=date(2027, 1, 20))
    shown = calendar_notices.preview(
        NOTICE_2027, year=2027, number="试", actor=maker.actor("admin"), today=date(2026, 12, 20)
    )
    by_day = {row.day: row for row in shown.differences}
    assert by_day[date(2027, 1, 31)].counts_differently
    assert "1月31日（星期日）" in by_day[date(2027, 1, 31)].sentence
    assert [(row.number, row.local_before) for row in shown.moved] == [(case.number, case.local_due_on)]
    assert shown.moved[0].local_after != case.local_due_on
    assert maker.again(case.id).local_due_on == case.local_due_on
    assert list(db.session.scalars(select(CalendarNotice))) == []


def test_a_make_up_day_in_the_december_before_counts(maker):
    case = maker.case(received_on=RECEIVED)
    assert enter(maker, MAKE_UP_SUNDAY) == 1
    assert maker.again(case.id).local_due_on == date(2027, 1, 4)


def test_what_does_not_add_up_is_refused_whole(maker):
    with pytest.raises(NoticeRefused, match="2月5日"):
        enter(
            maker,
            NOTICE_2027.replace(
                "2月5日（星期五）至11日（星期四）放假调休，共7天", "2月5日（星期五）至11日（星期四）放假调休，共8天"
            ),
        )
    assert list(db.session.scalars(select(CalendarNotice))) == []
    assert working_calendar.current().announced_through == 2026


def test_a_later_notice_alone_is_refused_because_it_would_give_back_the_other_holidays(maker):
    with pytest.raises(calendar_notices.YearIncomplete, match="春节"):
        enter(maker, "国务院办公厅关于2027年劳动节假期的通知\n劳动节：5月1日（星期六）至3日（星期一）放假，共3天。\n")


def test_a_later_notice_stands_on_top_of_the_first(maker):
    enter(maker)
    enter(
        maker, "国务院办公厅关于调整2027年劳动节假期安排的通知\n劳动节：5月1日（星期六）至3日（星期一）放假，共3天。\n"
    )
    calendar = working_calendar.current()
    assert calendar.is_working_day(date(2027, 5, 4))
    assert not calendar.is_working_day(date(2027, 5, 8))
    assert not calendar.is_working_day(date(2027, 2, 10))


def test_a_day_set_by_hand_and_taken_back_gives_the_first_date_again(maker):
    admin = maker.actor("admin")
    case = maker.case(received_on=date(2026, 3, 2))
    row = CalendarRow(day=date(2026, 3, 11), is_working=False, reason="暴雪停止办公", source="区政府公告")
    with transaction():
        assert calendar_notices.change_day(row, actor=admin, at=moment(date(2026, 3, 3))) == 1
    assert maker.again(case.id).local_due_on == date(2026, 3, 24)
    with transaction():
        assert calendar_notices.take_back(date(2026, 3, 11), actor=admin, at=moment(date(2026, 3, 4))) == 1
    assert maker.again(case.id).local_due_on == date(2026, 3, 23)
    assert len(list(db.session.scalars(select(DueDateChange)))) == 2


def test_the_calendar_is_an_administrators(maker):
    with pytest.raises(NotPermitted), transaction():
        calendar_notices.enter([NOTICE_2027], year=2027, number="试", actor=maker.actor("head"), at=AT)


def test_the_command_enters_with_a_progress_bar_and_prints_the_year(app, maker, tmp_path):
    case = maker.case(received_on=date(2027, 1, 20))
    file = tmp_path / "notice.txt"
    file.write_text(NOTICE_2027, encoding="utf-8")
    db.session.rollback()
    done = app.test_cli_runner().invoke(args=["calendar", "import-notice", str(file), "--year", "2027"])
    assert done.exit_code == 0, done.output
    assert '"work": ["2027-01-31"' in done.stdout
    assert "1 件" in done.stderr
    assert maker.again(case.id).provisional is False
    again = app.test_cli_runner().invoke(args=["calendar", "import-notice", str(file), "--year", "2026"])
    assert again.exit_code == 2
    assert "2027" in again.stderr


def test_an_extended_case_is_counted_anew_with_its_extension(maker):
    case = maker.extended(maker.case(received_on=date(2027, 1, 4)), on=date(2027, 1, 5), working_days=10)
    enter(maker, at=moment(date(2027, 1, 6)))
    case = maker.again(case.id)
    assert case.local_due_on == deadlines.clocks(case, today=date(2027, 1, 6)).local.answer_due
    assert recount.changes_of(case.id)
