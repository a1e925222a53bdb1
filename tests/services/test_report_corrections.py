"""Cells of the annual report moved by hand: with a reason, in sight, in the sums, in every form of the report."""

import io
import json
import threading
from contextvars import Context
from datetime import date

import pytest
from docx import Document
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.domain import report_correction
from caseapp.domain.annual_report import CARRIED_IN, CARRIED_OUT, NEW, RESULTS, TOTAL, Layout, PublishedAlready
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.report_correction import (
    BelowZero,
    CellUnknown,
    NothingCorrected,
    Part,
    TooManyCorrections,
    Wanted,
    cells,
    check,
)
from caseapp.models import Event, ReportCorrection
from caseapp.services import audit, report_corrections, report_files, reports
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk

AT = moment(date(2027, 1, 20))
PERSON = "自然人"


def correct(maker, row, by, *, column=PERSON, part=Part.THREE, department="", by_whom="admin"):
    wanted = Wanted(part=part, row=row, column=column, by_how_many=by, reason="启用前的纸质申请。")
    with transaction():
        report_corrections.correct(2026, wanted, department=department, actor=maker.actor(by_whom), at=AT)


@pytest.mark.rule("R55")
def test_a_correction_moves_its_cell_and_the_sums_and_half_of_one_breaks_the_balance(maker):
    maker.case(received_on=RECEIVED)
    correct(maker, NEW, 2)
    report = reports.annual(2026)
    assert (report.table_three[NEW, PERSON], report.table_three[NEW, TOTAL]) == (3, 3)
    assert {one.identity for one in report.broken} == {"I1"}
    correct(maker, "3.1", 2, department="zhujian")
    report, theirs = reports.annual(2026), reports.annual(2026, department="zhujian")
    assert report.broken == ()
    assert (report.table_three[RESULTS, PERSON], report.by_hand[RESULTS, TOTAL]) == (2, 2)
    assert theirs.table_three["3.1", TOTAL] == 2
    assert theirs.table_three[NEW, TOTAL] == 1
    assert reports.annual(2025).corrections == reports.annual(2026, department="guizi").corrections == ()
    assert audit.verify() is None


def test_table_four_is_corrected_with_its_total(maker):
    correct(maker, "行政复议", 3, column="结果维持", part=Part.FOUR)
    four = reports.annual(2026).table_four
    assert (four["行政复议", "结果维持"], four["行政复议", TOTAL]) == (3, 3)


def test_what_is_wrong_is_refused_and_nothing_is_removed(maker):
    for row, column, by, now, refusal in [
        (RESULTS, PERSON, 1, 0, CellUnknown),
        (NEW, TOTAL, 1, 0, CellUnknown),
        ("9", PERSON, 1, 0, CellUnknown),
        (NEW, PERSON, 0, 5, NothingCorrected),
        (NEW, PERSON, 10_001, 5, NothingCorrected),
        (NEW, PERSON, -6, 5, BelowZero),
    ]:
        with pytest.raises(refusal):
            check(
                Wanted(part=Part.THREE, row=row, column=column, by_how_many=by, reason="x"),
                now=now,
                before=0,
                layout=Layout.OF_2021,
            )
    assert {CARRIED_IN, CARRIED_OUT, "3.6.3"} <= {row for row, _ in cells(Part.THREE, Layout.OF_2021)}
    with pytest.raises(NotPermitted):
        correct(maker, NEW, 1, by_whom="officer")
    correct(maker, NEW, 1)
    correct(maker, NEW, -1)
    assert db.session.query(ReportCorrection).count() == 2
    assert reports.annual(2026).table_three[NEW, TOTAL] == 0
    with transaction():
        reports.publish(2026, place="门户网站", published_on=date(2027, 1, 19), actor=maker.actor("admin"), at=AT)
    with pytest.raises(PublishedAlready):
        correct(maker, NEW, 1)


def test_two_who_take_the_last_one_away_at_once_take_one(app, maker):
    correct(maker, NEW, 1)
    admin = maker.actor("admin")
    wanted = Wanted(part=Part.THREE, row=NEW, column=PERSON, by_how_many=-1, reason="重复。")
    start, refused = threading.Barrier(2), []

    def take():
        with app.app_context():
            start.wait()
            try:
                with transaction():
                    report_corrections.correct(2026, wanted, department="", actor=admin, at=AT)
            except BelowZero as refusal:
                refused.append(refusal)

    threads = [threading.Thread(target=Context().run, args=(take,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    db.session.rollback()
    assert len(refused) == 1
    assert reports.annual(2026).table_three[NEW, TOTAL] == 0


def test_a_report_takes_no_end_of_corrections(maker, monkeypatch):
    monkeypatch.setattr(report_correction, "MOST_OF_A_REPORT", 2)
    correct(maker, NEW, 1)
    correct(maker, NEW, 1)
    with pytest.raises(TooManyCorrections):
        correct(maker, NEW, 1)


def test_every_form_of_the_report_says_what_was_corrected(maker):
    correct(maker, NEW, 2)
    report = reports.annual(2026)
    words = "人工更正：表三 1（自然人）+2，理由：启用前的纸质申请。"
    assert words in report_files.notes(report)
    document = Document(io.BytesIO(report_files.written(report, form="docx")))
    assert any(words in paragraph.text for paragraph in document.paragraphs)
    record = json.loads(report_files.written(report, form="json"))
    assert record["corrections"] == [
        {"table": "three", "row": "1", "column": "自然人", "by": 2, "reason": "启用前的纸质申请。"}
    ]


def test_the_page_asks_for_all_of_it_and_shows_it_beside_the_cases(maker, app):
    maker.case(received_on=RECEIVED)
    admin, head = (StaffDesk(app, name, at=AT) for name in ("admin", "head"))
    admin.open("/supervision/reports/2026")
    admin.open(admin.page.find("a", string="更正一格")["href"])
    admin.send(by_how_many="x", reason=" ")
    for name in ("row", "column", "by_how_many", "reason"):
        assert admin.error_at(name)
    admin.send(row="three:1", column="结果维持", by_how_many="2", reason="启用前的纸质申请。")
    assert "请选择要更正的一格" in admin.error_at("column")
    assert admin.typed()["reason"] == "启用前的纸质申请。"
    admin.send(row="three:1", column=PERSON, by_how_many="-2", reason="启用前的纸质申请。")
    assert "小于 0" in admin.error_at("by_how_many")
    admin.send(by_how_many="2")
    assert admin.said == ["已登记更正。"]
    assert "+2：启用前的纸质申请。" in " ".join(admin.page.text.split())
    page = head.open("/supervision/reports/2026")
    link = next(one for one in page.select("td a") if "1" in one["href"] and one.text.startswith("3"))
    head.open(link["href"])
    assert "另有人工更正 +2" in head.page.text
    db.session.rollback()
    said = db.session.scalars(select(Event.facts).where(Event.kind == "report_written")).all()
    assert any("更正表三 1（自然人）+2" in str(facts["setting"]) for facts in said)
