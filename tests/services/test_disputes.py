"""复议、诉讼: results kept per case, and a case handled anew in the period that a decision sets (art. 51)."""

from datetime import date

import pytest

from caseapp.db import db, transaction
from caseapp.domain import dispute as rules
from caseapp.domain.dispute import DisputeKind, DisputeResult, Order
from caseapp.domain.duties import DutyKind
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.models import Duty, Letter, Reopening, Reply
from caseapp.services import audit, disputes, duties, extensions, reply_files, supplements, tracking
from tests.makers import RECEIVED, moment
from tests.services.other_desk import begun, contested, decision

ANSWERED = date(2026, 3, 10)
REVIEWED = date(2026, 5, 18)  # a Monday
PDF = b"%PDF-1.4 given"


@pytest.fixture
def answered(maker):
    """Return a case that was answered online on the 10th with a file."""
    case = maker.case()
    with transaction():
        reply_files.add(
            case.id, name="备案表.pdf", content=PDF, version=case.version, actor=maker.actor("officer"),
            at=moment(ANSWERED),
        )  # fmt: skip
    return maker.issued(maker.again(case.id), on=ANSWERED)


def reopened(maker, case, *, on=REVIEWED, by="officer", **order):
    with transaction():
        disputes.reopen(
            case.id, decision(on=on), Order(effective_on=on, **order), version=case.version,
            actor=maker.actor(by), at=moment(on, 15),
        )  # fmt: skip
    return maker.again(case.id)


@pytest.mark.rule("R63")
@pytest.mark.parametrize("result", list(DisputeResult))
@pytest.mark.parametrize("kind", [DisputeKind.REVIEW, DisputeKind.SUIT])
def test_the_result_is_kept_with_the_case_in_one_of_the_cells_of_table_four(maker, answered, kind, result):
    with transaction():
        disputes.record(
            answered.id, begun(on=ANSWERED, kind=kind), version=answered.version, actor=maker.actor("head"),
            at=moment(ANSWERED, 16),
        )  # fmt: skip
    [waiting] = disputes.of_case(answered.id)
    assert (waiting.kind, waiting.result) == (kind, None)
    case = maker.again(answered.id)

    with transaction():
        disputes.decide(
            case.id, decision(on=REVIEWED, result=result), version=case.version, actor=maker.actor("clerk"),
            at=moment(REVIEWED),
        )  # fmt: skip

    [kept] = disputes.of_case(case.id)
    assert (kept.result, kept.decided_on, kept.decision_no) == (result, REVIEWED, "示府复决〔2026〕1号")
    assert maker.again(case.id).status is Status.ANSWERED
    assert dict(audit.history(case.id)[0].details)["结果"] == result.label


@pytest.mark.rule("R63")
@pytest.mark.parametrize(
    ("order", "due"),
    [
        ({}, date(2026, 6, 8)),
        ({"working_days": 5}, date(2026, 5, 25)),
        ({"answer_by": date(2026, 5, 30)}, date(2026, 5, 30)),
    ],
)
def test_a_case_is_handled_anew_in_the_period_that_the_decision_sets(maker, answered, order, due):
    case = reopened(maker, contested(maker, answered, on=ANSWERED), **order)

    assert (case.status, case.counted_from, case.local_due_on, case.urgency_on) == (
        Status.IN_HAND,
        REVIEWED,
        due,
        due,
    )
    assert (case.outcome, case.answered_on, case.closed_on) == (None, None, None)
    assert (case.statutory_due_on == due) is bool(order)
    kept = db.session.query(Reopening).one()
    assert (kept.earlier_outcome, kept.earlier_answered_on) == (Outcome.DISCLOSED, ANSWERED)
    assert kept.earlier_reply["outcome"] == "disclosed"
    open_duties = {row.kind: row.due_on for row in db.session.query(Duty) if row.done_on is None}
    assert open_duties[DutyKind.ANSWER_LOCAL] == due
    assert DutyKind.DELIVERY not in open_duties
    assert DutyKind.SUPPLEMENT_CHECK not in open_duties


def test_a_second_answer_goes_out_under_a_number_of_its_own_and_the_first_stays(maker, answered):
    first = db.session.query(Letter).one()
    [given] = reply_files.for_applicant(answered)
    case = reopened(maker, contested(maker, answered, on=ANSWERED))
    assert reply_files.of_case(case.id) == []
    assert [row.id for row in reply_files.for_applicant(case)] == [given.id]
    assert reply_files.open_for_applicant(case, given.id).content == PDF
    assert db.session.get(Reply, case.id) is None

    case = maker.issued(case, on=date(2026, 5, 20), content=maker.content(Outcome.NOT_FOUND))

    assert (case.status, case.outcome, case.answered_on) == (Status.ANSWERED, Outcome.NOT_FOUND, date(2026, 5, 20))
    letters = tracking.letters_for_applicant(case)
    assert len({letter.number for letter in letters}) == 2
    assert first.id in [letter.id for letter in letters]
    assert [row.original_name for row in reply_files.for_applicant(case)] == ["备案表.pdf"]
    assert not duties.near(maker.actor("officer"), at=moment(date(2026, 5, 20), 15))


