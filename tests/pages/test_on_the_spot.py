"""当场答复: one page, on the day of receipt, with the head's signature and the applicant's (art. 33, para. 1)."""

from datetime import timedelta

import pytest

from caseapp.db import transaction
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.lifecycle import Status
from caseapp.domain.outcome import Outcome
from caseapp.domain.replies import NotOnTheDay, NotOnTheSpot
from caseapp.services import letters, on_the_spot
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk


def test_a_request_is_answered_at_the_counter_on_one_page(maker, app):
    case = maker.case(way="post")
    officer = StaffDesk(app, "officer", at=moment(RECEIVED, 11))
    officer.open(f"/cases/{case.id}")
    assert officer.page.find("a", string="当场答复")
    here = f"/cases/{case.id}/on-the-spot"
    officer.open(here)
    officer.send(outcome="disclosed")
    assert "请补充" in officer.error_at("given")
    officer.send(given="竣工验收备案表复印件，共2页。", reviewed_by="科室负责人")
    assert "已送负责人签发" in officer.said[0]
    assert "等待负责人签发" in officer.page.text
    assert officer.page.find(attrs={"name": "given"}) is None

    head = StaffDesk(app, "head", at=moment(RECEIVED, 12))
    head.open(f"/cases/{case.id}")
    head.open(head.page.find("a", string="审批答复")["href"])
    head.send(decision="approve")
    case = maker.again(case.id)
    assert (case.status, case.delivery_way) == (Status.ISSUED, DeliveryWay.IN_PERSON)

    officer.open(here)
    officer.send()
    assert "签收后" in officer.error_at("signed")
    officer.send(signed="y")
    case = maker.again(case.id)
    assert (case.status, case.answered_on) == (Status.ANSWERED, RECEIVED)
    assert letters.of_case(case.id)[-1].delivery.on == RECEIVED
    assert "当场答复，改为当面领取" in officer.page.text


@pytest.mark.parametrize(
    ("later", "outcome", "refusal"),
    [(1, Outcome.DISCLOSED, NotOnTheDay), (0, Outcome.NOT_OURS, NotOnTheSpot)],
)
def test_another_day_or_another_answer_goes_the_usual_way(maker, later, outcome, refusal):
    case = maker.case()
    with pytest.raises(refusal), transaction():
        on_the_spot.submit(
            case.id, maker.content(outcome), version=case.version, actor=maker.actor("officer"),
            at=moment(RECEIVED + timedelta(days=later)),
        )  # fmt: skip
    assert maker.again(case.id).status is Status.IN_HAND


def test_on_the_next_day_the_page_says_so_and_the_case_no_longer_offers_it(maker, app):
    case = maker.case()
    officer = StaffDesk(app, "officer", at=moment(RECEIVED + timedelta(days=1), 11))
    officer.open(f"/cases/{case.id}")
    assert officer.page.find("a", string="当场答复") is None
    officer.open(f"/cases/{case.id}/on-the-spot")
    assert "当场答复限于收到申请的当日" in officer.page.text
