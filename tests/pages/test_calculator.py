"""期限计算器: anybody may ask when an answer would be due; an officer may ask what would become of a case."""

from datetime import date

import pytest
from sqlalchemy import func, select

from caseapp.db import db
from caseapp.domain.deadlines import ClockState
from caseapp.domain.what_if import Supposed, SupposedConsultation
from caseapp.models import Case, Event
from caseapp.services import what_if
from caseapp.web.kit.what_if import STATES
from tests.desk import Desk
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk


def visitor(app) -> Desk:
    return Desk(app)


def ask(app, **given) -> Desk:
    desk = visitor(app)
    desk.opens("/calculator?" + "&".join(f"{name}={value}" for name, value in given.items()))
    return desk


def values(desk) -> dict[str, str]:
    return {row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in desk.page.soup.select("#result .fact")}


@pytest.mark.rule("R13")
@pytest.mark.rule("R16")
def test_both_clocks_of_a_plain_request_and_the_last_days(app):
    desk = ask(app, received_on="2026-03-02")
    found = values(desk)
    assert found["承诺期限"] == "2026年3月23日"
    assert found["法定期限"] == "2026年3月30日"
    assert found["补正告知的最后一天"] == "2026年3月11日"
    assert found["批准并告知延期的最后一天"] == "2026年3月23日"
    assert "最晚可在2026年3月23日前（含当日）经同意并告知申请人延期" in desk.page.words
    assert len(desk.page.soup.select("#result ol.ledger")) == 2


@pytest.mark.rule("R22")
def test_a_consultation_answered_early_leaves_out_the_days_between(app):
    # Received Monday 24 November 2025; asked on 1 December, answered on 10 December: 2 to 10 December do not count.
    desk = ask(app, received_on="2025-11-24", opened_1="2025-12-01", delivered_1="2025-12-02", replied_1="2025-12-10")
    found = values(desk)
    assert found["承诺期限"] == "2025年12月24日"
    assert found["不扣除征求意见时间的日期"] == "2025年12月15日"
    assert found["批准并告知延期的最后一天"] == "2025年12月24日"


@pytest.mark.rule("R22")
def test_an_open_consultation_is_a_projection(app):
    desk = ask(app, received_on="2025-11-24", opened_1="2025-12-01", delivered_1="2025-12-02")
    assert "按征求意见至答复期满推算" in desk.page.words
    assert values(desk)["征求意见的最后答复期限"] == "2025年12月23日"


@pytest.mark.rule("R27")
def test_a_corrected_application_starts_the_period_anew(app):
    given = {"received_on": "2026-03-02", "asked_on": "2026-03-06", "reply_by": "2026-03-20"}
    assert "现在没有答复期限" in ask(app, **given).page.words
    assert values(ask(app, **given, taken_on="2026-03-16"))["承诺期限"] == "2026年4月7日"


@pytest.mark.rule("R20")
def test_an_extension_told_too_late_is_named_in_words(app):
    given = {"received_on": "2026-03-02", "approved_on": "2026-03-10", "extension_days": "10"}
    assert values(ask(app, **given, told_on="2026-03-23"))["承诺期限"] == "2026年4月7日"
    late = ask(app, **given, told_on="2026-03-24")
    assert values(late)["承诺期限"] == "2026年3月23日"
    assert "延期不生效：告知申请人之日已过原答复期限。" in late.page.words


@pytest.mark.rule("R15")
def test_a_year_without_a_notice_is_provisional(app):
    assert values(ask(app, received_on="2027-03-01"))["承诺期限"].endswith("（暂定）")


@pytest.mark.rule("R16")
def test_the_older_statute_stands_for_older_requests_and_may_be_chosen(app):
    assert values(ask(app, received_on="2018-03-01"))["法定期限"] == "2018年3月22日"
    assert values(ask(app, received_on="2026-03-02", rules="CN-2019"))["承诺期限"] == "2026年3月30日"


