"""补正 on real cases: asked, told, answered, lapsed, withdrawn; the clock begins anew (art. 30; R26 to R28)."""

from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp.db import db, transaction
from caseapp.domain import supplement as rules
from caseapp.domain.extension import ExtensionRepeated
from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.lifecycle import ActionNotAllowed, Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.post import TrackingNumberMissing
from caseapp.domain.replies import DeliveredBeforeIssue
from caseapp.domain.supplement import SupplementStatus
from caseapp.domain.urgency import Urgency
from caseapp.models import Attachment, Event, FilingDraft
from caseapp.services import (
    attachments,
    audit,
    deadlines,
    drafts,
    letters,
    replies,
    supplements,
    withdrawals,
    worklists,
)
from caseapp.services.cases import CaseChanged
from caseapp.services.replies import Handover
from caseapp.services.worklists import Task
from tests.makers import moment
from tests.services.test_races import at_once, refusals

# Received on Monday 2 March 2026; the notice is due on Wednesday 11 March, the answer on Monday 23 March.
RECEIVED, FIFTH, EIGHTH = date(2026, 3, 2), date(2026, 3, 9), date(2026, 3, 12)
REPLY_BY, AFTER = date(2026, 3, 20), date(2026, 3, 21)
ANSWERED = date(2026, 3, 16)  # then fifteen working days end on Tuesday 7 April: 清明节 is on the 6th
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def awaiting(maker):
    return maker.awaiting(maker.case(received_on=RECEIVED), on=FIFTH)


def ask(maker, case, *, on, override="", reply_by=REPLY_BY):
    notice = maker.notice(reply_by=reply_by, override=override)
    with transaction():
        supplements.ask(case.id, notice, version=case.version, actor=maker.actor("officer"), at=moment(on))
    return maker.again(case.id)


def answer(maker, case, *, on, text="是2025年的备案表。", key="no-files-here"):
    asked = supplements.latest(case.id)
    with transaction():
        supplements.take_online(case.id, asked.id, text=text, key=key, at=moment(on))
    return maker.again(case.id)


def lapse(maker, case, *, on, ticked=True, actor="officer"):
    with transaction():
        supplements.lapse(
            case.id,
            no_good_reason=ticked,
            judgement="3月18日电话联系，申请人表示不再补充。",
            version=case.version,
            actor=maker.actor(actor),
            at=moment(on),
        )
    return maker.again(case.id)


def events(case) -> list[str]:
    rows = db.session.scalars(select(Event.kind).where(Event.case_id == case.id).order_by(Event.position))
    return [kind.value for kind in rows]


@pytest.mark.rule("R26")
def test_asking_stops_the_clock_and_issues_a_numbered_notice(awaiting):
    assert (awaiting.status, awaiting.local_due_on, awaiting.statutory_due_on) == (
        Status.AWAITING_SUPPLEMENT,
        None,
        None,
    )
    assert awaiting.urgency_on == REPLY_BY
    letter = letters.latest(awaiting.id, LetterKind.SUPPLEMENT_NOTICE)
    assert letter.number.endswith("〔2026〕1号")
    assert letter.fields["corrections"] == "1. 请写明材料的名称或文号。\n2. 请写明大致的时间。"
    assert letter.fields["reply_by"] == "2026年3月20日"
    assert letter.delivery.on == FIFTH  # online: delivered in the same act


@pytest.mark.rule("R47")
def test_the_notice_states_period_consequence_and_restart_and_no_remedy(maker):
    case = maker.case(received_on=RECEIVED)
    words = "".join(
        block.text for block in supplements.preview(case, maker.notice(reply_by=REPLY_BY), today=FIFTH).blocks
    )
    for part in ("第三十条", "2. 请写明大致的时间。", "2026年3月20日", "视为放弃申请", "重新计算答复期限"):
        assert part in words
    assert "行政复议" not in words
    assert not LETTERS[LetterKind.SUPPLEMENT_NOTICE].needs_remedy


@pytest.mark.rule("R26")
def test_a_notice_on_the_eighth_working_day_needs_a_reason_that_stays(maker):
    case = maker.case(received_on=RECEIVED)
    assert supplements.why_override(case, today=date(2026, 3, 11)) == ""
    assert "最晚 2026年3月11日" in supplements.why_override(case, today=EIGHTH)
    with pytest.raises(rules.SupplementLate):
        ask(maker, case, on=EIGHTH)
    case = ask(maker, maker.again(case.id), on=EIGHTH, override="申请人要求书面列明。")
    assert supplements.latest(case.id).override == "申请人要求书面列明。"


@pytest.mark.rule("R26")
def test_a_second_notice_needs_a_reason_and_another_day(maker, awaiting):
    case = answer(maker, awaiting, on=date(2026, 3, 10))
    with pytest.raises(rules.SupplementOnTheDayOfTheLast):
        ask(maker, case, on=date(2026, 3, 10), override="仍不明确。")
    case = maker.again(case.id)
    with pytest.raises(rules.SupplementRepeated):
        ask(maker, case, on=date(2026, 3, 11))
    case = ask(maker, maker.again(case.id), on=date(2026, 3, 11), override="仍不明确。")
    assert [row.status for row in supplements.of_case(case.id)] == [SupplementStatus.TAKEN, SupplementStatus.ASKED]
    assert case.local_due_on is None


