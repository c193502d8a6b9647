"""Who gets the next complaint: whoever carries least, in turn where several carry the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

#: What an open complaint weighs, by its priority: an urgent one takes the time of several.
WEIGHTS: Final = {"0": 1, "1": 2, "2": 3, "3": 5}


def weight(priority: str | None) -> int:
    """Return what a complaint weighs; one that nobody has judged weighs as the least."""
    return WEIGHTS.get(priority or "0", 1)


def load(counts: Iterable[tuple[str | None, int]]) -> int:
    """Return the load of a person from how many open complaints of each priority he has."""
    return sum(weight(priority) * count for priority, count in counts)


def choose(
    people: Collection[int], loads: Mapping[int, int], last: int | None = None
) -> int | None:
    """Return who of ``people`` gets the next complaint, None where there is nobody.

    The one with the least load; of several such the next in turn after ``last``. Without loads it
    is a plain round robin.
    """
    if not people:
        return None
    least = min(loads.get(person, 0) for person in people)
    free = sorted(person for person in people if loads.get(person, 0) == least)
    return next((person for person in free if last is not None and person > last), free[0])
