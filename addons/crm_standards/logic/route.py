"""Which stage may follow which: ready patterns, and what is wrong with a web of allowed ways.

A *route* says of stages where one may go from them. A stage that is not in it is free: one may go
from it anywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

Route = Mapping[int, frozenset[int]]


def forward(
    stages: Sequence[int], *, may_skip: bool = False, steps_back: int = 0, ends: Iterable[int] = ()
) -> dict[int, frozenset[int]]:
    """Return a route from each stage to the next.

    >>> forward([1, 2, 3])
    {1: frozenset({2}), 2: frozenset({3})}

    :param stages: the stages in the order of the process
    :param may_skip: allow every later stage, not the next one only
    :param steps_back: how many stages back one may go
    :param ends: stages where the process ends, from which the route leads nowhere and which may
        be reached from everywhere they may be reached by the rest of the rule
    """
    ends = set(ends)
    route = {}
    for number, stage in enumerate(stages):
        if stage in ends:
            continue
        later = stages[number + 1 :] if may_skip else stages[number + 1 : number + 2]
        back = stages[max(0, number - steps_back) : number]
        if allowed := frozenset(later) | frozenset(back):
            route[stage] = allowed
    return route


def merge(routes: Iterable[Route]) -> dict[int, frozenset[int]]:
    """Return what several routes allow together: where two speak of a stage, both must agree.

    >>> merge([{1: frozenset({2, 3})}, {1: frozenset({3, 4})}])
    {1: frozenset({3})}
    """
    merged: dict[int, frozenset[int]] = {}
    for route in routes:
        for stage, allowed in route.items():
            merged[stage] = merged[stage] & allowed if stage in merged else allowed
    return merged


def reachable(route: Route, stages: Iterable[int], starts: Iterable[int]) -> frozenset[int]:
    """Return the stages one can come to from the starts, those included."""
    everywhere = frozenset(stages)
    found = set(starts) & everywhere
    todo = list(found)
    while todo:
        fresh = (route.get(todo.pop(), everywhere) & everywhere) - found
        found |= fresh
        todo += fresh
    return frozenset(found)


def dead_ends(route: Route, stages: Sequence[int], ends: Iterable[int]) -> tuple[int, ...]:
    """Return the stages from which no end of the process can be reached, in their order.

    Stages one can go round in for ever, but never out of, are dead ends too. Without an end in
    the process there is nothing to reach: then only stages one can never leave count.
    """
    goals = set(ends) & set(stages)
    if not goals:
        everywhere = frozenset(stages)
        return tuple(
            stage
            for stage in stages
            if not (route.get(stage, everywhere) & everywhere) - {stage} and len(everywhere) > 1
        )
    return tuple(stage for stage in stages if not goals & reachable(route, stages, [stage]))


def unreachable(route: Route, stages: Sequence[int], starts: Iterable[int]) -> tuple[int, ...]:
    """Return the stages nobody can come to from the starts, in their order."""
    found = reachable(route, stages, starts)
    return tuple(stage for stage in stages if stage not in found)
