"""The annual report: rows and columns of tables three and four in both layouts, and the identities (regulation, 3).

A list: the labels of the official form, so it may grow beyond the usual length.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.dispute import PENDING, RESULT_LABELS, DisputeKind, DisputeResult
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import APPLICANT_LABELS, ApplicantKind

TOTAL = "总计"
COLUMNS = (*APPLICANT_LABELS.values(), TOTAL)
FIRST_YEAR = 2019
NEW, CARRIED_IN, RESULTS, CARRIED_OUT = "1", "2", "3.7", "4"


class Layout(StrEnum):
    """The form of the report: of 2019 for the reports of 2019 and 2020, of 2021 since (3.1, R57)."""

    OF_2019 = "2019"
    OF_2021 = "2021"


HEADINGS = {
    "3": "三、本年度办理结果",
    "3.3": "（三）不予公开",
    "3.4": "（四）无法提供",
    "3.5": "（五）不予处理",
    "3.6": "（六）其他处理",
}
_FIRST = {
    NEW: "一、本年新收政府信息公开申请数量",
    CARRIED_IN: "二、上年结转政府信息公开申请数量",
    "3.1": "（一）予以公开",
    "3.2": "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "3.3.1": "1.属于国家秘密",
    "3.3.2": "2.其他法律行政法规禁止公开",
    "3.3.3": "3.危及“三安全一稳定”",
    "3.3.4": "4.保护第三方合法权益",
    "3.3.5": "5.属于三类内部事务信息",
    "3.3.6": "6.属于四类过程性信息",
    "3.3.7": "7.属于行政执法案卷",
    "3.3.8": "8.属于行政查询事项",
    "3.4.1": "1.本机关不掌握相关政府信息",
    "3.4.2": "2.没有现成信息需要另行制作",
    "3.4.3": "3.补正后申请内容仍不明确",
    "3.5.1": "1.信访举报投诉类申请",
    "3.5.2": "2.重复申请",
    "3.5.3": "3.要求提供公开出版物",
    "3.5.4": "4.无正当理由大量反复申请",
    "3.5.5": "5.要求行政机关确认或重新出具已获取信息",
}
_LAST = {RESULTS: "（七）总计", CARRIED_OUT: "四、结转下年度继续办理"}
ROWS: dict[Layout, dict[str, str]] = {
    Layout.OF_2021: {
        **_FIRST,
        "3.6.1": "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "3.6.2": "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        "3.6.3": "3.其他",
        **_LAST,
    },
    Layout.OF_2019: {**_FIRST, "3.6": "（六）其他处理", **_LAST},
}
BLOCKS = {
    DisputeKind.REVIEW: "行政复议",
    DisputeKind.SUIT: "行政诉讼｜未经复议直接起诉",
    DisputeKind.SUIT_AFTER_REVIEW: "行政诉讼｜复议后起诉",
}
CELLS = (*RESULT_LABELS.values(), PENDING)

Cell = tuple[str, str]  # row code and column label
Table = Mapping[Cell, int | None]  # a cell that a published report leaves empty is None


class NoLayout(DomainError):
    text = "{year} 年没有规定的年度报告格式，可以编制 {first} 年及以后的报告。"


@dataclass(frozen=True, kw_only=True)
class Broken:
    """One identity that does not hold: where, and what stands on both sides (3.5)."""

    identity: str
    row: str
    column: str
    left: int
    right: int
    words: str


class OfficeKind(StrEnum):
    """Whose report it is: it decides by when the report is published (art. 49)."""

    DEPARTMENT = "department"  # 县级以上人民政府部门
    GOVERNMENT = "government"  # 县级以上地方人民政府

    @property
    def label(self) -> str:
        return {"department": "政府部门", "government": "县级以上地方人民政府"}[self.value]


LAST_DAYS = {OfficeKind.DEPARTMENT: (1, 31), OfficeKind.GOVERNMENT: (3, 31)}


class PlaceMissing(DomainError):
    text = "请写明公布的网址或者栏目。"
    field = "place"


class PublishedOnWrongDay(DomainError):
    text = "公布日期应在 {first} 之后，不晚于今天。"
    field = "published_on"


class ReportBroken(DomainError):
    text = "表三、表四的勾稽关系还不成立，不能公布：{why}。"


class PublishedAlready(DomainError):
    text = "{year} 年的报告已经登记公布。"


def publication_due(year: int, kind: OfficeKind) -> date:
    """Return the last day to publish the report of `year`: 31 January (departments) or 31 March (governments)."""
    month, day = LAST_DAYS[kind]
    return date(year + 1, month, day)


def check_publication(*, year: int, place: str, published_on: date, broken: Iterable[Broken], today: date) -> None:
    """Refuse to call a report published that does not add up (R55), or without a place and a possible day."""
    for one in broken:
        raise ReportBroken(why=f"{one.identity} {one.words}")
    if not place.strip():
        raise PlaceMissing
    if not date(year, 12, 31) < published_on <= today:
        raise PublishedOnWrongDay(first=f"{year}年12月31日")


def layout_of(year: int) -> Layout:
    """Return the form for the report of that year (R57); raises `NoLayout` before 2019."""
    if year < FIRST_YEAR:
        raise NoLayout(year=year, first=FIRST_YEAR)
    return Layout.OF_2019 if year <= 2020 else Layout.OF_2021


def leaves(layout: Layout) -> tuple[str, ...]:
    """Return the codes of the rows that a result counts in, each request in one (I6)."""
    return tuple(code for code in ROWS[layout] if code not in (NEW, CARRIED_IN, RESULTS, CARRIED_OUT))


def row_in(layout: Layout, code: str) -> str:
    """Return the row of this layout for a result; the layout of 2019 has one row for all of 其他处理."""
    return "3.6" if layout is Layout.OF_2019 and code.startswith("3.6") else code


def label(layout: Layout, code: str) -> str:
    """Return the row's label with its heading, as reports quote it: （三）不予公开｜1.属于国家秘密."""
    heading = HEADINGS.get(code.rpartition(".")[0], "") if code.count(".") == 2 else ""
    return f"{heading}｜{ROWS[layout][code]}" if heading else ROWS[layout][code]


