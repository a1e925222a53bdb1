"""更正 on its pages: the same four steps, with what art. 41 asks for, and answers of its own."""

import pytest
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db
from caseapp.domain.correction import CaseKind
from caseapp.models import Case
from tests.makers import RECEIVED, moment
from tests.pages.filing_desk import DELIVERY, KIND, PERSON, FilingDesk
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

WRONG = {
    "title": "示范花园3号楼竣工验收备案表",
    "description": "竣工验收备案表中的建筑面积写成了98平方米，应为89平方米。",
}


@pytest.mark.rule("R62")
def test_a_person_asks_for_a_correction_and_the_officer_answers_by_article_41(app, maker):
    with clock.stopped_at(moment(RECEIVED)):
        desk = FilingDesk(app)
        desk.opens("/guide")
        link = desk.page.soup.find("a", string="申请更正与自己有关的信息")
        desk.opens(link["href"])
        assert "更正与自己有关的政府信息" in desk.page.words
        desk.fills_in("下一步", **KIND)
        desk.fills_in("下一步", **PERSON)
        assert "哪里不准确，应当怎样记录" in desk.page.words
        desk.fills_in("下一步", **WRONG)
        assert "请上传证据" in desk.page.words
        assert WRONG["description"] in desk.page.words
        desk.uploads_with(200, b"%PDF-1.4 " + b"\x00" * 64, "证据.pdf", WRONG)
        desk.fills_in("下一步", **WRONG)
        desk.fills_in("下一步", **DELIVERY)
        assert "第四十一条" in desk.page.words
        desk.fills_in("提交申请")
        assert "更正与自己有关的政府信息（第四十一条）" in desk.page.words

    case = db.session.scalars(select(Case)).one()
    assert case.case_kind is CaseKind.CORRECTION
    case_id = case.id
    db.session.rollback()
    officer = StaffDesk(app, "officer", at=moment(DAY, 14))
    officer.open(f"/cases/{case_id}")
    assert "第四十一条没有规定更正的期限" in officer.page.text
    officer.open(f"/cases/{case_id}/reply")
    offered = [one["value"] for one in officer.page.select("input[name=outcome]")]
    assert offered == ["corrected", "not_corrected", "correction_passed_on", "correction_elsewhere"]
    officer.open(f"/cases/{case_id}/reply/disclosed")
    assert officer.status == 404
    officer.open(f"/cases/{case_id}/reply/corrected")
    officer.send(facts="将建筑面积更正为89平方米。", act="preview")
    assert "第四十一条" in officer.page.text
    assert "将建筑面积更正为89平方米" in officer.page.text
