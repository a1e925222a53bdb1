"""The pages of the staff over HTTP: only lawful acts, nothing lost, forged fields without effect."""

from datetime import date

import pytest
from sqlalchemy import event, select

from caseapp.db import db
from caseapp.domain.events import EventKind
from caseapp.domain.extension import ExtensionStatus
from caseapp.domain.lifecycle import Status
from caseapp.domain.permissions import Role
from caseapp.models import Event, Reply
from caseapp.services import extensions, replies, worklists
from tests.makers import VAGUE, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_items import publish

TODAY = date(2026, 3, 4)  # a Wednesday; a case received on 2 March is due on 23 March
TYPED = "请核对两份档案目录。"


@pytest.fixture
def desk(app):
    return lambda sign_in_name: StaffDesk(app, sign_in_name, at=moment(TODAY, 14))


def next_steps(desk):
    return [link.get_text(strip=True) for link in desk.page.select(".next .btn")]


def test_the_case_page_offers_only_the_lawful_next_acts(maker, desk):
    case = maker.case()
    officer, head = desk("officer"), desk("head")

    officer.open(f"/cases/{case.id}")
    head.open(f"/cases/{case.id}")

    assert next_steps(officer) == [
        "起草答复",
        "申请延长答复期限",
        "征求第三方或者其他机关意见",
        "告知申请人补正",
        "退回受理窗口",
    ]
    assert next_steps(head) == []
    assert "由承办部门办理。" in head.page.select_one(".next").text


@pytest.mark.parametrize("page", ["", "/reply", "/reply/withheld", "/extension", "/return"])
def test_a_case_of_another_department_is_not_found(maker, desk, page):
    case = maker.case()
    other = desk("officer2")

    other.open(f"/cases/{case.id}{page}")

    assert other.status == 404


def test_the_auditor_reads_but_neither_drafts_nor_sees_who_asks(maker, desk):
    case = maker.case()
    auditor = desk("auditor")

    page = auditor.open(f"/cases/{case.id}")
    assert auditor.status == 200
    assert case.applicant.name not in page.text
    assert case.applicant.phone not in page.text
    auditor.open(f"/cases/{case.id}/reply")
    assert auditor.status == 403


def test_the_full_identity_number_is_shown_once_and_leaves_a_line(maker, desk):
    case = maker.case()
    officer = desk("officer")

    officer.open(f"/cases/{case.id}")
    shown = officer.send(to=f"/cases/{case.id}/identity").select_one("#applicant").text
    assert "完整证件号码" in shown
    assert "完整证件号码：" not in officer.open(f"/cases/{case.id}").select_one("#applicant").text
    kinds = db.session.scalars(select(Event.kind).where(Event.case_id == maker.again(case.id).id)).all()
    assert kinds.count(EventKind.IDENTITY_SHOWN) == 1


def test_the_clerk_assigns_and_a_department_nobody_offered_changes_nothing(maker, desk):
    case = maker.case(description=VAGUE)
    clerk = desk("clerk")

    clerk.open(f"/cases/{case.id}/assignment")
    clerk.send(department="nobody", department_id="1", due_on="2099-01-01")
    assert clerk.error_at("department") == "请从列出的选项中选择一项。"
    assert maker.again(case.id).status is Status.REGISTERED

    clerk.send(department="zhujian")
    assert clerk.said[0].startswith("已分派给")
    assert maker.again(case.id).status is Status.IN_HAND


def test_an_extension_is_proposed_only_after_its_new_date_was_shown(maker, desk):
    case = maker.case()
    officer = desk("officer")

    officer.open(f"/cases/{case.id}/extension")
    officer.send(working_days="10", reason=TYPED, step="confirm")
    assert "2026年4月7日" in officer.page.select_one(".notice").text
    assert extensions.latest(case.id) is None

    officer.send(working_days="5", step="confirm")
    assert "2026年3月30日" in officer.page.select_one(".notice").text
    assert extensions.latest(case.id) is None

    officer.send(step="confirm", local_due_on="2099-01-01")
    assert officer.said == ["已提交负责人审批。期限在负责人同意并告知申请人之后才会改变。"]
    assert maker.again(case.id).local_due_on == date(2026, 3, 23)


