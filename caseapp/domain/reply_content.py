"""What an officer states in a reply, and what each kind of answer must state (art. 14 to 17, 36 to 39; R31 to R38)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import GROUNDS, Ground, cite
from caseapp.domain.letters import FIELDS, FieldType, FieldValue
from caseapp.domain.outcome import CORRECTIONS, OUTCOMES, GroundMissing, Outcome, OutcomeNotOffered, OutcomeRow
from caseapp.domain.printable import check_line, check_text

# What each statement is called in a refusal; the key is the field of the form that the refusal belongs to.
STATEMENTS: dict[str, str] = {
    "given": "所提供的信息",
    "way": "提供的方式",
    "withheld": "不予公开的内容",
    "where": "获取该信息的方式、途径（网址或者地点）",
    "facts": "事实和理由",
    "search": "检索过程",
    "search_systems": "检索过的系统或者档案",
    "search_keywords": "检索用的关键词",
    "searched_by": "检索人",
    "searched_on": "检索日期",
    "discretion": "决定不予公开的裁量理由",
    "disclosure_demanded": "有无法律、法规、规章规定应当公开",
    "consultation": "征求第三方意见的结果，或者未征求意见的理由",
    "classification_basis": "定密依据",
    "search_units": "询问的部门",
    "right_organ": "负责公开该信息的行政机关",
    "right_organ_contact": "负责公开该信息的行政机关的联系方式",
    "reviewed_by": "公开前的审查人（第十七条）",
    "special_law": "作出特别规定的法律、行政法规及其条款",
    "unclear": "补正后仍不明确的内容",
    "right_channel": "反映诉求的相应渠道",
    "earlier_case": "此前已经答复的申请",
}


class NotStated(DomainError):
    """A statement that the law asks for is missing; `field` names the one to fill in."""

    text = "依照条例{article}，“{answer}”应当写明{statement}，请补充。"

    def __init__(self, *, article: str, answer: str, field: str) -> None:
        super().__init__(article=article, answer=answer, statement=STATEMENTS[field])
        self.field = field


class GroundNotWanted(DomainError):
    text = "“{answer}”不使用第十四条至第十六条的依据，请去掉所选的依据，或者改选答复类型。"
    field = "ground"


class SeparabilityNotAnswered(DomainError):
    text = "依照条例第三十七条，请先回答：申请的内容能否作区分处理？"
    field = "separable"


class Separable(DomainError):
    text = "依照条例第三十七条，能够作区分处理的，应当提供可以公开的部分。请改选“部分公开”。"
    field = "separable"


class DisclosureDemanded(DomainError):
    text = "法律、法规、规章规定应当公开的，不能以条例第十六条为由不予公开。请改选答复类型或者依据。"
    field = "disclosure_demanded"


class RightOrganMissing(DomainError):
    text = "依照条例第三十六条第（五）项，请写明负责公开该信息的行政机关名称；确实不能确定的，请选“不能确定”。"
    field = "right_organ"


class RightOrganContradicted(DomainError):
    text = "您既填写了负责公开该信息的行政机关，又选了“不能确定”。请保留其中一项。"
    field = "right_organ_unknown"


@dataclass(frozen=True, kw_only=True)
class SearchRecord:
    """The search behind 信息不存在 (art. 36(四), Guiding Case 101; paper D14)."""

    systems: str = ""
    keywords: str = ""
    units: str = ""
    searched_by: str = ""
    searched_on: date | None = None


class ItemDecision(StrEnum):
    """What becomes of one item of a 部分公开 (art. 37)."""

    GIVEN = "given"
    WITHHELD = "withheld"
    NOT_INFORMATION = "not_information"
    NEEDS_PROCESSING = "needs_processing"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One item of a 部分公开; `decision` is None while it is not decided, `ground` goes with `WITHHELD` only."""

    name: str
    decision: ItemDecision | None
    ground: Ground | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class ReplyContent:
    """What an officer states in a reply. An empty text is "not stated"; `None` is "not answered".

    `withheld` says what is kept back, `facts` why. `disclosure_demanded`: does a law, regulation or rule demand
    disclosure (art. 16). `rest_is_not_information`: the part left out of a 部分公开 is no government information.
    `earlier_case`: the number of the case whose answer a 重复申请 asks for again (art. 36(六)). `items`: the parts of a
    部分公开, from which its other statements follow (`domain.partial`).
    """

    outcome: Outcome
    ground: Ground | None = None
    facts: str = ""
    given: str = ""
    way: str = ""
    withheld: str = ""
    where: str = ""
    discretion: str = ""
    disclosure_demanded: bool | None = None
    consultation: str = ""
    classification_basis: str = ""
    search: SearchRecord | None = None
    right_organ: str = ""
    right_organ_contact: str = ""
    right_organ_unknown: bool = False
    separable: bool | None = None
    rest_is_not_information: bool = False
    reviewed_by: str = ""
    special_law: str = ""
    unclear: str = ""
    right_channel: str = ""
    earlier_case: str = ""
    items: tuple[Item, ...] = ()

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Return every ground that the reply rests on, in the order of the articles."""
        named = {self.ground, *(item.ground for item in self.items)}
        return tuple(ground for ground in Ground if ground in named)


def check_reply(content: ReplyContent) -> None:
    """Refuse a reply that leaves out what its outcome and ground must state (R31 to R34, R38), at the field."""
    row = OUTCOMES[content.outcome]
    if not row.offered and content.outcome not in CORRECTIONS:
        raise OutcomeNotOffered(outcome=row.label)
    _check_printable(content)
    _check_ground(content, row)
    for field in row.statements:
        _check_stated(content, field, article=row.citation)
    for chosen in content.grounds:
        ground = GROUNDS[chosen]
        for field in ground.statements:
            _check_stated(content, field, article=ground.citation)
        if ground.discretionary and content.disclosure_demanded:
            raise DisclosureDemanded
    if content.outcome is Outcome.NOT_OURS:
        _check_right_organ(content)


def letter_fields(content: ReplyContent) -> dict[str, FieldValue]:
    """Return the fields of the letter that come from the officer's reply, by the names of `letters.FIELDS`.

    The searcher's and the reviewer's names stay in the file: no letter can ask for them.
    """
    search = content.search or SearchRecord()
    grounds = [GROUNDS[ground] for ground in content.grounds]
    return {
        "facts": content.facts,
        "given": content.given,
        "way": content.way,
        "withheld": content.withheld,
        "where": content.where,
        "ground": "；".join(ground.wording for ground in grounds),
        "ground_article": cite("、".join(dict.fromkeys(ground.citation for ground in grounds))) if grounds else "",
        "discretion": content.discretion if any(ground.discretionary for ground in grounds) else "",
        "consultation": content.consultation,
        "classification_basis": content.classification_basis,
        "search_systems": search.systems,
        "search_keywords": search.keywords,
        "search_units": search.units,
        "searched_on": search.searched_on,
        "right_organ": content.right_organ,
        "right_organ_contact": content.right_organ_contact,
        "special_law": content.special_law,
        "unclear": content.unclear,
        "right_channel": content.right_channel,
        "earlier_case": content.earlier_case,
    }


def _check_printable(content: ReplyContent) -> None:
    """Refuse characters that no paper can carry, and line breaks where the letter has one line, at the field."""
    for number, item in enumerate(content.items, start=1):
        check_line(item.name, field=f"item_name_{number}", label=f"第 {number} 项的内容")
        check_text(item.reason, field=f"item_reason_{number}", label=f"第 {number} 项的事实和理由")
    for source in (content, content.search or SearchRecord()):
        for name, value in vars(source).items():
            if isinstance(value, str):
                field = f"search_{name}" if source is not content and not name.startswith("search") else name
                label = STATEMENTS.get(field, "所填内容")
                one_line = field in FIELDS and FIELDS[field].type is FieldType.LINE
                (check_line if one_line else check_text)(value.strip(), field=field, label=label)


def _check_ground(content: ReplyContent, row: OutcomeRow) -> None:
    """Judge ground and separability: art. 36(三) and 37 (R31)."""
    if content.outcome is Outcome.WITHHELD:
        if content.ground is None:
            raise GroundMissing(article=row.citation, answer=row.label)
        if content.separable is None:
            raise SeparabilityNotAnswered
        if content.separable:
            raise Separable
    elif content.outcome is Outcome.PARTIAL:
        if content.ground is None and not content.rest_is_not_information:
            raise GroundMissing(article=row.citation, answer=row.label)
    elif content.ground is not None:
        raise GroundNotWanted(answer=row.label)


def _check_stated(content: ReplyContent, field: str, *, article: str) -> None:
    """Refuse with `NotStated` when the field is empty; a search is looked into part by part (R33)."""
    answer = OUTCOMES[content.outcome].label
    if field == "search":
        search = content.search or SearchRecord()
        parts: dict[str, object] = {
            "search_systems": search.systems.strip(),
            "search_keywords": search.keywords.strip(),
            "searched_by": search.searched_by.strip(),
            "searched_on": search.searched_on,
        }
        for part, value in parts.items():
            if not value:
                raise NotStated(article=article, answer=answer, field=part)
        return
    stated = getattr(content, field)
    if stated is None or (isinstance(stated, str) and not stated.strip()):
        raise NotStated(article=article, answer=answer, field=field)


def _check_right_organ(content: ReplyContent) -> None:
    """Ask for the right organ's name and contact, or "cannot be determined" (R34)."""
    named = content.right_organ.strip()
    if content.right_organ_unknown:
        if named:
            raise RightOrganContradicted
        return
    if not named:
        raise RightOrganMissing
    _check_stated(content, "right_organ_contact", article=OUTCOMES[content.outcome].citation)
