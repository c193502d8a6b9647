"""Which complaints are like one another: the same case told twice, or the same trouble again.

Two clerks write down the same call, a customer writes after he has phoned, a product fails at ten
customers. Shown at registration, it saves a second investigation and a second, different answer.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final

#: So many letters tell what a word is about, whatever its ending: "delivery", "delivered".
STEM: Final = 5
#: Shorter words are articles and prepositions.
SHORTEST: Final = 3
#: More words than these do not make a comparison better.
MOST_STEMS: Final = 30

#: What a complaint is known by, with what it counts. Words count by the share they have in common.
WEIGHTS: Final = {"customer": 40, "opportunity": 20, "product": 20, "category": 10}
WORDS_WEIGHT: Final = 60
#: From here on two complaints are shown as alike.
LIKELY: Final = 50
#: So much of the words must be common for them to be named as a reason.
COMMON_WORDS: Final = 0.25

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Case:
    """What tells a complaint from others; a fact that is not known is None."""

    stems: frozenset[str] = frozenset()
    customer: Hashable | None = None
    opportunity: Hashable | None = None
    product: Hashable | None = None
    category: Hashable | None = None


@dataclass(frozen=True)
class Likeness:
    """How alike two complaints are, from 0 to 100, and what they have in common."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether a person should look at the two."""
        return self.score >= LIKELY


def stems(text: str) -> frozenset[str]:
    """Return the beginnings of the words that say what a text is about, the first ones of it."""
    words = _WORD.findall(text.lower().replace("ё", "е"))
    begun = dict.fromkeys(word[:STEM] for word in words if len(word) >= SHORTEST)
    return frozenset(list(begun)[:MOST_STEMS])


def common_share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which share of the words of two texts is common to both, from 0 to 1."""
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def compare(one: Case, other: Case) -> Likeness:
    """Return how alike two complaints are; it does not matter which is named first."""
    reasons = [
        name
        for name in WEIGHTS
        if getattr(one, name) is not None and getattr(one, name) == getattr(other, name)
    ]
    share = common_share(one.stems, other.stems)
    score = sum(WEIGHTS[name] for name in reasons) + round(WORDS_WEIGHT * share)
    if share >= COMMON_WORDS:
        reasons.append("words")
    return Likeness(min(score, 100), tuple(reasons))
