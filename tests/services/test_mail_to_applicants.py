"""E-mail to applicants who consented to it, over a real server; what comes back, and messages handed to a program."""

import json
import os
import stat

import pytest

from caseapp.db import db, transaction
from caseapp.domain.notices import NoSuchNotice, NoticeState, OutcomeUnknown, PermanentFailure, TemporaryFailure
from caseapp.gateways import messages
from caseapp.gateways.messages import FileCarrier
from caseapp.models import Notice
from caseapp.services import jobs, notices
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY
from tests.services.test_staff_mails import carrier, inbox  # noqa: F401

ADDRESS = "shenqing@example.com"
REPORT = """\
From: MAILER-DAEMON@example.com
To: office@example.gov.cn
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.com

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--b
Content-Type: {kind}

Message-ID: <{name}@example.gov.cn>
Subject: x

--b--
"""


def report(name, *, action="failed", kind="text/rfc822-headers"):
    return REPORT.format(address=ADDRESS, action=action, kind=kind, name=name).encode()


def sent(maker, carrier):  # noqa: F811
    """Answer a request whose applicant consented to e-mail, and send what waits."""
    case = maker.issued(maker.case(received_on=RECEIVED, way="email", email=ADDRESS), on=DAY)
    with transaction():
        desk = maker.again(case.id)
        notices.letter_delivered(desk.id, "disclosed", desk.delivery_way, at=moment(DAY, 17))
    assert jobs.run(carrier, transaction=transaction, now=lambda: moment(DAY, 18)) == 1
    db.session.rollback()
    return db.session.query(Notice).one()


def test_who_consented_to_e_mail_is_told_there_and_not_by_telephone(maker, inbox, carrier, tmp_path):  # noqa: F811
    row = sent(maker, carrier)
    [(to, letter)] = inbox.letters
    assert to == [ADDRESS]
    assert letter["Subject"] == f"政府信息公开申请 {row.case.number}"
    assert letter["Message-ID"] == f"<{notices.name_of(row.id)}@example.gov.cn>"
    assert letter.get_content().strip() == row.words
    assert row.case.description[:8] not in letter.get_content()
    assert not (tmp_path / "messages.jsonl").exists()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_what_comes_back_becomes_a_task_of_a_person_once(maker, app, inbox, carrier, kind):  # noqa: F811
    row = sent(maker, carrier)
    answer = app.test_cli_runner().invoke(
        args=["jobs", "bounce"], input=report(notices.name_of(row.id), kind=kind), catch_exceptions=False
    )
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output) == {"notice": row.id}
    db.session.rollback()
    assert (row.state, row.error) == (NoticeState.FAILED, "邮件被退回（5.1.1）")
    admin = StaffDesk(app, "admin", at=moment(DAY, 19))
    assert "邮件被退回（5.1.1）" in admin.open("/admin/notices").text
    assert jobs.run(carrier, transaction=transaction, now=lambda: moment(DAY, 20)) == 0
    with pytest.raises(NoSuchNotice), transaction():
        notices.take_bounce(report(notices.name_of(row.id)))


def test_a_report_that_is_forged_or_of_something_else_changes_nothing(maker, app, inbox, carrier):  # noqa: F811
    row = sent(maker, carrier)
    for name in (f"notice-{row.id}-0000000000000000", f"notice-{row.id}-", "notice-999999999-0", "", "a" * 300):
        answer = app.test_cli_runner().invoke(args=["jobs", "bounce"], input=report(name))
        assert answer.exit_code == 2, name
    good = notices.name_of(row.id)
    for wrong in (report(good, action="delayed"), b"", b"\xff\x00", b"Subject: Re: x\n\nThanks", report(good)[:200]):
        assert app.test_cli_runner().invoke(args=["jobs", "bounce"], input=wrong).exit_code == 2
    db.session.rollback()
    assert row.state is NoticeState.SENT


def program(folder, body):
    path = folder / "send"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_a_program_of_the_office_takes_messages_by_telephone(tmp_path, monkeypatch):
    def deliver(body):
        FileCarrier(tmp_path, program=program(tmp_path, body)).deliver(phone="1", words="有新的文书", at=moment(DAY, 9))

    deliver(f"cat > {tmp_path}/taken")
    taken = json.loads((tmp_path / "taken").read_text())
    assert (taken["phone"], taken["words"]) == ("1", "有新的文书")
    assert not (tmp_path / "messages.jsonl").exists()
    for body, raised in [
        (f"exit {os.EX_TEMPFAIL}", TemporaryFailure),
        ("exit 1", PermanentFailure),
        ("kill -9 $$", OutcomeUnknown),
    ]:
        with pytest.raises(raised):
            deliver(body)
    monkeypatch.setattr(messages, "SECONDS", 0.2)
    with pytest.raises(OutcomeUnknown):
        deliver("exec sleep 5")
    with pytest.raises(TemporaryFailure):
        FileCarrier(tmp_path, program=str(tmp_path / "none")).deliver(phone="1", words="x", at=moment(DAY, 9))
