"""What a person writes of the annual report: sections, table two, and what does not agree with the tables (3.1, 3.2).

Table two has the layout of its year. I7 compares the numbers in the text with table three, I8 the stock of rules with
that of the year before. Both warn; what a person has said of a warning is remembered as long as both sides stay (R55).
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseapp.domain.annual_report import NEW, RESULTS, TOTAL, Broken, Cell, Layout
from caseapp.domain.errors import DomainError

SECTIONS: dict[str, tuple[str, str]] = {
    "published": ("一、总体情况", "（一）主动公开"),
    "requests": ("一、总体情况", "（二）依申请公开"),
    "management": ("一、总体情况", "（三）政府信息管理"),
    "platform": ("一、总体情况", "（四）政府信息公开平台建设"),
    "oversight": ("一、总体情况", "（五）监督保障"),
    "shortcomings": ("五、存在的主要问题及改进情况", ""),
    "others": ("六、其他需要报告的事项", ""),
}
MADE, REPEALED, VALID = "本年制发件数", "本年废止件数", "现行有效件数"
DECIDED, CHARGED = "本年处理决定数量", "本年收费金额（单位：万元）"
AMOUNTS = (CHARGED, "采购总金额")
NEWLY_MADE, NEWLY_PUBLIC, PUBLIC = "本年新制作数量", "本年新公开数量", "对外公开总数量"
LAST_YEAR, MORE_OR_FEWER, DECISIONS = "上一年项目数量", "本年增/减", "处理决定数量"
Place = tuple[str, str, str]  # block of 第二十条, row, column
OF_2021: dict[str, Place] = {
    "rules_made": ("第二十条第（一）项", "规章", MADE),
    "rules_repealed": ("第二十条第（一）项", "规章", REPEALED),
    "rules_valid": ("第二十条第（一）项", "规章", VALID),
    "norms_made": ("第二十条第（一）项", "行政规范性文件", MADE),
    "norms_repealed": ("第二十条第（一）项", "行政规范性文件", REPEALED),
    "norms_valid": ("第二十条第（一）项", "行政规范性文件", VALID),
    "licences": ("第二十条第（五）项", "行政许可", DECIDED),
    "penalties": ("第二十条第（六）项", "行政处罚", DECIDED),
    "coercions": ("第二十条第（六）项", "行政强制", DECIDED),
    "charges": ("第二十条第（八）项", "行政事业性收费", CHARGED),
}
OF_2019: dict[str, Place] = {
    **{
        f"{row}_{name}": ("第二十条第（一）项", words, column)
        for row, words in (("regulations", "规章"), ("norms19", "规范性文件"))
        for name, column in (("made", NEWLY_MADE), ("opened", NEWLY_PUBLIC), ("public", PUBLIC))
    },
    **{
        f"{row}_{name}": (block, words, column)
        for row, block, words in (
            ("licences19", "第二十条第（五）项", "行政许可"),
            ("services19", "第二十条第（五）项", "其他对外管理服务事项"),
            ("penalties19", "第二十条第（六）项", "行政处罚"),
            ("coercions19", "第二十条第（六）项", "行政强制"),
        )
        for name, column in (("before", LAST_YEAR), ("change", MORE_OR_FEWER), ("decided", DECISIONS))
    },
    "charges19_before": ("第二十条第（八）项", "行政事业性收费", LAST_YEAR),
    "charges19_change": ("第二十条第（八）项", "行政事业性收费", MORE_OR_FEWER),
    "purchases_count": ("第二十条第（九）项", "政府集中采购", "采购项目数量"),
    "purchases_amount": ("第二十条第（九）项", "政府集中采购", "采购总金额"),
}
TABLES_TWO = {Layout.OF_2019: OF_2019, Layout.OF_2021: OF_2021}  # each in the order of the official form
PLACES = OF_2019 | OF_2021
STOCKS = {"rules": "规章", "norms": "行政规范性文件"}
COUNT = re.compile(r"\d{1,9}")
AMOUNT = re.compile(r"\d{1,9}(\.\d{1,4})?")
CHANGE = re.compile(r"[+-]?\d{1,9}")
# What a text says of table three: the words before the number, and the row that they speak of.
SAID = (
    (re.compile(r"(?:新收|收到|受理)(?:政府信息公开)?(?:申请)?\s*(\d+)\s*件"), NEW, "新收申请数量"),
    (re.compile(r"(?:办结|答复)(?:政府信息公开)?(?:申请)?\s*(\d+)\s*件"), RESULTS, "办理结果总计"),
    (re.compile(r"予以公开\s*(\d+)\s*件"), "3.1", "予以公开数量"),
    (re.compile(r"部分公开\s*(\d+)\s*件"), "3.2", "部分公开数量"),
)


class NumberBroken(DomainError):
    text = "“{label}”应为数字，件数为整数，金额最多四位小数。"

    def __init__(self, *, label: str, field: str) -> None:
        super().__init__(label=label)
        self.field = field


class VerdictMissing(DomainError):
    text = "请写明核对的结论，例如：文字按全年口径，表格按已确认口径，两者无误。"
    field = "words"


@dataclass(frozen=True, kw_only=True)
class Warned:
    """A warning, the key it is remembered under, and what a person said of it, "" while nobody has."""

    broken: Broken
    key: str
    verdict: str


def number(name: str, typed: str) -> str:
    """Return a figure of table two as it is stored, "" for none; raises `NumberBroken` at its field."""
    text = typed.strip()
    _, row, column = PLACES[name]
    pattern = CHANGE if column == MORE_OR_FEWER else AMOUNT if column in AMOUNTS else COUNT
    if text and not pattern.fullmatch(text):
        raise NumberBroken(label=f"{row}：{column}", field=name)
    return text


def key_of(broken: Broken) -> str:
    """Return under what a verdict on this warning is remembered: with another number it is another warning."""
    return "|".join((broken.identity, broken.row, broken.column, str(broken.left), str(broken.right)))


def text_against_tables(texts: Mapping[str, str], three: Mapping[Cell, int]) -> Iterator[Broken]:
    """Yield each number of the texts that table three does not have (I7)."""
    for name, text in texts.items():
        for pattern, row, words in SAID:
            for said in pattern.findall(text):
                if int(said) != three[row, TOTAL]:
                    heading = " ".join(filter(None, SECTIONS[name]))
                    yield Broken(
                        identity="I7",
                        row=row,
                        column=TOTAL,
                        left=int(said),
                        right=three[row, TOTAL],
                        words=f"{heading}的文字与表三的{words}不一致",
                    )


def stock_against_last_year(now: Mapping[str, str], before: Mapping[str, str]) -> Iterator[Broken]:
    """Yield a stock that is not last year's with what was made and without what was repealed (I8)."""
    for prefix, words in STOCKS.items():
        parts = [now.get(f"{prefix}_{part}", "") for part in ("made", "repealed", "valid")]
        last = before.get(f"{prefix}_valid", "")
        if not all(part.isdecimal() for part in (*parts, last)):
            continue
        made, repealed, valid = (int(part) for part in parts)
        if valid != int(last) + made - repealed:
            yield Broken(
                identity="I8",
                row=words,
                column=VALID,
                left=valid,
                right=int(last) + made - repealed,
                words="现行有效件数应为上年现行有效件数加本年制发、减本年废止",
            )


def draft_of_requests(year: int, three: Mapping[Cell, int]) -> str:
    """Return a first text for 依申请公开, in the numbers of table three."""
    return (
        f"{year}年，本机关新收政府信息公开申请{three[NEW, TOTAL]}件，上年结转{three['2', TOTAL]}件；"
        f"办结{three[RESULTS, TOTAL]}件，其中予以公开{three['3.1', TOTAL]}件、部分公开{three['3.2', TOTAL]}件；"
        f"结转下年度继续办理{three['4', TOTAL]}件。"
    )
