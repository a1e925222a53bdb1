"""The main journey over HTTP on both databases: filed, routed, extended, answered by a numbered letter."""

import io
import re
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db
from caseapp.models import Case
from caseapp.services import audit
from tests.desk import Desk
from tests.makers import moment

CODE = re.compile(r"查询码 ([0-9A-Z]{10})")
NUMBER = re.compile(r"申请编号 (\d{4}-\d{4})")


def on(day: date, hour: int = 10):
    return clock.stopped_at(moment(day, hour))


def files_a_request(desk: Desk, *, description: str, title: str = "", way: str = "online") -> tuple[str, str]:
    """Go through the four pages and return number and query code from the receipt."""
    desk.opens("/apply/kind")
    desk.fills_in("下一步", kind="person")
    desk.fills_in(
        "下一步", name="申请人某", identity_kind="passport", identity_number="E00000000", phone="0431-00000000"
    )
    desk.fills_in("下一步", title=title, description=description)
    medium = "electronic" if way == "online" else "paper"
    desk.fills_in("下一步", medium=medium, way=way, address="示范区示范街1号" if way == "post" else "")
    assert "E00000000" not in desk.page.words
    desk.fills_in("提交申请")
    assert desk.page.heading == "政府信息公开申请回执"
    return NUMBER.search(desk.page.words)[1], CODE.search(desk.page.words)[1]


@pytest.fixture
def case_of(app):
    """Finds a case as the database has it now; no context is left open around the visits."""

    def find(number: str) -> Case:
        with app.app_context():
            case = db.session.scalars(select(Case).where(Case.number == number)).one()
            db.session.expunge(case)
            return case

    return find


def test_a_request_is_filed_routed_extended_and_answered(app, case_of):
    applicant = Desk(app)

    # Given an applicant who files online on 2 March 2026
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, title="3号楼竣工验收备案表", description="申请公开备案表。")
        assert "2026年3月23日" in applicant.page.words
        assert "2026年3月30日" in applicant.page.words

    # When the officer asks for ten more working days, seeing the new date first
    with on(date(2026, 3, 10)):
        officer = Desk(app).signs_in("officer")
        assert number in officer.page.words
        officer.follows(number)
        assert "E00000000" not in officer.page.words
        assert "申***" in officer.page.words
        officer.follows("申请延长答复期限")
        officer.fills_in("查看新的期限", working_days="10", reason="需检索的历史档案较多。")
        assert "2026年4月7日" in officer.page.words
        assert case_of(number).local_due_on == date(2026, 3, 23)
        officer.fills_in("确认提交审批")

    # And the head approves, with the notice beside it
    with on(date(2026, 3, 11)):
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批延期")
        assert "延期答复告知书" in head.page.words
        assert "2026年4月7日" in head.page.words
        head.fills_in("同意")

    # Then the applicant, who is told online at once, reads the new date and why
    with on(date(2026, 3, 11), 11):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code.lower())
        assert "已延长答复期限" in applicant.page.words
        assert "2026年4月7日" in applicant.page.words
        assert "需检索的历史档案较多。" in applicant.page.words

    # When the officer drafts the answer and the head returns it once
    with on(date(2026, 3, 20)):
        officer.opens(f"/cases/{case_of(number).id}")
        officer.follows("起草答复")
        officer.fills_in("下一步", outcome="disclosed")
        officer.fills_in("送审", given="3号楼竣工验收备案表", way="网上下载", reviewed_by="科室负责人")
        head.opens("/supervision/")
        head.follows("审批答复")
        head.fills_in("退回修改", reason="请写明备案编号。")
        officer.opens(f"/cases/{case_of(number).id}")
        assert "请写明备案编号。" in officer.page.words
        officer.follows("起草答复")
        assert officer.page.fields("送审")["given"] == "3号楼竣工验收备案表"
        officer.fills_in(
            "送审", given="3号楼竣工验收备案表（备案编号 2026-3）", way="网上下载", reviewed_by="科室负责人"
        )

    # And the head issues it
    with on(date(2026, 3, 23)):
        head.opens("/supervision/")
        head.follows("审批答复")
        assert "3号楼竣工验收备案表（备案编号 2026-3）" in head.page.words
        head.fills_in("同意并签发")

    # Then the applicant downloads the numbered letter
    with on(date(2026, 3, 24)):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert "已答复：予以公开" in applicant.page.words
        links = [link["href"] for link in applicant.page.soup.select("a[href*='/track/letters/']")]
        assert len(links) == 2
        answer = applicant.client.get(links[-1])
        words = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(answer.data)).paragraphs)
        assert "〔2026〕2号" in words
        assert "申请人某：" in words
        assert "行政复议" in words

    case = case_of(number)
    assert (case.status.value, case.answered_on, case.local_due_on) == ("answered", date(2026, 3, 23), date(2026, 4, 7))
    with app.app_context():
        assert audit.verify() is None


def test_an_unclear_request_is_assigned_returned_and_posted(app, case_of):
    with on(date(2026, 3, 2)):
        applicant = Desk(app)
        number, code = files_a_request(applicant, way="post", description="我想知道去年我们这里的情况，材料都给我。")

    with on(date(2026, 3, 3)):
        clerk = Desk(app).signs_in("clerk")
        clerk.follows(number)
        clerk.follows("分派给承办部门")
        clerk.fills_in("分派", department="zhujian")
        officer = Desk(app).signs_in("officer")
        officer.follows(number)
        officer.follows("退回受理窗口")
        officer.fills_in("退回", reason="属于规自分局职责。")
        clerk.opens(f"/cases/{case_of(number).id}")
        assert "属于规自分局职责。" in clerk.page.words
        clerk.follows("分派给承办部门")
        clerk.fills_in("分派", department="guizi")
        officer.opens(f"/cases/{case_of(number).id}", status=404)

    with on(date(2026, 3, 9)):
        other = Desk(app).signs_in("officer2")
        other.follows(number)
        other.follows("起草答复")
        other.fills_in("下一步", outcome="not_found")
        other.fills_in(
            "送审",
            search_systems="电子公文系统",
            search_keywords="示范村",
            search_units="办公室",
            searched_by="承办员丙",
            searched_on="2026-03-06",
        )
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批答复")
        head.fills_in("同意并签发")
        assert case_of(number).status.value == "issued"

    with on(date(2026, 3, 11)):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert "正在送达" in applicant.page.words
        assert not applicant.page.soup.select("a[href*='/track/letters/']")
        clerk.opens(f"/cases/{case_of(number).id}")
        clerk.follows("登记送达")
        clerk.fills_in("登记", on="2026-03-10", tracking_number="EX000000001CN")
        case = case_of(number)
        assert (case.status.value, case.answered_on) == ("answered", date(2026, 3, 10))
