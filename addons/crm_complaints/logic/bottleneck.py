"""Where most open cases stand: a department that does not cope shows by one full stage."""

from __future__ import annotations

from collections.abc import Mapping


def bottleneck(counts: Mapping[int, int], least: int, percent: int) -> int | None:
    """Return the stage in which at least ``percent`` of all open cases stand, if any.

    :param counts: open cases by stage
    :param least: with fewer cases in all, a share says nothing
    :param percent: 0 or more than 100: never

    >>> bottleneck({1: 8, 2: 2}, 10, 80)
    1
    >>> bottleneck({1: 7, 2: 3}, 10, 80) is None
    True
    """
    total = sum(counts.values())
    if not 0 < percent <= 100 or total < max(least, 1):
        return None
    stage = max(counts, key=lambda stage: (counts[stage], -stage))
    return stage if 100 * counts[stage] >= percent * total else None
