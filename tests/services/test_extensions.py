"""Extending a real case: dates, refusals, letters (art. 33, para. 2; L5)."""

from dataclasses import replace
from datetime import date

import pytest

from caseapp.db import transaction
from caseapp.domain import extension as rules
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.letters import LetterKind
from caseapp.domain.permissions import NotPermitted, NotVisible, Role
from caseapp.services import deadlines, extensions, letters
from caseapp.services.cases import CaseChanged
from tests.makers import moment

RECEIVED, DUE, STATUTORY = date(2026, 3, 2), date(2026, 3, 23), date(2026, 3, 30)


@pytest.mark.rule("R18")
@pytest.mark.rule("R20")
def test_online_the_due_dates_move_with_the_approval(maker):
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 20), working_days=10)
    assert case.local_due_on == date(2026, 4, 7)  # 清明节 on the 6th
    assert case.statutory_due_on == date(2026, 4, 14)
    assert extensions.latest(case.id).status is ExtensionStatus.NOTIFIED


@pytest.mark.rule("R20")
def test_by_post_the_due_dates_move_on_the_posting_date(maker):
    case = maker.extended(maker.case(received_on=RECEIVED, way="post"), on=date(2026, 3, 18))
    assert (case.local_due_on, case.statutory_due_on) == (DUE, STATUTORY)
    posting = extensions.Posting(on=date(2026, 3, 23), tracking_number="EX000000001CN", confirmed_late=False)
    with transaction():
        extensions.notify(
            case.id, posting, version=case.version, actor=maker.actor("clerk"), at=moment(date(2026, 3, 25))
        )
    case = maker.again(case.id)
    assert case.local_due_on == date(2026, 4, 7)


@pytest.mark.rule("R20")
def test_posted_after_the_due_date_it_moves_nothing_and_the_ledger_says_why(maker):
    case = maker.extended(maker.case(received_on=RECEIVED, way="post"), on=date(2026, 3, 18))
    late = extensions.Posting(on=date(2026, 3, 24), tracking_number="EX000000001CN", confirmed_late=False)
    clerk = maker.actor("clerk")
    with pytest.raises(rules.NoticeTooLate), transaction():
        extensions.notify(case.id, late, version=case.version, actor=clerk, at=moment(date(2026, 3, 25)))
    with transaction():
        extensions.notify(
            case.id, replace(late, confirmed_late=True), version=case.version, actor=clerk, at=moment(date(2026, 3, 25))
        )
    case = maker.again(case.id)
    assert case.local_due_on == DUE
    both = deadlines.clocks(case, today=date(2026, 3, 25))
    assert [violation.value for violation in both.local.violations] == ["extension_notified_after_due"]
    assert any("延长" in line.why for line in both.local.ledger)


@pytest.mark.rule("R21")
def test_the_notice_names_both_due_dates_and_has_a_number(maker):
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 20), working_days=10)
    notice = letters.latest(case.id, LetterKind.EXTENSION_NOTICE)
    assert notice.fields["original_due_on"] == "2026年3月23日"
    assert notice.fields["new_due_on"] == "2026年4月7日"
    assert notice.number.endswith("〔2026〕1号")
    assert "remedy" not in notice.fields


@pytest.mark.rule("R18")
def test_on_the_due_date_it_may_still_be_granted_and_on_the_day_after_not(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=DUE)
    with pytest.raises(rules.ExtensionAfterDue), transaction():
        extensions.approve(case.id, version=case.version, actor=maker.actor("head"), at=moment(date(2026, 3, 24)))
    with transaction():
        extensions.approve(case.id, version=case.version, actor=maker.actor("head"), at=moment(DUE, 23, 59))
    assert maker.again(case.id).local_due_on > DUE


@pytest.mark.rule("R18")
def test_after_the_due_date_it_cannot_even_be_asked_for(maker):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(rules.ExtensionAfterDue):
        maker.proposed(case, on=date(2026, 3, 24))
    assert extensions.latest(case.id) is None


@pytest.mark.rule("R19")
@pytest.mark.parametrize("days", [0, -1, 16, 100])
def test_a_forged_length_is_refused_and_leaves_nothing(maker, days):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises((rules.ExtensionTooLong, rules.ExtensionTooShort)):
        maker.proposed(case, on=date(2026, 3, 10), working_days=days)
    assert extensions.latest(case.id) is None
    assert maker.again(case.id).local_due_on == DUE


@pytest.mark.rule("R19")
def test_only_one_extension(maker):
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 10), working_days=2)
    with pytest.raises(rules.ExtensionRepeated):
        maker.proposed(case, on=date(2026, 3, 11))


@pytest.mark.rule("R18")
def test_who_asked_cannot_grant_even_as_a_head(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    both = maker.with_roles(maker.actor("officer"), Role.OFFICER, Role.HEAD)
    for decide in (
        lambda: extensions.approve(case.id, version=case.version, actor=both, at=moment(date(2026, 3, 10))),
        lambda: extensions.refuse(case.id, reason="否", version=case.version, actor=both, at=moment(date(2026, 3, 10))),
    ):
        with pytest.raises(rules.OwnProposal), transaction():
            decide()
    assert extensions.latest(case.id).status is ExtensionStatus.PROPOSED


def test_a_refused_one_leaves_the_date_and_another_may_follow(maker):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    with transaction():
        extensions.refuse(
            case.id,
            reason="可以在原期限内办结。",
            version=case.version,
            actor=maker.actor("head"),
            at=moment(date(2026, 3, 11)),
        )
    case = maker.again(case.id)
    assert case.local_due_on == DUE
    assert extensions.latest(case.id).refusal == "可以在原期限内办结。"
    maker.extended(case, on=date(2026, 3, 12))


def test_an_officer_of_another_department_does_not_even_see_the_case(maker):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(NotVisible), transaction():
        extensions.propose(
            case.id,
            working_days=5,
            reason="无",
            version=case.version,
            actor=maker.actor("officer2"),
            at=moment(RECEIVED),
        )


@pytest.mark.parametrize("who", ["clerk", "officer", "auditor"])
def test_only_the_head_decides(maker, who):
    case = maker.proposed(maker.case(received_on=RECEIVED), on=date(2026, 3, 10))
    with pytest.raises(NotPermitted), transaction():
        extensions.approve(case.id, version=case.version, actor=maker.actor(who), at=moment(date(2026, 3, 10)))


def test_a_stale_form_is_told_by_whom(maker):
    case = maker.case(received_on=RECEIVED)
    seen = case.version
    maker.proposed(case, on=date(2026, 3, 10))
    with pytest.raises(CaseChanged, match="刚被承办员乙更新"), transaction():
        extensions.propose(
            case.id,
            working_days=5,
            reason="无",
            version=seen,
            actor=maker.actor("officer"),
            at=moment(date(2026, 3, 10)),
        )


def test_the_page_can_show_the_new_date_before_confirming(maker):
    case = maker.case(received_on=RECEIVED)
    moved = deadlines.if_extended(case, 10, today=date(2026, 3, 10))
    assert (moved.local_before, moved.local_after, moved.statutory_after) == (DUE, date(2026, 4, 7), date(2026, 4, 14))
    assert maker.again(case.id).local_due_on == DUE
