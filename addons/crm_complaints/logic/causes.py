"""Shares of causes: what part of a complaint each confirmed cause has, 100 % together.

Shares make a Pareto of causes add up: a complaint with three causes counts once, not three times.
They are kept in percent with two digits; sums are taken in hundredths, where they are exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

#: Hundredths of a percent in a whole.
WHOLE: Final = 100 * 100

#: What keeps shares from being complete.
NONE = "none"
LESS = "less"
MORE = "more"


def hundredths(percent: float) -> int:
    """Return a share in hundredths of a percent."""
    return round(percent * 100)


def total(shares: Sequence[float]) -> float:
    """Return the sum of shares in percent, exact to two digits."""
    return sum(map(hundredths, shares)) / 100


def problem(shares: Sequence[float]) -> str | None:
    """Return why the shares do not make a whole, or None if they do.

    :return: :data:`NONE` without shares, :data:`LESS` or :data:`MORE` than 100 %
    """
    if not shares:
        return NONE
    whole = sum(map(hundredths, shares))
    if whole == WHOLE:
        return None
    return LESS if whole < WHOLE else MORE


def normalize(weights: Sequence[float]) -> list[float]:
    """Return shares in proportion to the weights that sum to exactly 100 %.

    What rounding leaves over goes to the largest remainders, the first of equal ones; no share
    that had a weight becomes zero. Without any weight all are equal.

    :raise ValueError: for a negative weight, and for more causes than hundredths of a percent
    """
    if any(weight < 0 for weight in weights):
        raise ValueError("a weight is below zero")
    if len(weights) > WHOLE:
        raise ValueError("too many causes")
    if not weights:
        return []
    if not any(weights):
        weights = [1.0] * len(weights)
    scale = max(weights)  # keeps huge and tiny weights within the range of numbers
    scaled = [weight / scale for weight in weights]
    exact = [weight * WHOLE / sum(scaled) for weight in scaled]
    parts = [int(value) for value in exact]
    order = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for position in order[: WHOLE - sum(parts)]:
        parts[position] += 1
    return [part / 100 for part in _without_zeros(parts, weights)]


def _without_zeros(parts: list[int], weights: Sequence[float]) -> list[int]:
    """Give the least there is to who has a weight and was rounded away, from the largest."""
    for position, weight in enumerate(weights):
        if weight > 0 and not parts[position]:
            parts[parts.index(max(parts))] -= 1
            parts[position] = 1
    return parts
