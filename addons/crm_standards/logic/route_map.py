"""The route map: which ways between stages the standards allow, and which are really taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .gate import STRENGTHS, Rule, Strength

Verdict = Literal["allowed", "forbidden", "free"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one stage to another.

    ``verdict`` says whether the standards allow it; *free* where no standard speaks of the stage's
    ways on. ``strength`` is that of the strictest rule against a forbidden way, else ``None``.
    ``is_conditional``: a rule that decides holds for some deals only. ``moves`` is how often deals
    went this way.
    """

    source: int
    target: int
    verdict: Verdict
    strength: Strength | None
    is_conditional: bool
    moves: int


def judge_way(source: int, target: int, rules: Iterable[Rule], moves: int = 0) -> Edge:
    """Return the way from one stage to another as the rules see it."""
    speaking = [r for r in rules if r.kind == "transition" and source in r.stage_ids]
    against = [rule for rule in speaking if target not in rule.next_stage_ids]
    strength = max((rule.strength for rule in against), key=STRENGTHS.index, default=None)
    verdict: Verdict = "forbidden" if against else "allowed" if speaking else "free"
    deciding = against or speaking
    # one rule against it that holds for every deal decides alone
    is_conditional = bool(deciding) and all(rule.domain for rule in deciding)
    return Edge(source, target, verdict, strength, is_conditional, moves)


def draw_ways(
    stages: Sequence[int], rules: Sequence[Rule], moves: Mapping[tuple[int, int], int]
) -> tuple[Edge, ...]:
    """Return the ways worth drawing, in the order of the stages.

    These are the ways the standards allow, those really taken, lawful or not, and, where nobody
    has said anything, the step to the following stage.

    :param stages: the stages of the process, in order
    :param rules: the rules in force for it
    :param moves: how often deals went from one stage to another
    """
    drawn = []
    for position, source in enumerate(stages):
        following = stages[position + 1 : position + 2]
        for target in stages:
            if source == target:
                continue
            edge = judge_way(source, target, rules, moves.get((source, target), 0))
            if (
                edge.moves
                or edge.verdict == "allowed"
                or (edge.verdict == "free" and target in following)
            ):
                drawn.append(edge)
    return tuple(drawn)


def crowded_stage(counts: Mapping[int, int], share_percent: int = 50) -> int | None:
    """Return the stage where at least ``share_percent`` of the deals wait, if there is one.

    Fewer than two deals are no crowd.
    """
    total = sum(counts.values())
    if total < 2:
        return None
    stage, count = max(counts.items(), key=lambda item: item[1])
    return stage if count * 100 >= total * share_percent else None
