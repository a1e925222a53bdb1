"""分案: one filing that asks for several things becomes several cases, each with a clock and an answer of its own.

The Regulation knows no 一事一申请; the fee measure (art. 4) allows to split by the smallest reasonable units (R50).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from caseapp.domain.errors import DomainError

FEWEST, MOST = 2, 10


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that the filing asks for, in the applicant's words."""

    title: str
    document_no: str
    description: str


class TooFewParts(DomainError):
    text = "请至少写明两件，每件只写一项信息。"


class TooManyParts(DomainError):
    text = "一份申请最多分为 {most} 件。"


class PartNotDescribed(DomainError):
    text = "请写明第 {number} 件申请的是什么信息。"

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)
        self.field = f"description_{number}"


class SplitTwice(DomainError):
    text = "这份申请已经分过案，不能再分。"


class SplitTooLate(DomainError):
    text = "这份申请已经办理过其他事项（例如补正、征求意见、延期、起草答复），不能再分案。请在一份答复中分项答复。"


def check_parts(parts: Sequence[Part]) -> None:
    """Refuse too few or too many parts, and one that does not say what it asks for, at its field."""
    if len(parts) < FEWEST:
        raise TooFewParts
    if len(parts) > MOST:
        raise TooManyParts(most=MOST)
    for number, part in enumerate(parts, start=1):
        if not part.description.strip():
            raise PartNotDescribed(number=number)


def check_untouched(*, is_split: bool, has_other_facts: bool) -> None:
    """Refuse to split a case twice, or once anything else has been done on it."""
    if is_split:
        raise SplitTwice
    if has_other_facts:
        raise SplitTooLate
