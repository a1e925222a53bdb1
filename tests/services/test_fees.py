"""信息处理费 on real cases: proposed, approved, told, paid or not; dates, letters, totals (art. 42; R49 to R54)."""

import io
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from sqlalchemy.exc import IntegrityError

from caseapp.db import db, transaction
from caseapp.domain import fee as rules
from caseapp.domain.extension import OwnProposal
from caseapp.domain.fee import FeeStatus
from caseapp.domain.fee_schedule import FeeBasis
from caseapp.domain.letters import LetterKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotPermitted, NotVisible, Role
from caseapp.domain.post import TrackingNumberMissing
from caseapp.models import Fee
from caseapp.services import deadlines, fees, letters
from caseapp.services.cases import CaseChanged
from caseapp.services.fee_counting import earlier_items
from tests.makers import moment
from tests.services.test_races import at_once, refusals

RECEIVED, DAY, DUE = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 23)
PAY_BY = date(2026, 4, 8)  # the twentieth working day after the 10th; 清明节 from 4 to 6 April


def proposed(maker, case, *, on=DAY, basis=FeeBasis.BY_ITEM, quantity=11, actor="officer"):
    with transaction():
        fees.propose(
            case.id, basis=basis, quantity=quantity, version=case.version, actor=maker.actor(actor), at=moment(on)
        )
    return maker.again(case.id)


def approved(maker, case, *, on=DAY):
    with transaction():
        fees.approve(case.id, version=case.version, actor=maker.actor("head"), at=moment(on, 11))
    return maker.again(case.id)


def noticed(maker, *, on=DAY, **sample):
    """Return a case whose fee notice of 100 yuan has been issued."""
    return approved(maker, proposed(maker, maker.case(received_on=RECEIVED, **sample), on=on), on=on)


def sent(maker, case, *, on, received_on=None, at=None):
    sending = fees.Sending(sent_on=on, received_on=received_on, tracking_number="EX000000001CN")
    with transaction():
        fees.record_delivery(
            case.id, sending, version=case.version, actor=maker.actor("clerk"), at=moment(at or received_on or on, 12)
        )
    return maker.again(case.id)


def paid(maker, case, *, on, at=None):
    with transaction():
        fees.record_payment(
            case.id, on=on, paper="财字0001", version=case.version, actor=maker.actor("clerk"), at=moment(at or on, 13)
        )
    return maker.again(case.id)


def closed(maker, case, *, at):
    with transaction():
        fees.close_unpaid(
            case.id, note="查无缴款记录。", version=case.version, actor=maker.actor("officer"), at=moment(at)
        )
    return maker.again(case.id)


@pytest.mark.rule("R52")
@pytest.mark.rule("R53")
def test_online_the_notice_stops_the_clock_and_the_payment_begins_it_anew(maker):
    case = noticed(maker)
    assert (case.status, case.local_due_on, case.statutory_due_on) == (Status.AWAITING_PAYMENT, None, None)
    fee = fees.latest(case.id)
    assert (fee.status, fee.noticed_on, fee.delivered_on, fee.pay_by) == (FeeStatus.NOTICED, DAY, DAY, PAY_BY)
    assert case.urgency_on == PAY_BY

    case = paid(maker, case, on=date(2026, 3, 20))
    assert case.status is Status.IN_HAND
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 4, 13), date(2026, 4, 20))
    ledger = "\n".join(line.why for line in deadlines.clocks(case, today=date(2026, 3, 20)).local.ledger)
    assert "原答复期限届满日2026年3月23日不再适用" in ledger
    assert "2026年3月20日申请人缴清信息处理费" in ledger


@pytest.mark.rule("R52")
def test_the_notice_states_basis_standard_calculation_amount_way_and_period(maker):
    case = noticed(maker)
    letter = letters.latest(case.id, LetterKind.FEE_NOTICE)
    content = letters.download(case, letter.id).content
    words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert "国办函〔2020〕109号" in words
    assert "11 至 30 件每件 100 元" in words
    assert "第 11 件：1 件 × 100 元 ＝ 100 元" in words
    assert "人民币100元。" in words
    assert "自收到本通知书的次日起20个工作日内缴纳" in words
    assert "到本机关政府信息公开工作机构缴纳" in words
    assert "视为放弃申请" in words
    assert "行政复议" not in words
    assert letter.number.endswith("〔2026〕1号")


@pytest.mark.rule("R53")
def test_by_post_the_clock_runs_until_the_notice_is_posted_and_the_period_to_pay_from_its_receipt(maker):
    case = noticed(maker, way="post")
    assert (case.status, case.local_due_on) == (Status.AWAITING_PAYMENT, DUE)
    case = sent(maker, case, on=date(2026, 3, 11))
    assert (case.local_due_on, fees.latest(case.id).pay_by) == (None, None)
    case = sent(maker, case, on=date(2026, 3, 11), received_on=date(2026, 3, 13))
    assert fees.latest(case.id).pay_by == date(2026, 4, 13)
    with pytest.raises(rules.DeliveryKnown):
        sent(maker, case, on=date(2026, 3, 11), received_on=date(2026, 3, 13))


