"""The office's own words of a letter: proposed by one person, approved by another, each version kept (art. 45)."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import ndiff
from enum import StrEnum

from caseapp.domain.errors import DomainError

LONGEST = 3000


class WordingStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


WORDING_WORDS = {
    WordingStatus.PROPOSED: "待审批",
    WordingStatus.APPROVED: "已同意",
    WordingStatus.REFUSED: "未同意",
}


class WordingWaits(DomainError):
    text = "这种文书已有一份修改等待审批，请等负责人决定后再提出。"
    field = "text"


class WordingUnchanged(DomainError):
    text = "内容与现在使用的模板相同，没有可以审批的修改。"
    field = "text"


class WordingTooLong(DomainError):
    text = "模板请控制在 {longest} 字以内，现在是 {length} 字。"
    field = "text"


class NoWordingWaits(DomainError):
    text = "这份模板修改已经有人处理过了，或者提出人已另行提交，请重新打开。"


@dataclass(frozen=True, kw_only=True)
class ChangedLines:
    """What a letter would no longer say, and what it would say instead, line by line."""

    gone: tuple[str, ...]
    new: tuple[str, ...]


def changed_lines(before: str, after: str) -> ChangedLines | None:
    """Return the lines in which two bodies differ, or `None` where they read alike."""
    if before == after:
        return None
    steps: Sequence[str] = list(ndiff(before.split("\n"), after.split("\n")))
    gone = tuple(line[2:] for line in steps if line.startswith("- "))
    new = tuple(line[2:] for line in steps if line.startswith("+ "))
    return ChangedLines(gone=gone, new=new)


def tidy(text: str) -> str:
    """Return a typed template with plain line ends and one line break at its end; refuses one that is too long."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    tidied = "\n".join(lines).strip("\n") + "\n"
    if len(tidied) > LONGEST:
        raise WordingTooLong(longest=LONGEST, length=len(tidied))
    return tidied
