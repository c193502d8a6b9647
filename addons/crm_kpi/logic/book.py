"""Indicators as a value: which measure each shows, or by which formula it is counted.

A closed period keeps its book, so that what it says can be counted again by what held then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from . import formula
from .tally import Tally, value


@dataclass(frozen=True)
class Entry:
    """An indicator: it shows a measure (by its code), or has a formula."""

    code: str
    measure: str | None
    formula: str | None


@dataclass(frozen=True)
class Book:
    """Indicators, each after those it reads, and how each measure is aggregated."""

    entries: tuple[Entry, ...]
    aggregates: Mapping[str, str]


def evaluate(book: Book, tallies: Mapping[str, Tally | None]) -> dict[str, float | None]:
    """Return values of all indicators from tallies by code of a measure.

    A measure that is not among them (or is None) could not be counted: it has no value, as what is
    counted from it.
    """
    measured = {
        code: None if (tally := tallies.get(code)) is None else value(aggregate, tally)
        for code, aggregate in book.aggregates.items()
    }
    found: dict[str, float | None] = {}
    for entry in book.entries:
        if entry.formula is None:
            found[entry.code] = measured.get(entry.measure)
        else:
            # an indicator goes before a measure of the same code
            found[entry.code] = formula.evaluate(
                formula.parse(entry.formula), {**measured, **found}
            )
    return found


def dump(book: Book) -> dict[str, Any]:
    """Return a book as JSON keeps it."""
    return {
        "entries": [asdict(entry) for entry in book.entries],
        "aggregates": dict(book.aggregates),
    }


def load(kept: Mapping[str, Any]) -> Book:
    """Return the book that was kept."""
    return Book(tuple(Entry(**entry) for entry in kept["entries"]), dict(kept["aggregates"]))


def adjust(
    values: Mapping[str, float | None], amounts: Mapping[str, float]
) -> dict[str, float | None]:
    """Return values with amounts added; what has no value has none for all that."""
    return {
        code: None if found is None else found + amounts.get(code, 0.0)
        for code, found in values.items()
    }
