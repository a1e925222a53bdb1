"""Beside a letter: a sealed scan takes its place for the applicant, proofs and failures are kept, the bytes stay."""

import io

import pytest
from flask import current_app

from caseapp.db import transaction
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.letter_paper import (
    AlreadyKept,
    FailedBeforeIssue,
    FailedInFuture,
    FailureKnown,
    LetterIsVoided,
    NotAScan,
    PaperKind,
)
from caseapp.domain.letters import LETTERS
from caseapp.domain.permissions import NotPermitted, NotVisible
from caseapp.domain.post import NotByPost, TrackingNumberMissing
from caseapp.gateways.files import FileBroken, digest
from caseapp.services import audit, case_files, installation, letter_papers, letters, tracking, voidings
from caseapp.web.public import progress_words
from tests.makers import RECEIVED, moment
from tests.pages.staff_desk import StaffDesk
from tests.services.test_replies import DAY

SCAN = b"%PDF-1.7\n" + b"1" * 100
SECOND_SCAN = b"%PDF-1.7\n" + b"2" * 100
NUMBER = "EX000000001CN"
WHY = "邮局退回，注明“地址无此人”。"


def keep(maker, case, *, kind=PaperKind.SEALED_SCAN, content=SCAN, by="clerk", name="盖章件.pdf"):
    [letter] = letters.of_case(case.id)
    with transaction():
        upload = letter_papers.Upload(kind=kind, name=name, content=content)
        return letter_papers.keep(case.id, upload, letter_id=letter.id, actor=maker.actor(by), at=moment(DAY, 16))


def fail(maker, case, *, on=DAY, way=DeliveryWay.POST, number=NUMBER, by="clerk"):
    [letter] = letters.of_case(case.id)
    with transaction():
        failure = letter_papers.Failure(way=way, on=on, tracking_number=number, reason=WHY)
        letter_papers.record_failure(case.id, failure, letter_id=letter.id, actor=maker.actor(by), at=moment(DAY, 17))


@pytest.fixture
def posted(maker):
    return maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)