def test_a_case_in_approval_is_not_asked_for_corrections(maker):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=FIFTH)
    with pytest.raises(ActionNotAllowed):
        ask(maker, case, on=FIFTH)


def test_a_case_whose_extension_waits_is_not_asked_for_corrections(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=FIFTH)
    with pytest.raises(rules.ExtensionUndecided):
        ask(maker, case, on=FIFTH)


@pytest.mark.rule("R27")
def test_the_corrected_application_starts_a_full_period_and_the_old_date_stays(maker, awaiting):
    case = answer(maker, awaiting, on=ANSWERED)
    assert (case.status, case.counted_from) == (Status.IN_HAND, ANSWERED)
    assert (case.local_due_on, case.statutory_due_on) == (date(2026, 4, 7), date(2026, 4, 14))
    assert case.urgency_on == date(2026, 4, 7)
    words = " ".join(line.why for line in deadlines.clocks(case, today=ANSWERED).local.ledger)
    assert "3月23日" in words
    last = audit.history(case.id)[0]
    assert (last.actor, last.words) == ("申请人", "收到补正材料，重新计算期限")


@pytest.mark.rule("R27")
@pytest.mark.rule("R19")
def test_the_new_period_may_be_extended_once_though_the_old_one_was(maker):
    extended = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 4), working_days=5)
    assert extended.local_due_on == date(2026, 3, 30)
    case = answer(maker, maker.awaiting(extended, on=FIFTH), on=ANSWERED)
    assert case.local_due_on == date(2026, 4, 7)  # the old extension ended with its period
    case = maker.extended(case, on=date(2026, 3, 17), working_days=5)
    assert case.local_due_on == date(2026, 4, 14)
    with pytest.raises(ExtensionRepeated):
        maker.proposed(case, on=date(2026, 3, 18), working_days=5)


def test_letters_after_the_correction_name_the_day_of_its_arrival(maker, awaiting):
    case = answer(maker, awaiting, on=ANSWERED)
    words = "".join(block.text for block in replies.compose(case, maker.content(), dated_on=ANSWERED).blocks)
    assert "2026年3月16日" in words


def test_a_correction_on_paper_counts_from_the_day_it_arrived(maker, awaiting):
    with transaction():
        supplements.take_on_paper(
            awaiting.id,
            taken_on=ANSWERED,
            text="是2025年的备案表。",
            version=awaiting.version,
            actor=maker.actor("clerk"),
            at=moment(date(2026, 3, 18)),
        )
    case = maker.again(awaiting.id)
    assert (case.counted_from, case.local_due_on) == (ANSWERED, date(2026, 4, 7))


def test_what_the_page_announces_is_what_the_arrival_brings(maker, awaiting):
    moved = deadlines.if_supplemented(awaiting, on=ANSWERED, today=date(2026, 3, 18))
    assert (moved.local_after, moved.statutory_after) == (date(2026, 4, 7), date(2026, 4, 14))


def test_a_correction_after_the_period_still_counts_while_nobody_has_closed_the_case(maker, awaiting):
    assert answer(maker, awaiting, on=date(2026, 3, 25)).status is Status.IN_HAND


def test_the_files_of_a_correction_go_to_the_case_and_its_draft_ends(maker, awaiting):
    key = drafts.new_key()
    with transaction():
        attachments.add(key, name="示意图.pdf", content=PDF, at=moment(ANSWERED))
    case = answer(maker, awaiting, on=ANSWERED, key=key)
    assert [file.original_name for file in case.attachments] == ["示意图.pdf"]
    assert drafts.find(key) is None
    assert db.session.scalar(select(func.count()).select_from(FilingDraft).where(FilingDraft.case_id.is_(None))) == 0


def test_the_same_correction_sent_twice_counts_once(maker, awaiting):
    first = answer(maker, awaiting, on=ANSWERED)
    again = answer(maker, first, on=date(2026, 3, 17))
    assert (again.version, again.counted_from) == (first.version, ANSWERED)
    with pytest.raises(rules.AlreadyTaken):
        answer(maker, again, on=ANSWERED, text="另外一段话。")


@pytest.mark.rule("R28")
def test_silence_closes_the_case_on_proof_and_judgement(maker, awaiting):
    with pytest.raises(rules.NotYetOverdue):
        lapse(maker, awaiting, on=REPLY_BY)
    with pytest.raises(rules.ReasonNotJudged):
        lapse(maker, maker.again(awaiting.id), on=AFTER, ticked=False)
    case = lapse(maker, maker.again(awaiting.id), on=AFTER)
    assert (case.status, case.outcome, case.closed_on) == (Status.CLOSED, Outcome.LAPSED, AFTER)
    assert (case.urgency_on, case.answered_on) == (None, None)
    assert supplements.latest(case.id).lapse_judgement.startswith("3月18日")
    with pytest.raises(rules.SupplementEnded):
        answer(maker, case, on=AFTER)


