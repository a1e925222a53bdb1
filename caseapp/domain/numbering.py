"""How numbers of cases and letters are written (R44; GB/T 9704-2012, 7.2.5).

Who gets which serial is the services' matter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from caseapp.domain.errors import DomainError

DEFAULT_PATTERN = "{prefix}〔{year}〕{serial}号"
LARGEST_ID = 2**31 - 1  # of a row, and of a serial, in either database

_CASE_NUMBER = re.compile(r"([0-9]{4})-([0-9]{4,})")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")
_SERIAL = re.compile(r"\{serial(?::0([1-9]))?\}")
_LETTER_NUMBER = re.compile(
    r"(?P<prefix>[^〔〕]*)〔(?P<year>[0-9]{4})〕(?P<ordinal>第?)(?P<serial>[0-9]+)号(?P<suffix>[^〔〕]*)"
)


class PatternWithoutYear(DomainError):
    text = "文号格式中没有加六角括号的年份，请写成“〔{{year}}〕”，例如“{example}”。"
    field = "pattern"


class PatternWithoutSerial(DomainError):
    text = "文号格式中应当有一处、且只有一处顺序号“{{serial}}”，例如“{example}”。"
    field = "pattern"


class PatternUnknown(DomainError):
    text = "文号格式中的“{part}”不认识。可以使用 {{prefix}}、{{year}}、{{serial}}；需要补零时写 {{serial:04}}。"
    field = "pattern"


class PatternOutOfOrder(DomainError):
    text = "文号格式应当依次为机关代字、〔年份〕、顺序号，并在顺序号后写“号”，例如“{example}”。"
    field = "pattern"


class SerialOutOfRange(DomainError):
    text = "顺序号从 1 开始，现在是 {serial}。"


@dataclass(frozen=True, kw_only=True)
class LetterNumber:
    """A letter number taken apart; `serial_text` keeps leading zeros."""

    prefix: str
    year: int
    ordinal: bool  # written with 第
    serial_text: str
    suffix: str

    @property
    def follows_the_standard(self) -> bool:
        """Without 第 and without leading zeros (7.2.5)."""
        return not self.ordinal and not self.serial_text.startswith("0")


class PatternShared(DomainError):
    """Two series that write their numbers alike would give one number to two letters."""

    text = "这样编出的文号会与“{other}”的相同，请在“号”后加后缀（例如“-告”），或者在顺序号前写“第”。"
    field = "pattern"

    def __init__(self, *, other: str) -> None:
        super().__init__(other=other)
        self.other = other


class NumberTaken(DomainError):
    """The first number of a series stands on a letter that was issued before."""

    text = "文号 {number} 已经用过，请换一种格式。"
    field = "pattern"


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A series of letters: what it is called, and how its numbers are written."""

    name: str
    pattern: str
    prefix: str

    @property
    def form(self) -> tuple[str, bool, str] | None:
        """Return what tells its numbers from those of another series; leading zeros do not."""
        read = read_letter_number(_fill(self.pattern, prefix=self.prefix, year=2026, serial=1))
        return (read.prefix, read.ordinal, read.suffix) if read else None


def check_series_differ(series: Numbered, others: Iterable[Numbered]) -> None:
    """Refuse with `PatternShared` a series whose numbers could be those of another (R44)."""
    for other in others:
        if series.form == other.form:
            raise PatternShared(other=other.name)


def case_number(*, year: int, serial: int) -> str:
    """Return the number of a case, as 2026-0001; the serial has four digits and grows beyond 9999."""
    _check_serial(serial)
    return f"{year:04}-{serial:04}"


def is_case_number(text: str) -> bool:
    """Tell whether the text has the form of a case number."""
    return _CASE_NUMBER.fullmatch(text) is not None


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that lacks 〔{year}〕 or {serial}, repeats one, or has any other placeholder."""
    example = DEFAULT_PATTERN
    serials = _SERIAL.findall(pattern)
    for part in _PLACEHOLDER.findall(pattern):
        if part not in ("{prefix}", "{year}") and not _SERIAL.fullmatch(part):
            raise PatternUnknown(part=part)
    rest = _PLACEHOLDER.sub("", pattern)
    if "{" in rest or "}" in rest or not rest.isprintable():
        raise PatternUnknown(part=rest)
    if pattern.count("{year}") != 1 or "〔{year}〕" not in pattern:
        raise PatternWithoutYear(example=example)
    if len(serials) != 1:
        raise PatternWithoutSerial(example=example)
    if pattern.count("{prefix}") > 1 or read_letter_number(_fill(pattern, prefix="", year=2026, serial=1)) is None:
        raise PatternOutOfOrder(example=example)


def letter_number(pattern: str, *, prefix: str, year: int, serial: int) -> str:
    """Return the letter's number; the serial is not padded unless the pattern asks with {serial:04}."""
    check_pattern(pattern)
    _check_serial(serial)
    return _fill(pattern, prefix=prefix, year=year, serial=serial)


def read_letter_number(text: str) -> LetterNumber | None:
    """Return the parts of a letter number, or None when the text has not the form …〔2026〕5号."""
    match = _LETTER_NUMBER.fullmatch(text)
    if match is None:
        return None
    return LetterNumber(
        prefix=match["prefix"],
        year=int(match["year"]),
        ordinal=bool(match["ordinal"]),
        serial_text=match["serial"],
        suffix=match["suffix"],
    )


def _fill(pattern: str, *, prefix: str, year: int, serial: int) -> str:
    """Put the three values in, in one pass: a prefix with braces in it stays text."""

    def value(match: re.Match[str]) -> str:
        part = match.group()
        if part == "{prefix}":
            return prefix
        if part == "{year}":
            return f"{year:04}"
        width = _SERIAL.fullmatch(part)
        return str(serial).zfill(int(width[1]) if width and width[1] else 1)

    return _PLACEHOLDER.sub(value, pattern)


def _check_serial(serial: int) -> None:
    if serial < 1:
        raise SerialOutOfRange(serial=serial)
