"""A scorecard as a value: what is asked, how it weighs, and how somebody stands by it.

Live scores, trials ("two more sales"), explanations and closed periods are all judged here, from
numbers alone, so that they cannot differ. A plan and its aims go into JSON and come back the same:
a closed period keeps them, and is judged by them for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from . import score


@dataclass(frozen=True)
class Line:
    """A line of a scorecard: an indicator by its code, or a perspective (without one)."""

    key: int
    parent: int | None
    weight: float
    indicator: str | None


@dataclass(frozen=True)
class Plan:
    """A scorecard without people: its tree, its colors and what a score is worth."""

    lines: tuple[Line, ...]
    yellow_from: float
    green_from: float
    bonus_kind: str
    rungs: tuple[score.Rung, ...]


@dataclass(frozen=True)
class Aim:
    """What is asked of somebody by an indicator, by which target; weight 0: as on the card."""

    goal: score.Goal
    target_id: int
    weight: float = 0.0


@dataclass(frozen=True)
class LineScore:
    """How a line of a scorecard stands: value, target, score and its points of the whole."""

    line_id: int
    value: float | None
    target_id: int | None
    weight: float
    score: float | None
    points: float | None


@dataclass(frozen=True)
class Standing:
    """How somebody stands by a plan."""

    score: float | None
    zone: str | None
    bonus: float | None
    lines: tuple[LineScore, ...]


def judge(plan: Plan, aims: Mapping[str, Aim], values: Mapping[str, float | None]) -> Standing:
    """Return how somebody stands who has these aims and values, by codes of indicators."""
    known = {
        line.key: _stand(line, aims.get(line.indicator), values.get(line.indicator))
        for line in plan.lines
        if line.indicator is not None
    }
    nodes = _nodes(plan, None, known)
    total = score.total(nodes)
    weights = {line.key: line.weight for line in plan.lines}
    return Standing(
        total,
        score.zone(total, plan.yellow_from, plan.green_from),
        score.bonus(total, plan.rungs, plan.bonus_kind),
        tuple(_share(share, known, weights) for share in score.shares(nodes)),
    )


def _stand(line: Line, aim: Aim | None, value: float | None) -> LineScore:
    if aim is None:
        return LineScore(line.key, value, None, line.weight, None, None)
    reached = score.normalize(value, aim.goal)
    return LineScore(line.key, value, aim.target_id, aim.weight or line.weight, reached, None)


def _nodes(
    plan: Plan, parent: int | None, known: Mapping[int, LineScore]
) -> tuple[score.Node, ...]:
    return tuple(
        score.Node(
            line.key,
            known[line.key].weight if line.key in known else line.weight,
            known[line.key].score if line.key in known else None,
            _nodes(plan, line.key, known),
        )
        for line in plan.lines
        if line.parent == parent
    )


def _share(
    share: score.Share, known: Mapping[int, LineScore], weights: Mapping[int, float]
) -> LineScore:
    """Return how a line stands, a perspective by what stands below it."""
    if share.key in known:
        return replace(known[share.key], points=share.points)
    return LineScore(share.key, None, None, weights[share.key], share.score, share.points)


# ---- kept in JSON -------------------------------------------------------------------------------


def dump_plan(plan: Plan) -> dict[str, Any]:
    """Return a plan as JSON keeps it."""
    return asdict(plan)


def load_plan(kept: Mapping[str, Any]) -> Plan:
    """Return the plan that was kept."""
    return Plan(
        lines=tuple(Line(**line) for line in kept["lines"]),
        yellow_from=kept["yellow_from"],
        green_from=kept["green_from"],
        bonus_kind=kept["bonus_kind"],
        rungs=tuple(score.Rung(**rung) for rung in kept["rungs"]),
    )


def dump_aims(aims: Mapping[str, Aim]) -> dict[str, Any]:
    """Return somebody's aims as JSON keeps them."""
    return {code: asdict(aim) for code, aim in aims.items()}


def load_aims(kept: Mapping[str, Any]) -> dict[str, Aim]:
    """Return the aims that were kept."""
    return {
        code: Aim(score.Goal(**aim["goal"]), aim["target_id"], aim["weight"])
        for code, aim in kept.items()
    }


def digest(*parts: Any) -> str:
    """Return a digest of values as JSON knows them: the same for the same, in whatever order.

    Each part counts with its length, so that nothing can be moved from one to the next. Numbers
    count by their value: a database gives 1 back for 1.0.
    """
    found = hashlib.sha256()
    for part in parts:
        text = json.dumps(_plain(part), sort_keys=True, separators=(",", ":")).encode()
        found.update(b"%d:" % len(text))
        found.update(text)
    return found.hexdigest()


def _plain(part: Any) -> Any:
    """Return a value with its numbers written out."""
    if isinstance(part, Mapping):
        return {str(key): _plain(value) for key, value in part.items()}
    if isinstance(part, list | tuple):
        return [_plain(value) for value in part]
    if isinstance(part, int | float) and not isinstance(part, bool):
        return {"number": repr(float(part) + 0.0)}
    return part
