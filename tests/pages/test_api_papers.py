"""Papers through the interface: files come before their request, letters and disclosed files go to who has the code."""

import threading

import pytest
from sqlalchemy import select

from caseapp.db import db, transaction
from caseapp.models import Attachment, Case
from caseapp.services import attachments, reply_files
from tests.makers import moment
from tests.pages.test_api import DAY, KEY, Portal, portal  # noqa: F401 (a fixture)

PDF = b"%PDF-1.7\n" + b"3" * 100
MULTIPART = "multipart/form-data; boundary=part"


def uploads(caller, content=PDF, name="委托书.pdf", *, idempotency=KEY):
    headers = {"Authorization": f"Bearer {caller.key}", "Idempotency-Key": idempotency}
    opening = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = opening.encode() + content + b"\r\n--part--\r\n"
    return caller.asks("POST", "/requests/files", data=body, content_type=MULTIPART, headers=headers)


def files_of_the_case():
    db.session.rollback()
    rows = db.session.scalars(select(Attachment).where(Attachment.case_id.is_not(None)).order_by(Attachment.id))
    return [row.original_name for row in rows]


def test_files_sent_before_the_request_come_with_it(portal, maker):  # noqa: F811
    assert uploads(portal).status_code == 201
    assert uploads(portal).status_code == 200
    second = uploads(portal, PDF + b"4", "../图纸.exe")
    assert (second.status_code, [one["name"] for one in second.json["files"]]) == (201, ["委托书.pdf", "图纸.pdf"])
    filed = portal.files(agent_name="代理人某")
    assert filed.status_code == 201
    assert files_of_the_case() == ["委托书.pdf", "图纸.pdf"]
    assert uploads(portal).status_code == 409
    assert portal.files(agent_name="代理人某").json["number"] == filed.json["number"]
    opened = attachments.open_for_staff(
        db.session.scalar(select(Case.id)), db.session.scalar(select(Attachment.id)), actor=maker.actor("clerk")
    )
    assert opened.content == PDF


def test_a_request_for_correction_needs_its_evidence(portal):  # noqa: F811
    without = portal.files(case_kind="correction", idempotency="without-evidence")
    assert (without.status_code, files_of_the_case()) == (422, [])
    assert uploads(portal, idempotency="with-its-evidence").status_code == 201
    assert portal.files(case_kind="correction", idempotency="with-its-evidence").status_code == 201


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "所选文件是空的。"),
        (b"MZ" + b"0" * 100, "文件应为 PDF、Word、图片之一。（含宏的 Word 文件不能上传。）"),
        (PDF + b"0" * (10 * 1024 * 1024), "文件应小于 10 MB。"),
    ],
)
def test_a_file_that_may_not_be_kept_is_refused_in_words(portal, content, words):  # noqa: F811
    answer = uploads(portal, content)
    assert (answer.status_code, answer.json["errors"]) == (422, [{"field": "file", "words": words}])
    assert portal.files().status_code == 201
    assert files_of_the_case() == []


def test_what_is_too_large_to_be_read_and_what_is_no_upload_are_refused(portal):  # noqa: F811
    assert uploads(portal, PDF + b"0" * (13 * 1024 * 1024)).status_code == 413
    headers = {"Authorization": f"Bearer {portal.key}", "Idempotency-Key": KEY}
    assert portal.asks("POST", "/requests/files", json={}, headers=headers).status_code == 415
    assert uploads(portal, idempotency="short").status_code == 400
    assert uploads(Portal(portal.client.application, "wrong")).status_code == 401


def test_five_files_are_the_most_and_two_calls_at_once_lose_none(portal, app):  # noqa: F811
    answers = []

    def call(number):
        answers.append(uploads(Portal(app, portal.key), PDF + b"%d" % number, f"{number}.pdf").status_code)

    threads = [threading.Thread(target=call, args=[number]) for number in range(7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [201] * 5 + [422] * 2
    assert portal.files().status_code == 201
    assert len(files_of_the_case()) == 5


def test_the_same_file_many_times_at_once_is_one(portal, app):  # noqa: F811
    answers = []

    def call():
        answers.append(uploads(Portal(app, portal.key)).status_code)

    threads = [threading.Thread(target=call) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200] * 4 + [201]


def test_the_letter_and_the_disclosed_file_are_handed_out_once_they_were_delivered(portal, maker):  # noqa: F811
    filed = portal.files()
    known = {"number": filed.json["number"], "code": filed.json["query_code"]}
    db.session.rollback()
    case = maker.again(db.session.scalar(select(Case.id)))
    assert portal.sends("/requests/letter", {**known, "id": 1}).status_code == 404
    with transaction():
        reply_files.add(
            case.id, name="备案表.pdf", content=PDF, version=case.version, actor=maker.actor("officer"), at=moment(DAY)
        )
    maker.issued(maker.again(case.id), on=DAY)

    progress = portal.sends("/requests/progress", known).json
    [letter], [file] = progress["letters"], progress["files"]
    read = portal.sends("/requests/letter", {**known, "id": letter["id"]})
    assert (read.status_code, read.data[:2]) == (200, b"PK")
    assert "attachment" in read.headers["Content-Disposition"]
    assert portal.sends("/requests/file", {**known, "id": file["id"]}).data == PDF
    assert file["name"] == "备案表.pdf"

    other = portal.files(idempotency="another-key-of-it")
    theirs = {"number": other.json["number"], "code": other.json["query_code"]}
    for path, paper in (("/requests/letter", letter), ("/requests/file", file)):
        assert portal.sends(path, {**theirs, "id": paper["id"]}).status_code == 404
        assert portal.sends(path, {**known, "code": "AAAAAAAAAA", "id": paper["id"]}).status_code == 404


@pytest.mark.parametrize("wanted", [0, -1, 2**31, "1", None, True, 1.5])
def test_what_is_no_id_is_not_found(portal, maker, wanted):  # noqa: F811
    filed = portal.files()
    known = {"number": filed.json["number"], "code": filed.json["query_code"]}
    db.session.rollback()
    maker.issued(maker.again(db.session.scalar(select(Case.id))), on=DAY)
    assert portal.sends("/requests/letter", {**known, "id": wanted}).status_code == 404
