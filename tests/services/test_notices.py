"""Messages to applicants: queued with the act, sent once, in order, tried again, never resent when nobody knows."""

from datetime import date, timedelta

import pytest

from caseapp.db import db, transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.domain.notices import (
    DELAYS,
    NoSuchNotice,
    NoticeState,
    PermanentFailure,
    TemporaryFailure,
    WhyMissing,
    next_try,
)
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.receipt import Channel
from caseapp.gateways.messages import FileCarrier
from caseapp.models import Notice
from caseapp.services import calendar_notices, extensions, jobs, notices
from tests.makers import RECEIVED, moment
from tests.services.other_desk import came, registered
from tests.services.test_replies import DAY


class Carrier:
    """A carrier of this test: what it took, and what it does when asked; `fails` is raised instead of taking."""

    def __init__(self):
        self.taken, self.fails = [], None

    def deliver(self, *, phone, words, at):
        if self.fails:
            raise self.fails
        self.taken.append((phone, words))


@pytest.fixture
def carrier(app):
    return Carrier()


def run(carrier, at=None):
    return jobs.run(carrier, transaction=transaction, now=lambda: at or moment(DAY, 18))


def states():
    db.session.rollback()
    return [row.state for row in db.session.query(Notice).order_by(Notice.id)]


def test_each_letter_that_reaches_the_applicant_is_told_and_sent_once(maker, carrier):
    case = maker.issued(maker.extended(maker.case(), on=RECEIVED), on=DAY)
    assert states() == [NoticeState.WAITING] * 2
    assert run(carrier) == 2
    assert run(carrier) == 0
    assert [words for _, words in carrier.taken] == [
        f"编号 {case.number} 的申请有新的文书：延期答复告知书。请凭申请编号和查询码在网上查看。",
        f"编号 {case.number} 的申请有新的文书：予以公开答复书。请凭申请编号和查询码在网上查看。",
    ]
    assert {phone for phone, _ in carrier.taken} == {case.applicant.phone}
    assert states() == [NoticeState.SENT] * 2


def test_an_act_that_fails_queues_nothing(maker):
    case = maker.proposed(maker.case(), on=DAY)

    def breaks_at_the_edge():
        with transaction():
            extensions.approve(case.id, version=case.version, actor=maker.actor("head"), at=moment(DAY, 12))
            raise RuntimeError("the edge broke")

    with pytest.raises(RuntimeError):
        breaks_at_the_edge()
    assert states() == []


def test_who_registers_on_paper_or_gave_no_number_is_told_accordingly(maker, carrier):
    registered(maker, came(Channel.IN_PERSON))
    assert run(carrier) == 1
    assert "最晚 2026年3月23日 答复" in carrier.taken[0][1]


@pytest.mark.rule("R15")
def test_whose_date_the_calendar_moved_is_told(maker, carrier):
    case = maker.case()
    row = CalendarRow(day=date(2026, 3, 11), is_working=False, reason="示范日", source="测试")
    with transaction():
        calendar_notices.change_day(row, actor=maker.actor("admin"), at=moment(date(2026, 3, 5)))
    assert run(carrier) == 1
    assert carrier.taken[0][1] == f"编号 {case.number} 的申请，因工作日历调整，最晚答复日期改为 2026年3月24日。"


def test_a_carrier_that_is_down_for_two_days_loses_nothing_and_keeps_the_order(maker, carrier):
    maker.issued(maker.extended(maker.case(), on=RECEIVED), on=DAY)
    carrier.fails = TemporaryFailure("线路忙")
    at = moment(DAY, 18)
    for hour in range(48):
        run(carrier, at + timedelta(hours=hour))
    assert carrier.taken == []
    assert states() == [NoticeState.WAITING] * 2  # the second waits for the first
    carrier.fails = None
    assert run(carrier, at + timedelta(hours=72)) == 2
    assert "延期" in carrier.taken[0][1]
    assert "答复书" in carrier.taken[1][1]


def test_what_will_never_be_taken_becomes_a_task_of_a_person(maker, carrier):
    maker.issued(maker.case(), on=DAY)
    carrier.fails = PermanentFailure("号码不存在")
    run(carrier)
    admin = maker.actor("admin")
    [row] = notices.waiting_for_a_person(actor=admin)
    assert (row.state, row.error) == (NoticeState.FAILED, "号码不存在")
    with pytest.raises(WhyMissing), transaction():
        notices.give_up(row.id, reason=" ", actor=admin, at=moment(DAY, 19))
    with transaction():
        notices.give_up(row.id, reason="已电话告知。", actor=admin, at=moment(DAY, 19))
    assert states() == [NoticeState.GIVEN_UP]
    with pytest.raises(NoSuchNotice), transaction():
        notices.send_again(row.id, actor=admin, at=moment(DAY, 20))
    with pytest.raises(NotPermitted):
        notices.waiting_for_a_person(actor=maker.actor("officer"))


def test_back_off_ends(carrier):
    at = moment(DAY)
    waits = [next_try(number, at=at) for number in range(1, len(DELAYS) + 2)]
    assert waits[0] == at + timedelta(minutes=1)
    assert waits == [*sorted(filter(None, waits)), None]


def test_a_worker_that_dies_while_sending_leaves_an_unknown_that_is_not_sent_again_by_itself(maker, carrier):
    maker.issued(maker.case(), on=DAY)

    class Died(BaseException):
        pass

    carrier.fails = Died()
    with pytest.raises(Died):
        run(carrier)
    assert states() == [NoticeState.SENDING]
    carrier.fails = None
    assert run(carrier, moment(DAY, 18, 5)) == 0  # another worker may still be at it
    assert run(carrier, moment(DAY, 19)) == 0
    assert states() == [NoticeState.UNKNOWN]

    [row] = notices.waiting_for_a_person(actor=maker.actor("admin"))
    with transaction():
        notices.send_again(row.id, actor=maker.actor("admin"), at=moment(DAY, 20))
    assert run(carrier, moment(DAY, 20)) == 1


def test_a_worker_stopped_for_a_week_sends_each_message_once(maker, carrier):
    for _ in range(3):
        maker.issued(maker.case(), on=DAY)
    assert run(carrier, moment(DAY + timedelta(days=7))) == 3
    assert run(carrier, moment(DAY + timedelta(days=8))) == 0


def test_the_file_carrier_writes_one_readable_line_each_for_the_owner_only(tmp_path):
    carrier = FileCarrier(tmp_path / "outbox")
    for words in ("第一条", "第二条\n换行"):
        carrier.deliver(phone="0431-00000000", words=words, at=moment(DAY))
    path = tmp_path / "outbox" / "messages.jsonl"
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert path.stat().st_mode & 0o777 == 0o600
