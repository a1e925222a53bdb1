"""The list as a workbook holds what the list shows, and no more than its reader may see."""

from io import BytesIO

from openpyxl import load_workbook

from caseapp.services import case_lists
from tests.makers import RECEIVED, VAGUE, moment
from tests.pages.staff_desk import StaffDesk


def opened(desk, path):
    answer = desk.client.get(path)
    assert answer.status_code == 200, answer.text
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.data)).active.iter_rows()]


def test_the_workbook_holds_the_lines_of_the_list_narrowed_alike(maker, app):
    made = [maker.case(received_on=RECEIVED) for _ in range(3)]
    vague = maker.case(received_on=RECEIVED, title="", description=VAGUE)
    clerk = StaffDesk(app, "clerk", at=moment(RECEIVED, 15))
    clerk.open("/cases/all")
    href = clerk.page.select_one("a[href*='all.xlsx']")["href"]
    head, *rows = opened(clerk, href)
    assert head == list(case_lists.HEAD)
    assert [row[0] for row in rows] == [link.text for link in clerk.page.select(".rows__number a")]
    assert {row[0] for row in rows} == {case.number for case in (*made, vague)}
    assert "*" in rows[0][2]
    assert all(row[2] != made[0].applicant.name for row in rows)
    clerk.open("/cases/all?status=registered")
    narrowed = opened(clerk, clerk.page.select_one("a[href*='all.xlsx']")["href"])
    assert [row[0] for row in narrowed[1:]] == [vague.number]
    assert clerk.client.get("/cases/all.xlsx?status=nonsense").status_code == 400


def test_an_officer_takes_away_his_own_department_only(maker, app):
    maker.case(received_on=RECEIVED)
    other = StaffDesk(app, "officer2", at=moment(RECEIVED, 15))
    assert opened(other, "/cases/all.xlsx")[1:] == []


def test_a_file_that_is_cut_says_so(maker, app, monkeypatch):
    monkeypatch.setattr(case_lists, "MOST", 2)
    made = [maker.case(received_on=RECEIVED) for _ in range(3)]
    rows = opened(StaffDesk(app, "clerk", at=moment(RECEIVED, 15)), "/cases/all.xlsx")[1:]
    assert [row[0] for row in rows[:2]] == [made[2].number, made[1].number]
    assert rows[2][0].startswith("只列出最新的 2 件")


def test_an_empty_office_has_an_empty_list(app):
    assert opened(StaffDesk(app, "clerk", at=moment(RECEIVED, 15)), "/cases/all.xlsx") == [list(case_lists.HEAD)]
