"""征求意见 over HTTP on both databases, as the officer, the head and the applicant live it (art. 15, 32 to 34)."""

import io
from datetime import date

import pytest
from docx import Document

from caseapp.services import audit
from tests.desk import Desk
from tests.stories.test_main_journey import case_of, files_a_request, on

__all__ = ["case_of"]

REQUEST = {"title": "施工合同", "description": "申请公开示范花园3号楼竣工验收备案表和施工合同。"}
COMPANY, CONTACT, APPLICANT = "示范建设有限公司", "0431-00000002", "申请人某"


def asks(officer: Desk, case_id: int, *, kind: str = "third_party", name: str = COMPANY) -> None:
    """Send a question, reading letter and dates first."""
    officer.opens(f"/cases/{case_id}")
    officer.follows("征求第三方或者其他机关意见")
    officer.fills_in("查看征求意见书", kind=kind, name=name, contact=CONTACT, matter="施工合同中的报价构成。")
    assert f"{name}：" in officer.page.words
    assert APPLICANT not in officer.page.soup.select_one(".paper").get_text()
    officer.fills_in("签发征求意见书")


def arrives(officer: Desk, case_id: int, day: str) -> None:
    officer.opens(f"/cases/{case_id}/consultations")
    officer.follows("登记送达")
    officer.fills_in("查看新的期限", on=day, proof="EX000000003CN")
    officer.fills_in("登记送达")


def weighs(officer: Desk, case_id: int, choice: str) -> None:
    officer.opens(f"/cases/{case_id}/consultations")
    officer.follows("判断意见")
    officer.fills_in("登记判断", is_reasonable=choice, reasons="已逐项核对。")


def withholds(officer: Desk, case_id: int, **more: str) -> None:
    """Send a refusal on art. 15 for approval, as the form has it prepared."""
    officer.opens(f"/cases/{case_id}/reply/withheld")
    officer.fills_in("送审", separable="no", ground="E15", facts="报价构成是第三方的商业秘密。", **more)


@pytest.mark.rule("R22")
@pytest.mark.rule("R25")
def test_a_third_party_objects_with_reasons_and_the_refusal_goes_out(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, **REQUEST)
        case_id = case_of(number).id

    # Given an officer who asks the company on Monday, which has the letter on Wednesday
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        asks(officer, case_id)
    with on(date(2026, 3, 12)):
        arrives(officer, case_id, "2026-03-11")
        assert case_of(number).local_due_on == date(2026, 4, 16)
        withholds(officer, case_id, consultation="正在征求第三方意见。")
        assert "收到意见或者期限届满之后才能送审" in officer.page.words

    # Then the applicant reads that somebody is asked, has his own notice, and cannot learn who or fetch the question
    with on(date(2026, 3, 13)):
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert "正在征求第三方意见" in applicant.page.words
        assert "征求意见所需时间不计入答复期限" in applicant.page.words
        assert COMPANY not in applicant.page.words
        assert CONTACT not in applicant.page.words
        letters = [link["href"] for link in applicant.page.soup.select("a[href*='/track/letters/']")]
        assert len(letters) == 1
        notice = Document(io.BytesIO(applicant.client.get(letters[0]).data))
        words = "\n".join(paragraph.text for paragraph in notice.paragraphs)
        assert f"{APPLICANT}：" in words
        assert COMPANY not in words
        questions = [letter for letter in range(1, 4) if f"/track/letters/{letter}" != letters[0]]
        assert {applicant.client.get(f"/track/letters/{letter}").status_code for letter in questions} == {404}

    # When the company objects, and the officer finds its reasons good
    with on(date(2026, 3, 18)):
        officer.opens(f"/cases/{case_id}/consultations")
        officer.follows("登记收到的意见")
        officer.fills_in("查看新的期限", on="2026-03-18", position="objects", reasons="报价构成是商业秘密。")
        assert "2026年4月1日" in officer.page.words
        officer.fills_in("登记意见")
        withholds(officer, case_id, consultation="第三方不同意公开。")
        assert "请先由承办人作出判断并说明理由" in officer.page.words
        weighs(officer, case_id, "yes")
        withholds(officer, case_id)
        assert "已提交负责人审批" in officer.page.words

    # Then the head issues the refusal
    with on(date(2026, 3, 19)):
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批答复")
        head.fills_in("同意并签发")
        case = case_of(number)
        assert (case.outcome.value, case.local_due_on) == ("withheld", date(2026, 4, 1))
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code=code)
        assert "已答复：不予公开" in applicant.page.words
        assert COMPANY not in applicant.page.words
    with app.app_context():
        assert audit.verify() is None


@pytest.mark.rule("R24")
def test_a_third_party_stays_silent_and_a_person_decides(app, case_of):
    with on(date(2026, 3, 2)):
        number, _ = files_a_request(Desk(app), **REQUEST)
        case_id = case_of(number).id
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        asks(officer, case_id)
        arrives(officer, case_id, "2026-03-09")
    with on(date(2026, 3, 31)):  # the reply was due on 30 March
        assert "1 件" in app.test_cli_runner().invoke(args=["cases", "refresh"]).output
        officer.opens("/cases/")
        officer.follows("判断所征求的意见")
        assert "逾期未答复，待判断" in officer.page.words
        weighs(officer, case_id, "yes")
        withholds(officer, case_id)
        assert "已提交负责人审批" in officer.page.words


@pytest.mark.rule("R24")
def test_a_silent_organ_has_consented(app, case_of):
    with on(date(2026, 3, 2)):
        number, _ = files_a_request(Desk(app), **REQUEST)
        case_id = case_of(number).id
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        asks(officer, case_id, kind="organ", name="示范区水务局")
        arrives(officer, case_id, "2026-03-09")
    with on(date(2026, 3, 31)):
        officer.opens(f"/cases/{case_id}/consultations")
        assert "逾期未提出意见，视为同意公开" in officer.page.words
        officer.opens(f"/cases/{case_id}/reply/disclosed")
        officer.fills_in("送审", given="施工合同", way="网上下载", reviewed_by="科室负责人")
        assert "已提交负责人审批" in officer.page.words
