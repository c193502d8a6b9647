"""Is this many complaints more than chance would bring? A count against its own history.

Complaints about one thing come at random around a steady rate, so that counts of equal periods
follow Poisson's law. A count is a rise when the law, with the rate of the earlier periods, would
bring so many less often than the chance one allows for a false alarm.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

#: How often an alarm may be false, for one thing looked at once.
CHANCE = 0.001
#: Fewer complaints than this are no rise, however rare they were before.
LEAST = 4
#: What stands for a history without any complaint: nothing is known to happen never.
PRIOR = 0.5


@dataclass(frozen=True)
class Verdict:
    """A count, what was usual, the highest count that chance explains, and the judgment."""

    count: int
    usual: float
    limit: int
    is_rise: bool


def tail(count: int, mean: float) -> float:
    """Return how likely at least ``count`` events are where ``mean`` are usual.

    >>> tail(0, 3.0)
    1.0
    >>> round(tail(1, 1.0), 4)
    0.6321
    """
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    # summed from the far end: the difference to one would lose small figures
    term = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1))
    total, number = 0.0, count
    while term > 0.0 and (number <= mean or term > total * 1e-15):
        total += term
        number += 1
        term *= mean / number
    return min(total, 1.0)


def limit(mean: float, chance: float = CHANCE) -> int:
    """Return the highest count that chance explains where ``mean`` are usual.

    >>> limit(0.5)
    4
    """
    count = max(0, math.floor(mean))
    while tail(count + 1, mean) >= chance:
        count += 1
    return count


def usual(history: Sequence[int]) -> float:
    """Return the rate of a period as the earlier periods of the same length show it.

    >>> usual([2, 4])
    3.25
    """
    return (sum(history) + PRIOR) / max(len(history), 1)


def judge(
    count: int, history: Sequence[int], chance: float = CHANCE, least: int = LEAST
) -> Verdict:
    """Judge the count of the present period against those before it."""
    mean = usual(history)
    highest = limit(mean, chance)
    return Verdict(count, mean, highest, count >= least and count > highest)
