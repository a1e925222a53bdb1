"""年度复查 and 转为主动公开 on their pages."""

from datetime import date

from caseapp.domain.grounds import Ground
from caseapp.domain.outcome import Outcome
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


def test_the_officer_reviews_what_was_withheld_and_then_publishes_it(maker, app):
    content = maker.content(Outcome.WITHHELD, ground=Ground.DELIBERATION)
    case = maker.issued(maker.case(), on=DAY, content=content)
    officer = StaffDesk(app, "officer", at=moment(date(2027, 3, 12), 11))
    officer.open("/cases/")
    assert "年度复查不予公开的信息" in officer.page.text
    officer.open(f"/cases/{case.id}")
    officer.open(officer.page.find("a", string="年度复查不予公开的信息")["href"])
    officer.send(reason="决定已经作出。")
    assert "请选择复查结果。" in officer.error_at("result")
    officer.send(result="can_be_disclosed")
    assert "可以公开，转为主动公开" in officer.page.text

    officer.open(f"/cases/{case.id}/publication")
    officer.send(publishes="yes")
    assert "请写明在哪里公开" in officer.error_at("place")
    officer.send(place="门户网站“政府信息公开”栏目")
    assert "已转为主动公开" in officer.page.text


def test_both_requests_stand_side_by_side(maker, app):
    first = maker.issued(maker.case(title="竣工验收备案表"), on=DAY)
    second = maker.case(title="竣工验收备案表", kind="business", name="示范贸易有限公司")
    second = maker.issued(second, on=DAY)
    officer = StaffDesk(app, "officer", at=moment(DAY, 17))
    officer.open(f"/cases/{second.id}/publication")
    assert first.number in officer.page.find("aside").text
    assert first.applicant.name not in officer.page.find("aside").text
