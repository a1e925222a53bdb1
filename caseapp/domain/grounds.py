"""The grounds for not disclosing (Regulation, art. 14 to 16): citation, wording, and what the law asks to be shown.

A list: one row for each ground, so it may grow beyond the usual length.
"""

from dataclasses import dataclass
from enum import StrEnum

REGULATION = "《中华人民共和国政府信息公开条例》"


class Ground(StrEnum):
    STATE_SECRET = "E14a"  # noqa: S105, a ground and no password
    FORBIDDEN_BY_LAW = "E14b"
    SAFETY_AND_STABILITY = "E14c"
    THIRD_PARTY = "E15"
    INTERNAL_AFFAIRS = "E16a"
    DELIBERATION = "E16b"
    ENFORCEMENT_FILE = "E16c"


@dataclass(frozen=True, kw_only=True)
class GroundRow:
    """One ground: `citation` without the Regulation's name; `statements` are the fields of the reply it asks for."""

    label: str
    citation: str
    wording: str  # completes “属于…” in a letter
    discretionary: bool  # 可以不予公开: the letter says why the discretion is used
    report_row: str  # table three of the annual report
    statements: tuple[str, ...] = ()


GROUNDS: dict[Ground, GroundRow] = {
    Ground.STATE_SECRET: GroundRow(
        label="国家秘密",
        citation="第十四条",
        wording="依法确定为国家秘密的政府信息",
        discretionary=False,
        report_row="3.3.1",
        statements=("classification_basis",),
    ),
    Ground.FORBIDDEN_BY_LAW: GroundRow(
        label="法律、行政法规禁止公开",
        citation="第十四条",
        wording="法律、行政法规禁止公开的政府信息",
        discretionary=False,
        report_row="3.3.2",
    ),
    Ground.SAFETY_AND_STABILITY: GroundRow(
        label="危及“三安全一稳定”",
        citation="第十四条",
        wording="公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息",
        discretionary=False,
        report_row="3.3.3",
    ),
    Ground.THIRD_PARTY: GroundRow(
        label="商业秘密、个人隐私等，公开会损害第三方合法权益",
        citation="第十五条",
        wording="涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害的政府信息",
        discretionary=False,
        report_row="3.3.4",
        statements=("consultation",),
    ),
    Ground.INTERNAL_AFFAIRS: GroundRow(
        label="内部事务信息（人事管理、后勤管理、内部工作流程）",
        citation="第十六条第一款",
        wording="行政机关的内部事务信息",
        discretionary=True,
        report_row="3.3.5",
        statements=("disclosure_demanded", "discretion"),
    ),
    Ground.DELIBERATION: GroundRow(
        label="过程性信息（讨论记录、过程稿、磋商信函、请示报告）",
        citation="第十六条第二款",
        wording="行政机关在履行行政管理职能过程中形成的过程性信息",
        discretionary=True,
        report_row="3.3.6",
        statements=("disclosure_demanded", "discretion"),
    ),
    Ground.ENFORCEMENT_FILE: GroundRow(
        label="行政执法案卷信息",
        citation="第十六条第二款",
        wording="行政执法案卷信息",
        discretionary=True,
        report_row="3.3.7",
        statements=("disclosure_demanded", "discretion"),
    ),
}


def cite(article: str) -> str:
    """Return the article with the Regulation's full name, as a letter quotes it: 《…条例》第十五条."""
    return f"{REGULATION}{article}"
