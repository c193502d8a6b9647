"""What figures beside each other say: better, worse, or nothing that luck would not explain."""

from __future__ import annotations

from typing import Final

from .metrics import Estimate, nps, share

BETTER: Final = "better"
WORSE: Final = "worse"
SAME: Final = "same"


def estimate(metric: str, good: int, bad: int, count: int, minimum: int) -> Estimate | None:
    """Return the figure of a metric, or nothing: too few answers.

    Good are promoters, or satisfied customers, or those for whom it was easy; bad are detractors.
    """
    if metric == "nps":
        return nps(good, count - good - bad, bad, minimum)
    return share(good, count, minimum)


def compare(before: Estimate | None, now: Estimate | None) -> str | None:
    """Say how a figure moved; nothing where one is missing.

    Only intervals that do not overlap are called a change: stricter than a test of the
    difference, so that nobody is blamed or praised for luck.

    >>> compare(Estimate(50, 40, 60, 90), Estimate(20, 10, 30, 90))
    'worse'
    """
    if before is None or now is None:
        return None
    if now.low > before.high:
        return BETTER
    if now.high < before.low:
        return WORSE
    return SAME
