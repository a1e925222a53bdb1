"""The commands, as a person runs them: good lines answered, bad lines named, refusals in words with status 2."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from caseapp import clock
from caseapp.app import create_app
from caseapp.db import db, transaction
from caseapp.models import Attachment, CalendarDay, FilingDraft, Person
from caseapp.services import attachments, people
from tests.conftest import TEST_KEYS, settings_for
from tests.golden_files import golden
from tests.makers import RECEIVED, VAGUE, moment

ROOT = Path(__file__).parent.parent
LINE = {"id": "a", "ruleset": "CN-2019", "received": "2025-03-03", "events": [], "as_of": "2025-03-03"}
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def runs(app):
    """Runs a command of the app with these arguments and this input."""

    def run(*arguments, given=None):
        return app.test_cli_runner().invoke(args=list(arguments), input=given)

    return run


def records(output: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in output.splitlines()]


@pytest.mark.rule("R13")
def test_all_four_hundred_golden_lines_come_out_of_the_command(runs):
    lines = golden("deadlines.jsonl").read_text("utf-8")
    done = runs("deadlines", "explain", given=lines)
    assert (done.exit_code, done.stderr) == (0, "")
    found = records(done.stdout)
    assert len(found) == 400
    for line, answer in zip(records(lines), found, strict=True):
        assert answer.pop("id") == line["id"]
        assert isinstance(answer.pop("provisional"), bool)
        ledger = answer.pop("ledger")
        assert ledger[0]["first"] == line["received"]
        assert answer == line["expected"]


def test_bad_lines_are_named_after_the_good_ones_were_answered(runs):
    good = json.dumps(LINE)
    given = "\n".join([good, "{", "", "  ", json.dumps(LINE | {"received": "2025-02-30"}), good]) + "\n"
    done = runs("deadlines", "explain", given=given)
    assert done.exit_code == 2
    assert [answer["id"] for answer in records(done.stdout)] == ["a", "a"]
    named = records(done.stderr)
    assert [set(one) for one in named] == [{"line", "error"}] * 2
    assert [one["line"] for one in named] == [2, 5]
    assert "received" in named[1]["error"]


@pytest.mark.parametrize("group", [("deadlines", "explain"), ("routing", "suggest")])
def test_nothing_in_is_nothing_out(runs, group):
    for given in ("", "\n\n  \n"):
        done = runs(*group, given=given)
        assert (done.exit_code, done.stdout, done.stderr) == (0, "", "")


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_no_fault(runs):
    done = runs("deadlines", "explain", given=b"\xef\xbb\xbf" + json.dumps(LINE).encode() + b"\r\n")
    assert (done.exit_code, done.stderr) == (0, "")
    assert records(done.stdout)[0]["answer_due"] == "2025-03-31"


@pytest.mark.parametrize(
    "bad", [b'{"id": "\xff\xfe"}', b"\x80\x81\x82", b"\x00\x00", '{"id": "全"}'.encode("gb18030"), b"\xed\xa0\x80"]
)
def test_bytes_that_are_no_text_name_their_line_and_stop_nothing(runs, bad):
    good = json.dumps(LINE).encode()
    done = runs("deadlines", "explain", given=good + b"\n" + bad + b"\n" + good + b"\n")
    assert done.exit_code == 2
    assert len(records(done.stdout)) == 2
    assert [one["line"] for one in records(done.stderr)] == [2]


def test_a_value_that_is_no_text_is_not_taken_for_a_name(runs):
    line = json.dumps(LINE | {"id": "甲"}, ensure_ascii=False).encode().replace("甲".encode(), b"\xff")
    done = runs("deadlines", "explain", given=line + b"\n")
    assert (done.exit_code, done.stdout) == (2, "")

    asked = json.dumps({"id": "r1", "title": "甲", "description": "乙"}, ensure_ascii=False).encode()
    for typed in ("甲", "乙", "r1"):
        done = runs("routing", "suggest", given=asked.replace(typed.encode(), b"\xff") + b"\n")
        assert (done.exit_code, done.stdout) == (2, ""), typed
    assert runs("routing", "suggest", given='{"id": "\\ud800"}\n').exit_code == 2


def test_a_day_of_the_offices_calendar_moves_the_date(app, runs):
    assert records(runs("deadlines", "explain", given=json.dumps(LINE)).stdout)[0]["answer_due"] == "2025-03-31"
    with app.app_context(), transaction():
        admin = db.session.scalar(select(Person.id).where(Person.sign_in_name == "admin"))
        off = {"is_working": False, "reason": "示范区停工", "source": "示范通知1号", "entered_by_id": admin}
        db.session.add(CalendarDay(day=date(2025, 3, 12), entered_at=moment(RECEIVED), **off))
    [answer] = records(runs("deadlines", "explain", given=json.dumps(LINE)).stdout)
    assert answer["answer_due"] == "2025-04-01"
    assert any("示范区停工" in entry["why"] for entry in answer["ledger"])


@pytest.mark.parametrize("arguments", [("deadlines", "explain"), ("deadlines", "--help"), ("--help",)])
def test_a_fresh_checkout_without_a_database_explains_dates(tmp_path, arguments):
    environment = {**TEST_KEYS, "CASEAPP_DATA": str(tmp_path / "new"), "PATH": "", "LC_ALL": "C"}
    command = [sys.executable, "-m", "flask", "--app", "wsgi", *arguments]
    given = json.dumps(LINE | {"id": "示范"}, ensure_ascii=False).encode()
    done = subprocess.run(
        command, cwd=ROOT, env=environment, input=given, capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    if arguments[-1] == "explain":
        assert records(done.stdout.decode())[0]["id"] == "示范"


def test_routes_are_suggested_with_their_reasons_and_bad_lines_named(runs):
    asked = {"id": "r1", "title": "", "document_no": "", "description": "申请公开示范花园3号楼竣工验收备案表。"}
    lines = [asked, asked | {"id": "r2", "description": VAGUE}]
    given = "\n".join([json.dumps(lines[0]), "nonsense", json.dumps({"id": 3}), json.dumps(lines[1])])
    done = runs("routing", "suggest", given=given)
    assert done.exit_code == 2
    clear, unclear = records(done.stdout)
    assert set(clear) == {"id", "department", "field", "reason", "candidates"}
    assert (clear["id"], clear["department"]) == ("r1", "zhujian")
    assert "竣工验收备案表" in clear["reason"]
    assert (unclear["id"], unclear["department"]) == ("r2", "triage")
    assert [one["line"] for one in records(done.stderr)] == [2, 3]


def test_routes_are_measured_against_labels(runs, tmp_path):
    done = runs("routing", "measure", str(golden("requests.jsonl")))
    assert done.exit_code == 0, done.stderr
    total = records(done.stdout)[-1]
    assert total["total"] == 60
    assert total["accuracy"] >= 0.9
    assert len(records(done.stdout)) == 1 + total["total"] - total["hits"]

    empty, bad = tmp_path / "empty.jsonl", tmp_path / "bad.jsonl"
    empty.write_text("\n", "utf-8")
    bad.write_text('{"id": "1"}\n', "utf-8")
    for path, words in ((empty, ""), (bad, "第 1 行")):
        done = runs("routing", "measure", str(path))
        assert done.exit_code == 2, (path, done.output)
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    assert runs("routing", "measure", str(tmp_path / "none.jsonl")).exit_code == 2


def test_the_history_is_verified_and_the_first_broken_row_named(app, runs, maker):
    maker.case()
    done = runs("audit", "verify")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == "完整：2 行\n"
    with db.engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER events_no_update"))
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text("UPDATE events SET actor_id = (SELECT MIN(id) FROM people) WHERE position = 2"))
    db.session.rollback()
    done = runs("audit", "verify")
    assert done.exit_code == 1
    assert "第 2 行" in done.stderr


def test_the_first_administrator_is_added_once_and_can_sign_in(app, runs):
    add = ("people", "add-administrator")
    refused = runs(*add, "root", "管理员某", "--password", "long-enough-1")
    assert refused.exit_code == 2
    assert "admin" in refused.stderr

    assert runs("people", "close-demonstration").exit_code == 0
    for name, password in [
        ("Root!", "long-enough-1"),
        ("root", "short"),
        ("root", "r" * 200),
        ("clerk", "long-enough-1"),
    ]:
        done = runs(*add, name, "管理员某", "--password", password)
        assert done.exit_code == 2, name
        assert done.stderr.strip(), name
        assert password not in done.output
    assert runs(*add, "root", " ", "--password", "long-enough-1").exit_code == 2

    done = runs(*add, "root", "管理员某", given="long-enough-1\nlong-enough-1\n")
    assert done.exit_code == 0, done.output
    assert "long-enough-1" not in done.output
    with app.app_context():
        assert people.sign_in(name="root", password="long-enough-1").actor.name == "管理员某"
    assert runs(*add, "root2", "管理员某", "--password", "long-enough-1").exit_code == 2


def test_old_drafts_are_swept_with_their_files_and_young_ones_and_cases_stay(app, runs):
    def draft(key, at):
        with app.app_context(), transaction():
            attachments.add(key, name="证明.pdf", content=PDF, at=at)

    now = moment(RECEIVED)
    draft("old-draft-key", now - timedelta(hours=25))
    draft("young-draft-key", now - timedelta(hours=23))
    with clock.stopped_at(now):
        done = runs("drafts", "sweep")
        again = runs("drafts", "sweep")
    assert (done.exit_code, done.stdout) == (0, "已清理，删除附件 1 个。\n")
    assert again.stdout == "已清理，删除附件 0 个。\n"
    with app.app_context():
        [left] = db.session.scalars(select(Attachment))
        assert len(db.session.scalars(select(FilingDraft)).all()) == 1
        stored = [
            path for path in app.extensions["caseapp"].settings.data_folder.rglob("*") if left.stored_name in path.name
        ]
        assert len(stored) == 1


def test_a_command_that_needs_the_database_says_so_without_one(tmp_path):
    made = create_app(settings_for(tmp_path / "empty"), cheap_passwords=True)
    for arguments in (["audit", "verify"], ["drafts", "sweep"]):
        done = made.test_cli_runner().invoke(args=arguments)
        assert done.exit_code != 0
        assert "db upgrade" in done.stderr, (arguments, done.output, done.exception)
