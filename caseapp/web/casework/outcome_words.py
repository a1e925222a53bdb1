"""How the kinds of answer are offered: grouped as table three of the annual report groups them, a line to each."""

from collections.abc import Sequence

from caseapp.domain.correction import CaseKind
from caseapp.domain.outcome import CORRECTIONS, OFFERED, OUTCOMES, Outcome

EXPLAINED = {
    Outcome.DISCLOSED: "信息可以公开，随答复提供，或者告知获取的方式、途径和时间。",
    Outcome.ALREADY_PUBLIC: "信息已经主动公开，告知在哪里获取。",
    Outcome.PARTIAL: "含有不应当公开或者不属于政府信息的内容，能够区分处理。",
    Outcome.WITHHELD: "属于第十四条至第十六条的信息，且不能区分处理。",
    Outcome.BUSINESS_LOOKUP: "不动产登记、工商登记资料等，法律、行政法规另有查询办法。",
    Outcome.NOT_FOUND: "检索后没有该信息，须有检索记录。",
    Outcome.NOT_OURS: "不由本机关负责公开，能确定的，告知负责机关和联系方式。",
    Outcome.NEEDS_PROCESSING: "没有现成信息，需要对现有信息加工、分析。",
    Outcome.UNCLEAR: "已收到补正材料，仍不能确定所指的信息。",
    Outcome.PETITION: "实为信访、投诉、举报，告知相应渠道；须经负责人确认。",
    Outcome.REPEATED: "同一申请人重复申请同一信息，须关联此前的答复。",
    Outcome.PUBLICATION: "要求提供公报、报刊、书籍等，告知获取的途径。",
    Outcome.EXCESSIVE: "数量、频次明显过多，已要求说明理由且理由不合理；须经负责人确认。",
    Outcome.CORRECTED: "审核属实，由本机关更正并告知申请人。",
    Outcome.NOT_CORRECTED: "证据不能证明记录不准确。",
    Outcome.CORRECTION_PASSED_ON: "不属于本机关职能范围，转送有权更正的机关并告知申请人。签发答复书时同时签发转送函。",
    Outcome.CORRECTION_ELSEWHERE: "不属于本机关职能范围，告知申请人向有权更正的机关提出。",
    Outcome.RECONFIRMATION: "要求确认或者重新出具申请人已经获取的信息。",
}


def explained() -> dict[str, str]:
    """Return the line under each choice, by its value: when it fits, and its article."""
    return {one.value: f"{EXPLAINED[one]}（《条例》{OUTCOMES[one].citation}）" for one in (*OFFERED, *CORRECTIONS)}


def _of(part: str) -> list[str]:
    """Return the outcomes that count in this part of table three."""
    return [one.value for one in OFFERED if (OUTCOMES[one].report_row or "3.3").startswith(part)]


GROUPS = (
    ("予以公开、部分公开", [*_of("3.1"), *_of("3.2")]),
    ("不予公开", _of("3.3")),
    ("无法提供", _of("3.4")),
    ("不予处理", _of("3.5")),
)


def groups(case_kind: CaseKind) -> Sequence[tuple[str, list[str]]]:
    """Return the answers that such a case may have, by their headings."""
    if case_kind is CaseKind.CORRECTION:
        return [("更正申请（第四十一条）", [one.value for one in CORRECTIONS])]
    return GROUPS
