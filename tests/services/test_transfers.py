"""转办: the case goes on as it is in another department's hands (R11, E1)."""

from datetime import date

import pytest

from caseapp.db import transaction
from caseapp.domain import transfer as rules
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import NotVisible
from caseapp.services import audit, consulted, extensions, fees, replies, routing, transfers
from tests.makers import RECEIVED, moment
from tests.services.excess_desk import propose_fee

DAY = date(2026, 3, 10)


@pytest.fixture
def transferred(maker):
    def transferred(case, *, department="guizi", by="officer", on=DAY):
        with transaction():
            transfers.transfer(
                case.id, department=department, reason="由该局制作。", version=case.version,
                actor=maker.actor(by), at=moment(on, 15),
            )  # fmt: skip
        return maker.again(case.id)

    return transferred


@pytest.mark.rule("R11")
@pytest.mark.parametrize("by", ["officer", "clerk"])
def test_another_department_gets_the_case_and_the_first_day_of_receipt_stays(maker, transferred, by):
    before = maker.case()
    dates = (before.received_on, before.filed_at, before.counted_from, before.local_due_on, before.statutory_due_on)

    case = transferred(before, by=by)

    assert case.status is Status.IN_HAND
    assert case.department.code == "guizi"
    assert (case.received_on, case.local_due_on, case.statutory_due_on) == (
        RECEIVED,
        date(2026, 3, 23),
        date(2026, 3, 30),
    )
    assert (case.received_on, case.filed_at, case.counted_from, case.local_due_on, case.statutory_due_on) == dates
    said = dict(audit.history(case.id)[0].details)
    assert said["原承办部门"] != said["部门"] == case.department.name
    assert (said["理由"], said["收到申请之日"]) == ("由该局制作。", "2026年3月2日")


def test_the_old_department_no_longer_sees_the_case_and_the_new_one_works_on_it(maker, transferred):
    case = transferred(maker.case())

    with pytest.raises(NotVisible):
        transferred(case, department="zhujian")
    assert transferred(case, department="zhujian", by="officer2").department.code == "zhujian"


def test_the_draft_and_the_open_consultation_go_with_the_case(maker, transferred):
    case = maker.case()
    with transaction():
        replies.save_draft(case.id, maker.content(), version=case.version, actor=maker.actor("officer"), at=moment(DAY))
    case = maker.arrived(maker.asked(maker.again(case.id), on=DAY), on=DAY)
    due = case.local_due_on

    case = transferred(case)

    assert replies.content_of(replies.of(case.id)) == maker.content()
    assert [one.rules.is_open for one in consulted.of_case(case, today=DAY)] == [True]
    assert case.local_due_on == due


def test_an_extension_before_the_head_is_decided_first(maker, transferred):
    case = maker.proposed(maker.case(), on=DAY)

    with pytest.raises(rules.ExtensionUndecided):
        transferred(case)
    with transaction():
        extensions.refuse(case.id, reason="不必。", version=case.version, actor=maker.actor("head"), at=moment(DAY, 12))
    assert transferred(maker.again(case.id)).department.code == "guizi"


def test_a_fee_before_the_head_is_decided_first(maker, transferred):
    case = propose_fee(maker, maker.case(), on=DAY)

    with pytest.raises(rules.FeeUndecided):
        transferred(case)
    assert fees.latest(case.id).amount


def test_nobody_hands_a_case_to_itself_or_to_a_department_that_nobody_offered(maker, transferred):
    case = maker.case()

    with pytest.raises(rules.SameDepartment, match="请选择另一个部门"):
        transferred(case, department="zhujian")
    with pytest.raises(routing.DepartmentUnknown):
        transferred(case, department="nowhere")
