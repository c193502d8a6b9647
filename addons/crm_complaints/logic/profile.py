"""Does a customer complain more than similar ones? Judged by figures, and explained.

A share is compared only when chance is excluded: Wilson's interval of the customer's own share
must lie wholly above or below the share of the others.
"""

from __future__ import annotations

import math
from typing import Final

MORE: Final = "more"
LESS: Final = "less"
SIMILAR: Final = "similar"
TOO_FEW: Final = "too_few"
#: Fewer cases than this say nothing about a customer.
LEAST: Final = 5
#: For an interval that holds the true share in 95 cases of 100.
SCORE: Final = 1.96


def interval(part: int, whole: int) -> tuple[float, float]:
    """Return Wilson's interval of a share.

    >>> [round(bound, 3) for bound in interval(5, 10)]
    [0.237, 0.763]
    """
    if whole <= 0:
        return 0.0, 1.0
    share, square = min(part / whole, 1.0), SCORE * SCORE
    middle = (share + square / (2 * whole)) / (1 + square / whole)
    inside = share * (1 - share) / whole + square / (4 * whole * whole)
    half = SCORE * math.sqrt(inside) / (1 + square / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


def compare(part: int, whole: int, usual: float) -> str:
    """Say how a customer's share stands to the share that is usual with similar customers.

    >>> compare(9, 10, 0.2)
    'more'
    >>> compare(1, 2, 0.2)
    'too_few'
    """
    if whole < LEAST:
        return TOO_FEW
    low, high = interval(part, whole)
    if usual < low:
        return MORE
    return LESS if usual > high else SIMILAR
