"""Dry runs: what can history tell about a rule that was not in force?

The log of stages knows every move, and which fields of the lead were empty at it; the stays know
how long a lead stood where. Of what else a rule may ask, history keeps nothing that could be
trusted: such a rule is named instead of guessed at.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from .gate import Rule, Strength

Basis = Literal["moves", "stays", "nothing"]

#: How many rules fit into one number of 64 bits, the sign left alone.
MOST_RULES = 62


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


def bit_of(number: int) -> int:
    """Return the bit that stands for a rule by its place among those tried together.

    >>> [bit_of(number) for number in range(3)]
    [1, 2, 4]
    """
    return 1 << number


def bits_of(rules: Iterable[Rule], strength: Strength) -> int:
    """Return the bits of all rules of a strength."""
    bits = 0
    for number, rule in enumerate(rules):
        if rule.strength == strength:
            bits |= bit_of(number)
    return bits
