"""What an administrator may write of a department: the facts that its letters state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from caseapp.domain.document import LetterForm
from caseapp.domain.errors import DomainError
from caseapp.domain.filing import TextTooLong
from caseapp.domain.numbering import (
    DEFAULT_PATTERN,
    Numbered,
    PatternOutOfOrder,
    PatternShared,
    check_pattern,
    check_series_differ,
    letter_number,
    read_letter_number,
)
from caseapp.domain.remedies import OrganKind

ORGAN_KIND_WORDS = {
    OrganKind.LOCAL_DEPARTMENT: "地方人民政府的工作部门",
    OrganKind.LOCAL_GOVERNMENT: "地方人民政府（省级以下）",
    OrganKind.PROVINCE: "省级人民政府",
    OrganKind.MINISTRY: "国务院部门",
    OrganKind.VERTICAL: "海关、金融、外汇、税务、国家安全等垂直领导的机关",
    OrganKind.JUSTICE: "司法行政部门",
}
LETTER_FORM_WORDS = {LetterForm.LETTER: "信函格式（答复书常用）", LetterForm.OFFICIAL: "公文格式"}

LONGEST = {
    "name": 80,
    "short_name": 40,
    "phone": 40,
    "address": 200,
    "review_body": 80,
    "review_address": 200,
    "court": 80,
    "letter_prefix": 40,
    "number_pattern": 80,
}
LONGEST_NUMBER = 80
EXAMPLE_SERIAL = 12
HIGH_SERIAL = 99999


class FactMissing(DomainError):
    text = "请填写{label}。"

    def __init__(self, *, field: str, label: str) -> None:
        super().__init__(label=label)
        self.field = field


class AddressNotOnline(DomainError):
    text = "请填写以 http:// 或 https:// 开头的完整网址，例如 https://fuyi.example.gov.cn。"
    field = "review_address"


class PrefixRefused(DomainError):
    text = "机关代字中不能有“〔”“〕”，年份由系统加入。"
    field = "letter_prefix"


class NumberTooLong(DomainError):
    text = "文号会超过 {most} 字，请缩短机关代字或文号格式。"
    field = "letter_prefix"


class PatternTooLong(DomainError):
    text = "文号格式或者编出的文号会超过 {most} 字，请缩短。"
    field = "pattern"


class NumberShared(DomainError):
    text = "这样编出的文号与“{other}”的相同，请改用另一个机关代字。"
    field = "letter_prefix"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The editable facts of a department; an empty `court` makes the letter say 人民法院."""

    name: str
    short_name: str
    phone: str
    address: str
    organ_kind: OrganKind
    review_body: str
    review_address: str
    court: str
    letter_prefix: str
    number_pattern: str
    letter_form: LetterForm


def check_facts(facts: Facts) -> None:
    """Refuse, at its field, a fact that is missing, too long, or would make a wrong letter."""
    for name, label in (("name", "名称"), ("short_name", "简称"), ("letter_prefix", "机关代字")):
        if not getattr(facts, name).strip():
            raise FactMissing(field=name, label=label)
    for fact in fields(facts):
        if fact.name in LONGEST and len(getattr(facts, fact.name)) > LONGEST[fact.name]:
            raise TextTooLong(field=fact.name, limit=LONGEST[fact.name], length=len(getattr(facts, fact.name)))
    if facts.review_address:
        check_online_address(facts.review_address)
    _check_number(facts)


def check_online_address(address: str) -> str:
    """Return the address as it is; raises `AddressNotOnline` unless it is a whole http(s) address (复议法 art. 22)."""
    try:
        parts = urlsplit(address)
        named = bool(parts.hostname)
    except ValueError:
        named = False
    if not named or parts.scheme not in ("http", "https") or any(sign.isspace() for sign in address):
        raise AddressNotOnline()
    return address


def example_number(facts: Facts, *, year: int, serial: int = EXAMPLE_SERIAL) -> str:
    """Return a letter number as this department would write it; raises what is wrong with the pattern."""
    return letter_number(facts.number_pattern, prefix=facts.letter_prefix, year=year, serial=serial)


def check_numbers_differ(mine: Sequence[Numbered], others: Iterable[Numbered]) -> None:
    """Refuse with `NumberShared` series of one department that could write the number of another series (R44)."""
    taken = list(others)
    try:
        for series in mine:
            check_series_differ(series, taken)
            taken.append(series)
    except PatternShared as shared:
        raise NumberShared(other=shared.other) from None


def check_kind_pattern(pattern: str, *, prefix: str) -> None:
    """Refuse, at `pattern`, a way of numbering one kind of letter that is malformed or too long for its column."""
    _check_order(pattern)
    if max(len(pattern), len(letter_number(pattern, prefix=prefix, year=9999, serial=HIGH_SERIAL))) > LONGEST_NUMBER:
        raise PatternTooLong(most=LONGEST_NUMBER)


def _check_order(pattern: str) -> None:
    check_pattern(pattern)
    if read_letter_number(letter_number(pattern, prefix="甲", year=2026, serial=1)) is None:
        raise PatternOutOfOrder(example=DEFAULT_PATTERN)  # the prefix stands behind the year


def _check_number(facts: Facts) -> None:
    try:
        _check_order(facts.number_pattern)
    except DomainError as refusal:
        refusal.field = "number_pattern"
        raise
    number = example_number(facts, year=9999, serial=HIGH_SERIAL)
    if len(number) > LONGEST_NUMBER:
        raise NumberTooLong(most=LONGEST_NUMBER)
    if read_letter_number(number) is None:
        raise PrefixRefused()
