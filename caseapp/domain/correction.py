"""更正 (art. 41): a person with evidence that a record about himself is inaccurate asks to have it corrected.

A case type of its own: it is no request for information, is answered otherwise, and stands in no row of table three
(R62). The article sets no period; the office answers within its own promise (decision 12).
"""

from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.outcome import CORRECTIONS, OFFERED, OUTCOMES, Outcome


class CaseKind(StrEnum):
    """What a case asks for."""

    DISCLOSURE = "disclosure"
    CORRECTION = "correction"

    @property
    def label(self) -> str:
        return {"disclosure": "公开政府信息", "correction": "更正与自己有关的政府信息（第四十一条）"}[self.value]


class OutcomeNotForKind(DomainError):
    text = "“{outcome}”不适用于“{case_kind}”的申请，请改选答复类型。"
    field = "outcome"


class NotForCorrections(DomainError):
    text = "延期、补正、征求意见、收费、说明理由只适用于公开申请，不适用于更正申请。证据不足的，请在答复中说明。"


class EvidenceMissing(DomainError):
    text = "申请更正应当有证据证明记录不准确，请上传证据。（第四十一条）"
    field = "file"


def answers_to(case_kind: CaseKind) -> tuple[Outcome, ...]:
    """Return the outcomes that such a case may be answered with."""
    return CORRECTIONS if case_kind is CaseKind.CORRECTION else OFFERED


def check_fits(case_kind: CaseKind, outcome: Outcome) -> None:
    """Refuse an answer of art. 36 to 39 to a request for correction, and one of art. 41 to any other."""
    if outcome not in answers_to(case_kind):
        raise OutcomeNotForKind(outcome=OUTCOMES[outcome].label, case_kind=case_kind.label)


def check_disclosure(case_kind: CaseKind) -> None:
    """Refuse an act that the Regulation knows for requests for information only (art. 30, 32 to 35, 42)."""
    if case_kind is CaseKind.CORRECTION:
        raise NotForCorrections


def check_evidence(case_kind: CaseKind, *, files: int) -> None:
    """Refuse a request for correction, filed online, that brings no evidence (art. 41)."""
    if case_kind is CaseKind.CORRECTION and files == 0:
        raise EvidenceMissing
