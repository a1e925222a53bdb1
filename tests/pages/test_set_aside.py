"""暂存: what was half typed is kept for thirty days, and only the code that was shown once opens it again."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db, transaction
from caseapp.models import FilingDraft
from caseapp.services import drafts
from tests.makers import moment
from tests.pages.filing_desk import PERSON, FilingDesk

DAY = date(2026, 3, 4)
CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")
SET_ASIDE = "暂存，以后再填"


@pytest.fixture
def desk(app):
    return FilingDesk(app)


def code_on(page):
    return CODE.search(page.words).group()


def test_half_typed_it_is_kept_and_taken_up_on_another_device(app, desk):
    desk.comes_to("applicant")
    page = desk.fills_in(SET_ASIDE, name="申请人某", phone="")
    assert "还没有提交" in page.words
    code = code_on(page)
    with app.app_context():
        row = db.session.scalars(select(FilingDraft)).one()
        assert code.replace("-", "") not in (row.resume_digest, row.key_digest)

    other = FilingDesk(app)
    other.opens("/apply/resume")
    page = other.fills_in("继续填写", code=code.lower())
    assert page.response.request.path == "/apply/applicant"
    assert page.fields("下一步")["name"] == "申请人某"
    page = other.fills_in("下一步", **PERSON)
    assert page.response.request.path == "/apply/information"
    other.opens("/apply/applicant")
    assert other.page.fields("下一步")["phone"] == PERSON["phone"]


def test_a_finished_step_stays_when_a_later_one_is_set_aside(app, desk):
    desk.comes_to("information")
    code = code_on(desk.fills_in(SET_ASIDE, title="竣工验收备案表", description=""))
    other = FilingDesk(app)
    other.opens("/apply/resume")
    page = other.fills_in("继续填写", code=code)
    assert page.response.request.path == "/apply/information"
    assert page.fields("下一步")["title"] == "竣工验收备案表"
    other.goes_on("information")
    page = other.goes_on("delivery")
    assert page.response.request.path == "/apply/check"
    page = other.fills_in("提交申请")
    assert page.response.request.path == "/apply/receipt"
    again = FilingDesk(app)
    again.opens("/apply/resume")
    assert "没有找到这份暂存的申请" in again.fills_in("继续填写", code=code).words


def test_the_browser_before_no_longer_holds_the_draft(app, desk):
    desk.comes_to("applicant")
    code = code_on(desk.fills_in(SET_ASIDE, name="申请人某"))
    other = FilingDesk(app)
    other.opens("/apply/resume")
    other.fills_in("继续填写", code=code)
    desk.opens("/apply/applicant")
    assert desk.page.response.request.path == "/apply/kind"


@pytest.mark.parametrize("code", ["", "2222-2222-2222", "nonsense", "'; --"])
def test_a_wrong_code_says_the_same(desk, code):
    desk.opens("/apply/resume")
    page = desk.fills_in("继续填写", code=code)
    assert ("请填写代码" if not code else "没有找到这份暂存的申请") in page.words


def test_a_code_cannot_be_guessed_at_leisure(desk):
    for turn in range(11):
        desk.opens("/apply/resume")
        page = desk.fills_in("继续填写", code=f"2222-2222-22{turn:02}")
    assert "次数过多" in page.words


def test_it_outlives_the_day_and_goes_after_thirty(maker):
    at = moment(DAY)
    with transaction():
        key = drafts.new_key()
        code = drafts.set_aside(key, "kind", {"kind": "person"}, at=at)
        drafts.save(drafts.new_key(), "kind", {"kind": "person"}, at=at)
    with transaction():
        drafts.sweep(at=at + timedelta(days=29))
    assert len(db.session.scalars(select(FilingDraft)).all()) == 1
    db.session.rollback()
    with transaction():
        fresh = drafts.resume(code, at=at + timedelta(days=29))
    assert drafts.find(key) is None
    assert drafts.typed(drafts.find(fresh).answers, "kind") == {"kind": "person"}
    db.session.rollback()
    with transaction():
        drafts.sweep(at=at + timedelta(days=31))
    assert drafts.find(fresh) is None


def test_after_thirty_days_the_code_opens_nothing_even_unswept(maker):
    with transaction():
        code = drafts.set_aside(drafts.new_key(), "kind", {"kind": "person"}, at=moment(DAY))
    with pytest.raises(drafts.NothingSetAside), transaction():
        drafts.resume(code, at=moment(DAY) + timedelta(days=30, seconds=1))


def test_setting_aside_again_ends_the_code_before(maker):
    key = drafts.new_key()
    with transaction():
        first = drafts.set_aside(key, "kind", {}, at=moment(DAY))
    with transaction():
        second = drafts.set_aside(key, "kind", {}, at=moment(DAY, 12))
    with pytest.raises(drafts.NothingSetAside), transaction():
        drafts.resume(first, at=moment(DAY, 13))
    with transaction():
        assert drafts.resume(second, at=moment(DAY, 13))


def test_the_page_says_until_when(desk):
    with clock.stopped_at(moment(DAY)):
        desk.opens("/apply/kind")
        page = desk.fills_in(SET_ASIDE)
    assert "2026年4月3日" in page.words
