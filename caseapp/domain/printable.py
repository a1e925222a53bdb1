"""What a letter can carry: signs that both XML and paper have, and one line where there is room for one."""

import re

from caseapp.domain.errors import DomainError

# Neither XML nor paper carries these: controls, surrogates, noncharacters; and the marks that turn text round.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


class UnprintableCharacter(DomainError):
    text = "“{label}”第 {place} 个字符（{code}）不能印在公文中，请删去后重新填写。"

    def __init__(self, *, label: str, place: int, code: str, field: str) -> None:
        super().__init__(label=label, place=place, code=code)
        self.field = field


class LineBreakNotAllowed(DomainError):
    text = "“{label}”只能写成一行，请去掉换行。"

    def __init__(self, *, label: str, field: str) -> None:
        super().__init__(label=label)
        self.field = field


def check_text(text: str, *, field: str, label: str) -> None:
    """Refuse, at the field, a character that no document can carry; emoji and rare characters may pass."""
    found = _UNPRINTABLE.search(text.replace("\r\n", "\n"))
    if found:
        raise UnprintableCharacter(
            label=label, place=found.start() + 1, code=f"U+{ord(found.group()):04X}", field=field
        )


def check_line(text: str, *, field: str, label: str) -> None:
    """Refuse what `check_text` refuses, and any line break."""
    if len(text.splitlines()) > 1 or text.endswith(("\n", "\r", "\u2028", "\u2029")):
        raise LineBreakNotAllowed(label=label, field=field)
    check_text(text, field=field, label=label)