@pytest.mark.parametrize(
    ("given", "field", "words"),
    [
        ({"received_on": ""}, "received_on", "请填写收到申请的日期。"),
        ({"received_on": "2026-02-30"}, "received_on", "请按 2026-11-23 的样子填写日期。"),
        ({"received_on": "1990-01-01"}, "received_on", "没有适用的法定期限"),
        ({"rules": "CN-1999"}, "rules", "请从列出的选项中选择"),
        ({"opened_1": "2026-01-01"}, "opened_1", "这一天不能早于收到申请之日（2026年3月2日）。"),
        ({"replied_2": "2026-03-10"}, "opened_2", "请填写征求意见的日期。"),
        ({"asked_on": "2026-03-04"}, "reply_by", "请填写补正期限，或清空告知补正的日期。"),
        ({"taken_on": "2026-03-10"}, "asked_on", "请填写告知补正的日期"),
        ({"approved_on": "2026-03-10"}, "extension_days", "请填写延长的工作日数"),
        ({"extension_days": "很多"}, "extension_days", "请填写整数"),
        ({"extension_days": "100"}, "extension_days", "请填写 1 到 60 之间的整数。"),
        ({"told_on": "2026-03-10"}, "approved_on", "请填写同意延期的日期"),
        ({"as_of": "2026-03-01"}, "as_of", "这一天不能早于收到申请之日（2026年3月2日）。"),
    ],
)
def test_a_bad_date_is_told_at_its_field(app, given, field, words):
    desk = ask(app, **{"received_on": "2026-03-02", **given})
    found = desk.page.soup.select_one(f"main [name={field}]")
    told = " ".join(desk.page.soup.find(id=id).get_text() for id in found["aria-describedby"].split())
    assert words in told
    assert found["aria-invalid"] == "true"
    assert not desk.page.soup.select("#result")


def test_days_beyond_the_calendar_are_refused_in_words(app):
    desk = ask(app, received_on="2999-01-01")
    assert "工作日历只有" in desk.page.words


def test_nothing_is_written_and_no_cookie_is_needed(app, maker):
    before = db.session.scalar(select(func.count()).select_from(Event))
    ask(app, received_on="2026-03-02", opened_1="2026-03-03")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Event)) == before
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_guide_and_footer_lead_to_the_calculator(app):
    desk = visitor(app)
    desk.opens("/guide")
    assert len(desk.page.soup.select("a[href='/calculator']")) == 2
    assert not desk.opens("/calculator").soup.select("#result")


def test_an_officer_asks_what_a_consultation_would_do_to_his_case(app, maker):
    case = maker.case(received_on=RECEIVED)
    desk = StaffDesk(app, "officer", at=moment(date(2026, 3, 3)))
    desk.open(f"/cases/{case.id}")
    link = desk.page.select_one("a[href$='what-if']")["href"]
    desk.open(f"{link}?opened_1=2026-03-09&replied_1=2026-03-13")
    found = {row.dt.get_text(strip=True): row.dd.get_text(strip=True) for row in desk.page.select("#result .fact")}
    assert found["承诺期限"] == "2026年3月27日"  # 10 to 13 March are left out
    desk.open(f"{link}?opened_1=2026-01-09")
    assert desk.error_at("opened_1") == "这一天不能早于收到申请之日（2026年3月2日）。"
    assert maker.again(case.id).version == case.version


def test_the_calculator_knows_what_has_really_happened(app, maker):
    case = maker.extended(maker.case(received_on=RECEIVED), on=date(2026, 3, 10), working_days=10)
    supposed = Supposed(
        consultations=(SupposedConsultation(opened_on=date(2026, 3, 16), replied_on=date(2026, 3, 18)),)
    )
    seen = what_if.of_case(case, supposed, today=date(2026, 3, 11))
    assert seen.clocks.local.answer_due == date(2026, 4, 9)  # extended to 7 April, and two days left out


def test_another_department_may_not_ask_about_a_case(app, maker):
    case = maker.case(received_on=RECEIVED)
    desk = StaffDesk(app, "officer2", at=moment(date(2026, 3, 3)))
    desk.open(f"/cases/{case.id}/what-if")
    assert desk.status == 404


def test_the_case_page_and_the_worklist_show_the_duties(app, maker):
    case = maker.case(received_on=RECEIVED)
    desk = StaffDesk(app, "officer", at=moment(date(2026, 3, 24)))
    desk.open(f"/cases/{case.id}")
    assert "已过期： 在承诺期限内答复" in " ".join(desk.page.select_one("#duties").get_text(" ").split())
    desk.open("/cases/")
    assert "在承诺期限内答复" in desk.page.get_text()


def test_every_state_of_a_clock_has_its_words():
    assert set(STATES) == set(ClockState)
