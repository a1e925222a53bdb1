"""Files with a request: what is refused is told at the field, and nothing typed is lost."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from caseapp import clock
from caseapp.db import db
from caseapp.models import Attachment
from tests.makers import moment
from tests.pages.filing_desk import PNG, FilingDesk

CONTROL = "看不见的控制字符"
ONE_OF_LIST = "请从列出的选项中选择一项。"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def _monday_morning():
    with clock.stopped_at(moment(date(2026, 3, 2))):
        yield


@pytest.fixture
def desk(app):
    return FilingDesk(app)


def keeps(desk, typed):
    fields = desk.page.fields("下一步")
    return {name: fields.get(name) for name in typed} == typed


def package_of_a_later_format():
    """Return a package that asks for a reader of version 9.9: zipfile refuses it by NotImplementedError."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("word/document.xml", "")
    return made.getvalue().replace(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\x63")


REFUSED = [
    (b"", "空.pdf", "所选文件是空的。"),
    (b"MZ" + b"\x00" * 200, "通知.pdf", "文件应为 PDF、Word、图片之一。（含宏的 Word 文件不能上传。）"),
    (package_of_a_later_format(), "新.docx", "文件应为 PDF、Word、图片之一。（含宏的 Word 文件不能上传。）"),
    (b"%PDF-1.7\n" + b"0" * (10 * MEGABYTE), "大.pdf", "文件应小于 10 MB。"),
]


@pytest.mark.parametrize(("content", "name", "words"), REFUSED)
def test_a_refused_file_is_told_at_its_field_and_the_text_is_kept(desk, content, name, words):
    desk.comes_to("information").uploads(content, name, description="写到一半的描述")
    assert desk.error_at("file") == words
    assert desk.page.fields("下一步")["description"] == "写到一半的描述"


def test_pressing_upload_without_a_file_says_so(desk):
    desk.comes_to("information").fills_in("上传这个文件", description="写到一半的描述")
    assert desk.error_at("file") == "请选择要上传的文件。"
    assert desk.page.fields("下一步")["description"] == "写到一半的描述"


def test_a_file_far_too_large_is_refused_in_words(desk):
    desk.comes_to("information")
    desk.uploads_with(413, b"0" * (13 * MEGABYTE), "大.pdf", {})
    assert "文件应小于 10 MB。" in desk.page.words


def test_a_sixth_file_is_refused(desk):
    desk.comes_to("information")
    for number in range(5):
        desk.uploads(PNG, f"照片{number}.png")
    assert "已上传 5 个文件" in desk.page.words
    assert not desk.page.soup.select("input[type=file]")
    desk.sends("/apply/attachments", desk.given["information"] | {"file": (io.BytesIO(PNG), "第六.png")})
    assert desk.errors == ["最多上传 5 个文件，请先删除一个。"]
    assert "第六" not in desk.page.words


def test_uploading_keeps_a_text_that_is_not_finished(desk):
    desk.comes_to("information").uploads(PNG, title="", description="")
    assert not desk.errors
    assert "现场照片.png" in desk.page.words
    desk.uploads(PNG, "第二.png", title="写了名称", description="")
    assert desk.page.fields("下一步")["title"] == "写了名称"


def test_a_file_chosen_when_pressing_next_is_taken_along(desk):
    desk.comes_to("information").goes_on("information", file=(io.BytesIO(PNG), "随下一步.png"))
    desk.fills_in("下一步", **desk.given["delivery"])
    assert "随下一步.png" in desk.page.words


def test_removing_a_file_keeps_what_was_typed(desk):
    desk.comes_to("information").uploads(PNG)
    desk.fills_in("删除", description="刚刚改过的描述")
    assert "现场照片.png" not in desk.page.words
    assert desk.page.fields("下一步")["description"] == "刚刚改过的描述"


def test_nobody_removes_the_file_of_another_draft(app, desk):
    desk.comes_to("information").uploads(PNG)
    with app.app_context():
        wanted = db.session.scalars(select(Attachment.id)).one()
    stranger = FilingDesk(app).comes_to("information")
    stranger.sends(f"/apply/attachments/{wanted}/remove", stranger.given["information"])
    desk.opens("/apply/information")
    assert "现场照片.png" in desk.page.words
