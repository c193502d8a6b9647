"""Which deadlines of the queue will be missed at the pace of the past weeks?

A queue is worked off in the order of the deadlines, ``pace`` cases a day: the most favorable order
there is, so that what is foretold to be missed here is missed unless somebody works faster.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Forecast:
    """How many deadlines of a queue are missed already, and will be at this pace."""

    late: int
    coming: int
    pace: float


def forecast(days_left: Sequence[float], pace: float) -> Forecast:
    """Foretell the misses of a queue.

    :param days_left: for each open case, days until its deadline; below zero when it is missed
    :param pace: cases finished in a day, over all

    >>> forecast([-1.0, 1.0, 1.0, 1.0, 9.0], 1.0)
    Forecast(late=1, coming=2, pace=1.0)
    >>> forecast([3.0], 0.0).coming
    1
    """
    late = sum(left < 0 for left in days_left)
    coming = 0
    done = late  # what is late already is worked off first
    for left in sorted(left for left in days_left if left >= 0):
        # whoever will be late is left out, so that the others are reached in time
        if pace > 0 and (done + 1) / pace <= left:
            done += 1
        else:
            coming += 1
    return Forecast(late, coming, pace)
