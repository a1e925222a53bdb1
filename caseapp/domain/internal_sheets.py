"""The papers of the office itself, each as one form: D2, D6, D13 to D15, D30, D31, D33, D34 (art. 45).

The reply form D9 goes to the one who is asked, beside the question; with the 协办函 it names nobody who asks (E19).

What a path has not used makes no form. An empty cell of a form is to be filled in by hand.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.moments import chinese_date

EMPTY_DATE = "　　　　年　　月　　日"  # to be filled in by hand

Row = tuple[str, str]
Rows = tuple[Row, ...]


class SheetKind(StrEnum):
    REGISTRATION = "registration"
    ASSIGNMENT = "assignment"
    COOPERATION = "cooperation"
    EXTENSION = "extension"
    OPINION = "opinion"
    FEE = "fee"
    SEARCH = "search"
    REVIEW = "review"
    APPROVAL = "approval"
    DELIVERY = "delivery"
    GIVEN_UP = "given_up"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One form of the set of documents (regulation, 6.2)."""

    code: str
    title: str
    basis: str


SHEETS: dict[SheetKind, SheetRow] = {
    SheetKind.REGISTRATION: SheetRow(code="D2", title="政府信息公开申请登记表", basis="第四十五条"),
    SheetKind.ASSIGNMENT: SheetRow(code="D13", title="政府信息公开申请转办单", basis="第四十五条"),
    SheetKind.COOPERATION: SheetRow(code="D13", title="政府信息公开申请协办函", basis="第四十五条"),
    SheetKind.EXTENSION: SheetRow(code="D6", title="延期答复审批表", basis="第三十三条第二款"),
    SheetKind.OPINION: SheetRow(code="D9", title="征求意见回执", basis="第三十二条、第三十四条"),
    SheetKind.FEE: SheetRow(code="D16", title="信息处理费审批表", basis="第四十二条"),
    SheetKind.SEARCH: SheetRow(code="D14", title="政府信息检索记录", basis="第三十六条第（四）项"),
    SheetKind.REVIEW: SheetRow(code="D15", title="政府信息公开审查呈批单", basis="第十七条"),
    SheetKind.APPROVAL: SheetRow(code="D33", title="政府信息公开申请答复审批表", basis="第四十五条"),
    SheetKind.DELIVERY: SheetRow(code="D34", title="送达回证", basis="国办公开办函〔2016〕235号"),
    SheetKind.GIVEN_UP: SheetRow(code="D30", title="视为放弃申请的记录", basis="第三十条、第四十二条"),
    SheetKind.WITHDRAWAL: SheetRow(code="D31", title="撤回申请的记录", basis="第四十五条"),
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
class Assigned:
    """The department that handles the case, and the inner due date: that of the office's own promise."""

    department: str
    inner_due_on: date | None
    statutory_due_on: date | None
    description: str


@dataclass(frozen=True, kw_only=True)
class AskedParty:
    """Somebody whose opinion is asked; `opinion` is "" while nothing has come back and the time has not passed."""

    name: str
    letter_number: str
    matter: str
    reply_days: int
    opinion: str = ""
    reasons: str = ""
    replied_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ProposedFee:
    """A fee that was proposed; `agreed` is `None` while nobody has decided."""

    basis: str
    quantity: str
    steps: str
    amount: int
    proposed: Signed
    agreed: bool | None = None
    decided: Signed | None = None
    refusal: str = ""
    letter_number: str = ""


@dataclass(frozen=True, kw_only=True)
class GivenUp:
    """A case that ended by silence: what was sent, when it arrived, until when, and how a person judged it."""

    why: str
    letter_number: str
    delivered_on: date | None
    until: date | None
    judgement: str
    ended: Signed


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """A request that its applicant withdrew."""

    on: date
    way: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One filled form; `about` tells forms of one kind apart."""

    kind: SheetKind
    rows: Rows
    about: str = ""

    @property
    def title(self) -> str:
        return f"{SHEETS[self.kind].title}（{self.about}）" if self.about else SHEETS[self.kind].title


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
    assigned: Assigned | None = None
    parties: tuple[AskedParty, ...] = ()
    fee: ProposedFee | None = None
    given_up: GivenUp | None = None
    withdrawal: Withdrawal | None = None


def sheets(facts: SheetFacts) -> Mapping[str, Sheet]:
    """Return the forms that the path of the case has used, in the order of the set, each under its place in the URL."""
    found = list(_found(facts))
    seen: Counter[SheetKind] = Counter()
    placed: dict[str, Sheet] = {}
    for one in found:
        seen[one.kind] += 1
        placed[one.kind.value if seen[one.kind] == 1 else f"{one.kind.value}-{seen[one.kind]}"] = one
    return placed


def _found(facts: SheetFacts) -> Iterator[Sheet]:
    asked = (("申请编号", facts.case_number), ("申请公开的信息", facts.title))
    case = (*asked, ("申请人", facts.applicant), ("收到申请之日", chinese_date(facts.received_on)))
    yield Sheet(kind=SheetKind.REGISTRATION, rows=facts.registered)
    if facts.assigned:
        yield Sheet(kind=SheetKind.ASSIGNMENT, rows=(*case, *_assigned(facts.assigned)))
        yield Sheet(kind=SheetKind.COOPERATION, rows=(*asked, *_cooperation(facts.assigned)))
    if facts.extensions:
        yield Sheet(kind=SheetKind.EXTENSION, rows=(*case, *_extensions(facts.extensions)))
    for party in facts.parties:
        rows = (("申请编号", facts.case_number), *_opinion(party))
        yield Sheet(kind=SheetKind.OPINION, rows=rows, about=party.name)
    if facts.fee:
        yield Sheet(kind=SheetKind.FEE, rows=(*case, *_fee(facts.fee)))
    if facts.search:
        yield Sheet(kind=SheetKind.SEARCH, rows=(*case, *_search(facts.search)))
    if facts.reply and facts.reply.reviewed_by:
        yield Sheet(kind=SheetKind.REVIEW, rows=(*case, *_review(facts.reply)))
    if facts.reply:
        yield Sheet(kind=SheetKind.APPROVAL, rows=(*case, *_approval(facts.reply)))
    if facts.letter:
        yield Sheet(kind=SheetKind.DELIVERY, rows=tuple(_delivery(facts)))
    if facts.given_up:
        yield Sheet(kind=SheetKind.GIVEN_UP, rows=(*case, *_given_up(facts.given_up)))
    if facts.withdrawal:
        yield Sheet(kind=SheetKind.WITHDRAWAL, rows=(*case, *_withdrawal(facts.withdrawal)))


def _assigned(assigned: Assigned) -> Rows:
    return (
        ("描述", assigned.description),
        ("承办部门", assigned.department),
        ("请于何日前办结", _date(assigned.inner_due_on)),
        ("法定期限届满日", _date(assigned.statutory_due_on)),
        ("转办人", ""),
        ("承办部门签收", ""),
    )


def _cooperation(assigned: Assigned) -> Rows:
    """Return what another unit is asked, to be filled in by hand; it needs no name of the applicant (E19)."""
    return (
        ("承办部门", assigned.department),
        ("协办单位", ""),
        ("需要协办的事项", ""),
        ("请于何日前回复", EMPTY_DATE),
        ("协办单位意见", ""),
        ("协办单位经办人、日期", ""),
    )


def _opinion(party: AskedParty) -> Rows:
    return (
        ("征求意见书文号", party.letter_number),
        ("被征求意见方", party.name),
        ("征求意见的信息", party.matter),
        ("答复的期限", f"自收到征求意见书之日起{party.reply_days}个工作日内"),
        ("意见", party.opinion or "□同意公开　　□不同意公开"),
        ("不同意公开的理由", party.reasons),
        ("签名或者盖章", ""),
        ("日期", _date(party.replied_on) or EMPTY_DATE),
    )


def _fee(fee: ProposedFee) -> Rows:
    decided = ""
    if fee.agreed is not None and fee.decided is not None:
        decided = f"{'同意' if fee.agreed else '不同意：' + fee.refusal}\n{fee.decided.words}"
    return (
        ("计收方式", fee.basis),
        ("数量", fee.quantity),
        ("计算过程", fee.steps),
        ("金额", f"{fee.amount}元"),
        ("承办人", fee.proposed.words),
        ("负责人意见", decided),
        ("收费通知书文号", fee.letter_number),
    )


def _given_up(ended: GivenUp) -> Rows:
    return (
        ("视为放弃的情形", ended.why),
        ("告知书文号", ended.letter_number),
        ("告知书送达之日", _date(ended.delivered_on)),
        ("期限届满日", _date(ended.until)),
        ("没有正当理由的判断", ended.judgement),
        ("记录人", ended.ended.words),
    )


def _withdrawal(withdrawn: Withdrawal) -> Rows:
    return (
        ("撤回的方式", withdrawn.way),
        ("撤回的日期", chinese_date(withdrawn.on)),
        ("申请人说明的理由", withdrawn.reason),
    )


def _date(day: date | None) -> str:
    return chinese_date(day) if day else ""


def _extensions(asked: tuple[AskedExtension, ...]) -> Iterator[Row]:
    for place, one in enumerate(asked, start=1):
        label = f"第{place}次" if len(asked) > 1 else ""
        yield f"{label}申请延长", f"{one.working_days}个工作日"
        yield "延长的理由", one.reason
        yield "承办人", one.asked.words
        yield "政府信息公开工作机构负责人意见", _decision(one)
        yield "告知申请人之日", _date(one.notified_on)


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
        ("检索日期", _date(search.searched_on)),
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
    yield "送达日期", _date(letter.delivered_on) or EMPTY_DATE
    if letter.in_person:
        yield "受送达人签名或者盖章", ""
        yield "代收人签名及与受送达人的关系", ""
    yield "送达人", letter.recorded_by
    yield "备注", "\n".join(letter.failures)
