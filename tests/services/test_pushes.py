"""Changes of the catalogue reach other sites: fetched since a place, or pushed, signed, tried again, with a receipt."""

import csv
import hashlib
import hmac
import io
import json
import threading
from contextvars import Context
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from caseapp import clock
from caseapp.cli.worker import _link
from caseapp.db import db, transaction
from caseapp.domain.permissions import NotPermitted
from caseapp.domain.push import AddressForm, PushState, check_address
from caseapp.gateways import webhooks
from caseapp.models import ItemChange, Push
from caseapp.services import item_changes, items, pushes
from tests.makers import moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_items import DAY, act, facts, publish

NOW = moment(DAY, 12)


@pytest.fixture
def portal():
    """A site on loopback that keeps what it is posted and answers as it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.got.append((self.path, dict(self.headers), body))
            status = server.answers.pop(0) if server.answers else 200
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.end_headers()
            self.wfile.write(f"receipt {len(server.got)}".encode())

        def log_message(self, *_words):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.got, server.answers = [], []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def add(maker, portal):
    def added(name="门户", path="/in"):
        with transaction():
            return pushes.add(
                name=name,
                address=f"http://127.0.0.1:{portal.server_port}{path}",
                site="https://gk.example.gov.cn/base",
                actor=maker.actor("admin"),
                at=NOW,
            )

    return added


def send(at=NOW):
    return pushes.send_due(transaction=transaction, now=lambda: at, link=_link)


def states():
    db.session.rollback()
    return [push.state for push in db.session.query(Push).order_by(Push.id)]


def test_nothing_is_queued_or_sent_until_an_address_is_there(maker, portal):
    publish(maker)
    assert states() == []
    assert send() == 0
    assert portal.got == []


def test_each_change_is_pushed_signed_in_order_and_its_receipt_kept(maker, portal, add):
    secret = add()
    item_id = publish(maker)
    act(maker, items.change, item_id, facts=facts(body="起始价 6 亿元。", changed_on=DAY))
    act(maker, items.withdraw, item_id, reason="重复公开。")
    other = publish(maker, title="另一地块公告")
    assert send() == 4
    bodies = [json.loads(body) for _, _, body in portal.got]
    assert [(one["id"], one["change"]) for one in bodies] == [(item_id, "withdrawn")] * 3 + [(other, "published")]
    assert bodies[0]["item"] is None
    assert bodies[3]["item"]["url"] == f"https://gk.example.gov.cn/base/published/{other}"
    for path, headers, body in portal.got:
        assert path == "/in"
        signed = f"{headers['X-Caseapp-Timestamp']}.".encode() + body
        wanted = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["X-Caseapp-Signature"] == f"sha256={wanted}"
    assert len({headers["Idempotency-Key"] for _, headers, _ in portal.got}) == 4
    assert states() == [PushState.SENT] * 4
    assert [push.answer for push in db.session.query(Push).order_by(Push.id)] == [
        f"200 receipt {n}" for n in range(1, 5)
    ]
    assert send() == 0


def test_a_site_that_is_down_gets_everything_later_once_and_in_order(maker, portal, add):
    add()
    first, second = publish(maker), publish(maker, title="另一地块公告")
    portal.answers = [503, 429]
    assert send() == 0
    assert len(portal.got) == 1
    assert states() == [PushState.WAITING] * 2
    assert send(NOW + timedelta(minutes=2)) == 0
    assert send(NOW + timedelta(days=7)) == 2
    assert [json.loads(body)["id"] for _, _, body in portal.got] == [first, first, first, second]
    keys = [headers["Idempotency-Key"] for _, headers, _ in portal.got]
    assert keys[0] == keys[1] == keys[2] != keys[3]


@pytest.mark.parametrize("answer", [400, 302])
def test_a_refusal_waits_for_a_person_holds_up_nobody_and_is_pushed_again_by_him(maker, app, portal, add, answer):
    add()
    publish(maker)
    publish(maker, title="另一地块公告")
    portal.answers = [answer]
    assert send() == 1
    assert states() == [PushState.FAILED, PushState.SENT]
    assert all(path == "/in" for path, _, _ in portal.got)
    admin = StaffDesk(app, "admin", at=NOW)
    page = admin.open("/admin/pushes")
    assert f"{answer} receipt 1" in page.text
    admin.send(to=page.select_one("form[action$=again]")["action"])
    assert admin.said == ["将再次推送。"]
    assert send() == 1
    assert states() == [PushState.SENT] * 2


def test_a_push_whose_worker_died_is_sent_again_and_an_unreachable_site_is_tried_to_the_end(maker, portal, add):
    add()
    publish(maker)
    with transaction():
        push = db.session.query(Push).one()
        push.state, push.claimed_at, push.attempts = PushState.SENDING, NOW, 1
    assert send(NOW + timedelta(minutes=9)) == 0
    assert send(NOW + timedelta(minutes=11)) == 1
    portal.shutdown()
    portal.server_close()
    publish(maker, title="另一地块公告")
    at, tries = NOW + timedelta(hours=1), 0
    while states()[-1] is PushState.WAITING and tries < 20:
        send(at)
        at, tries = at + timedelta(days=2), tries + 1
    assert states()[-1] is PushState.FAILED
    assert db.session.query(Push).order_by(Push.id.desc()).first().answer.startswith("连接不上")


def test_a_site_that_is_stopped_gets_nothing_more_and_another_everything(maker, app, portal, add):
    add("甲", "/a")
    add("乙", "/b")
    publish(maker)
    admin = StaffDesk(app, "admin", at=NOW)
    page = admin.open("/admin/pushes")
    assert [one.get_text(" ", strip=True).split()[0] for one in page.select("[aria-label=推送到] li")] == ["乙", "甲"]
    admin.send(to=page.select("[aria-label=推送到] form")[1]["action"])
    assert admin.said == ["不再推送到“甲”。"]
    publish(maker, title="另一地块公告")
    assert send() == 2
    assert {path for path, _, _ in portal.got} == {"/b"}
    assert sorted(states()) == ["sent", "sent", "stopped"]


def test_a_push_that_is_stopped_while_it_is_sent_stays_stopped(maker, portal, add):
    add()
    publish(maker)
    with transaction():
        claimed = pushes._claim(NOW, link=_link)
    [target] = pushes.active_targets()
    number = target.id
    with transaction():
        pushes.stop(number, actor=maker.actor("admin"), at=NOW)
    with transaction():
        pushes._mark(claimed, webhooks.Answer(503, ""), at=NOW)
    assert states() == [PushState.STOPPED]
    assert send(NOW + timedelta(days=1)) == 0
    assert portal.got == []


def test_the_secret_is_shown_once_and_a_bad_address_is_told_at_its_field(app):
    admin = StaffDesk(app, "admin", at=NOW)
    admin.open("/admin/pushes")
    admin.send(name="门户", address="http://www.example.gov.cn/in")
    assert "https://" in admin.error_at("address")
    assert admin.typed()["name"] == "门户"
    admin.send(name="门户", address="https://www.example.gov.cn/in")
    assert len(admin.page.select_one(".code").text) > 30
    assert not admin.open("/admin/pushes").select(".code")
    for wrong in (
        "https://",
        "ftp://a.cn",
        "https://u:p@a.cn",
        "http://10.0.0.1/",
        "https://a.cn/#x",
        "https://例.cn",
        "x",
    ):
        with pytest.raises(AddressForm):
            check_address(wrong)
    assert check_address(" https://a.cn:8443/x?y=1 ") == "https://a.cn:8443/x?y=1"


def test_only_an_administrator_adds_a_site(maker):
    with pytest.raises(NotPermitted), transaction():
        pushes.add(name="x", address="https://a.cn", site="https://b.cn", actor=maker.actor("head"), at=NOW)


def fetched(app, **query):
    def ask():
        with clock.stopped_at(NOW):
            return app.test_client().get("/api/v1/items/changes", query_string=query)

    return Context().run(ask)


def test_changes_are_fetched_since_a_place_as_lines_and_as_a_table(maker, app, monkeypatch):
    first = publish(maker, title="=SUM(A1)")
    second = publish(maker, title="另一地块公告")
    act(maker, items.withdraw, second, reason="重复公开。")
    answer = fetched(app)
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert [(one["id"], one["change"]) for one in lines] == [
        (first, "published"),
        (second, "withdrawn"),
        (second, "withdrawn"),
    ]
    assert "另一地块公告" not in answer.text
    token = answer.headers["X-Next-Since"]
    later = fetched(app, since=token)
    assert (later.text, later.headers["X-Next-Since"]) == ("", token)
    act(maker, items.change, first, facts=facts(title="地块公告", changed_on=DAY))
    newer = fetched(app, since=token)
    assert [json.loads(line)["item"]["title"] for line in newer.text.splitlines()] == ["地块公告"]

    monkeypatch.setattr(item_changes, "MOST", 2)
    monkeypatch.setattr(item_changes.since, "__kwdefaults__", {"most": 2})
    rows, token = [], "0"
    while True:
        answer = fetched(app, since=token, format="csv")
        page = list(csv.DictReader(io.StringIO(answer.text)))
        if not page:
            break
        rows, token = rows + page, answer.headers["X-Next-Since"]
    assert [row["change"] for row in rows] == ["published", "withdrawn", "withdrawn", "changed"]
    assert rows[0]["title"] == "地块公告"
    assert rows[1]["title"] == ""


def test_a_formula_in_the_table_is_text(maker, app):
    publish(maker, title="=SUM(A1)")
    [row] = csv.DictReader(io.StringIO(fetched(app, format="csv").text))
    assert row["title"] == "'=SUM(A1)"


@pytest.mark.parametrize("query", [{"since": "x"}, {"since": "-1"}, {"since": "9" * 11}, {"format": "xml"}])
def test_a_place_or_a_form_that_is_none_is_refused_in_words(app, query):
    answer = fetched(app, **query)
    assert answer.status_code == 400
    assert "since" in answer.json["error"]["words"]


def test_an_act_that_fails_leaves_no_change(maker):
    item_id = publish(maker)
    version = items.get(item_id, actor=maker.actor("head")).version

    def given_up():
        with transaction():
            items.withdraw(item_id, reason="x", version=version, actor=maker.actor("officer"), at=NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        given_up()
    assert db.session.query(ItemChange).count() == 1
