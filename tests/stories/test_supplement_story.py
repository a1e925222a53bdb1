"""补正 and 撤回 over HTTP on both databases, as the officer, the clerk and the applicant live them (art. 30)."""

import io
from datetime import date

import pytest

from caseapp import clock
from caseapp.services import audit
from tests.desk import Desk
from tests.makers import moment
from tests.stories.test_main_journey import case_of, files_a_request, on

__all__ = ["case_of"]

ITEMS = "请写明材料的名称。\n请写明年份。"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
REQUEST = {"title": "竣工验收备案表", "description": "申请公开示范花园的竣工验收备案表。"}


def asks(officer: Desk, number: str, *, reply_by: str = "2026-03-20", **more: str) -> None:
    """Ask for a correction, reading the letter first."""
    officer.opens("/cases/")
    officer.follows(number)
    officer.follows("告知申请人补正")
    officer.fills_in("查看补正告知书", items=ITEMS, reply_by=reply_by, **more)
    assert "1. 请写明材料的名称。" in officer.page.words
    officer.fills_in("确认签发")
    assert "已签发补正告知书" in officer.page.words


def tracks(applicant: Desk, number: str, code: str) -> None:
    applicant.opens("/track")
    applicant.fills_in("查询", number=number, code=code)


@pytest.mark.rule("R26")
@pytest.mark.rule("R27")
def test_asked_on_the_fifth_day_answered_with_a_file_and_the_clock_begins_anew(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, **REQUEST)

    # Given an officer who asks on the fifth working day, with the letter in sight
    with on(date(2026, 3, 9)):
        officer = Desk(app).signs_in("officer")
        asks(officer, number, guidance="可在建设单位公示栏查到名称。")
        assert "暂停计时（补正）" in officer.page.words
        officer.opens("/cases/")
        assert "暂停计时" in officer.page.words

    # When the applicant reads what is lacking, attaches a file and answers
    with on(date(2026, 3, 16)):
        tracks(applicant, number, code)
        assert "需要您补正" in applicant.page.words
        assert "请写明年份。" in applicant.page.words
        assert "暂停计算" in applicant.page.words
        applicant.follows("去补正")
        applicant.fills_in("上传这个文件", text="2025年的备案表。", file=(io.BytesIO(PDF), "示意图.pdf"))
        assert applicant.page.fields("提交补正材料")["text"] == "2025年的备案表。"
        assert "示意图.pdf" in applicant.page.words
        applicant.fills_in("提交补正材料")
        assert "已收到您的补正材料" in applicant.page.words

    # Then a full period runs from that day, and the officer has text and file
    case = case_of(number)
    assert (case.status.value, case.counted_from, case.local_due_on) == (
        "in_hand",
        date(2026, 3, 16),
        date(2026, 4, 7),
    )
    with on(date(2026, 3, 17)):
        officer.opens(f"/cases/{case.id}")
        for words in ("2025年的备案表。", "示意图.pdf", "2026年4月7日", "申请人网上提交"):
            assert words in officer.page.words
        officer.follows("起草答复")
        officer.fills_in("下一步", outcome="disclosed")
        officer.fills_in("送审", given="备案表", way="网上下载", reviewed_by="科室负责人")
        head = Desk(app).signs_in("head")
        head.opens("/supervision/")
        head.follows("审批答复")
        head.fills_in("同意并签发")
    assert case_of(number).status.value == "answered"
    with app.app_context():
        assert audit.verify() is None


def test_a_visit_that_ran_out_loses_neither_text_nor_file(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, **REQUEST)
    with on(date(2026, 3, 9)):
        asks(Desk(app).signs_in("officer"), number)
    with on(date(2026, 3, 16), 9):
        tracks(applicant, number, code)
        applicant.follows("去补正")

    # When he submits two hours later, he is asked for the code again and finds everything as it was
    with on(date(2026, 3, 16), 11):
        applicant.fills_in("提交补正材料", text="写了很久的话。", file=(io.BytesIO(PDF), "示意图.pdf"))
        assert applicant.page.heading == "查询进度"
        assert "您填写的内容已保留" in applicant.page.words
        assert case_of(number).status.value == "awaiting_supplement"
        applicant.fills_in("查询", number=number, code=code)
        assert applicant.page.fields("提交补正材料")["text"] == "写了很久的话。"
        assert "示意图.pdf" in applicant.page.words
        applicant.fills_in("提交补正材料")
        assert "已收到您的补正材料" in applicant.page.words


