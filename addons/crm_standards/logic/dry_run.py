"""Dry runs: what can history tell about a rule that was not in force?

The log of stages knows every move, and which fields of the lead were empty at it; the stays know
how long a lead stood where. Of what else a rule may ask, history keeps nothing that could be
trusted: such a rule is named instead of guessed at.
"""

from __future__ import annotations

from typing import Literal

from .gate import Rule

Basis = Literal["moves", "stays", "nothing"]


def basis_of(rule: Rule) -> Basis:
    """Return from what a rule can be judged on history.

    >>> from .gate import Rule
    >>> basis_of(Rule(1, "enter", "block", frozenset({1})))
    'nothing'
    """
    if rule.kind == "time_limit":
        return "stays"
    if rule.kind in ("begin", "transition") or rule.field_names:
        return "moves"
    return "nothing"


def percent(part: float, whole: float) -> float:
    """Return the share of a part in hundredths; nothing of nothing is 0."""
    return 100 * part / whole if whole else 0.0
