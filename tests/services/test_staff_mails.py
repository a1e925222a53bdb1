"""Reminders to staff reach a real SMTP server: once a day, to whom they concern, never knowingly twice."""

import smtplib
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from email.policy import default as policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller

from caseapp.db import db, transaction
from caseapp.domain.notices import NoticeState
from caseapp.gateways.messages import SmtpCarrier
from caseapp.models import Notice, Person
from caseapp.services import jobs, notices, staff_mails
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk

SENDER = "office@example.gov.cn"
OFFICER, HEAD = "chengban@example.gov.cn", "fuze@example.gov.cn"


class Inbox:
    """What a server of this test does with a message: takes it, refuses it with a code, or drops the line after it."""

    def __init__(self):
        self.letters, self.refuse, self.drop = [], "", False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.refuse:
            return self.refuse
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=policy)))
        if self.drop:
            server.transport.close()
        return "250 OK"


@pytest.fixture
def inbox():
    handler = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    yield handler
    controller.stop()


@pytest.fixture
def carrier(inbox, tmp_path):
    settings = SimpleNamespace(host="127.0.0.1", port=inbox.port, security="none", user="", password="", sender=SENDER)
    return SmtpCarrier(tmp_path, server=settings)


def give_address(name, address):
    with transaction():
        person = db.session.query(Person).filter_by(sign_in_name=name).one()
        person.email = address
    return person.id


def work(carrier, at):
    staff_mails.queue_due(transaction=transaction, at=at)
    return jobs.run(carrier, transaction=transaction, now=lambda: at)


def of_staff():
    db.session.rollback()
    return db.session.query(Notice).filter(Notice.person_id.is_not(None)).order_by(Notice.id).all()


def test_the_officer_is_reminded_of_his_case_and_the_head_when_it_is_late(maker, inbox, carrier):
    case = maker.case(received_on=RECEIVED)
    number, applicant, due_on = case.number, case.applicant.name, case.local_due_on
    give_address("officer", OFFICER)
    give_address("officer2", "officer2@example.gov.cn")
    give_address("head", HEAD)
    with transaction():
        db.session.query(Notice).delete()
    assert work(carrier, moment(due_on, 9)) == 1
    [(to, letter)] = inbox.letters
    assert to == [OFFICER]
    assert (letter["From"], letter["Auto-Submitted"]) == (SENDER, "auto-generated")
    assert letter["Subject"].startswith("依申请公开待办：")
    text = letter.get_content()
    assert number in text
    assert applicant not in text
    assert work(carrier, moment(due_on, 15)) == 0

    late = due_on + timedelta(days=3 if due_on.weekday() == 4 else 1)
    assert work(carrier, moment(late, 9)) == 2
    assert [to for to, _ in inbox.letters[1:]] == [[OFFICER], [HEAD]]
    assert "已经逾期" in inbox.letters[-1][1]["Subject"]


def test_nobody_is_woken_at_night_or_written_to_without_an_address(maker, inbox, carrier):
    due_on = maker.case(received_on=RECEIVED).local_due_on
    give_address("officer", OFFICER)
    assert staff_mails.queue_due(transaction=transaction, at=moment(due_on, 3)) == 0
    give_address("officer", "")
    assert staff_mails.queue_due(transaction=transaction, at=moment(due_on, 9)) == 0
    assert of_staff() == []


def test_who_has_left_is_not_written_to(maker):
    due_on = maker.case(received_on=RECEIVED).local_due_on
    give_address("officer", OFFICER)
    with transaction():
        db.session.query(Person).filter_by(sign_in_name="officer").one().active = False
    assert staff_mails.queue_due(transaction=transaction, at=moment(due_on, 9)) == 0


@contextmanager
def waiting(maker):
    due_on = maker.case(received_on=RECEIVED).local_due_on
    give_address("officer", OFFICER)
    with transaction():
        db.session.query(Notice).delete()
    yield moment(due_on, 9)


def test_a_refusal_for_now_is_tried_again_and_one_for_good_needs_a_person(maker, inbox, carrier):
    with waiting(maker) as at:
        inbox.refuse = "451 later"
        assert work(carrier, at) == 0
        [row] = of_staff()
        assert (row.state, row.error) == (NoticeState.WAITING, "邮件服务器答复 451")
        inbox.refuse = "550 no such user"
        assert jobs.run(carrier, transaction=transaction, now=lambda: at + timedelta(minutes=2)) == 0
        [row] = of_staff()
        assert (row.state, row.error) == (NoticeState.FAILED, "邮件服务器答复 550")
        assert OFFICER not in row.error
        assert [one.id for one in notices.waiting_for_a_person(actor=maker.actor("admin"))] == [row.id]


def test_a_line_that_breaks_after_the_text_is_not_sent_again(maker, inbox, carrier):
    with waiting(maker) as at:
        inbox.drop = True
        assert work(carrier, at) == 0
        assert [row.state for row in of_staff()] == [NoticeState.UNKNOWN]
        inbox.drop = False
        assert work(carrier, at + timedelta(hours=3)) == 0
        assert len(inbox.letters) == 1


def test_an_address_taken_away_in_between_is_never_taken_for_a_telephone_number(maker, inbox, carrier, tmp_path):
    with waiting(maker) as at:
        staff_mails.queue_due(transaction=transaction, at=at)
        give_address("officer", "")
        assert jobs.run(carrier, transaction=transaction, now=lambda: at) == 0
        assert [(row.state, row.error) for row in of_staff()] == [(NoticeState.FAILED, "没有电子邮箱")]
        assert not (tmp_path / "messages.jsonl").exists()


def test_a_server_that_is_away_is_tried_later(maker, inbox, tmp_path):
    away = SimpleNamespace(host="127.0.0.1", port=9, security="none", user="", password="", sender=SENDER)
    with waiting(maker) as at:
        assert work(SmtpCarrier(tmp_path, server=away), at) == 0
        assert [(row.state, row.attempts) for row in of_staff()] == [(NoticeState.WAITING, 1)]


def test_two_workers_at_once_write_one_letter(maker, app, inbox, carrier):
    with waiting(maker) as at:
        errors = []

        def one():
            with app.app_context():
                try:
                    work(carrier, at)
                except Exception as broken:  # told below
                    errors.append(broken)

        threads = [threading.Thread(target=one) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert len(inbox.letters) == 1


def test_the_administrator_gives_an_address_and_sees_what_came_back(maker, app, inbox, carrier):
    with waiting(maker) as at:
        admin = StaffDesk(app, "admin", at=at)
        officer_id = db.session.query(Person.id).filter_by(sign_in_name="officer").scalar()
        db.session.rollback()
        admin.open(f"/admin/people/{officer_id}/edit")
        admin.send(email="not an address")
        assert "请核对电子邮箱" in admin.page.text
        admin.send(email="xin@example.gov.cn")
        assert "已保存" in admin.page.text
        inbox.refuse = "550 no such user"
        assert work(carrier, at) == 0
        admin.open("/admin/notices")
        assert "邮件服务器答复 550" in admin.page.text
        [row] = of_staff()
        admin.open(f"/admin/notices/{row.id}/give-up")
        admin.send(reason="地址已更正")
        assert "不再发送这条通知" in admin.page.text


def test_the_server_of_this_test_is_a_real_one(inbox):
    with smtplib.SMTP("127.0.0.1", inbox.port) as server:
        assert server.noop()[0] == 250
