"""How alike two requests are, by the pairs of letters that they share: evidence, never a decision (36(六))."""

from collections.abc import Set as AbstractSet

from caseapp.domain.search_words import pairs_of

LIKE = 0.35  # below this, two requests of an office share little more than how requests are worded
# How most requests begin and end: what all have in common says nothing.
COMMON = pairs_of("申请公开本人要求获取有关政府信息复印件的及")


def traits(title: str, description: str) -> frozenset[str]:
    """Return what a request is compared by: its pairs of letters without those that all requests share."""
    return frozenset(pairs_of(title) | pairs_of(description)) - COMMON


def likeness(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """Return the shared part of two sets of traits, from 0 to 1; nothing is like nothing."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0
