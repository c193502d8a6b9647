"""What has to be known about a lost deal: why, to whom, at what price.

Plain functions over plain values, as in ``logic.gate``: nothing here reads a database or a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .gate import Scope, Strength


@dataclass(frozen=True, slots=True)
class LossRule:
    """What a standard asks about a loss.

    ``reason_ids`` narrows it to deals lost for these reasons (empty: any reason, also none);
    ``domain`` narrows it to some leads and is evaluated by the caller.
    """

    id: int
    strength: Strength
    needs: tuple[str, ...]
    reason_ids: frozenset[int] = frozenset()
    domain: str = ""
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True)
class Gap:
    """A rule on losses that is not kept, and the fields that are empty."""

    rule: LossRule
    missing: tuple[str, ...]


def judge_loss(
    rules: Iterable[LossRule], reason_id: int | None, filled: Callable[[str], bool]
) -> tuple[Gap, ...]:
    """Return what is not known about a loss, in the order of the rules.

    :param rules: the rules that speak to this lead
    :param filled: says of a field's name whether it is filled in
    """
    gaps = []
    for rule in rules:
        if rule.reason_ids and reason_id not in rule.reason_ids:
            continue
        if missing := tuple(name for name in rule.needs if not filled(name)):
            gaps.append(Gap(rule, missing))
    return tuple(gaps)


def missing_fields(gaps: Iterable[Gap]) -> tuple[str, ...]:
    """Return the empty fields of all gaps, each once, in their order."""
    return tuple(dict.fromkeys(name for gap in gaps for name in gap.missing))


def stopping(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that keep a person from losing the deal."""
    return tuple(gap for gap in gaps if gap.rule.strength == "block")


def recorded(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return the gaps that go into the register."""
    return tuple(gap for gap in gaps if gap.rule.strength != "advise")


def newly_open(before: Iterable[Gap], after: Iterable[Gap]) -> tuple[Gap, ...]:
    """Return what has become unknown between two looks at the same lost deal.

    What was unknown already is nobody's deed now.
    """
    known = {(gap.rule.id, name) for gap in before for name in gap.missing}
    return tuple(
        Gap(gap.rule, fresh)
        for gap in after
        if (fresh := tuple(name for name in gap.missing if (gap.rule.id, name) not in known))
    )


def price_gap_percent(ours: float, theirs: float) -> float:
    """Return by how many percent of our price the competitor was cheaper (negative: dearer).

    Nothing can be said without both prices: then it is zero.

    >>> price_gap_percent(100.0, 90.0), price_gap_percent(100.0, 110.0), price_gap_percent(0, 5)
    (10.0, -10.0, 0.0)
    """
    if ours <= 0 or theirs <= 0:
        return 0.0
    return round((ours - theirs) / ours * 100, 1)
