"""The whole history: by kind, person and case; an administrator sees only what belongs to no case."""

import pytest

from caseapp.domain.events import EventKind
from caseapp.domain.permissions import NotPermitted
from caseapp.services import history_search
from caseapp.services.history_search import Wanted
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_administration import add
from tests.services.test_replies import DAY


def find(maker, who="auditor", before=None, **wanted):
    return history_search.find(Wanted(**wanted), before=before, actor=maker.actor(who))


def test_it_is_narrowed_by_kind_person_and_case(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    maker.case(received_on=RECEIVED)
    lines, following = find(maker)
    assert following is None
    assert [line.position for line in lines] == sorted((line.position for line in lines), reverse=True)
    assert {line.entry.kind for line in find(maker, kind=EventKind.REPLY_ISSUED)[0]} == {EventKind.REPLY_ISSUED}
    head = maker.actor("head")
    assert {line.entry.actor for line in find(maker, person=head.id)[0]} == {head.name}
    assert {line.case_id for line in find(maker, case_number=case.number)[0]} == {case.id}
    assert find(maker, case_number="2026-9999")[0] == []
    assert find(maker, kind=EventKind.REPLY_ISSUED, person=maker.actor("clerk").id)[0] == []


def test_pages_meet_without_a_gap(maker, monkeypatch):
    for _ in range(4):
        maker.case(received_on=RECEIVED)
    whole = [line.position for line in find(maker)[0]]
    monkeypatch.setattr(history_search, "PAGE", 2)
    read, before = [], None
    while True:
        lines, before = find(maker, before=before)
        read += [line.position for line in lines]
        if before is None:
            break
    assert read == whole


def test_an_administrator_sees_no_case_and_others_nothing(maker):
    maker.case(received_on=RECEIVED)
    add(maker)
    lines = find(maker, who="admin")[0]
    assert {line.entry.kind for line in lines} == {EventKind.PERSON_CHANGED}
    assert find(maker, who="admin", kind=EventKind.FILED)[0] == []
    for name in ("clerk", "officer"):
        with pytest.raises(NotPermitted):
            find(maker, who=name)


def test_an_auditor_reads_on_from_a_line_to_its_case(maker, app):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    number, case_id = case.number, case.id
    desk = StaffDesk(app, "auditor", at=moment(DAY, 16))
    desk.open("/supervision/history?kind=reply_issued&person=&case_number=")
    [line] = desk.page.select(".history li")
    assert "签发答复书" in line.text
    assert line.select(f"a[href='/cases/{case_id}']")
    desk.open(f"/supervision/history?case_number={number}&kind=nonsense&person=")
    assert len(desk.page.select(".history li")) > 1
    desk.open("/supervision/history?before=0")
    assert desk.status == 404


def test_the_settings_page_shows_effects_and_no_secret(maker, app):
    admin = StaffDesk(app, "admin", at=moment(DAY, 16))
    admin.open("/admin/settings")
    assert "CASEAPP_LOCAL_STANDARD" in admin.page.text
    assert "15 个工作日内答复" in admin.page.text
    settings = app.extensions["caseapp"].settings
    for secret in (settings.secret_key, settings.data_key.hex(), settings.database_url):
        assert secret not in admin.page.text
