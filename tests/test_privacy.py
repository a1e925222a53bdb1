"""A canary goes through the whole office: nobody finds it where it has no business (个人信息保护法 art. 6, 51)."""

import logging
import re
from datetime import date

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from caseapp import clock
from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.models import Applicant, Case, Event
from tests.desk import Desk
from tests.makers import moment

NAME, NUMBER, PHONE = "金丝雀阿某", "E90817263", "0431-70605040"
ADDRESS, AGENT = "示范区金丝雀巷770号", "代办人鸟某"
CANARY = {"name": NAME, "number": NUMBER, "phone": PHONE, "address": ADDRESS, "agent": AGENT}
CODE = re.compile(r"查询码 ([0-9A-Z]{10})")
CASE_NUMBER = re.compile(r"申请编号 (\d{4}-\d{4})")


def on(day: int, hour: int = 10):
    return clock.stopped_at(moment(date(2026, 3, day), hour))


class Watched(Desk):
    """A desk that remembers every address asked for and led to."""

    urls: list[str]

    def __post_init__(self):
        super().__post_init__()
        self.urls = []
        ask = self.client.open

        def noted(*arguments, **options):
            answer = ask(*arguments, **options)
            self.urls += [one.request.url for one in (*answer.history, answer)]
            self.urls.append(answer.headers.get("Location", ""))
            return answer

        self.client.open = noted


@pytest.fixture
def office(app, caplog):
    """The canary's request, filed and led to its letter; what each person saw, and everything that was logged."""
    caplog.set_level(logging.DEBUG)
    for name in ("werkzeug", "sqlalchemy"):  # werkzeug writes nothing here; SQL is logged by nobody who has not asked
        caplog.set_level(logging.WARNING, logger=name)
    desks = {name: Watched(app) for name in ("applicant", "clerk", "officer", "head", "auditor")}
    with on(2):
        number, code = files(desks["applicant"])
        path = f"/cases/{case_id(app)}"
        clerk = desks["clerk"].signs_in("clerk")
        clerk.opens("/cases/all")
    with on(3):
        officer = desks["officer"].signs_in("officer")
        officer.opens(path)
        officer.follows("申请延长答复期限")
        officer.fills_in("查看新的期限", working_days="5", reason="需检索的历史档案较多。")
        officer.fills_in("确认提交审批")
        officer.opens(f"{path}/reply/disclosed")
        officer.fills_in("送审", given="备案表", way="邮寄复印件", reviewed_by="科室负责人")
    with on(4):
        head = desks["head"].signs_in("head")
        head.opens("/supervision/")
        head.opens(path)
        head.opens(f"/supervision{path}/extension")
        head.fills_in("同意")
        auditor = desks["auditor"].signs_in("auditor")
        auditor.opens(path)
        applicant = desks["applicant"]
        applicant.opens("/track")
        applicant.fills_in("查询", number=number, code="AAAAAAAAAA")
        applicant.fills_in("查询", number=number, code=code)
        assert applicant.page.heading != "查询进度"
    return desks


def files(desk):
    desk.opens("/apply/kind")
    desk.fills_in("下一步", kind="person", representation="agent", agent_name=AGENT)
    desk.fills_in("下一步", name=NAME, identity_kind="passport", identity_number=NUMBER, phone="x" * 99)  # refused
    desk.fills_in("下一步", name=NAME, identity_kind="passport", identity_number=NUMBER, phone=PHONE)
    desk.fills_in("下一步", title="3号楼竣工验收备案表", description="申请公开备案表。")
    desk.fills_in("下一步", medium="paper", way="post", address=ADDRESS)
    assert NUMBER not in desk.page.words
    desk.fills_in("提交申请")
    return CASE_NUMBER.search(desk.page.words)[1], CODE.search(desk.page.words)[1]


def case_id(app):
    with app.app_context():
        return db.session.scalar(select(Case.id))


def found_in(words: str) -> list[str]:
    return [name for name, value in CANARY.items() if value in words]


def test_no_log_and_no_address_ever_names_the_applicant(app, office, caplog):
    for record in caplog.records:
        assert not found_in(record.getMessage()), record
        assert not found_in(str(record.exc_info)), record
    code = db_code(office)
    for name, desk in office.items():
        assert len(desk.urls) > 4, name
        for url in desk.urls:
            assert not found_in(url), url
            assert code not in url, url


def db_code(office):
    words = office["applicant"]
    words.opens("/apply/receipt")
    return CODE.search(words.page.words)[1]


def test_lists_show_the_name_masked_and_nothing_else_of_the_applicant(app, office):
    with on(5):
        for name in ("clerk", "officer", "head", "auditor"):
            for path in ("/cases/", "/cases/all"):
                words = str(office[name].opens(path).soup)
                assert not found_in(words), (name, path)
                if path == "/cases/all":
                    assert "金****" in words, name
        assert not found_in(str(office["head"].opens("/supervision/").soup))


def test_head_and_auditor_read_the_case_without_number_phone_and_address(app, office):
    path = f"/cases/{case_id(app)}"
    with on(5):
        assert not found_in(str(office["auditor"].opens(path).soup))
        assert not found_in(str(office["head"].opens(path).soup))
        decided = str(office["head"].opens(f"/supervision{path}/reply").soup)
        assert found_in(decided) == ["name"]  # the letter beside it is addressed to the applicant
        for name in ("clerk", "officer"):
            seen = found_in(str(office[name].opens(path).soup))
            assert seen == ["name", "phone", "address", "agent"], name


def test_showing_the_number_writes_who_looked(app, office):
    path = f"/cases/{case_id(app)}"
    with on(5):
        for name, status in (("officer", 200), ("clerk", 200), ("head", 403), ("auditor", 403)):
            desk = office[name]
            desk.opens(path)
            page = desk.sends(f"{path}/identity", {}, status=status)
            assert (NUMBER in page.words) == (status == 200), name
            assert NUMBER not in desk.opens(path).words
    with app.app_context():
        looked = select(func.count()).select_from(Event).where(Event.kind == EventKind.IDENTITY_SHOWN)
        assert db.session.scalar(looked) == 2


def test_the_database_holds_the_number_in_no_clear_form(app, office):
    with app.app_context():
        sealed, masked = db.session.execute(select(Applicant.identity_sealed, Applicant.identity_masked)).one()
        assert NUMBER.encode() not in sealed
        assert masked != NUMBER
        folder = app.extensions["caseapp"].settings.data_folder
        if db.engine.dialect.name == "sqlite":
            for path in folder.glob("caseapp.sqlite3*"):
                assert NUMBER.encode() not in path.read_bytes(), path.name
        for table in db.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                assert NUMBER not in repr(tuple(row)), table.name
                assert NUMBER.encode() not in repr(tuple(row)).encode(), table.name
                if table.name != "applicants":
                    assert not {"phone", "address", "agent"} & set(found_in(repr(tuple(row)))), table.name
        assert db.session.scalar(text("SELECT COUNT(*) FROM filing_drafts")) == 1


def test_the_history_names_no_applicant(app, office):
    with app.app_context():
        for event in db.session.scalars(select(Event)):
            assert not found_in(repr(event.facts)), event.kind


def test_a_refusal_of_the_database_repeats_no_value(app, maker):
    case = maker.case()
    db.session.expunge_all()
    db.session.add(Applicant(case_id=case.id, kind="person", name=NAME, identity_sealed=b"", identity_masked=PHONE,
                             phone=PHONE))  # fmt: skip
    with pytest.raises(IntegrityError) as refused:
        db.session.flush()
    db.session.rollback()
    assert not found_in(str(refused.value))
