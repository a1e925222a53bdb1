"""What a request can be answered with (Regulation, art. 30 and 35 to 39), and the row of the report it counts in (R39).

A list: one row for each outcome, so it may grow beyond the usual length.
"""

from dataclasses import dataclass
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import GROUNDS, Ground
from caseapp.domain.letters import LetterKind


class Outcome(StrEnum):
    DISCLOSED = "disclosed"
    ALREADY_PUBLIC = "already_public"
    PARTIAL = "partial"
    WITHHELD = "withheld"
    NOT_FOUND = "not_found"
    NOT_OURS = "not_ours"
    BUSINESS_LOOKUP = "business_lookup"
    NEEDS_PROCESSING = "needs_processing"
    UNCLEAR = "unclear"
    PETITION = "petition"
    REPEATED = "repeated"
    PUBLICATION = "publication"
    EXCESSIVE = "excessive"
    RECONFIRMATION = "reconfirmation"
    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    CORRECTION_PASSED_ON = "correction_passed_on"
    CORRECTION_ELSEWHERE = "correction_elsewhere"
    LAPSED = "lapsed"
    UNPAID = "unpaid"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class OutcomeRow:
    """One outcome; `letter` and `offered` fill in as the office takes up the answer.

    `report_row` is None where the ground decides the row of table three (R39), and "" for answers to requests for
    correction, which the table does not count (R62).
    """

    label: str
    citation: str
    report_row: str | None
    statements: tuple[str, ...] = ()  # the fields of `ReplyContent` that must be filled in
    letter: LetterKind | None = None
    offered: bool = False


