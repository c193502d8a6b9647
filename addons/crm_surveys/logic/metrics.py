"""What a set of answers says: NPS, CSAT and CES with their uncertainty, or nothing at all.

Sources: Reichheld, "The One Number You Need to Grow" (2003) for NPS and its bounds; Wilson (1927)
for the interval of a share; the adjusted Wald interval for NPS adds three answers spread evenly
over the thirds, as Agresti and Coull do for a share, because the plain one has no width where
everybody agrees. Newcombe (1998) for the difference of two.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

#: From nine on a customer recommends, up to six he warns.
PROMOTER: Final = 9
DETRACTOR: Final = 6
#: Above this place on its scale, in percent, a customer is satisfied: 4 and 5 of 5, 7 to 10 of 10.
SATISFIED_ABOVE: Final = 60
#: From five of seven on it was easy.
EASY: Final = 5
#: Two-sided 95 %.
Z: Final = 1.959964
#: With fewer answers no figure is shown, unless the company wants more.
MINIMUM: Final = 10
#: The team's mean weighs as much as so many answers of one's own.
PRIOR_ANSWERS: Final = 20

NPS_SCALE: Final = (0, 10)
CES_SCALE: Final = (1, 7)


@dataclass(frozen=True)
class Estimate:
    """A figure with the bounds between which the true one lies in 19 of 20 cases.

    NPS runs from -100 to 100, shares from 0 to 100.
    """

    value: float
    low: float
    high: float
    count: int


def nps_points(value: int) -> int:
    """Return what an answer adds: the mean of the points is the NPS.

    >>> [nps_points(value) for value in (6, 8, 9)]
    [-100, 0, 100]
    """
    if value >= PROMOTER:
        return 100
    return -100 if value <= DETRACTOR else 0


def csat_points(percent: float) -> int:
    """Return 100 for a satisfied customer; the mean of the points is the CSAT in percent."""
    return 100 if percent > SATISFIED_ABOVE else 0


def ces_points(value: int) -> int:
    """Return 100 where it was easy; the mean of the points is the share of easy ones."""
    return 100 if value >= EASY else 0


def place(value: float, low: float, high: float) -> float | None:
    """Return where on its scale a value stands, in percent; nothing on a scale without length.

    >>> place(4, 1, 5)
    75.0
    """
    if high <= low:
        return None
    return min(max(100 * (value - low) / (high - low), 0.0), 100.0)


def nps(promoters: int, passives: int, detractors: int, minimum: int = MINIMUM) -> Estimate | None:
    """Return the NPS of counted answers, or nothing: too few answers."""
    count = promoters + passives + detractors
    if count < max(minimum, 1):
        return None
    value = (promoters - detractors) / count
    # three answers more, a quarter of them for and a quarter against
    size = count + 3
    mean = (promoters - detractors) / size
    spread = (promoters + detractors + 1.5) / size - mean * mean
    half = Z * sqrt(max(spread, 0.0) / size)
    return _estimate(value, mean - half, mean + half, count, floor=-1.0)


def share(part: int, count: int, minimum: int = MINIMUM) -> Estimate | None:
    """Return a share in percent with Wilson's interval, or nothing: too few answers."""
    if count < max(minimum, 1):
        return None
    value = part / count
    scale = 1 + Z * Z / count
    center = (value + Z * Z / (2 * count)) / scale
    half = Z * sqrt(value * (1 - value) / count + Z * Z / (4 * count * count)) / scale
    return _estimate(value, center - half, center + half, count, floor=0.0)


def csat(satisfied: int, count: int, minimum: int = MINIMUM) -> Estimate | None:
    """Return the share of satisfied customers, or nothing: too few answers."""
    return share(satisfied, count, minimum)


def ces(easy: int, count: int, minimum: int = MINIMUM) -> Estimate | None:
    """Return the share of customers for whom it was easy, or nothing: too few answers."""
    return share(easy, count, minimum)


def shrink(own: float, count: int, team: float, prior: int = PRIOR_ANSWERS) -> float:
    """Draw a person's figure towards that of the team, the more the fewer answers it rests on.

    Empirical Bayes with a fixed weight: few answers say more about luck than about the person.

    >>> shrink(100, 20, 50)
    75.0
    """
    if count + prior <= 0:
        return team
    return (own * count + team * prior) / (count + prior)


def difference(one: Estimate, other: Estimate) -> Estimate:
    """Return by how much a figure is above another, of other people, with its interval.

    The intervals of both are added as squares (Newcombe 1998, Zou and Donner 2008): narrower than
    where they merely do not overlap, and right for shares near 0 and 100, too.
    """
    value = one.value - other.value
    below = sqrt((one.value - one.low) ** 2 + (other.high - other.value) ** 2)
    above = sqrt((one.high - one.value) ** 2 + (other.value - other.low) ** 2)
    return Estimate(value, value - below, value + above, min(one.count, other.count))


def _estimate(value: float, low: float, high: float, count: int, floor: float) -> Estimate:
    """Return the figures in percent; bounds stay on the scale and hold the value between them."""
    low = min(max(low, floor), value)
    high = max(min(high, 1.0), value)
    return Estimate(100 * value, 100 * low, 100 * high, count)
