"""An extension: once, at most fifteen working days, by another person, told in time (art. 33, para. 2)."""

from datetime import date

import pytest

from caseapp.domain import extension as rules
from caseapp.domain.extension import ExtensionStatus

DUE = date(2026, 3, 23)


@pytest.mark.rule("R19")
@pytest.mark.parametrize("days", [1, 15])
def test_one_to_fifteen_working_days_may_be_asked_for(days):
    rules.check_length(days, limit=15)


@pytest.mark.rule("R19")
@pytest.mark.parametrize(
    ("days", "refusal"), [(0, rules.ExtensionTooShort), (-1, rules.ExtensionTooShort), (16, rules.ExtensionTooLong)]
)
def test_no_other_length_may_be_asked_for(days, refusal):
    with pytest.raises(refusal) as refused:
        rules.check_length(days, limit=15)
    assert refused.value.field == "working_days"
    assert "15" in str(refused.value)


@pytest.mark.rule("R18")
def test_the_due_date_itself_is_still_in_time_and_the_day_after_is_not():
    rules.check_in_time(due_on=DUE, today=DUE)
    with pytest.raises(rules.ExtensionAfterDue, match="答复期限已于 2026年3月23日 届满"):
        rules.check_in_time(due_on=DUE, today=date(2026, 3, 24))


@pytest.mark.rule("R19")
@pytest.mark.parametrize("status", [ExtensionStatus.PROPOSED, ExtensionStatus.APPROVED, ExtensionStatus.NOTIFIED])
def test_a_second_extension_is_refused(status):
    with pytest.raises(rules.ExtensionRepeated):
        rules.check_once(status)


@pytest.mark.parametrize("status", [None, ExtensionStatus.REFUSED])
def test_after_a_refusal_another_may_be_asked_for(status):
    rules.check_once(status)


@pytest.mark.rule("R18")
def test_nobody_decides_his_own_proposal():
    rules.check_two_people(proposed_by=(1, 2), decided_by=3)
    with pytest.raises(rules.OwnProposal):
        rules.check_two_people(proposed_by=(1, 2), decided_by=2)


@pytest.mark.rule("R20")
def test_a_notice_is_posted_between_approval_and_today():
    approved, today = date(2026, 3, 18), date(2026, 3, 20)
    rules.check_notice(on=approved, approved_on=approved, today=today)
    rules.check_notice(on=today, approved_on=approved, today=today)
    with pytest.raises(rules.NoticeInFuture):
        rules.check_notice(on=date(2026, 3, 21), approved_on=approved, today=today)
    with pytest.raises(rules.NoticeBeforeApproval):
        rules.check_notice(on=date(2026, 3, 17), approved_on=approved, today=today)


@pytest.mark.rule("R20")
def test_a_notice_posted_after_the_due_date_needs_a_word():
    rules.check_notice_in_time(on=DUE, due_on=DUE)
    with pytest.raises(rules.NoticeTooLate, match="延期将不生效"):
        rules.check_notice_in_time(on=date(2026, 3, 24), due_on=DUE)