@pytest.mark.rule("R52")
def test_a_notice_posted_after_the_due_date_has_no_effect_and_the_fee_must_be_given_up(maker):
    case = noticed(maker, on=DUE, way="post")
    with pytest.raises(rules.SentTooLate, match="2026年3月23日"):
        sent(maker, case, on=date(2026, 3, 24))
    assert maker.again(case.id).local_due_on == DUE
    with transaction():
        fees.cancel(
            case.id,
            reason="未在期限内寄出。",
            version=case.version,
            actor=maker.actor("officer"),
            at=moment(date(2026, 3, 24)),
        )
    case = maker.again(case.id)
    assert (case.status, case.local_due_on) == (Status.IN_HAND, DUE)
    assert fees.latest(case.id).status is FeeStatus.CANCELLED


def test_a_posting_has_a_number_and_a_hand_over_a_day_of_receipt(maker):
    case = noticed(maker, way="post")
    with pytest.raises(TrackingNumberMissing), transaction():
        fees.record_delivery(
            case.id,
            fees.Sending(sent_on=DAY, received_on=None, tracking_number=""),
            version=case.version,
            actor=maker.actor("clerk"),
            at=moment(DAY, 12),
        )
    counter = noticed(maker, way="in_person")
    with pytest.raises(rules.ReceiptMissing):
        sent(maker, counter, on=DAY)
    counter = sent(maker, counter, on=DAY, received_on=DAY)
    assert fees.latest(counter.id).pay_by == PAY_BY


@pytest.mark.rule("R53")
def test_unpaid_the_case_ends_only_after_the_period_and_with_proof_of_delivery(maker):
    case = noticed(maker)
    with pytest.raises(rules.StillTimeToPay):
        closed(maker, case, at=PAY_BY)
    case = closed(maker, maker.again(case.id), at=date(2026, 4, 9))
    assert (case.status, case.outcome, case.closed_on) == (Status.CLOSED, Outcome.UNPAID, date(2026, 4, 9))
    assert case.urgency_on is None
    assert fees.latest(case.id).closing_note == "查无缴款记录。"

    unproved = sent(maker, noticed(maker, way="post"), on=date(2026, 3, 11))
    with pytest.raises(rules.DeliveryNotProved):
        closed(maker, unproved, at=date(2026, 12, 1))


@pytest.mark.rule("R53")
def test_a_payment_after_the_period_comes_too_late(maker):
    case = noticed(maker)
    with pytest.raises(rules.PaidTooLate):
        paid(maker, case, on=date(2026, 4, 9))
    assert paid(maker, maker.again(case.id), on=PAY_BY, at=date(2026, 4, 10)).status is Status.IN_HAND


@pytest.mark.rule("R52")
def test_on_the_due_date_it_may_still_be_approved_and_on_the_day_after_not(maker):
    case = proposed(maker, maker.case(received_on=RECEIVED))
    with pytest.raises(rules.FeeAfterDue):
        approved(maker, case, on=date(2026, 3, 24))
    assert approved(maker, maker.again(case.id), on=DUE).status is Status.AWAITING_PAYMENT
    with pytest.raises(rules.FeeAfterDue):
        proposed(maker, maker.case(received_on=RECEIVED), on=date(2026, 3, 24))


@pytest.mark.rule("R50")
def test_items_of_one_applicant_add_up_over_a_month_and_the_departments(maker):
    first = maker.case(received_on=RECEIVED)
    second = maker.case(received_on=RECEIVED, description="申请公开示范村土地征收的批复和补偿安置方案。")
    other = maker.case(received_on=RECEIVED, kind="business", name="示范甲商贸有限公司")
    third = maker.case(received_on=date(2026, 3, 31))
    april = maker.case(received_on=date(2026, 4, 1))
    assert second.department_id != first.department_id
    assert [earlier_items(case) for case in (first, second, other, third, april)] == [0, 1, 0, 2, 0]

    proposed(maker, maker.again(first.id), quantity=12)
    assert earlier_items(maker.again(third.id)) == 13
    with transaction():
        fees.refuse(
            first.id,
            reason="不必。",
            version=maker.again(first.id).version,
            actor=maker.actor("head"),
            at=moment(DAY, 12),
        )
    assert earlier_items(maker.again(third.id)) == 2


@pytest.mark.rule("R50")
def test_an_amount_that_the_month_no_longer_bears_out_goes_back(maker):
    earlier = maker.case(received_on=RECEIVED)
    case = proposed(maker, maker.case(received_on=RECEIVED), quantity=10)
    proposed(maker, maker.again(earlier.id), quantity=12)
    with pytest.raises(rules.FeeChanged, match="1000 元"):
        approved(maker, maker.again(case.id))