def test_a_sealed_scan_takes_the_place_of_the_letter_and_leaves_its_bytes(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    [letter] = letters.of_case(case.id)
    issued = tracking.download(case.id, letter.id).content
    keep(maker, case)
    assert tracking.download(case.id, letter.id).content == SCAN
    newest = keep(maker, case, content=SECOND_SCAN)
    assert tracking.download(case.id, letter.id).content == SECOND_SCAN
    assert letters.download(case, letter.id).content == issued
    row = letter_papers.of_case(case.id)[-1]
    assert (row.id, row.sha256, row.original_name) == (newest, digest(SECOND_SCAN), "盖章件.pdf")
    assert ("文件", "盖章扫描件“盖章件.pdf”") in audit.history(case.id)[0].details


def test_a_proof_is_no_scan_and_the_applicant_never_gets_it(maker):
    case = maker.issued(maker.case(received_on=RECEIVED), on=DAY)
    [letter] = letters.of_case(case.id)
    before = tracking.download(case.id, letter.id).content
    keep(maker, case, kind=PaperKind.DELIVERY_PROOF)
    assert tracking.download(case.id, letter.id).content == before
    assert letter_papers.scanned(case.id) == frozenset()


def test_the_same_file_is_kept_once_and_a_word_file_is_no_scan(maker, posted):
    keep(maker, posted)
    with pytest.raises(AlreadyKept):
        keep(maker, posted)
    keep(maker, posted, kind=PaperKind.DELIVERY_PROOF)
    [letter] = letters.of_case(posted.id)
    word = letters.download(posted, letter.id).content
    with pytest.raises(NotAScan):
        keep(maker, posted, content=word, name="答复书.docx")
    assert len(letter_papers.of_case(posted.id)) == 2


def test_changed_bytes_are_not_handed_out(maker, posted):
    kept = keep(maker, posted)
    files = installation.current().files
    files.drop(letter_papers.of_case(posted.id)[0].stored_name)
    with pytest.raises(FileBroken):
        letter_papers.open_for_staff(posted.id, kept, actor=maker.actor("auditor"))


def test_who_reads_keeps_nothing_and_another_case_has_no_such_letter(maker, posted):
    for name in ("head", "auditor"):
        with pytest.raises(NotPermitted):
            keep(maker, posted, by=name)
    with pytest.raises(NotVisible):
        keep(maker, posted, by="officer2")
    kept = keep(maker, posted, by="officer")
    other = maker.issued(maker.case(received_on=RECEIVED, way="post"), on=DAY)
    with pytest.raises(NotVisible):
        letter_papers.open_for_staff(other.id, kept, actor=maker.actor("clerk"))
    with pytest.raises(NotVisible):
        letter_papers.get_letter(other.id, letters.of_case(posted.id)[0].id, actor=maker.actor("clerk"))


def test_a_failed_delivery_changes_no_date_and_stands_in_the_file(maker, posted):
    before = (posted.status, posted.statutory_due_on, posted.version)
    fail(maker, posted)
    case = maker.again(posted.id)
    assert (case.status, case.statutory_due_on, case.version) == before
    [row] = letter_papers.failures_of(case.id)
    assert (row.on, row.tracking_number, row.reason) == (DAY, NUMBER, WHY)
    papers = case_files.listed(case.id, actor=maker.actor("officer")).papers
    assert ("D34", DAY) in {(paper.code, paper.on) for paper in papers if paper.title == "未能送达的记录"}
    with pytest.raises(FailureKnown):
        fail(maker, posted)


@pytest.mark.rule("R64")
def test_the_applicant_reads_of_a_failure_only_where_the_letter_was_his(maker, posted):
    today = DAY.replace(day=DAY.day + 1)
    asked = maker.asked(maker.case(received_on=RECEIVED), on=DAY)
    question = letters.of_case(asked.id)[0]
    assert not LETTERS[question.kind].to_applicant
    failure = letter_papers.Failure(way=DeliveryWay.POST, on=DAY, tracking_number=NUMBER, reason=WHY)
    with transaction():
        letter_papers.record_failure(
            asked.id, failure, letter_id=question.id, actor=maker.actor("clerk"), at=moment(DAY, 17)
        )
    fail(maker, posted)
    told = {}
    for case_id in (asked.id, posted.id):
        with current_app.test_request_context():
            told[case_id] = str(progress_words.page(tracking.case_for_applicant(case_id), today=today)["entries"])
    assert "未能送达" not in told[asked.id]
    assert "未能送达" in told[posted.id]
    assert "给第三方或者其他机关的文书未能送达" in {entry.words for entry in audit.history(asked.id)}


def test_a_failure_needs_a_day_after_the_letter_and_the_number_of_the_post(maker, posted):
    with pytest.raises(FailedInFuture):
        fail(maker, posted, on=DAY.replace(day=DAY.day + 1))
    with pytest.raises(FailedBeforeIssue):
        fail(maker, posted, on=DAY.replace(day=DAY.day - 1))
    with pytest.raises(TrackingNumberMissing):
        fail(maker, posted, number="")
    with pytest.raises(NotByPost):
        fail(maker, posted, number="SF1234567890")
    fail(maker, posted, way=DeliveryWay.IN_PERSON, number="")
    assert [row.tracking_number for row in letter_papers.failures_of(posted.id)] == [""]


def test_nothing_is_kept_with_a_voided_letter(maker, posted):
    with transaction():
        voidings.void_answer(
            posted.id, reason="页数有误", version=posted.version, actor=maker.actor("head"), at=moment(DAY, 16)
        )
    for act in (keep, fail):
        with pytest.raises(LetterIsVoided):
            act(maker, posted)


def test_the_whole_file_holds_scans_and_proofs(maker, posted):
    keep(maker, posted)
    keep(maker, posted, kind=PaperKind.DELIVERY_PROOF, content=SECOND_SCAN, name="回执.pdf")
    packed = dict(case_files._contents(posted, at=moment(DAY, 17)))
    assert packed["盖章件和送达凭证/01_盖章件.pdf"] == SCAN
    assert packed["盖章件和送达凭证/02_回执.pdf"] == SECOND_SCAN
    titles = [paper.title for paper in case_files.listed(posted.id, actor=maker.actor("head")).papers]
    assert "盖章扫描件：盖章件.pdf" in titles
    assert "送达凭证：回执.pdf" in titles


def test_a_clerk_keeps_a_scan_and_records_a_failure_on_the_pages(maker, app, posted):
    [letter] = letters.of_case(posted.id)
    number, case_id = letter.number, posted.id
    desk = StaffDesk(app, "clerk", at=moment(DAY, 16))
    where = f"/cases/{case_id}/letters/{letter.id}"
    desk.open(f"/cases/{case_id}")
    assert desk.page.select(f"a[href='{where}/papers']")
    desk.open(f"{where}/papers")
    desk.send(file=(io.BytesIO(SCAN), "盖章件.pdf"))
    assert "请选择存入的是盖章扫描件还是送达凭证" in desk.page.text
    desk.send(kind="sealed_scan", file=(io.BytesIO(b""), ""))
    assert "请选择要存入的文件" in desk.page.text
    desk.send(kind="sealed_scan", file=(io.BytesIO(SCAN), "盖章件.pdf"))
    assert f"已存入 {number} 的盖章扫描件" in desk.page.text
    [row] = letter_papers.of_case(maker.again(case_id).id)
    desk.open(f"/cases/{case_id}")
    assert desk.page.select(f"a[href='/cases/{case_id}/papers/{row.id}']")

    desk.open(f"{where}/failures")
    desk.send(way="post", on=DAY.isoformat(), tracking_number="SF1", reason=WHY)
    assert "不是邮政企业的邮件号" in desk.page.text
    assert WHY in desk.page.text
    desk.send(way="post", on=DAY.isoformat(), tracking_number=NUMBER, reason=WHY)
    assert f"已登记 {number} 未能送达" in desk.page.text
    assert WHY in desk.page.text
