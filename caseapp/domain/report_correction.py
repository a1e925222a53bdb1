"""Corrections of the annual report by hand: which cells can be corrected, and that each says why (R55).

A cell is corrected by adding to what the cases say or taking from it: whoever reads the report sees both. Sums follow.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from caseapp.domain.annual_report import BLOCKS, CARRIED_IN, CARRIED_OUT, CELLS, COLUMNS, NEW, TOTAL, Layout, leaves
from caseapp.domain.errors import DomainError

MOST = 10_000  # by which one correction moves a cell
MOST_OF_A_REPORT = 500


class Part(StrEnum):
    """A table of the report whose cells are counted."""

    THREE = "three"
    FOUR = "four"

    @property
    def label(self) -> str:
        return {"three": "表三", "four": "表四"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A correction as a person asks for it."""

    part: Part
    row: str
    column: str
    by_how_many: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Correction(Wanted):
    """One correction as the report shows it."""

    by: str
    at: datetime


class CellUnknown(DomainError):
    text = "请选择要更正的一格；合计由系统计算，不能更正。"
    field = "column"


class NothingCorrected(DomainError):
    text = f"请填写增加或减少的数量，不能是 0，最多 {MOST}。"
    field = "by_how_many"


class BelowZero(DomainError):
    text = "更正后这一格会小于 0，请核对。"
    field = "by_how_many"


class TooManyCorrections(DomainError):
    text = "这份报告的更正太多，请先核对系统中的申请。"


def cells(part: Part, layout: Layout) -> Iterable[tuple[str, str]]:
    """Yield the cells that can be corrected, as row and column: whatever is no sum of others."""
    if part is Part.THREE:
        rows: Iterable[str] = (NEW, CARRIED_IN, *leaves(layout), CARRIED_OUT)
        columns = [column for column in COLUMNS if column != TOTAL]
    else:
        rows, columns = BLOCKS.values(), list(CELLS)
    return ((row, column) for row in rows for column in columns)


def check(wanted: Wanted, *, now: int, before: int, layout: Layout) -> None:
    """Refuse a cell that is a sum or is not there, a correction by nothing or far too much, fewer than none.

    `now` is what stands in the cell, `before` how many corrections the report has: a page can show no end of them.
    """
    if (wanted.row, wanted.column) not in set(cells(wanted.part, layout)):
        raise CellUnknown()
    if not 0 < abs(wanted.by_how_many) <= MOST:
        raise NothingCorrected()
    if now + wanted.by_how_many < 0:
        raise BelowZero()
    if before >= MOST_OF_A_REPORT:
        raise TooManyCorrections()
