"""The reasons that customers chose: how many chose which, from enough answers on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .metrics import Estimate, share


@dataclass(frozen=True)
class Reason:
    """A choice, how many customers chose it, and their share of those who answered."""

    key: int
    count: int
    share: Estimate


def weigh(counts: Mapping[int, int], answered: int, minimum: int) -> list[Reason]:
    """Return the reasons of a question, most often chosen first; none of too few answers.

    ``answered`` are the customers who answered the question. They may choose several, or write
    something else, so that shares need not add up to 100.

    >>> [(one.key, one.share.value) for one in weigh({7: 3, 8: 9}, 12, 10)]
    [(8, 75.0), (7, 25.0)]
    >>> weigh({7: 3}, 3, 10)
    []
    """
    found = ((key, count, share(count, answered, minimum)) for key, count in counts.items())
    reasons = [Reason(key, count, part) for key, count, part in found if part and count]
    return sorted(reasons, key=lambda one: (-one.count, one.key))
