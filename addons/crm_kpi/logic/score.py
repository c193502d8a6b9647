"""From values to a score, its color and a bonus.

A value is put on a scale where the minimum is 0, the target 100 and the stretch target the cap.
What has no value has no score, and takes no part: neither as 0 nor as 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MORE, LESS, RANGE = "more", "less", "range"
RED, YELLOW, GREEN = "red", "yellow", "green"
STEPS, LINEAR = "steps", "linear"
FULL = 100.0

ORDER, SPAN, CAP = "order", "span", "cap"


@dataclass(frozen=True)
class Goal:
    """What is asked of a value.

    ``more`` and ``less``: ``minimum`` gives 0, ``target`` 100, ``stretch`` the cap; for ``less``
    the numbers fall. Without a stretch target the line through minimum and target goes on up to
    the cap. ``range``: between ``target`` and ``upper`` it is 100; from there it falls to 0 at
    ``tolerance`` outside.
    """

    target: float
    minimum: float = 0.0
    stretch: float | None = None
    direction: str = MORE
    cap: float = 120.0
    upper: float = 0.0
    tolerance: float = 0.0


def find_fault(goal: Goal) -> str | None:
    """Return why a goal makes no sense: its order, its range or its cap; or nothing."""
    if goal.cap < FULL:
        return CAP
    if goal.direction == RANGE:
        return SPAN if goal.upper < goal.target or goal.tolerance < 0 else None
    sign = -1 if goal.direction == LESS else 1
    steps = [goal.minimum, goal.target, *([] if goal.stretch is None else [goal.stretch])]
    signed = [sign * step for step in steps]
    return None if signed == sorted(signed) else ORDER


def normalize(value: float | None, goal: Goal) -> float | None:
    """Return how well a goal is met, in percent from 0 to the cap; None without a value."""
    if value is None:
        return None
    if goal.direction == RANGE:
        return _within(value, goal)
    sign = -1 if goal.direction == LESS else 1
    value, minimum, target = sign * value, sign * goal.minimum, sign * goal.target
    stretch = None if goal.stretch is None else sign * goal.stretch
    if value < target:
        return max(0.0, _line(value, minimum, target, 0.0, FULL))
    if stretch is None:
        # where the minimum is the target, there is no line to go on
        return FULL if minimum == target else min(goal.cap, _line(value, minimum, target, 0, FULL))
    return goal.cap if value >= stretch else _line(value, target, stretch, FULL, goal.cap)


def _within(value: float, goal: Goal) -> float:
    outside = max(goal.target - value, value - goal.upper, 0.0)
    if not outside:
        return FULL
    return max(0.0, FULL * (1 - outside / goal.tolerance)) if goal.tolerance else 0.0


def _line(value: float, x1: float, x2: float, y1: float, y2: float) -> float:
    """Return where a line through two points is; below a step of no width is its foot."""
    if x1 == x2:
        return y2 if value >= x2 else y1
    return y1 + (y2 - y1) * (value - x1) / (x2 - x1)


@dataclass(frozen=True)
class Node:
    """A line of a scorecard: an indicator with its score, or a perspective with lines below."""

    key: int
    weight: float
    score: float | None = None
    children: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Share:
    """What a line brings: its own score, and its points of the whole score."""

    key: int
    score: float | None
    points: float | None


def total(nodes: Sequence[Node]) -> float | None:
    """Return the weighted mean of what has a score; None where nothing has."""
    scored = [(node.weight, _score(node)) for node in nodes if node.weight > 0]
    known = [(weight, score) for weight, score in scored if score is not None]
    whole = sum(weight for weight, _score in known)
    return sum(weight * score for weight, score in known) / whole if whole else None


def _score(node: Node) -> float | None:
    return total(node.children) if node.children else node.score


def shares(nodes: Sequence[Node], part: float = 1.0) -> list[Share]:
    """Return what each line brings, from above to below; points of the leaves add up to the total.

    The weight of what has no score is spread over its neighbors.
    """
    known = [node for node in nodes if node.weight > 0 and _score(node) is not None]
    whole = sum(node.weight for node in known)
    found: list[Share] = []
    for node in nodes:
        score = _score(node)
        if node in known:
            own = part * node.weight / whole
            found.append(Share(node.key, score, own * score))
            found += shares(node.children, own)
        else:
            found.append(Share(node.key, score, None))
            found += [Share(share.key, share.score, None) for share in shares(node.children)]
    return found


def zone(score: float | None, yellow_from: float, green_from: float) -> str | None:
    """Return the color of a score, or None without one."""
    if score is None:
        return None
    if score >= green_from:
        return GREEN
    return YELLOW if score >= yellow_from else RED


@dataclass(frozen=True)
class Rung:
    """A place on the scale of a bonus: from this score on, so much."""

    score: float
    amount: float


def bonus(score: float | None, rungs: Sequence[Rung], kind: str = STEPS) -> float | None:
    """Return the bonus for a score: nothing below the first rung, the last amount above the last.

    ``steps``: that of the highest rung reached. ``linear``: drawn between the rungs around it.
    """
    if score is None:
        return None
    ladder = sorted(rungs, key=lambda rung: rung.score)
    reached = [rung for rung in ladder if rung.score <= score]
    if not reached:
        return 0.0
    low = reached[-1]
    above = ladder[len(reached) :]
    if kind == STEPS or not above:
        return low.amount
    return _line(score, low.score, above[0].score, low.amount, above[0].amount)
