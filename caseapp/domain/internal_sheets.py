"""The papers that stay inside the office, each as one form: D2, D6, D14, D15, D33, and the 送达回证 D34 (art. 45).

What a path has not used makes no form. An empty cell of a form is to be filled in by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.letters import chinese_date

Row = tuple[str, str]
Rows = tuple[Row, ...]


class SheetKind(StrEnum):
    REGISTRATION = "registration"
    EXTENSION = "extension"
    SEARCH = "search"
    REVIEW = "review"
    APPROVAL = "approval"
    DELIVERY = "delivery"


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One form of the set of documents (regulation, 6.2)."""

    code: str
    title: str
    basis: str


SHEETS: dict[SheetKind, SheetRow] = {
    SheetKind.REGISTRATION: SheetRow(code="D2", title="政府信息公开申请登记表", basis="第四十五条"),
    SheetKind.EXTENSION: SheetRow(code="D6", title="延期答复审批表", basis="第三十三条第二款"),
    SheetKind.SEARCH: SheetRow(code="D14", title="政府信息检索记录", basis="第三十六条第（四）项"),
    SheetKind.REVIEW: SheetRow(code="D15", title="政府信息公开审查呈批单", basis="第十七条"),
    SheetKind.APPROVAL: SheetRow(code="D33", title="政府信息公开申请答复审批表", basis="第四十五条"),
    SheetKind.DELIVERY: SheetRow(code="D34", title="送达回证", basis="国办公开办函〔2016〕235号"),
}


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who did it and on which day."""

    name: str
    on: date

    @property
    def words(self) -> str:
        return f"{self.name}　{chinese_date(self.on)}"


@dataclass(frozen=True, kw_only=True)
class AskedExtension:
    """An extension that was asked for; `agreed` is `None` while nobody has decided."""

    working_days: int
    reason: str
    asked: Signed
    agreed: bool | None = None
    decided: Signed | None = None
    refusal: str = ""
    notified_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Search:
    """How the information was searched for."""

    systems: str
    keywords: str
    units: str
    searched_by: str
    searched_on: date | None
    result: str


@dataclass(frozen=True, kw_only=True)
class SubmittedReply:
    """An answer that was sent for approval."""

    outcome: str
    ground: str
    statements: Rows
    reviewed_by: str
    submitted: Signed
    returned: str = ""
    issued: Signed | None = None
    letter_number: str = ""


@dataclass(frozen=True, kw_only=True)
class SentLetter:
    """A letter for the applicant; without `delivered_on` the form is the one to be signed."""

    label: str
    number: str
    way: str
    in_person: bool
    tracking_number: str = ""
    delivered_on: date | None = None
    recorded_by: str = ""
    failures: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SheetFacts:
    """What the forms of one case state; `registered` are the rows of the register."""

    case_number: str
    title: str
    applicant: str
    received_on: date
    registered: Rows
    extensions: tuple[AskedExtension, ...] = ()
    search: Search | None = None
    reply: SubmittedReply | None = None
    letter: SentLetter | None = None


def sheets(facts: SheetFacts) -> Mapping[SheetKind, Rows]:
    """Return the forms that the path of the case has used, in the order of the set."""
    found: dict[SheetKind, Rows] = {SheetKind.REGISTRATION: facts.registered}
    case = (
        ("申请编号", facts.case_number),
        ("申请公开的信息", facts.title),
        ("申请人", facts.applicant),
        ("收到申请之日", chinese_date(facts.received_on)),
    )
    if facts.extensions:
        found[SheetKind.EXTENSION] = (*case, *_extensions(facts.extensions))
    if facts.search:
        found[SheetKind.SEARCH] = (*case, *_search(facts.search))
    if facts.reply and facts.reply.reviewed_by:
        found[SheetKind.REVIEW] = (*case, *_review(facts.reply))
    if facts.reply:
        found[SheetKind.APPROVAL] = (*case, *_approval(facts.reply))
    if facts.letter:
        found[SheetKind.DELIVERY] = tuple(_delivery(facts))
    return found


def _extensions(asked: tuple[AskedExtension, ...]) -> Iterator[Row]:
    for place, one in enumerate(asked, start=1):
        label = f"第{place}次" if len(asked) > 1 else ""
        yield f"{label}申请延长", f"{one.working_days}个工作日"
        yield "延长的理由", one.reason
        yield "承办人", one.asked.words
        yield "政府信息公开工作机构负责人意见", _decision(one)
        yield "告知申请人之日", chinese_date(one.notified_on) if one.notified_on else ""


def _decision(one: AskedExtension) -> str:
    if one.agreed is None or one.decided is None:
        return ""
    return f"{'同意' if one.agreed else '不同意：' + one.refusal}\n{one.decided.words}"


def _search(search: Search) -> Rows:
    return (
        ("检索的系统和档案", search.systems),
        ("检索的关键词", search.keywords),
        ("询问的部门", search.units),
        ("检索人", search.searched_by),
        ("检索日期", chinese_date(search.searched_on) if search.searched_on else ""),
        ("检索结果", search.result),
    )


def _review(reply: SubmittedReply) -> Rows:
    return (
        ("拟作答复", reply.outcome),
        ("依据", reply.ground),
        *reply.statements,
        ("保密审查和公开审查", "已审查"),
        ("审查人", reply.reviewed_by),
        ("呈批人", reply.submitted.words),
        ("审批人", reply.issued.words if reply.issued else ""),
    )


def _approval(reply: SubmittedReply) -> Rows:
    head = reply.issued.words if reply.issued else ""
    return (
        ("答复类型", reply.outcome),
        ("依据", reply.ground),
        *reply.statements,
        ("承办人", reply.submitted.words),
        ("退回修改的意见", reply.returned),
        ("负责人意见", f"同意签发\n{head}" if head else ""),
        ("文号", reply.letter_number),
    )


def _delivery(facts: SheetFacts) -> Iterator[Row]:
    letter = facts.letter
    if letter is None:
        return
    yield "送达文书", f"{letter.label}　{letter.number}"
    yield "申请编号", facts.case_number
    yield "受送达人", facts.applicant
    yield "送达方式", letter.way
    if letter.tracking_number:
        yield "邮件号", letter.tracking_number
    yield "送达日期", chinese_date(letter.delivered_on) if letter.delivered_on else "　　　　年　　月　　日"
    if letter.in_person:
        yield "受送达人签名或者盖章", ""
        yield "代收人签名及与受送达人的关系", ""
    yield "送达人", letter.recorded_by
    yield "备注", "\n".join(letter.failures)
