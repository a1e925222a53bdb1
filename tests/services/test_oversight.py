"""Oversight: each department's points in a year, and cases drawn at random, each once, with what was found."""

import threading
from datetime import date, datetime

import pytest

from caseapp.db import db, transaction
from caseapp.domain.letter_paper import PaperKind
from caseapp.domain.moments import OFFICE_ZONE
from caseapp.domain.oversight import CheckedAlready, FindingsMissing, NothingToDraw, Point, Verdict
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.domain.statistics import Period
from caseapp.services import audit, case_checks, oversight, replies, voidings
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_items import add as add_item
from tests.services.test_letter_papers import keep
from tests.services.test_replies import DAY

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
TODAY = date(2026, 6, 30)


def points(maker, who="auditor", year=2026):
    rows = oversight.departments(year, today=TODAY, actor=maker.actor(who))
    return {row.code: row.points for row in rows}


def draw(maker, how_many, *, department="", by="auditor"):
    with transaction():
        return case_checks.draw(how_many, YEAR, department=department, actor=maker.actor(by), at=moment(TODAY))


def record(maker, case_id, verdict=Verdict.GOOD, findings="", by="auditor"):
    with transaction():
        case_checks.record(case_id, verdict=verdict, findings=findings, actor=maker.actor(by), at=moment(TODAY))


def test_each_point_is_counted_for_its_department(maker):
    maker.issued(maker.case(received_on=RECEIVED), on=date(2026, 5, 20))
    maker.case(received_on=RECEIVED)
    sent_back = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    with transaction():
        replies.return_to_officer(
            sent_back.id, reason="改", version=sent_back.version, actor=maker.actor("head"), at=moment(DAY, 15)
        )
    void = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    with transaction():
        voidings.void_answer(
            void.id, reason="页数", version=void.version, actor=maker.actor("head"), at=moment(DAY, 16)
        )
    add_item(maker)
    found = points(maker)[maker.again(void.id).department.code]
    assert found == {
        Point.RECEIVED: 4,
        Point.ENDED: 1,
        Point.LATE: 1,
        Point.OVERDUE: 3,
        Point.PROMISE_MISSED: 1,
        Point.EXTENDED: 0,
        Point.LATE_NOTICES: 0,
        Point.RETURNED: 1,
        Point.VOIDED: 1,
        Point.MISSING_PAPERS: 0,
        Point.UNPUBLISHED: 1,
    }
    assert set(points(maker)["guizi"].values()) == {0}
    assert points(maker, year=2025)[maker.again(void.id).department.code][Point.RECEIVED] == 0


def test_each_figure_opens_as_many_cases_as_it_says(maker, app):
    maker.case(received_on=RECEIVED)
    twice = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    for turn in range(2):
        with transaction():
            case = maker.again(twice.id)
            replies.return_to_officer(
                case.id, reason="改", version=case.version, actor=maker.actor("head"), at=moment(DAY, 15 + turn)
            )
        maker.submitted(maker.again(twice.id), on=DAY)
    maker.issued(maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED), on=DAY)
    late = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    with transaction():
        voidings.void_answer(
            late.id, reason="页数", version=late.version, actor=maker.actor("head"), at=moment(DAY, 16)
        )
    head, admin = (StaffDesk(app, name, at=moment(date(2026, 12, 1))) for name in ("head", "admin"))
    links = head.open("/supervision/oversight?year=2026").select("td a")
    assert len(links) >= 6
    for link in links:
        head.open(link["href"])
        assert str(len(head.page.select(".rows__number"))) == link.text.split()[0], link["href"]
    assert not admin.open("/supervision/oversight?year=2026").select("td a")
    admin.open(links[-1]["href"])
    assert admin.status == 403
    for wrong in ("point=received", "point=returned&before=0", "point=x"):
        head.open(f"/supervision/oversight/cases?year=2026&{wrong}")
        assert head.status == 404


def test_a_delivery_without_proof_is_missing_one_until_it_is_kept(maker, app):
    case = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    online = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    code = maker.again(online.id).department.code
    assert points(maker)[code][Point.MISSING_PAPERS] == 0
    desk = StaffDesk(app, "clerk", at=moment(DAY, 17))
    desk.open(f"/cases/{case.id}/delivery")
    desk.send(on=DAY.isoformat(), tracking_number="EX000000001CN")
    assert desk.errors == []
    db.session.rollback()
    assert points(maker)[code][Point.MISSING_PAPERS] == 1
    keep(maker, maker.again(case.id), kind=PaperKind.DELIVERY_PROOF)
    assert points(maker)[code][Point.MISSING_PAPERS] == 0


