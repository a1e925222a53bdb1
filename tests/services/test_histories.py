"""Random histories of cases, acted out on SQLite: the stored dates always equal those of the slow reckoning.

`make histories` runs two thousand of them (HISTORIES says how many); the daily run a few, always the same ones.
"""

import os
import shutil
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from caseapp.app import create_app
from caseapp.db import db, transaction
from caseapp.domain.calendar import CalendarRow
from caseapp.domain.consultation import ConsultedKind, Position
from caseapp.domain.dispute import Order
from caseapp.domain.duties import DutyKind
from caseapp.domain.errors import DomainError
from caseapp.domain.lifecycle import OPEN, Status
from caseapp.domain.receipt import Channel, ContactWay
from caseapp.domain.rulesets import by_id
from caseapp.domain.timeline import (
    ConsultationClosed,
    ConsultationOpened,
    ExtensionGranted,
    Reopened,
    SupplementReceived,
    SupplementRequested,
)
from caseapp.models import Case, Duty
from caseapp.services import (
    calendar_notices,
    consultations,
    consulted,
    disputes,
    extensions,
    receipts,
    reminders,
    replies,
    supplements,
    withdrawals,
    working_calendar,
)
from caseapp.services.consultations import Arrival, Opinion
from caseapp.services.receipts import Confirmation
from caseapp.services.replies import Handover
from tests.conftest import settings_for
from tests.domain.slow_count import _spans, slow_answer, slow_nth
from tests.makers import Maker, moment
from tests.services import other_desk

HISTORIES = int(os.environ.get("HISTORIES", "15"))
FIRST_DAY, DAYS_TO_START = date(2025, 9, 1), 200
CHANCE = st.integers(min_value=0, max_value=10)


