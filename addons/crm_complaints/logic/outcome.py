"""What the decisions on the points of a complaint amount to."""

from __future__ import annotations

from collections.abc import Iterable

UPHELD = "upheld"
PARTLY = "partly"
REJECTED = "rejected"


def overall(outcomes: Iterable[str]) -> str | None:
    """Return the outcome of a complaint from those of its points; None without points.

    All upheld is upheld, all rejected is rejected, everything between is partly upheld.
    """
    found = set(outcomes)
    if not found:
        return None
    return found.pop() if len(found) == 1 else PARTLY
