"""年度工作进展: asked for by a day, told to each department, written by it, seen by those who oversee."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from caseapp.db import db, transaction
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.progress import DayWrong, RoundMissing, year_asked
from caseapp.services import audit, department_owes, progress
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk

DECEMBER, DUE, LATE = date(2026, 12, 10), date(2026, 12, 31), date(2027, 1, 5)
SAID = {"work": "公开房源表 12 期。", "trouble": "无", "plan": "整理历史档案。"}


def ask(maker, *, by="admin", due_on=DUE, on=DECEMBER, year=2026):
    with transaction():
        progress.ask(year, due_on=due_on, actor=maker.actor(by), at=moment(on))


def write(maker, *, by="officer", on=DECEMBER, **said):
    with transaction():
        progress.write(2026, **SAID | said, actor=maker.actor(by), at=moment(on))


def seen(maker, on=LATE):
    db.session.rollback()
    return {row.department: row for row in progress.of_all(2026, today=on, actor=maker.actor("head"))}


def test_a_department_is_told_says_it_and_keeps_the_day_of_its_first_word(maker):
    with pytest.raises(RoundMissing):
        write(maker)
    assert department_owes.owed(maker.actor("officer"), today=DECEMBER) is None
    ask(maker)
    assert department_owes.owed(maker.actor("officer"), today=DECEMBER).progress == (2026, DUE)
    assert department_owes.owed(maker.actor("officer"), today=LATE).progress == (2026, DUE)
    assert department_owes.owed(maker.actor("clerk"), today=LATE) is None
    write(maker)
    write(maker, on=LATE, work="公开房源表 13 期。")
    assert department_owes.owed(maker.actor("officer"), today=LATE) is None
    write(maker, by="officer2", on=LATE)
    found = seen(maker)
    ours = maker.department("zhujian").name
    assert (found[ours].submitted_on, found[ours].is_late) == (DECEMBER, False)
    assert found[ours].parts["work"] == "公开房源表 13 期。"
    late = [name for name, row in found.items() if row.submitted_on == LATE]
    assert len(late) == 1
    assert found[late[0]].is_late
    assert all(row.is_late and row.submitted_on is None for name, row in found.items() if name not in (ours, *late))
    assert audit.verify() is None


def test_only_an_administrator_asks_and_for_a_day_that_can_be_kept(maker):
    with pytest.raises(NotPermitted):
        ask(maker, by="officer")
    for day in (date(2026, 11, 30), date(2026, 12, 9)):
        with pytest.raises(DayWrong):
            ask(maker, due_on=day)
    ask(maker)
    ask(maker, due_on=LATE)
    assert progress.due_on(2026) == LATE
    with pytest.raises(NotPermitted):
        write(maker, by="clerk")
    with pytest.raises(NotPermitted):
        progress.of_all(2026, today=LATE, actor=maker.actor("officer"))
    assert (year_asked(DECEMBER), year_asked(LATE)) == (2026, 2026)


def test_the_pages_lead_from_the_request_to_the_table(maker, app):
    admin, officer, head = (StaffDesk(app, name, at=moment(DECEMBER)) for name in ("admin", "officer", "head"))
    admin.open("/supervision/reports")
    admin.open(admin.page.find("a", string="2026 年各部门工作进展")["href"])
    admin.send(due_on="2026-12-01")
    assert "也不能早于今天" in admin.error_at("due_on")
    admin.send(due_on="2026-12-31")
    assert admin.said[0].startswith("已设定填报期限")
    officer.open("/cases/")
    officer.open(officer.page.find("a", string="填报 2026 年工作进展")["href"])
    officer.send(work="公开房源表 12 期。")
    assert officer.error_at("trouble").startswith("请填写存在的问题")
    assert officer.typed()["work"] == "公开房源表 12 期。"
    officer.send(**SAID)
    assert officer.said == ["已填报 2026 年的工作进展。"]
    assert "填报 2026" not in officer.open("/cases/").select_one("main").text
    head.open("/supervision/progress/2026")
    assert "公开房源表 12 期。" in head.page.text
    assert not head.page.select("[name=due_on]")
    token = head.open("/cases/search").form.input["value"]
    head.send(to="/supervision/progress/2026", due_on="2027-01-31", csrf_token=token)
    assert head.status == 403
    book = load_workbook(io.BytesIO(head._ask(head.client.get, "/supervision/progress/2026/file").data)).active
    rows = [[cell.value for cell in row] for row in book.iter_rows()]
    assert rows[0][:3] == ["部门", "填报日期", "逾期"]
    assert [row[3] for row in rows[1:] if row[3]] == ["公开房源表 12 期。"]
    officer.open("/cases/progress/2031")
    assert officer.status == 302
