"""BCG: customers by their share and by how it grows.

Stars bring much and ever more, cash cows bring much, question marks little but ever more, dogs
little. Growth compares the window with one as long before it; who bought nothing then has grown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

STAR, COW, QUESTION, DOG, NOTHING = "star", "cow", "question", "dog", "O"
CODES = (STAR, COW, QUESTION, DOG, NOTHING)


@dataclass(frozen=True)
class Thresholds:
    """From which share of the whole, and from which growth, in percent, it is much."""

    share_percent: Decimal = Decimal(5)
    growth_percent: Decimal = Decimal(10)

    @property
    def is_sound(self) -> bool:
        """Whether there is a share to reach, and a growth that is not less than losing all."""
        return 0 < self.share_percent < 100 and self.growth_percent > -100


@dataclass(frozen=True)
class Verdict:
    """A customer's class, share and growth in percent; None where there is nothing to divide by."""

    code: str
    share: Decimal | None
    growth: Decimal | None


def classify(
    sums: Mapping[int, tuple[Decimal, Decimal]], thresholds: Thresholds
) -> dict[int, Verdict]:
    """Return the class of each customer by the sums before and in the window."""
    total = sum((now for _prior, now in sums.values() if now > 0), Decimal(0))
    return {
        customer: Verdict(
            classify_one(prior, now, total, thresholds),
            now * 100 / total if total else None,
            (now - prior) * 100 / prior if prior > 0 else None,
        )
        for customer, (prior, now) in sums.items()
    }


def classify_one(prior: Decimal, now: Decimal, total: Decimal, thresholds: Thresholds) -> str:
    """Return a class by the sums before and now, and by the whole."""
    if now <= 0:
        return NOTHING
    is_large = now * 100 >= thresholds.share_percent * total
    is_growing = prior <= 0 or now * 100 >= prior * (100 + thresholds.growth_percent)
    if is_large:
        return STAR if is_growing else COW
    return QUESTION if is_growing else DOG
