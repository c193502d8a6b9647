"""What facts of a period add up to, and the value that is told from it.

Days are added up, values come last: the mean of a month is not the mean of its days.
"""

from __future__ import annotations

from dataclasses import dataclass

COUNT, DISTINCT, SUM, AVERAGE = "count", "count_distinct", "sum", "avg"
MINIMUM, MAXIMUM, FIRST, LAST = "min", "max", "first_ever", "last_ever"
SHARE, DURATION = "share", "duration"


@dataclass(frozen=True)
class Tally:
    """Sum, number, how many different keys, and the least and the greatest of them."""

    total: float = 0.0
    count: float = 0.0
    distinct: float = 0.0
    least: float | None = None
    most: float | None = None


def value(aggregate: str, tally: Tally) -> float | None:
    """Return the value of a measure, or None for "no value".

    Nothing counted is 0, but the mean or share of nothing is no value.
    """
    match aggregate:
        case "count" | "sum":
            return float(tally.total or 0)
        case "count_distinct" | "first_ever" | "last_ever":
            return float(tally.distinct or 0)
        case "min":
            return tally.least
        case "max":
            return tally.most
    if not tally.count:
        return None
    return tally.total / tally.count * (100 if aggregate == SHARE else 1)


def add(aggregate: str, tally: Tally, number: float, worth: float) -> Tally:
    """Return what it would be with so many more documents of such a worth.

    What tells values apart gets a new one for each document. A share takes all of them as its
    part: the question is always what a success would bring.
    """
    if number <= 0:
        return tally
    if aggregate in (COUNT, SHARE):
        worth = 1.0
    return Tally(
        total=tally.total + number * worth,
        count=tally.count + number,
        distinct=tally.distinct + number,
        least=worth if tally.least is None else min(tally.least, worth),
        most=worth if tally.most is None else max(tally.most, worth),
    )
