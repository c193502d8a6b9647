"""Paths: the stages a deal really went through, and the rules that describe a path.

A *path* is the tuple of stages in the order they were entered, the first one included.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seller:
    """What one person sold in a period: closed deals, the won ones, and their revenue."""

    id: int
    closed: int
    won: int
    revenue: float

    @property
    def won_share(self) -> float:
        """Return the share of won deals among the closed ones, 0 to 1."""
        return self.won / self.closed if self.closed else 0.0


def best(
    sellers: Iterable[Seller], measure: str, least_deals: int, count: int
) -> tuple[Seller, ...]:
    """Return the best sellers, the best first; equals are told apart by id, so that it is stable.

    :param measure: ``revenue`` or ``won_share``
    :param least_deals: who closed fewer deals was lucky or unlucky, and says nothing
    """
    able = [seller for seller in sellers if seller.closed >= least_deals and seller.won]
    able.sort(key=lambda seller: (-getattr(seller, measure), -seller.won, seller.id))
    return tuple(able[:count])


def most_frequent(paths: Mapping[Path, int]) -> Path:
    """Return the path most deals went, the shorter one of two equals; ``()`` of none."""
    return min(paths, key=lambda path: (-paths[path], len(path), path), default=())


def successors(path: Path) -> dict[int, tuple[int, ...]]:
    """Return for each stage of a path where it goes from there, in the order of the path.

    >>> successors((1, 2, 3))
    {1: (2,), 2: (3,)}
    >>> successors((1, 2, 1, 3))
    {1: (2, 3), 2: (1,)}
    """
    ways: dict[int, list[int]] = {}
    for here, there in pairwise(path):
        known = ways.setdefault(here, [])
        if there not in known and there != here:
            known.append(there)
    return {stage: tuple(there) for stage, there in ways.items() if there}


def typical_hours(stays: Iterable[tuple[int, float]]) -> dict[int, float]:
    """Return the median hours per stage of (stage, hours) pairs."""
    hours: dict[int, list[float]] = {}
    for stage, length in stays:
        hours.setdefault(stage, []).append(length)
    return {stage: median(lengths) for stage, lengths in hours.items()}


def bottleneck(counts: Mapping[int, int], least: int, percent: float) -> int | None:
    """Return the stage in which more than ``percent`` of all deals stand, if any.

    :param counts: open deals by stage
    :param least: with fewer deals in all, a share says nothing

    >>> bottleneck({1: 9, 2: 1}, 10, 80)
    1
    >>> bottleneck({1: 8, 2: 2}, 10, 80) is None
    True
    """
    total = sum(counts.values())
    if total < max(least, 1):
        return None
    stage = max(counts, key=lambda stage: (counts[stage], -stage))
    return stage if 100 * counts[stage] > percent * total else None
