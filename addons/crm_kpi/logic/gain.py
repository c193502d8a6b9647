"""What reaching its target would add to the whole score, line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .score import FULL, RANGE, Goal, Node, shares


@dataclass(frozen=True)
class Line:
    """A line of a scorecard as it stands; a perspective has no score of its own."""

    key: int
    parent: int | None
    weight: float
    score: float | None = None


def gains(lines: Sequence[Line]) -> dict[int, float]:
    """Return how many points each line would add if it reached its target.

    Only of lines that have a score and are short of it: the others have nothing to add, or nobody
    knows.
    """
    now = {share.key: share.points for share in shares(_nodes(lines, None, full=False))}
    then = {share.key: share.points for share in shares(_nodes(lines, None, full=True))}
    return {
        line.key: then[line.key] - now[line.key]
        for line in lines
        if line.score is not None
        and line.score < FULL
        and now.get(line.key) is not None
        and then.get(line.key) is not None
    }


def missing(value: float, goal: Goal) -> float:
    """Return how far a value is from its target, or from the nearer end of its range."""
    if goal.direction == RANGE and value > goal.upper:
        return value - goal.upper
    return abs(goal.target - value)


def _nodes(lines: Sequence[Line], parent: int | None, full: bool) -> tuple[Node, ...]:
    return tuple(
        Node(
            line.key,
            line.weight,
            FULL if full and line.score is not None else line.score,
            _nodes(lines, line.key, full),
        )
        for line in lines
        if line.parent == parent
    )
