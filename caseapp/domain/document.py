"""The pure structure of an official document (GB/T 9704-2012): blocks of text and the parts around them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class LetterForm(StrEnum):
    OFFICIAL = "official"  # 公文格式
    LETTER = "letter"  # 信函格式 (10.1), the usual one for answers


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body."""

    text: str


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 一、, level 2 （一）, level 3 1., level 4 （1）. The number is part of the text."""

    level: int
    text: str


@dataclass(frozen=True)
class Table:
    """A table over the whole width; the first row is the head. `widths` are shares of the width, equal when empty."""

    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()


Block = Paragraph | Heading | Table


@dataclass(frozen=True, kw_only=True)
class OfficialDocument:
    """A document ready to be set: every part is text, nothing in it is layout (GB/T 9704-2012, 7 and 10.1).

    `signature` is the organ that signs, `addressee` carries no colon, `copies_to`, `printed_by` and `printed_on` make
    up the 版记, `note` is the 附注 without its brackets.
    """

    form: LetterForm
    organ: str
    number: str | None
    title: str
    addressee: str
    blocks: tuple[Block, ...]
    signature: str
    dated_on: date
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    note: str = ""
