"""Filing: one act makes the whole case; the same key makes nothing new."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from caseapp.db import db, transaction
from caseapp.domain.events import EventKind
from caseapp.domain.lifecycle import Status
from caseapp.gateways.files import FileBroken
from caseapp.models import Applicant, Attachment, Case, Event, FilingDraft
from caseapp.services import attachments, audit, drafts, identities, intake, tracking
from tests.makers import RECEIVED, VAGUE, moment

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.mark.rule("R13")
def test_a_filed_request_has_its_number_both_due_dates_and_its_first_event(maker):
    case = maker.case(received_on=date(2026, 3, 2))
    assert case.number == "2026-0001"
    assert case.received_on == date(2026, 3, 2)
    assert case.local_due_on == date(2026, 3, 23)
    assert case.statutory_due_on == date(2026, 3, 30)
    assert [entry.kind for entry in audit.history(case.id)] == [EventKind.ASSIGNED, EventKind.FILED]


@pytest.mark.rule("R16")
def test_the_rule_sets_follow_the_receipt_date(maker):
    case = maker.case(received_on=date(2026, 3, 2))
    assert (case.local_rule_set, case.statute) == ("district-15", "CN-2019")


@pytest.mark.parametrize(
    ("filed_at", "received_on"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, 900000, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, tzinfo=UTC), date(2026, 3, 2)),
    ],
)
def test_the_day_of_filing_is_the_offices_day(maker, filed_at, received_on):
    key = maker.draft()
    with transaction():
        filed = intake.file(key, at=filed_at)
    assert maker.again(filed.case_id).received_on == received_on


def test_numbers_start_anew_with_the_year(maker):
    last = maker.case(received_on=date(2025, 12, 31))
    first = maker.case(received_on=date(2026, 1, 1))
    assert (last.number, first.number) == ("2025-0001", "2026-0001")


@pytest.mark.rule("R15")
def test_a_date_beyond_the_announced_years_is_provisional(maker):
    case = maker.case(received_on=date(2026, 12, 10))
    assert case.provisional
    assert maker.case(received_on=date(2026, 3, 2)).provisional is False


def test_the_same_key_makes_one_case_and_gives_the_same_receipt(maker):
    key = maker.draft()
    with transaction():
        first = intake.file(key, at=moment(RECEIVED))
    with transaction():
        again = intake.file(key, at=moment(RECEIVED, 11))
    assert (first.number, first.query_code) == (again.number, again.query_code)
    assert (first.first_time, again.first_time) == (True, False)
    assert db.session.scalar(select(func.count()).select_from(Case)) == 1


def test_two_applicants_have_two_numbers_and_two_codes(maker):
    keys = [maker.draft(), maker.draft()]
    made = []
    for key in keys:
        with transaction():
            made.append(intake.file(key, at=moment(RECEIVED)))
    assert made[0].number != made[1].number
    assert made[0].query_code != made[1].query_code


def test_the_query_code_is_stored_as_a_digest_only_and_opens_the_case(maker):
    key = maker.draft()
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    assert len(filed.query_code) == 10
    assert not set(filed.query_code) & set("0O1IL")
    stored = db.session.get_one(Case, filed.case_id)
    assert filed.query_code not in (stored.query_digest, stored.filing_digest)
    assert tracking.open_case(number=filed.number, code=filed.query_code) == filed.case_id
    for number, code in ((filed.number, "AAAAAAAAAA"), ("2026-9999", filed.query_code)):
        with pytest.raises(tracking.NotFound):
            tracking.open_case(number=number, code=code)


def test_the_identity_number_lies_encrypted_and_is_bound_to_its_case(maker):
    first, second = maker.case(), maker.case()
    sealed = db.session.get_one(Applicant, first.id).identity_sealed
    assert b"YANSHI-000001" not in sealed
    assert "000001" not in db.session.get_one(Applicant, first.id).identity_masked
    clerk = maker.actor("clerk")
    with transaction():
        assert identities.show(first.id, actor=clerk, at=moment(RECEIVED)) == "YANSHI-000001"
    with transaction():
        db.session.get_one(Applicant, second.id).identity_sealed = sealed
    with pytest.raises(identities.IdentityUnreadable), transaction():
        identities.show(second.id, actor=clerk, at=moment(RECEIVED))


def test_what_was_typed_is_sealed_in_the_draft_and_gone_from_it_after_filing(maker):
    key = maker.draft(name="申请人秘密")
    row = db.session.scalars(select(FilingDraft)).one()
    assert "申请人秘密".encode() not in row.answers_sealed
    assert drafts.find(key).answers["applicant"]["name"] == "申请人秘密"
    with transaction():
        intake.file(key, at=moment(RECEIVED))
    assert drafts.find(key).answers == {}


def test_an_unfinished_draft_cannot_be_filed(maker):
    key = drafts.new_key()
    with transaction():
        drafts.save(key, "kind", {"kind": "person"}, at=moment(RECEIVED))
    with pytest.raises(intake.StepMissing) as refused, transaction():
        intake.file(key, at=moment(RECEIVED))
    assert refused.value.step == "applicant"
    with pytest.raises(intake.DraftGone), transaction():
        intake.file("no such key", at=moment(RECEIVED))
    assert db.session.scalar(select(func.count()).select_from(Case)) == 0


def test_an_unclear_request_waits_for_the_clerk(maker):
    case = maker.case(description=VAGUE)
    assert case.status is Status.REGISTERED
    assert case.department_id is None


def test_a_clear_request_goes_to_its_department_at_once_with_the_reason_in_words(maker):
    case = maker.case()
    assert case.status is Status.IN_HAND
    assert case.department.code == "zhujian"
    assert "竣工验收" in case.routing_note
    assert "住建局" in case.routing_note


def test_names_of_sixty_characters_and_rare_ones_come_through(maker):
    name = "𠮷㛃" + "某" * 58
    case = maker.case(name=name, title="关于“𠮷”字门牌的信息😀")
    assert case.applicant.name == name
    assert case.title.endswith("😀")


def test_files_are_on_disk_under_names_of_ours_and_move_to_the_case(maker, app):
    key = maker.draft()
    with transaction():
        attachments.add(key, name="..\\..\\证明/照片.exe", content=PNG, at=moment(RECEIVED))
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    row = db.session.scalars(select(Attachment)).one()
    assert (row.case_id, row.draft_id) == (filed.case_id, None)
    assert row.original_name == "照片.png"
    folder = app.extensions["caseapp"].settings.data_folder / "files"
    assert (folder / row.stored_name[:2] / row.stored_name).read_bytes() == PNG
    with pytest.raises(attachments.AlreadyFiled), transaction():
        attachments.add(key, name="b.png", content=PNG, at=moment(RECEIVED))


def test_a_flipped_byte_is_noticed(maker, app):
    key = maker.draft()
    with transaction():
        attachments.add(key, name="a.png", content=PNG, at=moment(RECEIVED))
        filed = intake.file(key, at=moment(RECEIVED))
    row = db.session.scalars(select(Attachment)).one()
    path = app.extensions["caseapp"].settings.data_folder / "files" / row.stored_name[:2] / row.stored_name
    path.write_bytes(PNG[:-1] + b"\x01")
    with pytest.raises(FileBroken):
        attachments.open_for_staff(filed.case_id, row.id, actor=maker.actor("clerk"))


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", attachments.FileEmpty),
        (b"MZ" + b"\x00" * 100, attachments.FileKindRefused),
        (b"<svg onload=alert(1)>", attachments.FileKindRefused),
        (b"PK\x03\x04 no zip at all", attachments.FileKindRefused),
        (PNG + b"\x00" * (10 * 1024 * 1024), attachments.FileTooLarge),
    ],
    ids=["empty", "program", "picture with script", "broken zip", "too large"],
)
def test_other_files_are_refused_in_words(maker, content, refusal):
    key = maker.draft()
    with pytest.raises(refusal) as refused, transaction():
        attachments.add(key, name="x.pdf", content=content, at=moment(RECEIVED))
    assert refused.value.field == "file"
    assert attachments.of_draft(key) == []


def test_the_sixth_file_is_refused(maker):
    key = maker.draft()
    for position in range(5):
        with transaction():
            attachments.add(key, name=f"{position}.png", content=PNG, at=moment(RECEIVED))
    with pytest.raises(attachments.TooManyFiles), transaction():
        attachments.add(key, name="6.png", content=PNG, at=moment(RECEIVED))


def test_an_old_draft_is_swept_with_its_files_and_a_filed_one_is_kept(maker):
    left, filed = maker.draft(), maker.draft()
    with transaction():
        attachments.add(left, name="a.png", content=PNG, at=moment(RECEIVED))
        intake.file(filed, at=moment(RECEIVED))
    with transaction():
        names = drafts.sweep(at=moment(date(2026, 3, 4)))
    assert len(names) == 1
    assert drafts.find(left) is None
    assert drafts.find(filed).filed
    with transaction():
        assert drafts.sweep(at=moment(date(2026, 3, 4))) == []


def test_every_act_is_in_the_chain(maker):
    maker.case()
    assert audit.verify() is None
    assert db.session.scalar(select(func.count()).select_from(Event)) == audit.length() == 2
