"""The reference funnel: how much of each step a plan needs, and which step is short.

Steps go from the first (interests) to the last (sales). The rate of a step says which share of it
comes to the next one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

#: So little of a step missing is noise, in percent.
NOISE = 5.0


@dataclass(frozen=True)
class Step:
    """A step as it stands: how many there were, and how many of them should come further."""

    key: int
    value: float
    rate: float | None = None


@dataclass(frozen=True)
class Need:
    """What a plan needs of a step: in all, till today, and how much of that is missing."""

    key: int
    value: float
    whole: float | None
    now: float | None
    missing: float | None
    rate: float | None
    reference: float | None

    @property
    def missing_percent(self) -> float:
        """How much of what is needed by today is missing."""
        return 100.0 * self.missing / self.now if self.now and self.missing else 0.0


def needs(steps: Sequence[Step], plan: float | None, worth: float, passed: float) -> list[Need]:
    """Return what a plan needs of each step.

    :param plan: what has to come out at the end
    :param worth: how much of it one of the last step brings, as the average sale
    :param passed: which part of the period has passed, from 0 to 1
    """
    found: list[Need] = []
    whole = plan / worth if plan is not None and worth > 0 else None
    following: Step | None = None
    for step in reversed(steps):
        if following is not None:
            whole = whole / step.rate if whole is not None and step.rate else None
        now = None if whole is None else whole * min(max(passed, 0.0), 1.0)
        missing = None if now is None else max(now - step.value, 0.0)
        rate = following.value / step.value if following is not None and step.value else None
        found.append(
            Need(
                step.key,
                step.value,
                whole,
                now,
                missing,
                rate,
                step.rate if following is not None else None,
            )
        )
        following = step
    return found[::-1]


def short_step(found: Sequence[Need]) -> Need | None:
    """Return the step of which most is missing; of equals the first one."""
    lacking = [need for need in found if need.missing_percent > NOISE]
    return max(lacking, key=lambda need: need.missing_percent, default=None)


def per_week(need: Need, days_left: int) -> int | None:
    """Return how many more of a step a week are needed from now on, without fractions."""
    if need.whole is None:
        return None
    rest = need.whole - need.value
    return max(0, ceil(round(rest / max(days_left / 7, 1.0), 9)))
