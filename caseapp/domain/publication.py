"""转为主动公开: the same information, asked for by several applicants and disclosed, may be published (art. 44; R61).

The machine only finds what bears the same name or number; a person judges whether it is the same and publishes it.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.outcome import Outcome

DISCLOSES = frozenset({Outcome.DISCLOSED, Outcome.PARTIAL})
SHORTEST = 4  # characters: a shorter name stands for nothing
_NOISE = re.compile(r"[\W_]+")
_ASKING = re.compile(r"^(?:申请|请求|请|要求)?(?:公开|提供|获取)?(?:关于|有关)?")


class PublicationSource(StrEnum):
    """Why the question was put."""

    SEVERAL_APPLICANTS = "several_applicants"
    YEARLY_REVIEW = "yearly_review"

    @property
    def label(self) -> str:
        return {
            "several_applicants": "多个申请人就相同的信息提出申请，且可以公开（第四十四条）",
            "yearly_review": "年度复查认为可以公开（第十八条）",
        }[self.value]


class NothingToPublish(DomainError):
    text = "这份申请没有等待决定的“转为主动公开”事项。"


class PlaceMissing(DomainError):
    text = "请写明在哪里公开，例如网址或者栏目。"
    field = "place"


class PublishedInFuture(DomainError):
    text = "公开日期不能晚于今天。"
    field = "published_on"


class DayMissing(DomainError):
    text = "请填写公开日期。"
    field = "published_on"


class WhyNotMissing(DomainError):
    text = "请说明为什么不转为主动公开。"
    field = "reason"


def information_name(*, title: str, document_no: str, description: str) -> str:
    """Return what the information is called, made comparable; "" where nothing names it well enough.

    The document number counts before the title, the title before the first words of the description.
    """
    for text in (document_no, title, description[:40]):
        plain = _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()
        name = _ASKING.sub("", plain)
        if len(name) >= SHORTEST:
            return name[:80]
    return ""


def check_decision(*, publishes: bool, place: str, published_on: date | None, reason: str, today: date) -> None:
    """Refuse a yes without place and day, and a no without a reason."""
    if not publishes:
        if not reason.strip():
            raise WhyNotMissing
        return
    if not place.strip():
        raise PlaceMissing
    if published_on is None:
        raise DayMissing
    if published_on > today:
        raise PublishedInFuture
