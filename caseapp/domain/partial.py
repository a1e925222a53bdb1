"""部分公开, item by item (art. 37): what is given, and what is kept back on which ground and for which reason.

The statements of the reply that concern the whole (`given`, `withheld`, `ground`) follow from the items.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import GROUNDS, Ground, cite
from caseapp.domain.outcome import Outcome
from caseapp.domain.reply_content import Item, ItemDecision, ReplyContent

MOST = 40


class ItemWay(StrEnum):
    """What is done with an item, in one choice: given, kept back on a ground, or not given for another reason."""

    GIVEN = "given"
    NOT_INFORMATION = "not_information"
    NEEDS_PROCESSING = "needs_processing"


class ItemsMissing(DomainError):
    text = (
        "部分公开应当逐项写明，至少有一项予以公开，一项不予公开或者不予提供。"
        "全部公开的，请改选“予以公开”；全部不公开的，请改选“不予公开”。"
    )


class TooManyItems(DomainError):
    text = "一份答复最多写 {most} 项，请合并后再写。"


class ItemNotNamed(DomainError):
    text = "请写明第 {number} 项是什么内容。"

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)
        self.field = f"item_name_{number}"


class ItemNotDecided(DomainError):
    text = "请选择第 {number} 项怎样处理。"

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)
        self.field = f"item_way_{number}"


class ReasonMissing(DomainError):
    text = "依照条例第三十七条，不予公开或者不予提供的内容应当说明理由，请补充第 {number} 项的事实和理由。"

    def __init__(self, *, number: int) -> None:
        super().__init__(number=number)
        self.field = f"item_reason_{number}"


@dataclass(frozen=True, kw_only=True)
class Typed:
    """An item as it was typed: `way` is an `ItemWay` or a ground's code, "" while nothing is chosen."""

    name: str = ""
    way: str = ""
    reason: str = ""


def item_of(typed: Typed) -> Item:
    """Return the item; one that is not decided yet has no decision."""
    if typed.way in set(Ground):
        ground = Ground(typed.way)
        return Item(name=typed.name, decision=ItemDecision.WITHHELD, ground=ground, reason=typed.reason)
    decision = ItemDecision(typed.way) if typed.way in set(ItemWay) else None
    return Item(name=typed.name, decision=decision, ground=None, reason=typed.reason)


def typed_of(item: Item) -> Typed:
    """Return the item as the form takes it."""
    way = item.ground.value if item.ground else item.decision.value if item.decision else ""
    return Typed(name=item.name, way=way, reason=item.reason)


def in_items(content: ReplyContent, items: Sequence[Item]) -> ReplyContent:
    """Return the reply with these items, and with what follows from them for the whole."""
    kept = [item for item in items if item.decision is not ItemDecision.GIVEN]
    grounds = sorted({item.ground for item in kept if item.ground}, key=list(Ground).index)
    return replace(
        content,
        items=tuple(items),
        given=_numbered([item.name for item in items if item.decision is ItemDecision.GIVEN]),
        withheld=_numbered([f"{item.name.rstrip('。')}。{_why(item)}" for item in kept if item.decision]),
        facts="\n".join(item.reason for item in kept if item.reason),
        ground=grounds[0] if grounds else None,
        rest_is_not_information=not grounds,
    )


def check_items(content: ReplyContent) -> None:
    """Refuse a 部分公开 that does not say of each item what becomes of it and why (art. 37, R31)."""
    if content.outcome is not Outcome.PARTIAL:
        return
    if len(content.items) > MOST:
        raise TooManyItems(most=MOST)
    for number, item in enumerate(content.items, start=1):
        if not item.name.strip():
            raise ItemNotNamed(number=number)
        if item.decision is None:
            raise ItemNotDecided(number=number)
        if item.decision is not ItemDecision.GIVEN and not item.reason.strip():
            raise ReasonMissing(number=number)
    decisions = {item.decision is ItemDecision.GIVEN for item in content.items}
    if decisions != {True, False}:
        raise ItemsMissing


def _why(item: Item) -> str:
    reason = f"理由：{item.reason.rstrip('。')}。"
    if item.ground:
        ground = GROUNDS[item.ground]
        return f"该内容属于{ground.wording}，依据{cite(ground.citation)}的规定，不予公开。{reason}"
    if item.decision is ItemDecision.NEEDS_PROCESSING:
        return f"该内容没有现成信息，需要加工、分析，依据{cite('第三十八条')}的规定，不予提供。{reason}"
    return f"该内容不属于政府信息，不予提供。{reason}"


def _numbered(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
