"""The form of a 部分公开: item by item what is given and what is not, on which ground and why (art. 37)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from caseapp.domain.grounds import GROUNDS
from caseapp.domain.outcome import Outcome
from caseapp.domain.partial import MOST, ItemWay, Typed, in_items, item_of, typed_of
from caseapp.domain.reply_content import Item, ReplyContent
from caseapp.web.casework.reply_form import ReplyForm
from caseapp.web.kit.acts import HiddenNumber
from caseapp.web.kit.forms import LineField, SelectField, choices
from caseapp.web.kit.statements import LongTextField

FEWEST = 2
WAYS = [
    ("", "请选择"),
    (ItemWay.GIVEN.value, "予以公开"),
    *((ground.value, f"不予公开：{row.citation}：{row.label}") for ground, row in GROUNDS.items()),
    (ItemWay.NOT_INFORMATION.value, "不予提供：不属于政府信息"),
    (ItemWay.NEEDS_PROCESSING.value, "不予提供：第三十八条：需要加工、分析"),
]


@dataclass(frozen=True)
class ItemFields:
    """The fields of one item, as the page sets them."""

    number: int
    name: Field
    way: Field
    reason: Field


class PartialForm(ReplyForm):
    """A reply with as many items as it has; made by `of`."""

    item_count = HiddenNumber()
    count = FEWEST

    @staticmethod
    def of(count: int, items: Sequence[Item] = (), **typed: Any) -> "PartialForm":
        """Return the form with so many items; `items` are those drafted before."""
        fields: dict[str, Any] = {"count": count}
        for number in range(1, count + 1):
            fields |= _fields(number)
        for number, item in enumerate(items[:count], start=1):
            drafted = typed_of(item)
            typed |= {
                f"item_name_{number}": drafted.name,
                f"item_way_{number}": drafted.way,
                f"item_reason_{number}": drafted.reason,
            }
        form = type("PartialForm", (PartialForm,), fields).for_outcome(Outcome.PARTIAL, **typed)
        form.item_count.data = count
        return form  # type: ignore[no-any-return]

    @property
    def items(self) -> Iterator[ItemFields]:
        """Return the fields of each item in their order."""
        for number in range(1, self.count + 1):
            yield ItemFields(
                number, self[f"item_name_{number}"], self[f"item_way_{number}"], self[f"item_reason_{number}"]
            )

    def content(self) -> ReplyContent:
        """Return what the form states, item by item."""
        typed = [Typed(name=one.name.data, way=one.way.data or "", reason=one.reason.data) for one in self.items]
        return in_items(super().content(), [item_of(one) for one in typed])


def wanted_count(posted: str | None, *, drafted: int, act: str | None) -> int:
    """Return how many items the page is to have: those posted or drafted, one more or one fewer if asked."""
    count = int(posted) if posted and posted.isdecimal() and len(posted) <= len(str(MOST)) else max(drafted, FEWEST)
    count += {"more": 1, "fewer": -1}.get(act or "", 0)
    return min(max(count, FEWEST), MOST)


def _fields(number: int) -> dict[str, Any]:
    return {
        f"item_name_{number}": LineField(
            "内容", description="写明是哪一部分；不公开的，不写其中的内容。", render_kw={"autocomplete": "off"}
        ),
        f"item_way_{number}": SelectField("怎样处理", choices=choices(WAYS), default=""),
        f"item_reason_{number}": LongTextField(
            "事实和理由", description="不予公开、不予提供的必填，申请人会看到。", render_kw={"rows": 3}
        ),
    }