@pytest.mark.rule("R49")
def test_never_a_second_fee_and_never_both_standards(maker):
    case = proposed(maker, maker.case(received_on=RECEIVED))
    with pytest.raises(rules.FeeRepeated):
        proposed(maker, case, basis=FeeBasis.BY_PAGE, quantity=50)
    case = paid(maker, approved(maker, maker.again(case.id)), on=DAY)
    with pytest.raises(rules.FeeRepeated):
        proposed(maker, case, basis=FeeBasis.BY_PAGE, quantity=50)


@pytest.mark.rule("R49")
def test_the_database_too_refuses_a_second_living_fee(maker):
    case = proposed(maker, maker.case(received_on=RECEIVED))
    row = fees.latest(case.id)
    columns = ("case_id", "status", "quantity", "earlier", "amount", "steps", "proposed_by_id", "proposed_at")
    with pytest.raises(IntegrityError), transaction():
        db.session.add(Fee(basis=FeeBasis.BY_PAGE, **{name: getattr(row, name) for name in columns}))


@pytest.mark.rule("R51")
def test_pages_are_counted_by_the_application_alone(maker):
    maker.case(received_on=RECEIVED)
    case = proposed(maker, maker.case(received_on=RECEIVED), basis=FeeBasis.BY_PAGE, quantity=101)
    fee = fees.latest(case.id)
    assert (fee.amount, fee.earlier) == (720, 0)


def test_nothing_to_charge_is_refused_and_leaves_nothing(maker):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(rules.NothingToCharge):
        proposed(maker, case, quantity=10)
    assert fees.latest(case.id) is None


def test_who_asked_cannot_grant_and_only_the_head_decides(maker):
    case = proposed(maker, maker.case(received_on=RECEIVED))
    both = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)
    with pytest.raises(OwnProposal), transaction():
        fees.approve(case.id, version=case.version, actor=both, at=moment(DAY, 11))
    for who in ("clerk", "officer", "auditor"):
        with pytest.raises(NotPermitted), transaction():
            fees.approve(case.id, version=case.version, actor=maker.actor(who), at=moment(DAY, 11))
    with pytest.raises(NotVisible):
        proposed(maker, maker.case(received_on=RECEIVED), actor="officer2")


def test_an_extension_that_waits_comes_first(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(rules.ExtensionWaits):
        proposed(maker, case)


@pytest.mark.rule("R52")
def test_without_a_way_to_pay_no_notice_goes_out(app, maker):
    case = proposed(maker, maker.case(received_on=RECEIVED))
    installation = app.extensions["caseapp"]
    office = replace(installation.settings.office, fee_payment=" ")
    app.extensions["caseapp"] = replace(installation, settings=replace(installation.settings, office=office))
    try:
        with pytest.raises(rules.PaymentWayMissing):
            approved(maker, case)
    finally:
        app.extensions["caseapp"] = installation


@pytest.mark.rule("R53")
def test_an_office_may_set_that_a_fee_moves_no_date(app, maker):
    installation = app.extensions["caseapp"]
    fixed = replace(installation.settings.fees, restart=False)
    app.extensions["caseapp"] = replace(installation, settings=replace(installation.settings, fees=fixed))
    try:
        case = noticed(maker)
        assert case.local_due_on == DUE
        assert paid(maker, case, on=date(2026, 3, 20)).local_due_on == DUE
        assert (
            "after_payment" not in letters.latest(case.id, LetterKind.FEE_NOTICE).fields
            or not letters.latest(case.id, LetterKind.FEE_NOTICE).fields["after_payment"]
        )
    finally:
        app.extensions["caseapp"] = installation


@pytest.mark.rule("R54")
def test_the_fees_of_a_year_are_added_up_by_the_day_of_payment(app, maker):
    paid(maker, noticed(maker), on=date(2026, 3, 20))
    by_page = maker.case(received_on=RECEIVED)
    by_page = approved(maker, proposed(maker, by_page, basis=FeeBasis.BY_PAGE, quantity=31))
    paid(maker, by_page, on=date(2026, 3, 31))
    noticed(maker, kind="business", name="示范甲商贸有限公司")  # not paid, not counted
    assert fees.totals(2026) == {
        "year": 2026,
        "cases": 2,
        "yuan": 110,
        "by_item_cases": 1,
        "by_item_yuan": 100,
        "by_page_cases": 1,
        "by_page_yuan": 10,
    }
    assert fees.totals(2025)["cases"] == 0
    answer = app.test_cli_runner().invoke(args=["fees", "totals", "--year", "2026"])
    assert '"yuan": 110' in answer.output


def test_two_payments_at_once_are_one(app, maker):
    case = noticed(maker)
    version, clerk, on = case.version, maker.actor("clerk"), date(2026, 3, 20)
    results = at_once(
        app,
        [
            lambda paper=paper: fees.record_payment(
                case.id, on=on, paper=paper, version=version, actor=clerk, at=moment(on)
            )
            for paper in ("财字0001", "财字0002")
        ],
    )
    assert [type(refusal) for refusal in refusals(results)] == [CaseChanged]
    assert maker.again(case.id).status is Status.IN_HAND
    assert fees.totals(2026)["yuan"] == 100