@pytest.mark.rule("R28")
def test_nobody_answers_and_the_officer_closes_the_case_on_proof(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, way="post", **REQUEST)
    with on(date(2026, 3, 9)):
        asks(Desk(app).signs_in("officer"), number)
        clerk = Desk(app).signs_in("clerk")
        clerk.follows("登记补正告知")
        clerk.fills_in("登记送达", on="2026-03-09", tracking_number="EX000000001CN")
        assert "已登记补正告知书送达" in clerk.page.words
    with on(date(2026, 3, 23)):
        officer = Desk(app).signs_in("officer")
        officer.follows("处理逾期不补正")
        officer.fills_in("按视为放弃结束", judgement="三次电话无人接听。")
        assert "请核实申请人是否有正当理由" in officer.page.words
        officer.fills_in("按视为放弃结束", no_good_reason="y")
        assert "已结束：逾期不补正" in officer.page.words
        tracks(applicant, number, code)
        assert "逾期未补正，不再处理" in applicant.page.words
        assert "去补正" not in applicant.page.words
    assert case_of(number).outcome.value == "lapsed"


def test_the_applicant_takes_the_request_back(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, **REQUEST)
    with on(date(2026, 3, 4)):
        tracks(applicant, number, code)
        applicant.follows("撤回申请")
        applicant.fills_in("撤回申请", reason="已从其他途径取得。")
        assert "请勾选“我确认撤回这份申请”" in applicant.page.words
        assert applicant.page.fields("撤回申请")["reason"] == "已从其他途径取得。"
        applicant.fills_in("撤回申请", confirmed="y")
        assert "已撤回" in applicant.page.words
        assert "不再需要该信息" not in applicant.page.words
    case = case_of(number)
    assert (case.status.value, case.closed_on) == ("closed", date(2026, 3, 4))
    with clock.stopped_at(moment(date(2026, 3, 5))):
        officer = Desk(app).signs_in("officer")
        assert number not in officer.page.words
        officer.opens(f"/cases/{case.id}")
        assert "申请人撤回" in officer.page.words
        assert "已从其他途径取得。" in officer.page.words


def test_an_answer_that_cannot_be_taken_keeps_text_and_names_the_field(app, case_of):
    applicant = Desk(app)
    with on(date(2026, 3, 2)):
        number, code = files_a_request(applicant, **REQUEST)
    with on(date(2026, 3, 9)):
        asks(Desk(app).signs_in("officer"), number)
    with on(date(2026, 3, 23)):
        tracks(applicant, number, code)
        applicant.follows("去补正")
        assert "补正期限已过" in applicant.page.words
        applicant.fills_in("提交补正材料", text="")
        assert "请填写补正的内容。" in applicant.page.words
        applicant.fills_in("提交补正材料", text="写了很久的话。", file=(io.BytesIO(b"MZ\x90\x00"), "程序.exe"))
        assert "文件应为 PDF、Word、图片之一。" in applicant.page.words
        assert applicant.page.fields("提交补正材料")["text"] == "写了很久的话。"
        assert case_of(number).status.value == "awaiting_supplement"

        # When the officer closes the case before he sends it, he is told so and keeps his words
        officer = Desk(app).signs_in("officer")
        officer.follows("处理逾期不补正")
        officer.fills_in("按视为放弃结束", judgement="无法联系。", no_good_reason="y")
        applicant.fills_in("提交补正材料", text="写了很久的话。")
        assert "这份申请已经结束，不能再补正。" in applicant.page.words
        assert applicant.page.fields("提交补正材料")["text"] == "写了很久的话。"
    assert case_of(number).status.value == "closed"
