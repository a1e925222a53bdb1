"""分案 on its page: parts are added without losing a word; the applicant finds every part in one view."""

import pytest
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db
from caseapp.models import Case
from tests.makers import RECEIVED, moment
from tests.pages.filing_desk import FilingDesk
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

FIRST = {"title_1": "竣工验收备案表", "description_1": "申请公开竣工验收备案表。"}
SECOND = {"title_2": "土地出让合同", "description_2": "申请公开示范地块的国有建设用地使用权出让合同。"}


@pytest.fixture
def officer(app):
    return StaffDesk(app, "officer", at=moment(DAY, 14))


def test_a_part_is_added_and_taken_away_and_what_was_typed_stays(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}/split")
    officer.send(step="more", **FIRST, **SECOND)
    assert officer.typed()["description_2"] == SECOND["description_2"]
    assert officer.page.find("textarea", attrs={"name": "description_3"})
    officer.send(step="fewer")
    assert not officer.page.find("textarea", attrs={"name": "description_3"})
    assert officer.typed()["title_1"] == "竣工验收备案表"

    officer.send(without=("step",))
    assert "请说明分案的理由。" in officer.error_at("reason")
    officer.send(reason="两项信息。", without=("step",))
    assert "已分为 2 份办理" in officer.said[0]
    assert "一份申请分为 2 份办理" in officer.page.text
    assert "申请人的原文和分案的理由" in officer.page.text


def test_a_part_without_a_description_is_refused_at_its_field(maker, officer):
    case = maker.case()
    officer.open(f"/cases/{case.id}/split")
    officer.send(reason="两项信息。", **FIRST)
    assert "请写明第 2 件申请的是什么信息。" in officer.error_at("description_2")


def test_the_applicant_sees_every_part_in_one_view(maker, officer, app):
    with clock.stopped_at(moment(RECEIVED)):
        applicant = FilingDesk(app)
        number, code = applicant.files(), applicant.code
    case = db.session.scalars(select(Case).where(Case.number == number)).one()
    officer.open(f"/cases/{case.id}/split")
    officer.send(reason="两项信息。", **FIRST, **SECOND)

    with clock.stopped_at(moment(DAY, 15)):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert "您的申请分为 2 份办理" in applicant.page.soup.find(id="parts").text
        applicant.fills_in("查看 2026-0002", number="2026-0002")
        assert "2026-0002" in applicant.page.heading
        assert "土地出让合同" in applicant.page.soup.find(id="parts").text
