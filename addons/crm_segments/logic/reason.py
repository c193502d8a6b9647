"""Why a customer's class has changed: which figure crossed which border."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

ENTERED, LEFT, ROSE, FELL, MOVED = "entered", "left", "rose", "fell", "moved"
FIGURES, DEFINITION = "figures", "definition"

#: What the figures of each kind of method are.
AMOUNT, SHARE, VARIATION, GROWTH = "amount", "share", "variation", "growth"
SCORE = "score"
MEASURES = {
    "abc": (AMOUNT,),
    "xyz": (VARIATION,),
    "bcg": (SHARE, GROWTH),
    "rfm": (SCORE, AMOUNT),
    "domain": (),
}
#: Only these have better and worse classes; the others' are different.
LADDERS = {"abc", "rfm"}


@dataclass(frozen=True)
class Figure:
    """One figure before and after, and the border between the classes; None: there is none."""

    measure: str
    before: Decimal | float | None
    after: Decimal | float | None
    limit: Decimal | float | None = None

    @property
    def is_told(self) -> bool:
        """Whether there is anything to say about it."""
        return self.before is not None or self.after is not None


@dataclass(frozen=True)
class Step:
    """A class on a method's ladder: the smaller, the better."""

    code: str
    sequence: int


def direction(kind: str, before: Step | None, after: Step | None) -> str:
    """Return how a customer went from one class to another."""
    if before is None:
        return ENTERED
    if after is None:
        return LEFT
    if kind not in LADDERS or before.sequence == after.sequence:
        return MOVED
    return ROSE if after.sequence < before.sequence else FELL


def growth(amount: float, prior: float) -> float:
    """Return by how many percent an amount grew; without end where there was nothing before."""
    return (amount - prior) * 100 / prior if prior > 0 else math.inf


def figures(kind: str, values: dict[str, tuple]) -> list[Figure]:
    """Return the figures a change is explained by, in order.

    :param values: before, after and limit by measure
    """
    told = (Figure(name, *values[name]) for name in MEASURES[kind] if name in values)
    return [figure for figure in told if figure.is_told]
