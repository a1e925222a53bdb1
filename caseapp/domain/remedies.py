"""The remedy paragraph: review first, a choice, or both (复议法 20 to 28; R40 to R43, L9).

Decision, ground and letter date choose it.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from caseapp.domain.errors import DomainError
from caseapp.domain.grounds import Ground
from caseapp.domain.letters import LETTERS
from caseapp.domain.outcome import OUTCOMES, Outcome

REVIEW_LAW_2023 = date(2024, 1, 1)  # 复议法 art. 90: review first against 不予公开
SUIT_SIX_MONTHS = date(2015, 5, 1)  # 行诉法 art. 46; three months before; the day itself is an assumption


class Remedy(StrEnum):
    REVIEW_FIRST = "review_first"  # P-前置
    CHOICE = "choice"  # P-选择
    MIXED = "mixed"  # P-混合: review first for the part kept back


class OrganKind(StrEnum):
    LOCAL_DEPARTMENT = "local_department"
    LOCAL_GOVERNMENT = "local_government"
    PROVINCE = "province"
    MINISTRY = "ministry"
    VERTICAL = "vertical"  # customs, finance, foreign exchange, tax, state security
    JUSTICE = "justice"  # 司法行政部门


@dataclass(frozen=True, kw_only=True)
class OrganProfile:
    """The answering organ as the remedy paragraph names it; `court` may be empty: then the letter says 人民法院."""

    name: str
    review_body: str
    court: str
    online_review_address: str | None
    kind: OrganKind


class ReviewBodyMissing(DomainError):
    text = "尚未设置“{organ}”的行政复议机关，不能出具需要告知救济途径的文书。请由管理员补充。"
    field = "review_body"


class OnlineReviewAddressMissing(DomainError):
    text = (
        "通过互联网送达的，应当告知提交行政复议申请的互联网渠道（行政复议法第二十二条）。"
        "请由管理员补充“{organ}”的网上复议地址。"
    )
    field = "online_review_address"


class StaleWording(DomainError):
    text = "“{found}”是已经失效的表述：{why}。"


class RemedyMissing(DomainError):
    text = "该文书应当写明救济途径，不能删去。应有的文字：{paragraph}"
    field = "remedy"


@dataclass(frozen=True)
class StalePhrase:
    """Words that were right until a day; `kinds` limits them to some organs."""

    pattern: re.Pattern[str]
    stale_from: date
    why: str
    kinds: frozenset[OrganKind]


STALE_PHRASES: tuple[StalePhrase, ...] = (
    StalePhrase(
        re.compile(r"(?<![0-9０-９十])(?:3|３|三)\s*个月[^。；;]{0,40}(?:诉讼|起诉)"),
        SUIT_SIX_MONTHS,
        "直接提起行政诉讼的期限现为6个月（行政诉讼法第四十六条）",
        frozenset(OrganKind),
    ),
    StalePhrase(
        re.compile(r"上一级(?:行政)?主管(?:部门|机关)"),
        REVIEW_LAW_2023,
        "2024年1月1日起，对地方政府部门不服的，向本级人民政府申请行政复议（行政复议法第二十四条）",
        frozenset({OrganKind.LOCAL_DEPARTMENT}),
    ),
)


def remedy_for(outcome: Outcome, ground: Ground | None, letter_date: date) -> Remedy | None:
    """Return which paragraph the answer carries, or None where there is none (a withdrawn request).

    From 2024-01-01 不予公开 on art. 14 to 16 asks for review first (复议法 23(1)(4), 法释〔2025〕8号 art. 1); a partial
    disclosure does so for the part kept back on those grounds.
    """
    if outcome is Outcome.WITHDRAWN:
        return None
    if letter_date < REVIEW_LAW_2023 or ground is None:
        return Remedy.CHOICE
    return {Outcome.WITHHELD: Remedy.REVIEW_FIRST, Outcome.PARTIAL: Remedy.MIXED}.get(outcome, Remedy.CHOICE)


def remedy_paragraph(
    outcome: Outcome, ground: Ground | None, *, letter_date: date, profile: OrganProfile
) -> str | None:
    """Return the remedy paragraph of the answer, or None where there is none.

    Raises `ReviewBodyMissing` when the organ's profile names no review body. The letters D4, D5, D7 and D10 carry no
    answer and never ask for this paragraph (R47).
    """
    remedy = remedy_for(outcome, ground, letter_date)
    if remedy is None:
        return None
    letter = OUTCOMES[outcome].letter
    return paragraph(
        remedy, letter_date=letter_date, profile=profile, paper=LETTERS[letter].paper if letter else "告知书"
    )


def paragraph(remedy: Remedy, *, letter_date: date, profile: OrganProfile, paper: str = "答复书") -> str:
    """Return the words of one remedy; `paper` is what the letter calls itself."""
    if not profile.review_body.strip():
        raise ReviewBodyMissing(organ=profile.name)
    said = f"本{paper}"
    answer = "本答复" if paper == "答复书" else said
    if remedy is Remedy.REVIEW_FIRST:
        words = _review_first(answer, said, profile)
    elif remedy is Remedy.CHOICE:
        words = _choice(answer, said, profile, letter_date)
    else:
        words = _review_first(f"{answer}中不予公开的决定", said, profile)
        words += _choice(f"{answer}的其他内容", said, profile, letter_date)
    return words + _online(profile)


def check_online_delivery(profile: OrganProfile) -> None:
    """Refuse to deliver an answer over the internet without an internet channel for the review (复议法 22, R42)."""
    if not (profile.online_review_address or "").strip():
        raise OnlineReviewAddressMissing(organ=profile.name)


def check_wording(text: str, *, letter_date: date, organ_kind: OrganKind) -> None:
    """Refuse, with `StaleWording`, words about remedies that are no longer law on the letter's date (R43)."""
    for phrase in STALE_PHRASES:
        found = phrase.pattern.search(text)
        if found and letter_date >= phrase.stale_from and organ_kind in phrase.kinds:
            raise StaleWording(found=found.group(), why=phrase.why)


def check_remedy_stands(text: str, remedy: str) -> None:
    """Refuse a letter whose words do not hold the remedy paragraph in full (R40)."""
    if remedy not in text:
        raise RemedyMissing(paragraph=remedy)


def review_body(kind: OrganKind, *, name: str, own_government: str, next_higher: str) -> str:
    """Return the body that reviews the organ's acts (R41).

    `own_government` is the government of the organ's own level, `next_higher` the next higher organ of its kind (for a
    local government: the next higher government).
    """
    if kind is OrganKind.LOCAL_DEPARTMENT:
        return own_government  # 复议法 24
    if kind is OrganKind.JUSTICE:
        return f"{own_government}或者{next_higher}"  # 28
    if kind in (OrganKind.PROVINCE, OrganKind.MINISTRY):
        return name  # 24(2), 25
    return next_higher  # 24(1), 27


def _review_first(subject: str, said: str, profile: OrganProfile) -> str:
    return (
        f"如对{subject}不服，应当自收到{said}之日起60日内先向{profile.review_body}申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
    )


def _choice(subject: str, said: str, profile: OrganProfile, letter_date: date) -> str:
    months = 6 if letter_date >= SUIT_SIX_MONTHS else 3
    return (
        f"如对{subject}不服，可以自收到{said}之日起60日内向{profile.review_body}申请行政复议，"
        f"或者自收到{said}之日起{months}个月内依法向{profile.court or '人民法院'}提起行政诉讼。"
    )


def _online(profile: OrganProfile) -> str:
    address = (profile.online_review_address or "").strip()
    return f"行政复议申请也可以通过互联网提交，网址：{address}。" if address else ""