@pytest.mark.rule("R28")
def test_by_post_nothing_lapses_before_the_posting_is_recorded(maker):
    case = maker.awaiting(maker.case(received_on=RECEIVED, way="post"), on=FIFTH)
    assert letters.latest(case.id, LetterKind.SUPPLEMENT_NOTICE).delivery is None
    with pytest.raises(rules.NoProofOfDelivery):
        lapse(maker, case, on=AFTER)
    common = {"actor": maker.actor("clerk"), "at": moment(date(2026, 3, 11))}
    for handover, refusal in (
        (Handover(on=FIFTH, tracking_number=""), TrackingNumberMissing),
        (Handover(on=date(2026, 3, 6), tracking_number="EX000000001CN"), DeliveredBeforeIssue),
    ):
        with pytest.raises(refusal), transaction():
            supplements.notify(case.id, handover, version=maker.again(case.id).version, **common)
    with transaction():
        handover = Handover(on=date(2026, 3, 10), tracking_number="EX000000001CN")
        supplements.notify(case.id, handover, version=maker.again(case.id).version, **common)
    with pytest.raises(rules.NoticeDelivered), transaction():
        supplements.notify(case.id, handover, version=maker.again(case.id).version, **common)
    assert lapse(maker, maker.again(case.id), on=AFTER).outcome is Outcome.LAPSED


def in_status(maker, status: Status):
    case = maker.case(received_on=RECEIVED)
    if status is Status.AWAITING_SUPPLEMENT:
        return maker.awaiting(case, on=FIFTH)
    return maker.submitted(case, on=FIFTH) if status is Status.IN_APPROVAL else case


@pytest.mark.parametrize("status", [Status.IN_HAND, Status.AWAITING_SUPPLEMENT, Status.IN_APPROVAL])
def test_the_applicant_withdraws_online_and_twice_is_once(maker, status):
    case = in_status(maker, status)
    for _ in range(2):
        with transaction():
            withdrawals.by_applicant(case.id, reason="已从其他途径取得。", at=moment(ANSWERED))
    case = maker.again(case.id)
    assert (case.status, case.outcome, case.closed_on) == (Status.CLOSED, Outcome.WITHDRAWN, ANSWERED)
    assert case.urgency_on is None
    assert events(case).count("withdrawn") == 1
    assert audit.history(case.id)[0].actor == "申请人"


def test_an_issued_answer_can_no_longer_be_withdrawn_from(maker):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=FIFTH)
    with pytest.raises(ActionNotAllowed), transaction():
        withdrawals.by_applicant(case.id, reason="", at=moment(ANSWERED))


def test_a_withdrawal_on_paper_ends_the_case_on_the_day_it_arrived(maker):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        withdrawals.on_paper(
            case.id,
            on=FIFTH,
            reason="",
            version=case.version,
            actor=maker.actor("clerk"),
            at=moment(date(2026, 3, 10)),
        )
    assert maker.again(case.id).closed_on == FIFTH


def test_waiting_cases_are_paused_on_the_officers_list_until_their_period_is_over(maker, awaiting):
    officer = maker.actor("officer")
    waiting = worklists.mine(officer, today=REPLY_BY).groups
    assert [row.task for row in waiting[Urgency.PAUSED]] == [Task.AWAIT_SUPPLEMENT]
    assert waiting[Urgency.PAUSED][0].badge.words == "暂停计时（补正）"
    overdue = worklists.mine(officer, today=AFTER).groups
    assert [row.task for row in overdue[Urgency.OVERDUE]] == [Task.LAPSE]
    assert overdue[Urgency.OVERDUE][0].badge.words.startswith("补正逾期")


def test_a_notice_to_be_posted_waits_at_the_window(maker):
    maker.awaiting(maker.case(received_on=RECEIVED, way="post"), on=FIFTH)
    assert [row.task for row in worklists.mine(maker.actor("clerk"), today=FIFTH).rows] == [Task.NOTIFY_SUPPLEMENT]


@pytest.mark.parametrize("turn", range(3))
def test_the_applicant_answers_while_the_officer_lets_it_lapse(app, maker, awaiting, turn):
    asked, version, officer = supplements.latest(awaiting.id), awaiting.version, maker.actor("officer")
    results = at_once(
        app,
        [
            lambda: supplements.take_online(
                awaiting.id, asked.id, text="已补充。", key="no-files-here", at=moment(AFTER)
            ),
            lambda: supplements.lapse(
                awaiting.id,
                no_good_reason=True,
                judgement="无法联系。",
                version=version,
                actor=officer,
                at=moment(AFTER),
            ),
        ],
    )
    refused = refusals(results)
    assert len(refused) == 1
    case = maker.again(awaiting.id)
    kinds = events(case)
    assert (kinds.count("supplement_taken"), kinds.count("lapsed")) in ((1, 0), (0, 1))
    if case.status is Status.IN_HAND:
        assert isinstance(refused[0], CaseChanged)
        assert "申请人" in str(refused[0])
    else:
        assert isinstance(refused[0], rules.SupplementEnded)
    assert db.session.scalar(select(func.count()).select_from(Attachment)) == 0
    assert audit.verify() is None
