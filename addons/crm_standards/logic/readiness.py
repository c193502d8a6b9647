"""What a salesman should know before he clicks: where this lead may go, and what is missing.

Pure functions over the gate's own, so that the screen and the server cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .gate import Finding, Move, Rule, judge_move, judge_stay, touches

Light = Literal["open", "advised", "recorded", "blocked"]

_LIGHT_OF = {"advise": "advised", "record": "recorded", "block": "blocked"}
_ORDER: tuple[Light, ...] = ("open", "advised", "recorded", "blocked")


@dataclass(frozen=True, slots=True)
class Way:
    """A stage one could go to, with what stands in the way.

    ``asked`` are the rules that ask for something on this way, also those kept already, so that the
    screen can follow while the user types.
    """

    stage: int
    light: Light
    findings: tuple[Finding, ...]
    asked: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a lead stands: what its present stage lacks, and the ways on."""

    lacking: tuple[Finding, ...]
    ways: tuple[Way, ...]


def light(findings: Iterable[Finding]) -> Light:
    """Return the strictest consequence of the findings; *open* when there is none."""
    return max((_LIGHT_OF[f.rule.strength] for f in findings), key=_ORDER.index, default="open")


def look_ahead(
    rules: Sequence[Rule],
    stage: int | None,
    stages: Iterable[int],
    filled: Callable[[str], bool],
) -> Readiness:
    """Return what is missing now and on the way to each other stage, in the given order.

    :param rules: the rules in force that speak to this lead
    :param stage: where the lead stands
    :param stages: the stages of its process, in order
    """
    ways = []
    for target in stages:
        if target == stage:
            continue
        move = Move(stage, target)
        findings = judge_move(rules, move, filled)
        asked = tuple(rule for rule in rules if rule.asks and touches(rule, move))
        ways.append(Way(target, light(findings), findings, asked))
    return Readiness(judge_stay(rules, stage, filled), tuple(ways))
