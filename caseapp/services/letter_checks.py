"""The check list before issuing: the .docx is read back and held against what it must say (R40, R43, R46, R47)."""

from collections.abc import Mapping

from sqlalchemy import select

from caseapp.db import db
from caseapp.domain.document import OfficialDocument
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import ApplicantKind
from caseapp.domain.letters import LETTERS, FieldValue, LetterKind
from caseapp.gateways.document_check import Expectation, Finding, check_document, missed
from caseapp.models import Applicant, Case

RECENT = 50  # cases of the department whose applicants' names must not stand in a letter to another
SHORTEST_NAME = 2
# The office chose its pattern (第3号, 003号); the standard's own advice on it bars nothing.
PATTERN_IS_THE_OFFICES = frozenset({"发文字号年份用六角括号〔〕", "发文字号不编虚位、不加“第”"})


class LetterFaulty(DomainError):
    text = "文书没有通过签发前的核对：{faults}。请改正后再签发。"


def check(
    case: Case, kind: LetterKind, fields: Mapping[str, FieldValue], document: OfficialDocument, content: bytes
) -> None:
    """Refuse a letter that does not read as it must, naming what is wrong; nothing is numbered or issued then."""
    faults = missed(findings(case, kind, fields, document, content))
    if faults:
        words = (f"{one.requirement}应为“{one.wanted}”，实为“{one.found}”" for one in faults)
        raise LetterFaulty(faults="；".join(words))


def findings(
    case: Case, kind: LetterKind, fields: Mapping[str, FieldValue], document: OfficialDocument, content: bytes
) -> list[Finding]:
    """Return every requirement with what was found in the finished file; without a number it is not asked for one."""
    if case.department is None:
        return []  # without a department nothing is issued
    remedy = fields.get("remedy")
    typed = tuple(value for name, value in fields.items() if isinstance(value, str) and name != "remedy")
    expect = Expectation(
        form=document.form,
        number=document.number,
        addressee=document.addressee,
        dated_on=document.dated_on,
        remedy=str(remedy) if remedy else None,
        organ_kind=case.department.organ_kind,
        articles=tuple(LETTERS[kind].basis.split("、")),
        quoted=(
            *(case.title, case.description, case.document_no, case.applicant.name),
            *(text for text in typed if "{" in text or "}" in text),  # typed so: text in equals text out
        ),
        strangers=_strangers(case, document.addressee),
    )
    found = check_document(content, expect=expect)
    return [one for one in found if one.requirement not in PATTERN_IS_THE_OFFICES]


def _strangers(case: Case, addressee: str) -> tuple[str, ...]:
    """Return the names of people who asked the same department lately, without those of this case's own texts."""
    lately = (
        select(Applicant.name)
        .join(Case, Case.id == Applicant.case_id)
        .where(Case.department_id == case.department_id, Case.id != case.id, Applicant.kind == ApplicantKind.PERSON)
        .order_by(Case.id.desc())
        .limit(RECENT)
    )
    own = "\n".join((addressee, case.applicant.name, case.applicant.agent_name, case.title, case.description))
    return tuple(
        name for name in dict.fromkeys(db.session.scalars(lately)) if len(name) >= SHORTEST_NAME and name not in own
    )
