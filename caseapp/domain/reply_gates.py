"""What must have happened before some answers may be given (art. 30, 36(六); R35)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from caseapp.domain.errors import DomainError
from caseapp.domain.moments import chinese_date
from caseapp.domain.outcome import Outcome
from caseapp.domain.supplement import SupplementStatus


class NothingCorrected(DomainError):
    text = (
        "这份申请没有收到过补正材料，不能按“补正后申请内容仍不明确”答复。内容不明确的，请先告知申请人补正。"
        "（《条例》第三十条）"
    )


class EarlierAnswerUnknown(DomainError):
    text = (
        "没有找到本部门对同一申请人作出的编号为“{number}”的答复。重复申请应当关联此前的答复；没有这样的答复的，请改选答复类型。"
        "（《条例》第三十六条第（六）项）"
    )
    field = "earlier_case"


class EarlierAnswerLater(DomainError):
    text = (
        "申请 {number} 于 {answered} 答复，晚于收到本申请之日（{received}），不是答复之后的重复申请。请改选答复类型。"
        "（《条例》第三十六条第（六）项）"
    )
    field = "earlier_case"


class EarlierAnswerRepeats(DomainError):
    text = "申请 {number} 本身是按重复申请答复的，请关联最初的答复。（《条例》第三十六条第（六）项）"
    field = "earlier_case"


@dataclass(frozen=True, kw_only=True)
class EarlierAnswer:
    """An answer that the same organ has given to the same applicant: its case, what it was, when it reached him."""

    case_number: str
    title: str
    outcome: Outcome
    letter_number: str
    dated_on: date
    answered_on: date


def check_corrected(supplements: Iterable[SupplementStatus]) -> None:
    """Refuse 补正后仍不明确 where no corrected application was ever taken in (art. 30)."""
    if SupplementStatus.TAKEN not in supplements:
        raise NothingCorrected


def check_repeats(number: str, earlier: EarlierAnswer | None, *, received_on: date) -> EarlierAnswer:
    """Return the answer that this request asks for again; refuses what is no answer before the request (R35).

    `earlier` is None where the number is not that of an answer of this organ to this applicant.
    """
    if earlier is None:
        raise EarlierAnswerUnknown(number=number)
    if earlier.outcome is Outcome.REPEATED:
        raise EarlierAnswerRepeats(number=number)
    if earlier.answered_on > received_on:
        raise EarlierAnswerLater(
            number=number, answered=chinese_date(earlier.answered_on), received=chinese_date(received_on)
        )
    return earlier
