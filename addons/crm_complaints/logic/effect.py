"""Did an action help? Complaints before and after it, compared by chance.

Complaints of one cause come in like raindrops: by a Poisson law, at a rate per day or per other
base (orders, all complaints). If nothing changed, each complaint of both periods falls into the
later one with a probability that only the bases decide. How likely that makes so few in the later
one is the exact conditional test of two Poisson rates (Przyborowski and Wilenski, 1940).

Complaints that nobody has looked into yet could be of the same cause. They are counted in by the
rate found among those that were looked into, so that a slow investigation never looks like success.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, exp, lgamma, log
from typing import Final

#: The complaints fell, and chance is no likely reason.
FELL: Final = "fell"
#: They did not fall, though there were enough of them to see it.
NOT: Final = "not"
#: There were too few of them to tell.
FEW: Final = "few"

#: How likely chance may be the reason of a fall that counts.
LEVEL: Final = 0.05


@dataclass(frozen=True)
class Period:
    """What came in within a period.

    ``count``: complaints of the cause; ``base``: what they are a rate of (days, orders);
    ``judged``: complaints whose causes are known; ``open``: those nobody has looked into yet.
    """

    count: int
    base: float
    judged: int = 0
    open: int = 0


@dataclass(frozen=True)
class Finding:
    """The verdict, and what it rests on.

    ``expected``: how many would have come after the action if nothing had changed; ``counted``:
    how many were counted, the likely ones among the open included; ``chance``: how likely so few
    come by chance alone.
    """

    verdict: str
    expected: float
    counted: int
    chance: float


def compare(before: Period, after: Period, level: float = LEVEL) -> Finding:
    """Say whether the complaints fell from the period before an action to the one after it.

    :raise ValueError: for counts or bases below zero
    """
    if min(before.count, before.base, after.count, after.base, before.open, after.open) < 0:
        raise ValueError("a count or a base is below zero")
    earlier, later = counted(before), counted(after, before)
    if not before.base or not after.base:
        return Finding(FEW, 0.0, later, 1.0)
    expected = earlier * after.base / before.base
    portion = after.base / (before.base + after.base)
    chance = at_most(later, earlier + later, portion)
    if chance <= level:
        verdict = FELL
    elif at_most(earlier, earlier + later, 1 - portion) <= level:
        verdict = NOT  # they even rose
    elif at_most(0, earlier, portion) > level:
        verdict = FEW  # not even none at all would have proved anything
    else:
        verdict = NOT
    return Finding(verdict, expected, later, chance)


def counted(period: Period, earlier: Period | None = None) -> int:
    """Return the complaints of the cause, with those to be expected among the open ones.

    By the rate of the period itself or, if that is higher, of an ``earlier`` one.
    """
    rates = [part.count / part.judged for part in (period, earlier) if part and part.judged]
    return period.count + ceil(round(min(1.0, max(rates, default=0.0)) * period.open, 9))


def at_most(successes: int, trials: int, probability: float) -> float:
    """Return how likely at most so many of the trials succeed (the binomial distribution)."""
    if successes >= trials:
        return 1.0
    if not 0 < probability < 1:
        return 1.0 if probability <= 0 else 0.0
    odds = log(probability) - log(1 - probability)
    # from the likeliest term downwards, until a term adds nothing any more
    term = _log_term(successes, trials, probability)
    total, weight = 0.0, 1.0
    for number in range(successes, -1, -1):
        total += weight
        if number:
            weight *= exp(-odds) * number / (trials - number + 1)
        if weight < total * 1e-17:
            break
    return min(1.0, exp(term + log(total)))


def _log_term(successes: int, trials: int, probability: float) -> float:
    """Return the logarithm of the likelihood of exactly so many successes."""
    choices = lgamma(trials + 1) - lgamma(successes + 1) - lgamma(trials - successes + 1)
    failures = trials - successes
    return choices + successes * log(probability) + failures * log(1 - probability)