class History(RuleBasedStateMachine):
    """One case in the office; `facts` is what happened to it, kept apart from the tables."""

    maker: Maker  # set by the test

    @initialize(start=st.integers(0, DAYS_TO_START), way=st.sampled_from(["online", "post", "fax"]))
    def file(self, start, way):
        self.today = FIRST_DAY + timedelta(days=start)
        self.facts, self.given, self.edited = [], set(), []
        if way == "fax":  # the day of receipt is the one on which both sides confirm
            came = other_desk.came(Channel.FAX, self.today)
            self.case = other_desk.registered(self.maker, came, on=self.today, way="post")
        else:
            self.case = self.maker.case(received_on=self.today, way=way)

    @precondition(lambda self: self.case.status is Status.AWAITING_CONFIRMATION)
    @rule()
    def confirm(self):
        confirmed = Confirmation(on=self.today, way=ContactWay.PHONE, note="多次联系后接通。")
        assert self.do(receipts.confirm, confirmed, who="clerk")
        assert self.case.received_on == self.today

    @precondition(lambda self: self.case.status in (Status.IN_HAND, Status.ANSWERED, Status.CLOSED))
    @rule(length=st.sampled_from([{}, {"working_days": 10}, {"answer_by": 20}]), chance=CHANCE)
    def handle_anew(self, length, chance):
        if chance < 6 or self.case.department_id is None:
            return
        if not self.do(disputes.record, other_desk.begun(on=self.today), who="clerk"):
            return
        if "answer_by" in length:
            length = {"answer_by": self.today + timedelta(days=length["answer_by"])}
        order = Order(effective_on=self.today, **length)
        if self.do(disputes.reopen, other_desk.decision(on=self.today), order, who="clerk"):
            self.facts.append(Reopened(on=self.today, **length))
        else:
            assert self.do(disputes.decide, other_desk.decision(on=self.today), who="clerk")

    def do(self, act, *arguments, who="officer", **given):
        """Let somebody act; a refusal in words is an answer, too, and changes nothing."""
        try:
            with transaction():
                act(
                    self.case.id, *arguments, version=self.case.version,
                    actor=self.maker.actor(who), at=moment(self.today), **given,
                )  # fmt: skip
        except DomainError:
            return False
        finally:
            self.case = self.maker.again(self.case.id)
        return True

    @rule(days=st.integers(1, 12))
    def days_pass(self, days):
        self.today += timedelta(days=days)
        with transaction():
            for one in reminders.run(moment(self.today, 7)):
                said = (one.case_number, one.kind, one.duty, one.ref, one.due_on)
                assert said not in self.given, "reminded of twice"
                self.given.add(said)

    @rule(working_days=st.integers(1, 16))
    def propose_and_approve(self, working_days):
        if not self.do(extensions.propose, working_days=working_days, reason="需检索的档案较多。"):
            return
        if self.do(extensions.approve, who="head"):
            online = self.told_on()
            self.facts.append(ExtensionGranted(on=self.today, days=working_days, notified_on=online))

    def told_on(self):
        return extensions.latest(self.case.id).notified_on

    @precondition(lambda self: any(isinstance(one, ExtensionGranted) and not one.notified_on for one in self.facts))
    @rule()
    def tell(self):
        posting = extensions.Posting(on=self.today, tracking_number="EX000000001CN", confirmed_late=True)
        if self.do(extensions.notify, posting):
            self.put(ExtensionGranted, lambda one: one.notified_on is None, notified_on=self.today)

    def put(self, kind, which, **changes):
        """Complete the one fact that has been waiting for its second half."""
        at = next(i for i, one in reversed(list(enumerate(self.facts))) if isinstance(one, kind) and which(one))
        old = self.facts[at]
        self.facts[at] = kind(**({name: getattr(old, name) for name in kind.__slots__} | changes))

    @rule(days=st.integers(2, 30), reason=st.sampled_from(["", "示范的理由。"]))
    def ask_for_correction(self, days, reason):
        reply_by = self.today + timedelta(days=days)
        notice = supplements.Notice(items="请写明文号。", guidance="", reply_by=reply_by, override=reason)
        if self.do(supplements.ask, notice):
            self.facts.append(SupplementRequested(on=self.today, reply_by=reply_by))

    @precondition(lambda self: self.case.status is Status.AWAITING_SUPPLEMENT)
    @rule()
    def take_correction(self):
        if self.do(supplements.take_on_paper, taken_on=self.today, text="文号是示规〔2025〕3号。"):
            self.facts.append(SupplementReceived(on=self.today))

    @precondition(lambda self: self.case.status is Status.AWAITING_SUPPLEMENT)
    @rule(chance=CHANCE)
    def close_for_want_of_correction(self, chance):
        self.do(supplements.notify, Handover(on=self.today, tracking_number="EX000000002CN"))
        if chance < 2:
            self.do(supplements.lapse, no_good_reason=True, judgement="没有正当理由。")

    @rule(kind=st.sampled_from(ConsultedKind))
    def consult(self, kind):
        question = consulted.Question(
            kind=kind, name=f"示范{len(self.facts)}号公司", contact="示范街2号", matter="示范合同。"
        )
        if self.do(consultations.open_consultation, question):
            self.facts.append(ConsultationOpened(on=self.today, delivered_on=None, ref=question.name))

    @precondition(lambda self: self.case.status is Status.IN_HAND)
    @rule()
    def deliver_question(self):
        asked = self.newest_consultation()
        if asked and self.do(consultations.record_delivery, asked.id, Arrival(on=self.today, proof="EX000000003CN")):
            self.put(ConsultationOpened, lambda one: one.ref == asked.name, delivered_on=self.today)

    @precondition(lambda self: self.case.status is Status.IN_HAND)
    @rule()
    def take_opinion(self):
        asked = self.newest_consultation()
        opinion = Opinion(on=self.today, position=Position.AGREES, reasons="")
        if asked and self.do(consultations.close, asked.id, opinion):
            self.facts.append(ConsultationClosed(on=self.today, ref=asked.name))

    def newest_consultation(self):
        asked = [one for one in self.facts if isinstance(one, ConsultationOpened)]
        return self.maker.consultation(self.case) if asked else None

    @rule(chance=CHANCE)
    def answer(self, chance):
        if chance < 2 and self.do(replies.submit, self.maker.content()) and self.do(replies.issue, who="head"):
            self.do(replies.deliver, Handover(on=self.today, tracking_number="EX000000004CN"))

    @rule(chance=CHANCE)
    def withdraw(self, chance):
        if chance < 1:
            self.do(withdrawals.on_paper, on=self.today, reason="不再需要。", who="clerk")

    @rule(offset=st.integers(1, 40), is_working=st.booleans())
    def correct_the_calendar(self, offset, is_working):
        day = self.today + timedelta(days=offset)
        row = CalendarRow(day=day, is_working=is_working, reason="示范", source="测试")
        with transaction():
            calendar_notices.change_day(row, actor=self.maker.actor("admin"), at=moment(self.today))
        self.edited.append(day)
        self.case = self.maker.again(self.case.id)

    @precondition(lambda self: self.edited)
    @rule()
    def take_the_correction_back(self):
        with transaction():
            calendar_notices.take_back(self.edited.pop(), actor=self.maker.actor("admin"), at=moment(self.today))
        self.case = self.maker.again(self.case.id)

    @invariant()
    def the_stored_dates_are_those_of_the_slow_reckoning(self):
        if not hasattr(self, "case") or self.case.status not in OPEN:
            return
        local, statute = by_id(self.case.local_rule_set), by_id(self.case.statute)
        calendar = working_calendar.current()
        _, due, _, _ = slow_answer(
            self.case.received_on, self.facts, rule_set=local, calendar=calendar, as_of=self.today
        )
        assert self.case.local_due_on == due
        assert self.case.statutory_due_on == self.by_law(due, local, statute, calendar)
        assert self.case.counted_from == self.start
        rows = {row.kind: row for row in db.session.scalars(select(Duty).where(Duty.case_id == self.case.id))}
        assert rows[DutyKind.ANSWER_LOCAL].due_on == self.case.local_due_on
        assert rows[DutyKind.ANSWER_STATUTORY].due_on == self.case.statutory_due_on
        db.session.rollback()

    @property
    def start(self):
        restarts = [one.on for one in self.facts if isinstance(one, (SupplementReceived, Reopened))]
        return self.order.on if self.order else max([self.case.received_on, *restarts])

    @property
    def order(self):
        """Return the last decision, where it sets the period that runs."""
        last = next((one for one in reversed(self.facts) if isinstance(one, Reopened)), None)
        return last if last and (last.working_days or last.answer_by) else None

    def by_law(self, due, local, statute, calendar):
        """Return the statutory date: as many days beyond the local one as the statute is longer (L1)."""
        if due is None or self.order:
            return due
        spans, _, _ = _spans(self.facts, local, calendar, self.today)

        def left_out(day):
            return any(opened < day <= closed for opened, closed in spans)

        more = statute.answer_days - local.answer_days
        return slow_nth(due, more, calendar, left_out)

    def teardown(self):
        if not hasattr(self, "case"):
            return
        while self.edited:
            self.take_the_correction_back()
        self.do(withdrawals.on_paper, on=self.today, reason="结束。", who="clerk")
        self.do(replies.deliver, Handover(on=self.today, tracking_number="EX000000005CN"))
        ended = db.session.scalars(select(Duty).join(Case).where(Case.status.not_in(OPEN), Duty.done_on.is_(None)))
        assert ended.all() == []
        db.session.rollback()


@pytest.fixture
def sqlite_maker(migrated_sqlite, tmp_path):
    shutil.copy(migrated_sqlite, tmp_path / "caseapp.sqlite3")
    app = create_app(settings_for(tmp_path), cheap_passwords=True)
    with app.app_context():
        yield Maker()
        db.session.remove()
        db.engine.dispose()


@pytest.mark.rule("R8", "R13", "R15", "R20", "R22", "R27", "R63")
def test_whatever_happens_the_stored_dates_follow_from_the_facts(sqlite_maker):
    History.maker = sqlite_maker
    run_state_machine_as_test(
        History,
        settings=settings(
            max_examples=HISTORIES,
            stateful_step_count=25,
            deadline=None,
            derandomize=HISTORIES < 100,
            suppress_health_check=list(HealthCheck),
        ),
    )
