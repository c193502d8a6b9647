"""What to expect at the end of a period, and how good such expectations were.

Two ways that know nothing of each other: the pace so far goes on; or what is in work is won as
likely as it is said to be. The nearer one of them was in the past, the more it counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

#: Fewer months than a year tell nothing about seasons.
YEAR = 12


def seasons(values: Mapping[tuple[int, int], float | None]) -> dict[int, float]:
    """Return by how much each month of the year is above (1.2) or below (0.8) the usual one.

    :param values: by year and month; of less than a whole year all months are alike
    """
    known = {key: value for key, value in values.items() if value is not None}
    if len(known) < YEAR or sum(known.values()) <= 0:
        return dict.fromkeys(range(1, YEAR + 1), 1.0)
    usual = sum(known.values()) / len(known)
    found = {}
    for month in range(1, YEAR + 1):
        own = [value for (_year, number), value in known.items() if number == month]
        found[month] = max(sum(own) / len(own) / usual, 0.0) if own else 1.0
    return found


def weigh(days: Iterable[date], by_month: Mapping[int, float]) -> float:
    """Return how much working days weigh together, each by the season of its month."""
    return sum(by_month.get(day.month, 1.0) for day in days)


def pace(done: float | None, passed: float, whole: float) -> float | None:
    """Return what comes out if it goes on like this; before anything has passed, nobody knows."""
    if done is None or passed <= 0:
        return None
    return done * (max(whole, passed) / passed)


@dataclass(frozen=True)
class Work:
    """What is in work: ``open_worth`` by its chances, and interests that are no deals yet."""

    open_worth: float = 0.0
    interests: float = 0.0
    rate: float | None = None
    worth: float | None = None
    days_left: int = 0
    cycle_days: float | None = None


def from_interests(work: Work) -> float:
    """Return what interests bring till the end: those that ripen in time, won as usual."""
    if not work.interests or work.rate is None or work.worth is None:
        return 0.0
    ripe = min(1.0, work.days_left / work.cycle_days) if work.cycle_days else 1.0
    return work.interests * work.rate * work.worth * max(ripe, 0.0)


@dataclass(frozen=True)
class Expected:
    """What is expected, each way and together."""

    by_pace: float | None
    by_work: float | None
    value: float | None


def expect(
    done: float | None,
    passed: float,
    whole: float,
    work: Work | None,
    coefficient: float = 1.0,
    errors: tuple[float | None, float | None] = (None, None),
) -> Expected:
    """Return what to expect at the end of the period.

    :param coefficient: by what people raise or lower what is still to come, never what is done
    :param errors: by how many percent each way was wrong in the past
    """
    by_pace = _raised(pace(done, passed, whole), done, coefficient)
    by_work = None
    if work is not None and done is not None:
        by_work = _raised(done + work.open_worth + from_interests(work), done, coefficient)
    ways = [
        (way, 1.0 if None in errors else 1.0 / (1.0 + max(error, 0.0)))
        for way, error in zip((by_pace, by_work), errors, strict=True)
        if way is not None
    ]
    total = sum(weight for _way, weight in ways)
    value = sum(way * weight for way, weight in ways) / total if ways else None
    return Expected(by_pace, by_work, value)


def _raised(value: float | None, done: float | None, coefficient: float) -> float | None:
    if value is None or done is None:
        return value
    return done + (value - done) * coefficient


def accuracy(expected: float | None, actual: float | None) -> float | None:
    """Return how near an expectation was, from 100 down to 0."""
    if expected is None or actual is None:
        return None
    if not actual:
        return 100.0 if not expected else 0.0
    return max(0.0, 100.0 * (1 - abs(expected - actual) / abs(actual)))
