"""卷内目录: which papers the file of a case must hold, in order, and which are missing (art. 45; D35, R59).

The codes are those of the set of documents (regulation, 6.2).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from caseapp.domain.letters import LETTERS, LetterKind
from caseapp.domain.outcome import Outcome

# Which paper of the set a letter is; an answer is one of D17 to D29, whichever its outcome.
CODES: dict[LetterKind, str] = {
    LetterKind.RECEIPT: "D3",
    LetterKind.SUPPLEMENT_NOTICE: "D4",
    LetterKind.REASONS_REQUEST: "D5",
    LetterKind.EXTENSION_NOTICE: "D7",
    LetterKind.CONSULTATION_THIRD_PARTY: "D8",
    LetterKind.CONSULTATION_NOTICE: "D10",
    LetterKind.DISCLOSURE_NOTICE: "D11",
    LetterKind.CONSULTATION_ORGAN: "D12",
    LetterKind.FEE_NOTICE: "D16",
    LetterKind.DISCLOSED: "D17",
    LetterKind.ALREADY_PUBLIC: "D18",
    LetterKind.PARTIAL: "D19",
    LetterKind.WITHHELD: "D20",
    LetterKind.NOT_FOUND: "D21",
    LetterKind.NOT_OURS: "D22",
    LetterKind.NEEDS_PROCESSING: "D23",
    LetterKind.UNCLEAR: "D24",
    LetterKind.REPEATED: "D25",
    LetterKind.PETITION: "D26",
    LetterKind.RECONFIRMATION: "D26",
    LetterKind.EXCESSIVE: "D27",
    LetterKind.PUBLICATION: "D28",
    LetterKind.BUSINESS_LOOKUP: "D29",
    LetterKind.CORRECTED: "D32",
    LetterKind.NOT_CORRECTED: "D32",
    LetterKind.CORRECTION_PASSED_ON: "D32",
    LetterKind.CORRECTION_TRANSFER: "D32",
    LetterKind.CORRECTION_ELSEWHERE: "D32",
}
ANSWERS = frozenset(
    kind for kind, code in CODES.items() if LETTERS[kind].to_applicant and (17 <= int(code[1:]) <= 29 or code == "D32")
)
DISCLOSES = frozenset({Outcome.DISCLOSED, Outcome.PARTIAL})
ENDED_WORDS = {
    Outcome.LAPSED: ("D30", "视为放弃的记录（逾期不补正）"),
    Outcome.UNPAID: ("D30", "视为放弃的记录（逾期未缴费）"),
    Outcome.WITHDRAWN: ("D31", "申请人撤回申请的记录"),
}


@dataclass(frozen=True, kw_only=True)
class IssuedLetter:
    """A letter of the case; `delivered_on` is None until it has reached its recipient."""

    kind: LetterKind
    number: str
    dated_on: date
    delivered_on: date | None
    scans: tuple[str, ...] = ()
    proofs: tuple[str, ...] = ()
    failed_on: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody who was consulted, and whether his answer, or the end of the time for it, is on record."""

    name: str
    is_settled: bool


@dataclass(frozen=True, kw_only=True)
class FileFacts:
    """What a file follows from."""

    filed_on: date
    registered_on: date
    outcome: Outcome | None
    ended_on: date | None
    letters: tuple[IssuedLetter, ...] = ()
    extensions: tuple[date | None, ...] = ()  # the day on which each was approved, `None` while it waits
    consulted: tuple[Asked, ...] = ()
    approved_on: date | None = None  # the answer, by the head (D33)
    has_search_record: bool = False
    reviewed_by: str = ""
    attachments: tuple[str, ...] = ()
    given: tuple[str, ...] = field(default=())  # files disclosed with the answer


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One line of the 卷内目录; `missing` says what is not there, "" for a paper that is."""

    code: str
    title: str
    number: str = ""
    on: date | None = None
    missing: str = ""


def papers(facts: FileFacts) -> tuple[Paper, ...]:
    """Return the papers of the file in their order, those that are missing among them (R59)."""
    return (*_intake(facts), *_on_the_way(facts), *_answer(facts), *_end(facts))


def missing(found: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return the papers that are missing."""
    return tuple(paper for paper in found if paper.missing)


