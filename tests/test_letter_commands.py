"""The commands of the letters: samples into a folder, and the check of one file with its exit status."""

import pytest
from docx import Document
from docx.shared import Mm

from caseapp.domain.letters import LetterKind


@pytest.fixture
def run(app):
    return lambda *arguments: app.test_cli_runner().invoke(args=["letters", *map(str, arguments)])


@pytest.mark.rule("R45")
def test_samples_are_written_and_each_requirement_is_printed_with_its_value(run, tmp_path):
    folder = tmp_path / "samples"
    written = run("samples", folder)
    assert written.exit_code == 0
    assert len(list(folder.glob("*.docx"))) == 4 * len(LetterKind)

    checked = run("check", folder / "withheld_letter_short.docx")
    assert checked.exit_code == 0
    assert "符合    天头（上白边）：应为 37 毫米，实为 37 毫米" in checked.output
    assert checked.output.strip().endswith("不符合 0 项。")


@pytest.mark.rule("R45")
def test_one_missed_requirement_is_named_and_leaves_with_status_one(run, tmp_path):
    run("samples", tmp_path)
    page = Document(str(tmp_path / "not_found_letter_short.docx"))
    page.sections[0].left_margin = Mm(20)
    page.save(str(tmp_path / "spoilt.docx"))

    checked = run("check", tmp_path / "spoilt.docx")

    assert checked.exit_code == 1
    assert "不符合  订口（左白边）：应为 28 毫米，实为 20 毫米" in checked.output


def test_what_is_no_document_leaves_with_status_two(run, tmp_path):
    (tmp_path / "假.docx").write_bytes(b"no document")
    checked = run("check", tmp_path / "假.docx")
    assert checked.exit_code == 2
    assert "不是 Word 文档" in checked.output + str(checked.stderr_bytes or b"", "utf-8")