OUTCOMES: dict[Outcome, OutcomeRow] = {
    Outcome.DISCLOSED: OutcomeRow(
        label="予以公开",
        citation="第三十六条第（二）项",
        report_row="3.1",
        statements=("given", "way", "reviewed_by"),
        letter=LetterKind.DISCLOSED,
        offered=True,
    ),
    Outcome.ALREADY_PUBLIC: OutcomeRow(
        label="已主动公开",
        citation="第三十六条第（一）项",
        report_row="3.1",
        statements=("given", "where"),
        letter=LetterKind.ALREADY_PUBLIC,
        offered=True,
    ),
    Outcome.PARTIAL: OutcomeRow(
        label="部分公开",
        citation="第三十七条",
        report_row="3.2",
        statements=("given", "way", "withheld", "facts", "reviewed_by"),
        letter=LetterKind.PARTIAL,
        offered=True,
    ),
    Outcome.WITHHELD: OutcomeRow(
        label="不予公开",
        citation="第三十六条第（三）项",
        report_row=None,
        statements=("facts",),
        letter=LetterKind.WITHHELD,
        offered=True,
    ),
    Outcome.NOT_FOUND: OutcomeRow(
        label="信息不存在",
        citation="第三十六条第（四）项",
        report_row="3.4.1",
        statements=("search",),
        letter=LetterKind.NOT_FOUND,
        offered=True,
    ),
    Outcome.NOT_OURS: OutcomeRow(
        label="不属于本机关",
        citation="第三十六条第（五）项",
        report_row="3.4.1",
        statements=("facts",),
        letter=LetterKind.NOT_OURS,
        offered=True,
    ),
    Outcome.BUSINESS_LOOKUP: OutcomeRow(
        label="属于行政查询事项",
        citation="第三十六条第（七）项",
        report_row="3.3.8",
        statements=("special_law", "where"),
        letter=LetterKind.BUSINESS_LOOKUP,
        offered=True,
    ),
    Outcome.NEEDS_PROCESSING: OutcomeRow(
        label="需要加工、分析",
        citation="第三十八条",
        report_row="3.4.2",
        statements=("facts",),
        letter=LetterKind.NEEDS_PROCESSING,
        offered=True,
    ),
    Outcome.UNCLEAR: OutcomeRow(
        label="补正后申请内容仍不明确",
        citation="第三十条",
        report_row="3.4.3",
        statements=("unclear",),
        letter=LetterKind.UNCLEAR,
        offered=True,
    ),
    Outcome.PETITION: OutcomeRow(
        label="信访、投诉、举报类申请",
        citation="第三十九条第一款",
        report_row="3.5.1",
        statements=("facts", "right_channel"),
        letter=LetterKind.PETITION,
        offered=True,
    ),
    Outcome.REPEATED: OutcomeRow(
        label="重复申请",
        citation="第三十六条第（六）项",
        report_row="3.5.2",
        statements=("earlier_case", "facts"),
        letter=LetterKind.REPEATED,
        offered=True,
    ),
    Outcome.PUBLICATION: OutcomeRow(
        label="要求提供公开出版物",
        citation="第三十九条第二款",
        report_row="3.5.3",
        statements=("where",),
        letter=LetterKind.PUBLICATION,
        offered=True,
    ),
    Outcome.EXCESSIVE: OutcomeRow(
        label="无正当理由大量反复申请",
        citation="第三十五条",
        report_row="3.5.4",
        statements=("facts",),
        letter=LetterKind.EXCESSIVE,
        offered=True,
    ),
    # No article names it; what it asks for is no recorded information in the sense of art. 2 (decision 10).
    Outcome.RECONFIRMATION: OutcomeRow(
        label="要求确认或重新出具已获取信息",
        citation="第二条",
        report_row="3.5.5",
        statements=("facts",),
        letter=LetterKind.RECONFIRMATION,
        offered=True,
    ),
    Outcome.CORRECTED: OutcomeRow(
        label="予以更正",
        citation="第四十一条",
        report_row="",
        statements=("facts",),
        letter=LetterKind.CORRECTED,
    ),
    Outcome.NOT_CORRECTED: OutcomeRow(
        label="不予更正",
        citation="第四十一条",
        report_row="",
        statements=("facts",),
        letter=LetterKind.NOT_CORRECTED,
    ),
    Outcome.CORRECTION_PASSED_ON: OutcomeRow(
        label="转送有权更正的机关",
        citation="第四十一条",
        report_row="",
        statements=("facts", "right_organ", "right_organ_contact"),
        letter=LetterKind.CORRECTION_PASSED_ON,
    ),
    Outcome.CORRECTION_ELSEWHERE: OutcomeRow(
        label="告知向有权更正的机关提出",
        citation="第四十一条",
        report_row="",
        statements=("facts", "right_organ", "right_organ_contact"),
        letter=LetterKind.CORRECTION_ELSEWHERE,
    ),
    Outcome.LAPSED: OutcomeRow(label="逾期不补正", citation="第三十条", report_row="3.6.1", statements=("facts",)),
    Outcome.UNPAID: OutcomeRow(label="逾期未缴费", citation="第四十二条", report_row="3.6.2", statements=("facts",)),
    Outcome.WITHDRAWN: OutcomeRow(label="申请人撤回", citation="", report_row="3.6.3"),
}

# To a request for correction (art. 41).
CORRECTIONS = (
    *(Outcome.CORRECTED, Outcome.NOT_CORRECTED),
    *(Outcome.CORRECTION_PASSED_ON, Outcome.CORRECTION_ELSEWHERE),
)
# To a request for information.
OFFERED: tuple[Outcome, ...] = tuple(outcome for outcome, row in OUTCOMES.items() if row.offered)


class OutcomeNotOffered(DomainError):
    text = "“{outcome}”的答复目前还不能在本系统中办理，请另选答复类型。"
    field = "outcome"


class GroundMissing(DomainError):
    text = "依照条例{article}，“{answer}”应当选明一项依据（第十四条、第十五条或者第十六条）。"
    field = "ground"


def report_row(outcome: Outcome, ground: Ground | None) -> str:
    """Return the one row of table three that the decision counts in, as 3.3.6; 部分公开 beats every ground (R39)."""
    row = OUTCOMES[outcome].report_row
    if row is not None:
        return row
    if ground is None:
        raise GroundMissing(article=OUTCOMES[outcome].citation, answer=OUTCOMES[outcome].label)
    return GROUNDS[ground].report_row
