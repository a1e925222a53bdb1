"""The converter of PDFs: absent, failing, hanging; what it started ends with it, and only one runs at a time."""

import os
import time
from pathlib import Path

import pytest

from caseapp.gateways import pdf


def _program(folder: Path, *lines: str) -> str:
    """A program that stands where LibreOffice would, and behaves badly."""
    path = folder / "converter"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o700)
    return str(path)


def test_no_program_is_found_where_none_is_installed_or_wanted():
    assert pdf.converter("") is None
    assert pdf.converter("no-such-converter-anywhere") is None
    assert pdf.converter("sh") is not None


@pytest.mark.parametrize("line", ["exit 0", "exit 3", 'for last; do :; done; echo no > "${last%.docx}.pdf"'])
def test_a_program_that_makes_nothing_is_a_refusal_in_words(tmp_path, line):
    with pytest.raises(pdf.PdfFailed, match=r"请下载 \.docx 文件"):
        pdf.as_pdf(b"PK", program=_program(tmp_path, line), queue=tmp_path / "queue.lock")


def test_a_program_that_hangs_is_ended_with_what_it_started(tmp_path):
    note = tmp_path / "child"
    hanging = _program(tmp_path, "sleep 600 &", f"echo $! > {note}", "wait")
    with pytest.raises(pdf.PdfFailed):
        pdf.as_pdf(b"PK", program=hanging, queue=tmp_path / "queue.lock", seconds=1)
    child = Path("/proc") / note.read_text().strip() / "stat"
    for _ in range(50):
        if not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.1)
    else:
        pytest.fail("what the converter had started still runs")


def test_a_second_conversion_waits_its_turn_and_is_told_when_it_comes_to_none(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf, "TRIES", 2)
    queue = tmp_path / "queue.lock"
    with pdf._alone(queue), pytest.raises(pdf.PdfBusy, match="请稍后再试"):
        pdf.as_pdf(b"PK", program=_program(tmp_path, "exit 0"), queue=queue)
    assert os.stat(tmp_path / "queue.lock").st_mode & 0o077 == 0
