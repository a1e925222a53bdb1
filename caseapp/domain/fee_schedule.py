"""信息处理费 in figures: price lists in steps, and a calculation that can be followed (fee measure, arts. 3 to 5)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError

MEASURE = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


class FeeBasis(StrEnum):
    """The one standard that the organ picks for an application (R49)."""

    BY_ITEM = "by_item"
    BY_PAGE = "by_page"

    @property
    def label(self) -> str:
        return BASIS_WORDS[self]


BASIS_WORDS = {FeeBasis.BY_ITEM: "按件计收", FeeBasis.BY_PAGE: "按量计收"}
UNITS = {FeeBasis.BY_ITEM: "件", FeeBasis.BY_PAGE: "页"}


class ScaleRefused(DomainError):
    text = "收费标准“{text}”看不懂，请写成“10:0 30:100 +100/10”的样子。"


class QuantityTooSmall(DomainError):
    text = "数量应为 1 至 {most} 之间的整数。"
    field = "quantity"


@dataclass(frozen=True, slots=True)
class Tier:
    """The price of each unit up to and including number `through`, in whole yuan."""

    through: int
    price: int


@dataclass(frozen=True, slots=True)
class Band:
    """Units `first` to `last` at one price each."""

    first: int
    last: int
    price: int


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A progressive price list. Beyond the last tier each further `step` units cost `rise` more than those before.

    Without a `step`, all units beyond the last tier cost `rise` more.
    """

    tiers: tuple[Tier, ...]
    rise: int
    step: int | None

    @classmethod
    def read(cls, text: str) -> "Scale":
        """Return the scale written as `10:0 30:100 +100/10`; raises `ScaleRefused`."""
        found = re.fullmatch(r"((?:\d+:\d+ )+)\+(\d+)(?:/(\d+))?", text.strip())
        if not found:
            raise ScaleRefused(text=text)
        tiers = tuple(Tier(*map(int, part.split(":"))) for part in found[1].split())
        ends = [tier.through for tier in tiers]
        if ends != sorted(set(ends)) or ends[0] < 1 or found[3] == "0":
            raise ScaleRefused(text=text)
        return cls(tiers=tiers, rise=int(found[2]), step=int(found[3]) if found[3] else None)

    def bands(self, *, before: int, count: int) -> Iterator[Band]:
        """Yield what `count` units cost that follow `before` others, a line for each price."""
        last = before + count
        first = before + 1
        for tier in self._all_tiers(last):
            if first <= tier.through:
                yield Band(first, min(last, tier.through), tier.price)
                first = tier.through + 1
            if first > last:
                return

    def _all_tiers(self, last: int) -> Iterator[Tier]:
        yield from self.tiers
        end, price = self.tiers[-1].through, self.tiers[-1].price
        while end < last:
            end, price = (end + self.step if self.step else last), price + self.rise
            yield Tier(end, price)


@dataclass(frozen=True, kw_only=True)
class FeeSchedule:
    """The amounts and periods of the fee measure as the office has set them; parts of the measure are unread."""

    items: Scale
    pages: Scale
    payment_days: int  # working days from the day after the notice was received

    def scale(self, basis: FeeBasis) -> Scale:
        return self.items if basis is FeeBasis.BY_ITEM else self.pages


# Arts. 4 and 5 of the measure: items of one applicant in one calendar month; pages of one application.
NATIONAL = FeeSchedule(
    items=Scale.read("10:0 30:100 +100/10"), pages=Scale.read("30:0 100:10 200:20 +20"), payment_days=20
)
MOST = 100_000  # more units than one application can have


@dataclass(frozen=True, kw_only=True)
class Calculation:
    """A fee with the steps that lead to it; `amount` in whole yuan, `earlier` items of the month before this one."""

    basis: FeeBasis
    quantity: int
    earlier: int
    amount: int
    steps: tuple[str, ...]


def by_item(items: int, *, earlier: int, month: date, schedule: FeeSchedule) -> Calculation:
    """Return the fee for so many items of an applicant who had `earlier` ones in that calendar month (R50)."""
    span = f"第 {earlier + 1} 件" if items == 1 else f"第 {earlier + 1} 至 {earlier + items} 件"
    opening = (f"{month.year}年{month.month}月内，该申请人此前的申请计 {earlier} 件，本次 {items} 件，为当月{span}。",)
    return _calculated(FeeBasis.BY_ITEM, items, earlier=earlier, opening=opening, schedule=schedule)


def by_page(pages: int, *, schedule: FeeSchedule) -> Calculation:
    """Return the fee for so many pages of one application by itself: one side up to A4 is a page (R51)."""
    opening = (f"本次提供 {pages} 页（单面、A4 及以下幅面为一页），只计这一份申请。",)
    return _calculated(FeeBasis.BY_PAGE, pages, earlier=0, opening=opening, schedule=schedule)


def _calculated(
    basis: FeeBasis, quantity: int, *, earlier: int, opening: tuple[str, ...], schedule: FeeSchedule
) -> Calculation:
    if not 1 <= quantity <= MOST:
        raise QuantityTooSmall(most=MOST)
    bands = tuple(schedule.scale(basis).bands(before=earlier, count=quantity))
    amount = sum((band.last - band.first + 1) * band.price for band in bands)
    steps = (*opening, *(_step(band, UNITS[basis]) for band in bands), f"合计 {amount} 元。")
    return Calculation(basis=basis, quantity=quantity, earlier=earlier, amount=amount, steps=steps)


def _step(band: Band, unit: str) -> str:
    count = band.last - band.first + 1
    span = f"第 {band.first} {unit}" if count == 1 else f"第 {band.first} 至 {band.last} {unit}"
    return f"{span}：{count} {unit} × {band.price} 元 ＝ {count * band.price} 元{'' if band.price else '（不收费）'}"


def standard_words(basis: FeeBasis, *, schedule: FeeSchedule) -> str:
    """Return the price list of one standard as the notice states it."""
    unit, scale = UNITS[basis], schedule.scale(basis)
    first, parts = 1, []
    for tier in scale.tiers:
        price = f"每{unit} {tier.price} 元" if tier.price else "不收费"
        parts.append(f"{first} 至 {tier.through} {unit}{price}")
        first = tier.through + 1
    if scale.step:
        parts.append(f"{first} {unit}以上的以 {scale.step} {unit}为一档，每增加一档，每{unit}提高 {scale.rise} 元")
    else:
        parts.append(f"{first} {unit}以上的每{unit} {scale.tiers[-1].price + scale.rise} 元")
    counted = "同一申请人一个自然月内累计" if basis is FeeBasis.BY_ITEM else "每份申请单独计算"
    return f"{basis.label}，{counted}：{'，'.join(parts)}。"