def test_extensions_are_told_by_reason_and_department(maker, app):
    for _ in range(2):
        maker.extended(maker.case(received_on=RECEIVED), on=RECEIVED)
    [reason] = oversight.extension_reasons(2026, actor=maker.actor("head"))
    assert reason.number == 2
    assert reason.reason
    assert oversight.extension_reasons(2025, actor=maker.actor("head")) == []
    page = StaffDesk(app, "auditor", at=moment(DAY, 17)).open("/supervision/oversight?year=2026")
    assert reason.reason in page.select_one("[aria-label=延期的理由]").text


def test_what_happened_counts_in_the_year_of_the_office_in_which_it_happened(maker):
    case = maker.submitted(maker.case(received_on=RECEIVED), on=DAY)
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=OFFICE_ZONE)  # still 2026 in UTC
    with transaction():
        replies.return_to_officer(case.id, reason="改", version=case.version, actor=maker.actor("head"), at=new_year)
    code = maker.again(case.id).department.code
    assert [points(maker, year=year)[code][Point.RETURNED] for year in (2026, 2027)] == [0, 1]


def test_officers_do_not_oversee_and_heads_do_not_draw(maker):
    for name in ("clerk", "officer"):
        with pytest.raises(NotPermitted):
            points(maker, who=name)
    for name in ("head", "admin"):
        assert points(maker, who=name)
        with pytest.raises(NotPermitted):
            draw(maker, 1, by=name)


def test_a_case_is_drawn_once_and_only_when_it_has_ended(maker):
    ended = [maker.issued(maker.case(received_on=RECEIVED), on=DAY).id for _ in range(3)]
    maker.case(received_on=RECEIVED)
    assert draw(maker, 2) == 2
    assert draw(maker, 5) == 1
    with pytest.raises(NothingToDraw):
        draw(maker, 5)
    waiting, done = case_checks.listed(actor=maker.actor("auditor"))
    assert ({row.case_id for row in waiting}, list(done)) == (set(ended), [])
    assert "抽中抽查" in {entry.words for entry in audit.history(ended[0])}


def test_two_auditors_at_once_draw_each_case_once(maker, app):
    for _ in range(5):
        maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    auditor, drawn, errors = maker.actor("auditor"), [], []
    db.session.rollback()

    def one():
        with app.app_context():
            try:
                with transaction():
                    drawn.append(case_checks.draw(3, YEAR, department="", actor=auditor, at=moment(TODAY)))
            except NothingToDraw:
                drawn.append(0)
            except Exception as broken:  # told below
                errors.append(broken)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    waiting, _ = case_checks.listed(actor=auditor)
    assert sum(drawn) == len(waiting) == len({row.case_id for row in waiting})
    assert audit.verify() is None


def test_a_draw_stays_in_its_department(maker):
    maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(NothingToDraw):
        draw(maker, 1, department="guizi")


def test_what_is_found_is_kept_once_and_a_fault_needs_words(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    with pytest.raises(NotVisible):
        record(maker, case.id)
    draw(maker, 1)
    with pytest.raises(FindingsMissing):
        record(maker, case.id, Verdict.FAULTY)
    with pytest.raises(NotPermitted):
        record(maker, case.id, by="head")
    record(maker, case.id, Verdict.FAULTY, "送达凭证没有存入。")
    with pytest.raises(CheckedAlready):
        record(maker, case.id)
    assert case_checks.of_case(case.id, actor=maker.actor("auditor")).findings == "送达凭证没有存入。"
    assert audit.verify() is None


def test_the_auditor_draws_and_judges_on_the_pages(maker, app):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    case_id, number = case.id, case.number
    desk = StaffDesk(app, "auditor", at=moment(TODAY))
    desk.open("/supervision/oversight")
    assert "住建局" in desk.page.text
    desk.open("/supervision/checks")
    desk.send(how_many="0")
    assert "一次抽取 1 至 50 件" in desk.page.text
    desk.send(how_many="3")
    assert "已抽取 1 件" in desk.page.text
    assert number in desk.page.text
    desk.open(f"/supervision/checks/{case_id}")
    assert "应有的材料" in desk.page.text
    desk.send(verdict="small_faults", findings="")
    assert "请写明发现了什么" in desk.page.text
    desk.send(verdict="small_faults", findings="没有写明检索的系统。")
    assert "已登记抽查结果" in desk.page.text
    assert "没有写明检索的系统。" in desk.page.text
    answer = desk.client.get("/supervision/oversight/file?year=2026")
    assert answer.data.startswith(b"PK")
