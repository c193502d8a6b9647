"""ABC: customers by their share of the whole.

From the largest down: A are those who bring the first part of the whole (80 %), B the next (up to
95 %), C the rest. Who crosses the border still belongs to the better class, so that there always is
an A. Customers with the same sum have the same class. Who brought nothing, or took back more than
he bought, has no share: a class of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

A, B, C, NOTHING = "A", "B", "C", "O"
CODES = (A, B, C, NOTHING)


@dataclass(frozen=True)
class Thresholds:
    """Up to which running share, in percent, customers are A and B."""

    a_percent: Decimal = Decimal(80)
    b_percent: Decimal = Decimal(95)

    @property
    def is_sound(self) -> bool:
        """Whether they ascend and leave something to each class."""
        return 0 < self.a_percent < self.b_percent <= 100


@dataclass(frozen=True)
class Verdict:
    """A customer's class and what it comes from; shares in percent, None without a whole."""

    code: str
    rank: int
    share: Decimal | None
    running: Decimal | None


def classify(sums: Mapping[int, Decimal], thresholds: Thresholds) -> dict[int, Verdict]:
    """Return the class of each customer by his sum."""
    total = sum((amount for amount in sums.values() if amount > 0), Decimal(0))
    larger: dict[Decimal, tuple[int, Decimal]] = {}  # how many brought more, and how much
    number, running = 0, Decimal(0)
    for amount in sorted(sums.values(), reverse=True):
        larger.setdefault(amount, (number, running))
        number, running = number + 1, running + amount
    peers: dict[Decimal, int] = {}
    for amount in sums.values():
        peers[amount] = peers.get(amount, 0) + 1
    return {
        customer: Verdict(
            classify_one(amount, larger[amount][1], total, thresholds),
            larger[amount][0] + 1,
            _percent(amount, total),
            _percent(larger[amount][1] + amount * peers[amount], total),
        )
        for customer, amount in sums.items()
    }


def classify_one(amount: Decimal, before: Decimal, total: Decimal, thresholds: Thresholds) -> str:
    """Return a class by the sum, by what larger customers brought, and by the whole."""
    if amount <= 0:
        return NOTHING
    if before * 100 < thresholds.a_percent * total:
        return A
    return B if before * 100 < thresholds.b_percent * total else C


def _percent(part: Decimal, total: Decimal) -> Decimal | None:
    return part * 100 / total if total else None