def completed(counts: Mapping[Cell, int], *, layout: Layout) -> dict[Cell, int]:
    """Return the whole table from its counted cells: sums of the results, and the totals of every row."""
    kinds = COLUMNS[:-1]
    table = {(code, column): counts.get((code, column), 0) for code in ROWS[layout] for column in kinds}
    for column in kinds:
        table[RESULTS, column] = sum(table[code, column] for code in leaves(layout))
    for code in ROWS[layout]:
        table[code, TOTAL] = sum(table[code, column] for column in kinds)
    return table


def check(table: Table, *, layout: Layout, columns: Iterable[str] = COLUMNS) -> list[Broken]:
    """Return each of I1 to I3 that does not hold, in the order of the form; an empty total says nothing (R55)."""
    columns = tuple(columns)
    return [*_balance(table, columns), *_sums(table, layout, columns), *_totals(table, layout, columns)]


def check_carried(table: Table, *, frozen: Mapping[str, int], columns: Iterable[str] = COLUMNS) -> list[Broken]:
    """Return where row 2 is not what the year before carried over (I5: a warning)."""
    return [
        Broken(
            identity="I5",
            row=CARRIED_IN,
            column=column,
            left=table.get((CARRIED_IN, column)) or 0,
            right=frozen.get(column, 0),
            words="第二项（上年结转）应等于上一年度第四项（结转下年度继续办理）",
        )
        for column in columns
        if (table.get((CARRIED_IN, column)) or 0) != frozen.get(column, 0)
    ]


def check_disputes(table: Mapping[Cell, int | None]) -> list[Broken]:
    """Return each block of table four whose total is not the sum of its cells (I4)."""
    found = []
    for block in BLOCKS.values():
        parts, total = [table.get((block, cell)) or 0 for cell in CELLS], table.get((block, TOTAL)) or 0
        if sum(parts) != total:
            words = "总计应等于结果维持、结果纠正、其他结果、尚未审结之和"
            found.append(Broken(identity="I4", row=block, column=TOTAL, left=total, right=sum(parts), words=words))
    return found


def _balance(table: Table, columns: tuple[str, ...]) -> Iterator[Broken]:
    """I1: in every column, what came in is what was settled and what is carried over."""
    for column in columns:
        cells = [table.get((code, column)) for code in (NEW, CARRIED_IN, RESULTS, CARRIED_OUT)]
        came, before, settled, after = (cell or 0 for cell in cells)
        if came + before != settled + after:
            yield Broken(
                identity="I1",
                row="1+2=3.7+4",
                column=column,
                left=came + before,
                right=settled + after,
                words="第一项加第二项之和，应等于第三项加第四项之和",
            )


def _sums(table: Table, layout: Layout, columns: tuple[str, ...]) -> Iterator[Broken]:
    """I2: in every column, the results add up."""
    for column in columns:
        parts = [table.get((code, column)) for code in leaves(layout)]
        if column == TOTAL and all(part is None for part in parts):
            continue
        total = table.get((RESULTS, column)) or 0
        if sum(part or 0 for part in parts) != total:
            yield Broken(
                identity="I2",
                row=RESULTS,
                column=column,
                left=total,
                right=sum(part or 0 for part in parts),
                words="（七）总计应等于各类办理结果之和",
            )


def _totals(table: Table, layout: Layout, columns: tuple[str, ...]) -> Iterator[Broken]:
    """I3: in every row, the total is the sum of the kinds of applicant."""
    kinds = [column for column in columns if column != TOTAL]
    if TOTAL not in columns or not kinds:
        return
    for code in ROWS[layout]:
        total = table.get((code, TOTAL))
        parts = sum(table.get((code, column)) or 0 for column in kinds)
        if total is not None and total != parts:
            words = "总计应等于各类申请人之和"
            yield Broken(identity="I3", row=code, column=TOTAL, left=total, right=parts, words=words)


def dispute_cell(kind: DisputeKind, result: DisputeResult | None) -> Cell:
    """Return the cell of table four in which a review or a suit counts."""
    return BLOCKS[kind], result.label if result else PENDING


def column_of(kind: ApplicantKind) -> str:
    """Return the column of table three in which an applicant counts."""
    return kind.label
