"""How much a role may grant to settle a complaint.

The most special limit of a role counts: of the company before the common one, for the kind of
remedy before any kind. Of several roles the most generous counts. Without a limit nothing that
costs money may be granted.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import inf

NOTHING = 0.0
UNLIMITED = inf

#: Remedies that are worth something: they are granted with an amount.
VALUED_KINDS = frozenset(
    {"replacement", "refund", "price_reduction", "repair", "discount", "damages"}
)


@dataclass(frozen=True)
class Limit:
    """What a role may grant on one complaint, in the currency of the company."""

    role: int
    amount: float
    kind: str | None = None
    is_of_company: bool = False

    @property
    def rank(self) -> tuple[bool, bool]:
        """The greater, the more special."""
        return self.kind is not None, self.is_of_company


def ceiling(limits: Iterable[Limit], roles: Collection[int], kind: str) -> float:
    """Return up to which total somebody with ``roles`` may grant a remedy of ``kind``."""
    best: dict[int, Limit] = {}
    for limit in limits:
        if limit.role not in roles or limit.kind not in (None, kind):
            continue
        other = best.get(limit.role)
        # of two that say the same the tighter one
        if other is None or (limit.rank, -limit.amount) > (other.rank, -other.amount):
            best[limit.role] = limit
    return max((limit.amount for limit in best.values()), default=NOTHING)


def is_within(total: float, top: float, rounding: float = 0.01) -> bool:
    """Whether ``total`` is within ``top``; what rounding makes of it is no excess."""
    return total - top < rounding / 2
