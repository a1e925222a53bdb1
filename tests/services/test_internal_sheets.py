"""Forms that stay inside the office: filled from the case, only those its path has used, and for its readers only."""

from io import BytesIO

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.internal_sheets import SHEETS, SheetKind
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotVisible
from caseapp.services import case_files, internal_sheets, withdrawals
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.excess_desk import awaiting_payment
from tests.services.test_replies import DAY
from tests.services.test_supplements import AFTER, lapse


def read(maker, case, kind, by="officer", place=""):
    content = internal_sheets.sheet(case.id, place or kind.value, actor=maker.actor(by)).content
    document = Document(BytesIO(content))
    assert document.paragraphs[0].text == SHEETS[kind].title
    return dict(tuple(cell.text for cell in row.cells) for row in document.tables[0].rows)


def test_a_case_has_only_the_forms_that_its_path_has_used(maker):
    case = maker.case(received_on=RECEIVED)
    assert internal_sheets.listed(case.id, actor=maker.actor("clerk")).keys() == {
        *("registration", "assignment", "cooperation"),
    }
    rows = read(maker, case, SheetKind.REGISTRATION)
    assert rows["申请编号"] == case.number
    assert rows["申请人"] == case.applicant.name
    assert "*" in " ".join(rows.values())
    with pytest.raises(NotVisible):
        internal_sheets.sheet(case.id, "search", actor=maker.actor("officer"))


def test_the_extension_names_who_asked_and_who_agreed(maker):
    asked = maker.proposed(maker.case(received_on=RECEIVED), on=RECEIVED)
    assert read(maker, asked, SheetKind.EXTENSION)["政府信息公开工作机构负责人意见"] == ""
    case = maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED)
    rows = read(maker, case, SheetKind.EXTENSION)
    assert rows["申请延长"] == "10个工作日"
    assert rows["承办人"].startswith(maker.actor("officer").name)
    assert rows["政府信息公开工作机构负责人意见"].startswith(f"同意\n{maker.actor('head').name}")


def test_an_answer_has_its_approval_and_its_receipt(maker):
    waiting = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    before = read(maker, waiting, SheetKind.APPROVAL)
    assert (before["负责人意见"], before["文号"]) == ("", "")
    case = maker.issued(maker.case(way="in_person", received_on=RECEIVED), on=DAY)
    rows = read(maker, case, SheetKind.APPROVAL, by="auditor")
    assert rows["答复类型"] == "予以公开"
    assert rows["依据"] == "《条例》第三十六条第（二）项、第四十条"
    assert rows["负责人意见"].startswith(f"同意签发\n{maker.actor('head').name}")
    assert "〔2026〕" in rows["文号"]
    assert SheetKind.REVIEW in internal_sheets.listed(case.id, actor=maker.actor("head"))
    receipt = read(maker, case, SheetKind.DELIVERY)
    assert rows["文号"] in receipt["送达文书"]
    assert receipt["受送达人签名或者盖章"] == ""
    assert "年" in receipt["送达日期"]


def test_the_search_behind_an_answer_that_nothing_exists(maker):
    content = maker.content(Outcome.NOT_FOUND)
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY, content=content)
    rows = read(maker, case, SheetKind.SEARCH)
    assert rows["检索的系统和档案"] == content.search.systems
    assert rows["检索人"] == content.search.searched_by


def test_the_department_gets_an_inner_date_and_another_unit_no_name(maker):
    case = maker.case(received_on=RECEIVED)
    rows = read(maker, case, SheetKind.ASSIGNMENT)
    assert rows["承办部门"] == case.department.name
    assert rows["请于何日前办结"] == chinese_date(case.local_due_on)
    help_asked = read(maker, case, SheetKind.COOPERATION)
    assert help_asked["协办单位"] == ""
    assert case.applicant.name not in " ".join(help_asked.values())


@pytest.mark.rule("R64")
def test_each_one_asked_has_a_reply_form_that_names_nobody_who_asks(maker):
    case = maker.asked(maker.case(received_on=RECEIVED), on=RECEIVED)
    case = maker.asked(case, on=RECEIVED, name="示范设计院")
    first, second = (read(maker, case, SheetKind.OPINION, place=place) for place in ("opinion", "opinion-2"))
    assert (first["被征求意见方"], second["被征求意见方"]) == ("示范建设有限公司", "示范设计院")
    assert "□同意公开" in first["意见"]
    assert first["征求意见书文号"] != second["征求意见书文号"]
    assert case.applicant.name not in " ".join(first.values())
    listed = internal_sheets.listed(case.id, actor=maker.actor("officer"))
    assert listed["opinion-2"].title == "征求意见回执（示范设计院）"
    packed = [name for name, _ in case_files._contents(case, at=moment(RECEIVED, 17))]
    assert "内部文书/D9_征求意见回执（示范设计院）.docx" in packed


def test_a_fee_has_its_approval_with_the_calculation(maker):
    case = awaiting_payment(maker, told=False)
    rows = read(maker, case, SheetKind.FEE)
    assert rows["金额"].endswith("元")
    assert rows["计算过程"]
    assert rows["负责人意见"].startswith(f"同意\n{maker.actor('head').name}")
    assert "〔2026〕" in rows["收费通知书文号"]


def test_a_withdrawn_request_leaves_a_record(maker):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        withdrawals.on_paper(
            case.id, on=RECEIVED, reason="已自行取得", version=case.version, actor=maker.actor("clerk"),
            at=moment(RECEIVED, 15),
        )  # fmt: skip
    rows = read(maker, maker.again(case.id), SheetKind.WITHDRAWAL)
    assert (rows["撤回的日期"], rows["申请人说明的理由"]) == (chinese_date(RECEIVED), "已自行取得")
    assert "given_up" not in internal_sheets.listed(case.id, actor=maker.actor("clerk"))


def test_silence_leaves_a_record_of_the_notice_and_of_who_judged(maker):
    awaiting = maker.awaiting(maker.case(received_on=RECEIVED), on=RECEIVED)
    case = lapse(maker, awaiting, on=AFTER)
    rows = read(maker, case, SheetKind.GIVEN_UP)
    assert rows["视为放弃的情形"] == "逾期不补正"
    assert rows["告知书送达之日"] == chinese_date(RECEIVED)
    assert rows["没有正当理由的判断"]
    assert maker.actor("officer").name in rows["记录人"]


@pytest.mark.parametrize("name", ["长" * 60, "<w:p>&{{ x }}", "𠮷㛃"])
def test_text_in_is_text_out(maker, name):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        maker.again(case.id).applicant.name = name
    assert read(maker, maker.again(case.id), SheetKind.REGISTRATION)["申请人"] == name


def test_only_readers_of_the_case_get_its_forms(maker, app):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(NotVisible):
        internal_sheets.sheet(case.id, "registration", actor=maker.actor("officer2"))
    clerk = StaffDesk(app, "clerk", at=moment(RECEIVED, 15))
    clerk.open(f"/cases/{case.id}/file")
    link = clerk.page.select("a[href*='/file/sheets/']")[0]
    assert clerk.client.get(link["href"]).data.startswith(b"PK")
    for path in ("nonsense", "search"):
        assert clerk.client.get(f"/cases/{case.id}/file/sheets/{path}").status_code == 404