def test_nothing_moves_a_period_that_a_court_has_set(maker, answered):
    case = reopened(maker, contested(maker, answered, on=ANSWERED), working_days=10)
    common = {"version": case.version, "actor": maker.actor("officer"), "at": moment(REVIEWED, 16)}

    with pytest.raises(rules.PeriodIsSet) as refused, transaction():
        extensions.propose(case.id, working_days=5, reason="检索。", **common)
    assert "由行政复议决定确定" in str(refused.value)
    with pytest.raises(rules.PeriodIsSet), transaction():
        supplements.ask(case.id, maker.notice(reply_by=date(2026, 6, 10)), **common)
    assert maker.again(case.id).local_due_on == date(2026, 6, 1)


def test_a_period_as_by_law_may_be_extended_once_more(maker):
    case = maker.extended(maker.case(), on=RECEIVED, working_days=5)
    case = maker.issued(case, on=ANSWERED)
    case = reopened(maker, contested(maker, case, on=ANSWERED))
    case = maker.extended(case, on=REVIEWED, working_days=5)
    assert case.local_due_on == date(2026, 6, 15)


@pytest.mark.parametrize(
    ("result", "order", "refusal"),
    [
        (DisputeResult.UPHELD, {}, rules.UpheldAndReopened),
        (DisputeResult.CORRECTED, {"effective_on": date(2026, 5, 17)}, rules.EffectiveBeforeDecision),
        (DisputeResult.CORRECTED, {"effective_on": date(2026, 5, 19)}, rules.EffectiveInFuture),
        (DisputeResult.CORRECTED, {"working_days": 0}, rules.PeriodTooLong),
        (DisputeResult.CORRECTED, {"working_days": 121}, rules.PeriodTooLong),
        (DisputeResult.CORRECTED, {"answer_by": REVIEWED}, rules.LastDayTooEarly),
    ],
)
def test_an_order_that_no_decision_gives_is_refused_and_nothing_is_half_done(maker, answered, result, order, refusal):
    case = contested(maker, answered, on=ANSWERED)
    with pytest.raises(refusal), transaction():
        disputes.reopen(
            case.id, decision(on=REVIEWED, result=result), Order(**({"effective_on": REVIEWED} | order)),
            version=case.version, actor=maker.actor("officer"), at=moment(REVIEWED),
        )  # fmt: skip
    case = maker.again(case.id)
    assert case.status is Status.ANSWERED
    assert disputes.of_case(case.id)[0].result is None


def test_a_suit_stands_in_the_block_of_table_four_that_its_history_says(maker, answered):
    def record(case, kind):
        with transaction():
            disputes.record(
                case.id, begun(on=ANSWERED, kind=kind), version=case.version, actor=maker.actor("officer"),
                at=moment(REVIEWED, 16),
            )  # fmt: skip
        return maker.again(case.id)

    with pytest.raises(rules.NotReviewed):
        record(answered, DisputeKind.SUIT_AFTER_REVIEW)
    case = record(maker.again(answered.id), DisputeKind.REVIEW)
    with pytest.raises(rules.StillPending):
        record(case, DisputeKind.SUIT)
    with transaction():
        disputes.decide(
            case.id, decision(on=REVIEWED, result=DisputeResult.UPHELD), version=case.version,
            actor=maker.actor("officer"), at=moment(REVIEWED),
        )  # fmt: skip
    case = maker.again(case.id)
    with pytest.raises(rules.WasReviewed):
        record(case, DisputeKind.SUIT)
    record(maker.again(case.id), DisputeKind.SUIT_AFTER_REVIEW)
    assert [one.kind for one in disputes.of_case(case.id)] == [DisputeKind.REVIEW, DisputeKind.SUIT_AFTER_REVIEW]


def test_a_case_closed_for_want_of_a_correction_can_be_taken_up_again(maker):
    case = maker.awaiting(maker.case(), on=date(2026, 3, 3), reply_by=date(2026, 3, 5))
    common = {"actor": maker.actor("officer"), "at": moment(ANSWERED)}
    with transaction():
        supplements.lapse(case.id, no_good_reason=True, judgement="无。", version=case.version, **common)
    case = maker.again(case.id)
    assert case.status is Status.CLOSED

    case = reopened(maker, contested(maker, case, on=ANSWERED))

    assert (case.status, case.local_due_on) == (Status.IN_HAND, date(2026, 6, 8))
