"""What is kept beside an issued letter: its sealed scan, the proof of its delivery, and deliveries that failed (D34).

The issued bytes never change; a paper beside them has a digest of its own.
"""

from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.filing import DeliveryWay
from caseapp.domain.moments import chinese_date


class PaperKind(StrEnum):
    SEALED_SCAN = "sealed_scan"
    DELIVERY_PROOF = "delivery_proof"


PAPER_WORDS = {
    PaperKind.SEALED_SCAN: "盖章扫描件",
    PaperKind.DELIVERY_PROOF: "送达凭证",
}

# A sealed scan that a browser of any age shows; nobody seals a Word file.
SCAN_TYPES = frozenset({"application/pdf", "image/png", "image/jpeg"})


class LetterIsVoided(DomainError):
    text = "这份文书已作废，不能再存入盖章件、送达凭证，也不能登记送达情况。"


class NotAScan(DomainError):
    text = "盖章扫描件应为 PDF 或者图片（JPG、PNG）。Word 文件不是扫描件。"
    field = "file"


class AlreadyKept(DomainError):
    text = "这个文件已经存入，不必再传。"
    field = "file"


class TooManyPapers(DomainError):
    text = "一份文书最多存入 {most} 个文件。"
    field = "file"


class FailedInFuture(DomainError):
    text = "未送达的日期不能晚于今天。"
    field = "on"


class FailedBeforeIssue(DomainError):
    text = "未送达的日期不能早于文书的签发日期（{issued}）。"
    field = "on"


class FailureKnown(DomainError):
    text = "{on}未能送达已经登记过了。"
    field = "on"


def check_scan(kind: PaperKind, media_type: str) -> None:
    """Refuse a sealed scan that is no scan."""
    if kind is PaperKind.SEALED_SCAN and media_type not in SCAN_TYPES:
        raise NotAScan()


def check_failure(*, on: date, issued_on: date, today: date) -> None:
    """Refuse a failed delivery after today or before the letter existed."""
    if on > today:
        raise FailedInFuture()
    if on < issued_on:
        raise FailedBeforeIssue(issued=chinese_date(issued_on))


def failure_words(*, on: date, way: DeliveryWay, tracking_number: str, reason: str) -> str:
    """Return in one line that a delivery failed, as the case page and the form D34 say it."""
    number = f"（邮件号 {tracking_number}）" if tracking_number else ""
    return f"{chinese_date(on)}{way.label}{number}未能送达：{reason}"