def test_a_form_that_came_too_late_keeps_what_was_typed_and_can_be_sent_again(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/return")

    maker.proposed(case, on=TODAY)
    officer.send(reason=TYPED)
    assert "刚被承办员乙更新" in officer.errors[0]
    assert officer.typed()["reason"] == TYPED
    assert maker.again(case.id).status is Status.IN_HAND

    officer.send()
    assert maker.again(case.id).status is Status.REGISTERED


def test_a_missing_token_loses_nothing_that_was_typed(maker, desk):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/not_found")

    officer.send(without=("csrf_token",), facts=TYPED, act="save")

    assert "请再提交一次" in officer.errors[0]
    assert officer.typed()["facts"] == TYPED
    assert db.session.get(Reply, case.id) is None


@pytest.mark.parametrize(
    ("outcome", "typed", "field"),
    [
        ("disclosed", {}, "given"),
        ("already_public", {"given": "目录"}, "where"),
        ("withheld", {"facts": TYPED}, "ground"),
        ("withheld", {"facts": TYPED, "ground": "E15"}, "separable"),
        ("withheld", {"facts": TYPED, "ground": "E15", "separable": "no"}, "consultation"),
        ("withheld", {"facts": TYPED, "ground": "E16a", "separable": "no"}, "disclosure_demanded"),
        ("not_found", {"search_systems": "档案系统", "search_keywords": "备案"}, "searched_by"),
        ("not_found", {"searched_on": "2026-13-40"}, "searched_on"),
        ("not_found", {"search_units": "档案\x07室"}, "search_units"),
        ("not_ours", {"facts": TYPED}, "right_organ"),
        ("not_ours", {"facts": TYPED, "right_organ": "某局", "right_organ_unknown": "y"}, "right_organ_unknown"),
        ("business_lookup", {"where": TYPED}, "special_law"),
        ("business_lookup", {"special_law": "某条例第九条"}, "where"),
        ("needs_processing", {}, "facts"),
        ("unclear", {"facts": TYPED}, "unclear"),
        ("petition", {"facts": TYPED}, "right_channel"),
        ("repeated", {"facts": TYPED}, "earlier_case"),
        ("publication", {"facts": TYPED}, "where"),
        ("reconfirmation", {}, "facts"),
    ],
)
def test_what_a_reply_lacks_is_told_at_its_field_and_nothing_is_lost(maker, desk, outcome, typed, field):
    case = maker.case()
    officer = desk("officer")
    officer.open(f"/cases/{case.id}/reply/{outcome}")

    officer.send(**typed, act="submit")

    assert officer.error_at(field)
    assert officer.page.title.text.startswith("错误：")
    assert officer.typed().items() >= typed.items()
    assert maker.again(case.id).status is Status.IN_HAND


def test_a_draft_is_kept_incomplete_previewed_and_sent_when_complete(maker, desk):
    case = maker.case()
    officer = desk("officer")

    officer.open(f"/cases/{case.id}/reply/disclosed")
    officer.send(given="竣工验收备案表1份", act="save")
    assert officer.said == ["已保存草稿。"]
    officer.open(f"/cases/{case.id}/reply/disclosed")
    officer.send(way="电子文件", reviewed_by="审查人庚", act="preview")
    assert "（签发时编号）" in officer.page.select_one(".paper").text
    officer.send()

    assert officer.said == ["已提交负责人审批。"]
    assert maker.again(case.id).status is Status.IN_APPROVAL


def test_the_letter_of_the_saved_draft_stands_beside_the_form(maker, desk):
    case = maker.case()
    officer = desk("officer")

    officer.open(f"/cases/{case.id}/reply/disclosed")
    assert not officer.page.select("aside .paper")
    officer.send(given="竣工验收备案表1份", act="refresh")
    assert officer.path == f"/cases/{case.id}/reply/disclosed"
    officer.send(given="竣工验收备案表2份", way="电子文件", reviewed_by="审查人庚", act="refresh")
    assert officer.said == ["已保存草稿。"]
    assert officer.page.select_one("[name=given]").text.strip() == "竣工验收备案表2份"
    assert "竣工验收备案表2份" in officer.page.select_one("aside .paper").text
    assert case.description in officer.page.select_one("aside").text


def test_an_answer_that_it_is_public_already_points_to_the_item(maker, desk):
    item_id = publish(maker, title="竣工验收备案表公示")
    case = maker.case(title="竣工验收备案表")
    officer = desk("officer")

    officer.open(f"/cases/{case.id}/reply/already_public")
    button = officer.page.select_one("button[value^=item]")
    officer.send(act=button["value"], facts="自2026年3月起公开。")
    typed = officer.typed()
    assert typed["where"].endswith(f"/published/{item_id}")
    assert (typed["given"], typed["facts"]) == ("竣工验收备案表公示", "自2026年3月起公开。")
    assert replies.of(case.id) is None
    officer.send(act="save")
    assert officer.said == ["已保存草稿。"]
    officer.open(f"/cases/{case.id}/reply/disclosed")
    assert not officer.page.select("button[value^=item]")


def test_the_head_returns_with_a_reason_and_goes_on_to_the_next(maker, desk):
    first = maker.submitted(maker.case(), on=TODAY)
    second = maker.proposed(maker.case(), on=TODAY)
    head = desk("head")

    head.open(f"/supervision/cases/{first.id}/reply")
    head.send(decision="return")
    assert head.error_at("reason") == "请说明理由，承办人据此修改。"
    head.send(decision="return", reason=TYPED)
    assert head.path == f"/supervision/cases/{second.id}/extension"
    head.send(decision="approve")

    assert head.path == "/supervision/"
    assert "没有等待审批的事项。" in head.page.text
    assert maker.again(second.id).local_due_on == date(2026, 4, 7)
    assert extensions.latest(second.id).status is ExtensionStatus.NOTIFIED


def test_a_decision_without_a_button_changes_nothing(maker, desk):
    case = maker.submitted(maker.case(), on=TODAY)
    head = desk("head")

    head.open(f"/supervision/cases/{case.id}/reply")
    head.send(decision="issue_it")

    assert head.errors
    assert maker.again(case.id).status is Status.IN_APPROVAL


def test_a_posted_letter_needs_its_number_and_a_possible_day(maker, desk):
    case = maker.issued(maker.case(way="post"), on=TODAY)
    clerk = desk("clerk")

    clerk.open(f"/cases/{case.id}/delivery")
    clerk.send()
    assert clerk.error_at("tracking_number").startswith("请填写邮件号")
    clerk.send(on="2026-03-05", tracking_number="EX000000001CN")
    assert clerk.error_at("on") == "送达日期不能晚于今天。"
    clerk.send(on="2026-03-04")

    assert maker.again(case.id).answered_on == TODAY


def test_a_notice_by_post_shows_the_new_date_before_it_is_recorded(maker, desk):
    case = maker.extended(maker.case(way="post"), on=TODAY)
    clerk = desk("clerk")

    page = clerk.open(f"/cases/{case.id}/extension/notice")
    assert "2026年4月7日" in page.select_one(".notice").text
    clerk.send(notified_on="2026-03-03")
    assert clerk.error_at("notified_on").startswith("寄出日期不能早于")
    clerk.send(notified_on="2026-03-04")
    assert clerk.error_at("tracking_number").startswith("请填写邮件号")
    clerk.send(tracking_number="EX000000001CN")

    assert maker.again(case.id).local_due_on == date(2026, 4, 7)


def test_the_worklist_has_a_sentence_when_it_is_empty(desk):
    auditor = desk("auditor")

    assert "没有待办申请。" in auditor.open("/cases/").text


def test_the_list_is_narrowed_by_removable_filters(maker, desk):
    ours, waiting = maker.case(), maker.case(description=VAGUE)
    clerk = desk("clerk")

    page = clerk.open("/cases/all?status=registered")
    assert [link.text for link in page.select(".rows__number a")] == [waiting.number]
    assert page.select_one(".chips a")["href"] == "/cases/all"
    assert [link.text for link in clerk.open("/cases/all").select(".rows__number a")] == [waiting.number, ours.number]
    assert "没有符合条件的申请。" in clerk.open("/cases/all?number=1999-0001").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        *(("before=abc", 200), ("before=99999999999999999999", 404), ("before=0", 404), ("number=%00", 200)),
        *(("status=x", 200), ("department=x", 200)),
    ],
)
def test_an_address_that_was_tampered_with_is_answered(maker, desk, query, status):
    maker.case()
    clerk = desk("clerk")

    clerk.open(f"/cases/all?{query}")

    assert clerk.status == status


@pytest.mark.parametrize("path", ["/cases/", "/cases/all"])
def test_a_list_costs_at_most_ten_queries(maker, desk, path):
    for _ in range(4):
        maker.case()
        maker.case(description=VAGUE)
    clerk, asked = desk("clerk"), []

    def count(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        clerk.open(path)
    finally:
        event.remove(db.engine, "before_cursor_execute", count)

    assert clerk.page.select(".rows li")
    assert len(asked) <= 10


def test_a_head_is_not_shown_his_own_proposals(maker):
    case = maker.proposed(maker.case(), on=TODAY)
    officer, head = maker.actor("officer"), maker.actor("head")
    both = maker.with_roles(officer, Role.OFFICER, Role.HEAD)

    assert [row.case.id for row in worklists.to_decide(head, today=TODAY).rows] == [case.id]
    assert worklists.to_decide(both, today=TODAY).rows == []
