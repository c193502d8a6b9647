"""What a score would be with more work done: "two more sales of 100,000 make 4 points"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import book as books
from . import judge
from .tally import Tally, add

#: More than that nobody does in a period.
MOST = 1000


@dataclass(frozen=True)
class Ground:
    """Everything a score is judged by: the card, the indicators, what is asked, what was done."""

    plan: judge.Plan
    book: books.Book
    aims: Mapping[str, judge.Aim]
    tallies: Mapping[str, Tally | None]
    amounts: Mapping[str, float]


@dataclass(frozen=True)
class Deed:
    """So many more documents of such a worth, for the measures that would count them."""

    number: float
    worth: float
    measures: frozenset[str]


def stand(ground: Ground, deed: Deed | None = None) -> judge.Standing:
    """Return how somebody stands, or would stand with a deed."""
    tallies = dict(ground.tallies)
    for code in deed.measures if deed else ():
        # what could not be counted cannot be tried either
        if (tally := tallies.get(code)) is not None:
            tallies[code] = add(ground.book.aggregates[code], tally, deed.number, deed.worth)
    values = books.adjust(books.evaluate(ground.book, tallies), ground.amounts)
    return judge.judge(ground.plan, ground.aims, values)


def next_rung(ground: Ground, now: judge.Standing) -> float | None:
    """Return the next score at which the bonus grows, or None on top of the scale."""
    above = [rung.score for rung in ground.plan.rungs if rung.score > (now.score or 0.0)]
    return min(above, default=None)


def how_many(ground: Ground, deed: Deed, wanted: float) -> int | None:
    """Return how many such documents would bring a score, or None if no number of them would."""
    return _first(
        lambda number: (
            (stand(ground, Deed(number, deed.worth, deed.measures)).score or 0.0) >= wanted
        )
    )


def _first(is_enough: Callable[[int], bool]) -> int | None:
    """Return the first number that is enough; more may be worse, so each is looked at."""
    return next((number for number in range(1, MOST + 1) if is_enough(number)), None)
