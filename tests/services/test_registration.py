"""登记: what comes over the counter, by post, by fax or by word of mouth becomes a case (R1 to R10)."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp.db import db, transaction
from caseapp.domain import receipt as rules
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.receipt import Channel, ContactWay
from caseapp.models import Case
from caseapp.services import attachments, audit, drafts, receipts, registration
from caseapp.services.demonstration_cases import Sample, answers
from caseapp.services.registration import Incoming
from tests.makers import CLEAR, RECEIVED, moment
from tests.services.other_desk import came, registered, unconfirmed

FRIDAY = date(2026, 2, 27)
PDF = b"%PDF-1.4\n%%EOF"


def incoming(receipt, **given) -> Incoming:
    sample = Sample(title="", description=CLEAR, filed_back=0)
    usual = {"answers": answers(sample), "receipt": receipt, "contact": ContactWay.PHONE, "signed": True}
    return Incoming(**usual | given)


@pytest.fixture
def settings(app):
    """Change the settings of this installation until the test ends."""
    here = app.extensions["caseapp"]

    def change(**settings):
        app.extensions["caseapp"] = replace(here, settings=replace(here.settings, **settings))

    yield change
    app.extensions["caseapp"] = here


@pytest.mark.rule("R5")
@pytest.mark.rule("R6")
@pytest.mark.rule("R10")
@pytest.mark.parametrize("channel", [Channel.IN_PERSON, Channel.SIGNED_MAIL, Channel.ORAL])
def test_the_day_on_which_it_came_counts_even_where_it_is_registered_later(maker, channel):
    case = registered(maker, came(channel, FRIDAY), on=RECEIVED)

    assert (case.channel, case.arrived_on, case.confirmed_on, case.received_on) == (channel, FRIDAY, FRIDAY, FRIDAY)
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 3, 19), date(2026, 3, 26))
    assert case.status is Status.IN_HAND
    assert case.department.code == "zhujian"
    filed = audit.history(case.id)[-1]
    assert filed.actor == "受理员甲"
    assert dict(filed.details)["申请渠道"] == channel.label
    assert dict(filed.details)["到达日期"] == "2026年2月27日"


@pytest.mark.rule("R7")
@pytest.mark.rule("R8")
@pytest.mark.parametrize("channel", [Channel.ORDINARY_MAIL, Channel.FAX])
def test_the_day_of_confirmation_counts_and_the_day_of_arrival_is_kept(maker, channel):
    case = registered(maker, came(channel, FRIDAY, RECEIVED, "周末无人接听。"), on=RECEIVED)

    assert (case.arrived_on, case.confirmed_on, case.received_on) == (FRIDAY, RECEIVED, RECEIVED)
    assert case.local_due_on == date(2026, 3, 23)
    assert [(one.way, one.reached) for one in receipts.attempts_of(case.id)] == [(ContactWay.PHONE, True)]
    words = "当日确认" if channel is Channel.ORDINARY_MAIL else "下一个工作日"
    assert words in receipts.late_words(case)


@pytest.mark.rule("R9")
def test_until_somebody_has_been_reached_the_case_waits_at_the_window_on_the_stricter_date(maker):
    case = unconfirmed(maker)

    assert case.status is Status.AWAITING_CONFIRMATION
    assert case.department is None
    assert (case.confirmed_on, case.received_on, case.local_due_on) == (None, RECEIVED, date(2026, 3, 23))


@pytest.mark.rule("R8")
def test_an_office_may_confirm_online_requests_by_hand(maker, settings):
    assert maker.case().confirmed_on == RECEIVED
    settings(confirms_itself=False)

    case = maker.case()

    assert (case.status, case.confirmed_on) == (Status.AWAITING_CONFIRMATION, None)
    assert case.local_due_on == date(2026, 3, 23)


@pytest.mark.rule("R4")
def test_a_closed_channel_takes_nothing_and_is_not_offered(maker, settings):
    settings(closed_channels=("fax", "online"))
    assert Channel.FAX not in registration.open_channels()
    with pytest.raises(rules.ChannelClosed):
        registered(maker, came(Channel.FAX))
    with pytest.raises(rules.ChannelClosed):
        maker.case()
    assert registered(maker, came(Channel.IN_PERSON)).status is Status.IN_HAND


def test_nobody_registers_as_if_filed_online(maker):
    with pytest.raises(rules.ChannelClosed):
        registered(maker, came(Channel.ONLINE))


@pytest.mark.rule("R1")
@pytest.mark.parametrize("kind", list(ApplicantKind))
def test_each_of_the_six_kinds_of_the_annual_report_can_be_registered(maker, kind):
    case = registered(maker, came(Channel.IN_PERSON), kind=kind.value, name="示范申请人")
    assert case.applicant.kind is kind
    assert len(ApplicantKind) == 6


@pytest.mark.rule("R2")
def test_what_is_missing_on_paper_bars_nothing_and_is_named(maker):
    bare = answers(Sample(title="", description=CLEAR, filed_back=0, way="post"))
    bare["applicant"] = {**bare["applicant"], "identity_number": "", "phone": ""}
    bare["delivery"] = {**bare["delivery"], "address": ""}
    with transaction():
        given = incoming(came(Channel.SIGNED_MAIL), answers=bare)
        filed = registration.register(drafts.new_key(), given, actor=maker.actor("clerk"), at=moment(RECEIVED))

    missing = registration.missing(maker.again(filed.case_id))

    assert [words.split("（")[0] for words in missing] == ["身份证明", "联系方式", "获取信息的途径：邮寄地址"]
    assert registration.missing(registered(maker, came(Channel.SIGNED_MAIL), way="post")) == []


@pytest.mark.rule("R10")
def test_what_was_said_is_registered_only_when_signed(maker):
    with pytest.raises(rules.NotSigned):
        registered(maker, came(Channel.ORAL), signed=False)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_the_same_form_sent_twice_registers_once_with_its_scans(maker):
    key, clerk = drafts.new_key(), maker.actor("clerk")
    given = incoming(came(Channel.IN_PERSON), files=[("申请表.pdf", PDF), ("身份证明.pdf", PDF)])
    with transaction():
        first = registration.register(key, given, actor=clerk, at=moment(RECEIVED))
    with transaction():
        second = registration.register(key, given, actor=clerk, at=moment(RECEIVED, 11))

    assert (first.number, first.query_code) == (second.number, second.query_code)
    assert (first.first_time, second.first_time) == (True, False)
    case = maker.again(first.case_id)
    assert [file.original_name for file in case.attachments] == ["申请表.pdf", "身份证明.pdf"]


def test_a_scan_that_cannot_be_kept_registers_nothing(maker):
    given = incoming(came(Channel.IN_PERSON), files=[("申请表.pdf", PDF), ("程序.exe", b"MZ\x90")])
    with pytest.raises(attachments.FileKindRefused), transaction():
        registration.register(drafts.new_key(), given, actor=maker.actor("clerk"), at=moment(RECEIVED))
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


@pytest.mark.parametrize("name", ["officer", "head", "admin", "auditor"])
def test_only_the_window_registers(maker, name):
    with pytest.raises(NotPermitted):
        registration.register(
            drafts.new_key(), incoming(came(Channel.IN_PERSON)), actor=maker.actor(name), at=moment(RECEIVED)
        )
