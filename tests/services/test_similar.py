"""Similar requests: found by the letters that they share, side by side, by who may read them, never a decision."""

import pytest

from caseapp.domain.permissions import NotVisible
from caseapp.domain.similarity import likeness, traits
from caseapp.services import similar
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk

HOUSE = "申请公开示范花园3号楼的竣工验收备案表"


@pytest.mark.parametrize(
    ("other", "least", "most"),
    [
        (HOUSE, 1, 1),
        ("请公开示范花园三号楼竣工验收备案表复印件", 0.4, 0.95),
        ("申请公开示范区2025年度公租房分配结果", 0, 0.2),
        ("", 0, 0),
    ],
)
def test_what_is_shared_counts_and_how_requests_are_worded_does_not(other, least, most):
    assert least <= likeness(traits("", HOUSE), traits("", other)) <= most


def test_the_most_alike_stands_first_and_the_same_applicant_is_named(maker):
    case = maker.case(received_on=RECEIVED, description=HOUSE)
    near = maker.case(received_on=RECEIVED, description="申请公开示范花园3号楼竣工验收备案表的复印件")
    same = maker.case(received_on=RECEIVED, description=HOUSE)
    maker.case(received_on=RECEIVED, description="申请公开住房保障部门公租房分配结果")
    found = similar.of_case(case.id, actor=maker.actor("officer"))
    assert [one.id for one in found] == [same.id, near.id]
    assert (found[0].percent, found[0].same_applicant) == (100, True)


def test_it_stays_within_the_department_and_its_readers(maker):
    case = maker.case(received_on=RECEIVED, description=HOUSE)
    other = maker.case(received_on=RECEIVED, description=HOUSE)
    with pytest.raises(NotVisible):
        similar.of_case(case.id, actor=maker.actor("officer2"))
    assert [one.id for one in similar.of_case(case.id, actor=maker.actor("auditor"))] == [other.id]


def test_both_stand_side_by_side_on_the_page(maker, app):
    case = maker.case(received_on=RECEIVED, description=HOUSE)
    other = maker.case(received_on=RECEIVED, description=HOUSE + "和图纸")
    numbers = {case.number, other.number}
    desk = StaffDesk(app, "officer", at=moment(RECEIVED, 15))
    desk.open(f"/cases/{case.id}")
    desk.open(desk.page.select_one("a[href$='/similar']")["href"])
    headings = {heading.text.removesuffix("（本件）") for heading in desk.page.select("section h2")}
    assert headings == numbers
    desk.open(f"/cases/{case.id}/similar?other=999999")
    assert desk.status == 404
