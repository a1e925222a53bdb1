"""Documents as PDF, by the LibreOffice that is installed: a profile of its own, one at a time, ended when it hangs."""

import fcntl
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caseapp.domain.errors import DomainError

LONGEST_SECONDS = 60
TRIES, PAUSE_SECONDS = 150, 0.2  # how long a second conversion waits for the first one


class PdfBusy(DomainError):
    text = "正在生成另一份 PDF，请稍后再试，或者先下载 .docx 文件。"


class PdfFailed(DomainError):
    text = "没有能生成 PDF，请下载 .docx 文件。"


def converter(name: str) -> str | None:
    """Return the path of the program that makes a PDF, or `None` where it is not installed or was switched off."""
    return shutil.which(name) if name else None


def as_pdf(content: bytes, *, program: str, queue: Path, seconds: float = LONGEST_SECONDS) -> bytes:
    """Return the .docx in `content` as a PDF; raises `PdfBusy`, or `PdfFailed` when nothing came within `seconds`.

    `queue` is the file that all processes of the installation wait at, in a folder that only they can write to.
    """
    with _alone(queue), tempfile.TemporaryDirectory(prefix="caseapp-pdf") as name:
        folder = Path(name)
        (folder / "letter.docx").write_bytes(content)
        _run(
            [
                *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"),
                *("--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(folder / "letter.docx")),
            ],
            seconds=seconds,
        )
        made = folder / "letter.pdf"
        if not made.exists() or not (pdf := made.read_bytes()).startswith(b"%PDF-"):
            raise PdfFailed()
        return pdf


def _run(command: list[str], *, seconds: float) -> None:
    """Run the program in a group of its own, so that what it started ends with it."""
    with subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise PdfFailed() from None
    if status != 0:
        raise PdfFailed()


@contextmanager
def _alone(queue: Path) -> Iterator[None]:
    """Hold the one place at the converter, among all threads and processes of this installation."""
    place = os.open(queue, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        _take(place)
        yield
    finally:
        os.close(place)


def _take(place: int) -> None:
    for _ in range(TRIES):
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE_SECONDS)
        else:
            return
    raise PdfBusy()
