"""Forms that stay inside the office: filled from the case, only those its path has used, and for its readers only."""

from io import BytesIO

import pytest
from docx import Document

from caseapp.db import transaction
from caseapp.domain.internal_sheets import SHEETS, SheetKind
from caseapp.domain.outcome import Outcome
from caseapp.domain.permissions import NotVisible
from caseapp.services import internal_sheets
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY


def read(maker, case, kind, by="officer"):
    content = internal_sheets.sheet(case.id, kind, actor=maker.actor(by)).content
    document = Document(BytesIO(content))
    assert document.paragraphs[0].text == SHEETS[kind].title
    return dict(tuple(cell.text for cell in row.cells) for row in document.tables[0].rows)


def test_a_case_has_only_the_forms_that_its_path_has_used(maker):
    case = maker.case(received_on=RECEIVED)
    assert internal_sheets.listed(case.id, actor=maker.actor("clerk")) == [SheetKind.REGISTRATION]
    rows = read(maker, case, SheetKind.REGISTRATION)
    assert rows["申请编号"] == case.number
    assert rows["申请人"] == case.applicant.name
    assert "*" in " ".join(rows.values())
    with pytest.raises(NotVisible):
        internal_sheets.sheet(case.id, SheetKind.SEARCH, actor=maker.actor("officer"))


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


@pytest.mark.parametrize("name", ["长" * 60, "<w:p>&{{ x }}", "𠮷㛃"])
def test_text_in_is_text_out(maker, name):
    case = maker.case(received_on=RECEIVED)
    with transaction():
        maker.again(case.id).applicant.name = name
    assert read(maker, maker.again(case.id), SheetKind.REGISTRATION)["申请人"] == name


def test_only_readers_of_the_case_get_its_forms(maker, app):
    case = maker.case(received_on=RECEIVED)
    with pytest.raises(NotVisible):
        internal_sheets.sheet(case.id, SheetKind.REGISTRATION, actor=maker.actor("officer2"))
    clerk = StaffDesk(app, "clerk", at=moment(RECEIVED, 15))
    clerk.open(f"/cases/{case.id}/file")
    [link] = clerk.page.select("a[href*='/file/sheets/']")
    assert clerk.client.get(link["href"]).data.startswith(b"PK")
    for path in ("nonsense", "search"):
        assert clerk.client.get(f"/cases/{case.id}/file/sheets/{path}").status_code == 404