def _intake(facts: FileFacts) -> Iterator[Paper]:
    yield Paper(code="D1", title="政府信息公开申请表", on=facts.filed_on)
    for name in facts.attachments:
        yield Paper(code="D1", title=f"申请附件：{name}", on=facts.filed_on)
    yield Paper(code="D2", title="登记表", on=facts.registered_on)


def _on_the_way(facts: FileFacts) -> Iterator[Paper]:
    notices = [letter for letter in facts.letters if letter.kind not in ANSWERS]
    for approved_on in facts.extensions:
        lacking = "" if approved_on else "负责人尚未审批"
        yield Paper(code="D6", title="延期答复审批表", on=approved_on, missing=lacking)
    if any(facts.extensions) and not any(letter.kind is LetterKind.EXTENSION_NOTICE for letter in notices):
        yield Paper(code="D7", title=LETTERS[LetterKind.EXTENSION_NOTICE].label, missing="没有签发")
    for letter in notices:
        yield from _letter(letter)
    for asked in facts.consulted:
        lacking = "" if asked.is_settled else "没有收到，也没有期满的记录"
        yield Paper(code="D9", title=f"征求意见的回复：{asked.name}", missing=lacking)


def _answer(facts: FileFacts) -> Iterator[Paper]:
    answers = [letter for letter in facts.letters if letter.kind in ANSWERS]
    is_answered = bool(answers) or (facts.outcome is not None and facts.outcome not in ENDED_WORDS)
    if facts.outcome is Outcome.NOT_FOUND:
        yield Paper(code="D14", title="检索记录", missing="" if facts.has_search_record else "没有检索记录")
    if facts.outcome in DISCLOSES:
        lacking = "" if facts.reviewed_by else "没有审查人"
        yield Paper(code="D15", title="公开审查呈批单", missing=lacking)
    if is_answered:
        lacking = "" if facts.approved_on else "没有审批记录"
        yield Paper(code="D33", title="答复审批表", on=facts.approved_on, missing=lacking)
    if is_answered and not answers:
        yield Paper(code="D17", title="答复书", missing="没有签发")
    for letter in answers:
        yield from _letter(letter)
    for name in facts.given:
        yield Paper(code="D17", title=f"随答复提供的文件：{name}")


def _letter(letter: IssuedLetter) -> Iterator[Paper]:
    row = LETTERS[letter.kind]
    yield Paper(code=CODES[letter.kind], title=row.label, number=letter.number, on=letter.dated_on)
    for name in letter.scans:
        yield Paper(code=CODES[letter.kind], title=f"盖章扫描件：{name}", number=letter.number)
    for on in letter.failed_on:
        yield Paper(code="D34", title="未能送达的记录", number=letter.number, on=on)
    lacking = "" if letter.delivered_on else "没有送达记录"
    proof = f"送达回证、邮寄凭证或者电子送达记录（{letter.number}）"
    yield Paper(code="D34", title=proof, on=letter.delivered_on, missing=lacking)
    for name in letter.proofs:
        yield Paper(code="D34", title=f"送达凭证：{name}", number=letter.number)


def _end(facts: FileFacts) -> Iterator[Paper]:
    if facts.outcome in ENDED_WORDS:
        code, title = ENDED_WORDS[facts.outcome]
        yield Paper(code=code, title=title, on=facts.ended_on, missing="" if facts.ended_on else "没有日期")


def table(found: Sequence[Paper]) -> tuple[tuple[str, ...], ...]:
    """Return the 卷内目录 as the rows of a table, its head first."""
    rows = [
        (
            str(number),
            paper.title,
            paper.number,
            f"{paper.on.year}年{paper.on.month}月{paper.on.day}日" if paper.on else "",
            f"缺：{paper.missing}" if paper.missing else "",
        )
        for number, paper in enumerate(found, start=1)
    ]
    return (("序号", "文书名称", "文号", "日期", "备注"), *rows)
