"""公开的副本: what an answer disclosed, without the personal data of anybody (art. 15; a person has the last look)."""

import re
import unicodedata
from collections.abc import Iterable

from caseapp.domain.errors import DomainError

MASK = "××"
SHORTEST = 2  # a single character is nobody's name
# In this order: an identity number holds digits that would pass for a telephone's.
FORMS = (
    ("身份证号码", re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    ("手机号", re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    ("电子邮箱", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)),
)


class PersonalDataLeft(DomainError):
    text = "“{label}”中还有申请人或他人的{what}，请遮去后再保存。（第十五条）"


def mask(text: str, names: Iterable[str]) -> str:
    """Return the text with these names and whatever looks like a number or address of a person replaced."""
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) >= SHORTEST:
            text = text.replace(name, MASK)
    for _, form in FORMS:
        text = form.sub(MASK, text)
    return text


def check_copy(text: str, names: Iterable[str], *, label: str, field: str) -> None:
    """Refuse a text in which one of these names, or what looks like a number of a person, still stands.

    Names are looked for without regard to width and blanks, so that one is not hidden by a space.
    """
    plain = _plain(text)
    found = "姓名或联系方式" if any(len(name.strip()) >= SHORTEST and _plain(name) in plain for name in names) else ""
    half_width = unicodedata.normalize("NFKC", text)
    found = found or next((what for what, form in FORMS if form.search(half_width)), "")
    if found:
        refusal = PersonalDataLeft(label=label, what=found)
        refusal.field = field
        raise refusal


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
