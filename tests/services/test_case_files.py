"""The whole file in one archive: everything in it, its digests in the manifest, a broken file named (R59)."""

import hashlib
import io
import json
import zipfile

import pytest
from docx import Document

from caseapp.db import db, transaction
from caseapp.domain.permissions import NotVisible
from caseapp.models import ReplyFile
from caseapp.services import attachments, audit, case_files, intake, reply_files
from tests.makers import RECEIVED, moment
from tests.services.test_replies import DAY

PDF = b"%PDF-1.4 paper"


@pytest.fixture
def case(maker):
    key = maker.draft(title="竣工验收备案表")
    with transaction():
        attachments.add(key, name="../../etc/附图.pdf", content=PDF, at=moment(RECEIVED))
    with transaction():
        filed = intake.file(key, at=moment(RECEIVED))
    case = maker.again(filed.case_id)
    with transaction():
        reply_files.add(
            case.id, name="备案表.pdf", content=PDF, version=case.version, actor=maker.actor("officer"), at=moment(DAY)
        )
    return maker.issued(maker.extended(maker.again(case.id), on=RECEIVED), on=DAY)


def taken(maker, case, by="auditor"):
    with transaction():
        name, content = case_files.take(case.id, actor=maker.actor(by), at=moment(DAY, 16))
    with content:
        return name, zipfile.ZipFile(io.BytesIO(content.read()))


@pytest.mark.rule("R59")
def test_the_archive_holds_every_paper_and_the_manifest_every_digest(maker, case):
    name, archive = taken(maker, case)
    assert name == f"{case.number}_案卷.zip"
    names = archive.namelist()
    assert next(one for one in names if one.startswith("文书/")).startswith("文书/01_延期答复告知书_")
    assert "申请附件/01_附图.pdf" in names
    assert "随答复提供/01_备案表.pdf" in names
    manifest = json.loads(archive.read("清单.json"))
    assert {row["name"] for row in manifest["files"]} == set(names) - {"清单.json"}
    for row in manifest["files"]:
        assert hashlib.sha256(archive.read(row["name"])).hexdigest() == row["sha256"]
    history = json.loads(archive.read("04_办理经过.json"))
    assert history[0]["kind"] == "filed"
    assert "答复期限届满" in archive.read("03_期限逐日计算.txt").decode()
    index = Document(io.BytesIO(archive.read("01_卷内目录.docx")))
    assert [cell.text for cell in index.tables[0].rows[1].cells][:2] == ["1", "政府信息公开申请表"]
    assert "齐全" in "\n".join(paragraph.text for paragraph in index.paragraphs)
    assert audit.history(case.id)[0].words == "下载整卷"


def test_a_broken_file_is_named_and_left_out(maker, case, app):
    row = db.session.query(ReplyFile).one()
    path = app.extensions["caseapp"].files._path(row.stored_name)
    path.write_bytes(b"%PDF-1.4 forged")
    _, archive = taken(maker, maker.again(case.id))
    manifest = json.loads(archive.read("清单.json"))
    [broken] = [row for row in manifest["files"] if row["sha256"] is None]
    assert broken["name"] == "随答复提供/01_备案表.pdf"
    assert broken["name"] not in archive.namelist()


def test_nobody_takes_a_file_that_he_may_not_read(maker, case):
    with pytest.raises(NotVisible):
        taken(maker, case, by="officer2")


@pytest.mark.rule("R59")
def test_the_list_names_what_is_missing(maker):
    case = maker.awaiting(maker.case(way="post"), on=DAY)
    listed = case_files.listed(case.id, actor=maker.actor("officer"))
    assert [(paper.code, paper.missing) for paper in listed.missing] == [("D34", "没有送达记录")]
