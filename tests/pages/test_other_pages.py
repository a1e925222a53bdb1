"""The pages of the other ends and turns of a case: bad input stands at its field, what was typed stays."""

from datetime import date

import pytest

from tests.makers import moment
from tests.pages.staff_desk import StaffDesk

DAY = date(2026, 3, 10)


@pytest.fixture
def desk(app):
    return lambda name, day=DAY: StaffDesk(app, name, at=moment(day, 14))


@pytest.mark.parametrize(
    ("typed", "without", "field", "words"),
    [
        ({"reason": "由该局制作。"}, (), "department", "请选择接手的部门。"),
        ({"department": "zhujian", "reason": "由该局制作。"}, (), "department", "请从列出的选项中选择"),
        ({"department": "guizi", "reason": " "}, (), "reason", "请说明转办的理由。"),
        ({"department": "guizi", "reason": "字" * 501}, (), "reason", "请控制在 500 字以内。"),
    ],
)
def test_a_transfer_that_cannot_be_keeps_what_was_typed(maker, desk, typed, without, field, words):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/transfer")

    officer.send(without=without, **typed)

    assert words in officer.error_at(field)
    assert officer.typed()["reason"].strip() == typed["reason"].strip()
    assert maker.again(case.id).department.code == "zhujian"


@pytest.mark.rule("R11")
def test_the_officer_hands_a_case_on_and_the_next_one_finds_it_with_its_date(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}")
    assert officer.page.find("a", string="转交其他部门办理")
    officer.open(f"/cases/{case.id}/transfer")
    assert not officer.page.select("[name=department][value=zhujian]")

    officer.send(department="guizi", reason="由该局制作。")

    assert "收到申请之日和答复期限不变" in officer.said[0]
    officer.open(f"/cases/{case.id}")
    assert officer.status == 404
    other = desk("officer2")
    other.open(f"/cases/{case.id}")
    assert "2026年3月23日" in other.page.text
    assert "由该局制作。" in other.page.text


def test_a_case_with_a_waiting_extension_says_why_it_cannot_be_handed_on(maker, desk):
    case = maker.proposed(maker.case(), on=DAY)
    clerk = desk("clerk")
    clerk.open(f"/cases/{case.id}/transfer")
    assert clerk.status == 302
    clerk.open(f"/cases/{case.id}")
    assert "须先决定，才能转办" in clerk.said[0]
