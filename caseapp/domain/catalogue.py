"""主动公开目录: kinds of information, by when each is published, and what an item must say (art. 17 to 26).

Twenty working days from the day on which the information was made or changed; seven from the decision for licences
and penalties (art. 26; the district's plan). The days are those of the office's calendar, the day itself not counted.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from caseapp.domain.calendar import WorkingCalendar
from caseapp.domain.errors import DomainError

LONGEST_NUMBER = 80
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
LIMITS = (7, 20)


class ItemStatus(StrEnum):
    """Where an item stands; the value is stored."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


ITEM_WORDS = {
    ItemStatus.DRAFT: "尚未公开",
    ItemStatus.PUBLISHED: "已公开",
    ItemStatus.WITHDRAWN: "已撤下",
}


class WithheldGround(StrEnum):
    """Why a part of an item is kept back (art. 14, 15)."""

    NOTHING = ""
    STATE_AFFAIR = "state_affair"  # 国家秘密
    BUSINESS = "business"  # 商业秘密
    PRIVACY = "privacy"


WITHHELD_WORDS = {
    WithheldGround.NOTHING: "没有不予公开的部分",
    WithheldGround.STATE_AFFAIR: "国家秘密（第十四条）",
    WithheldGround.BUSINESS: "商业秘密（第十五条）",
    WithheldGround.PRIVACY: "个人隐私（第十五条）",
}


class MadeInFuture(DomainError):
    text = "制作日期不能晚于今天。"
    field = "made_on"


class ChangedBeforeMade(DomainError):
    text = "变更日期不能早于制作日期，也不能晚于今天。"
    field = "changed_on"


class NotReviewed(DomainError):
    text = "公开前应当审查，请填写审查人。（第十七条）"
    field = "reviewed_by"


class ChangeUndated(DomainError):
    text = "这条信息已经公开，修改时请填写变更日期。（第二十六条）"
    field = "changed_on"


class WithheldUnexplained(DomainError):
    text = "请写明不予公开的是哪一部分、依据是什么；没有的，两项都不填。（第十四条、第十五条）"
    field = "withheld"


class NumberNeeded(DomainError):
    text = "这一类信息按“{label}”归集，请填写。"
    field = "project_number"


class NotADraft(DomainError):
    text = "这条信息现在是“{status}”，不能{what}。"


class KindUnknown(DomainError):
    text = "没有这一类主动公开信息，请重新选择。"
    field = "kind"


class KindBroken(DomainError):
    text = "第 {line} 项：{why}。"


def gathering_number(typed: str) -> str:
    """Return a project's number as it is compared: half-width, upper case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).upper()[:LONGEST_NUMBER]


def due_on(made_on: date, changed_on: date | None, *, days: int, calendar: WorkingCalendar) -> date:
    """Return the last day for publication: working days after the day of making, or of the last change (art. 26)."""
    return calendar.nth_working_day(changed_on or made_on, days)


def check_dates(made_on: date, changed_on: date | None, *, today: date) -> None:
    """Refuse what was made after today, or changed before it was made."""
    if made_on > today:
        raise MadeInFuture()
    if changed_on is not None and not made_on <= changed_on <= today:
        raise ChangedBeforeMade()


def check_change(changed_on: date | None) -> None:
    """Refuse to change what is published without the day of the change, from which its period runs anew (art. 26)."""
    if changed_on is None:
        raise ChangeUndated()


def check_withheld(ground: WithheldGround, part: str) -> None:
    """Refuse a part kept back without a ground, and a ground without a part."""
    if bool(ground) != bool(part):
        raise WithheldUnexplained()


def check_publication(*, reviewed_by: str, number_label: str, project_number: str) -> None:
    """Refuse to publish what nobody has reviewed (art. 17), or what its kind gathers under a number that is missing."""
    if not reviewed_by:
        raise NotReviewed()
    if number_label and not project_number:
        raise NumberNeeded(label=number_label)
