"""Why a value has its score, and a formula its value: the arithmetic, ready to be told."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from . import formula, score

NO_VALUE, WORSE, BETWEEN, CAPPED = "no_value", "worse", "between", "capped"
INSIDE, OUTSIDE = "inside", "outside"

_CODE = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Place:
    """Where a value lies on its scale.

    ``between``: ``low`` gives ``low_score`` and ``high`` gives ``high_score``, a line lies between
    them. ``outside`` (of a range): ``low`` is how far outside, ``high`` the tolerance.
    """

    kind: str
    low: float = 0.0
    high: float = 0.0
    low_score: float = 0.0
    high_score: float = 0.0


def place(value: float | None, goal: score.Goal) -> Place:
    """Return where a value lies on the scale that ``score.normalize`` puts it on."""
    if value is None:
        return Place(NO_VALUE)
    if goal.direction == score.RANGE:
        outside = max(goal.target - value, value - goal.upper, 0.0)
        return Place(OUTSIDE, outside, goal.tolerance) if outside else Place(INSIDE)
    sign = -1 if goal.direction == score.LESS else 1
    if sign * value < sign * goal.minimum:
        return Place(WORSE, goal.minimum)
    if sign * value < sign * goal.target:
        return Place(BETWEEN, goal.minimum, goal.target, 0.0, score.FULL)
    reached = score.normalize(value, goal)
    is_end = goal.stretch is None and goal.minimum == goal.target
    if reached >= goal.cap or is_end:
        return Place(CAPPED, high_score=reached)
    if goal.stretch is None:
        return Place(BETWEEN, goal.minimum, goal.target, 0.0, score.FULL)
    return Place(BETWEEN, goal.target, goal.stretch, score.FULL, goal.cap)


def substitute(text: str, words: Mapping[str, str]) -> str:
    """Return a formula with numbers in place of codes; what is not known stays as it is."""
    return _CODE.sub(
        lambda found: found[0] if found[0] in formula.FUNCTIONS else words.get(found[0], found[0]),
        text,
    )


def get_codes(text: str) -> frozenset[str]:
    """Return the codes a formula reads; of one that cannot be read, none."""
    try:
        return formula.codes(formula.parse(text))
    except formula.FormulaError:
        return frozenset()
