"""Which part of the service moves the whole: the place of a driver among the others.

Importance is Pearson's correlation of a driver's score with the metric, with Fisher's interval
(1915); what is important and bad comes first. A correlation is no proof of a cause: the screen
says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atanh, fsum, sqrt, tanh
from typing import Final

from .metrics import MINIMUM, Z

#: A weaker correlation moves nothing worth the effort.
MATTERS_FROM: Final = 0.3
#: A tanh of one is infinite; nobody's answers agree better than this.
NEARLY_ONE: Final = 0.999999
#: A smaller variance is an error of rounding: places on a scale lie further apart.
NOTHING: Final = 1e-9

IMPROVE: Final = "improve"
KEEP: Final = "keep"
WATCH: Final = "watch"
UNCLEAR: Final = "unclear"


@dataclass(frozen=True)
class Driver:
    """A driver's answers: how many, their mean in percent, their correlation with the metric."""

    key: int
    count: int
    mean: float
    correlation: float | None


@dataclass(frozen=True)
class Cell:
    """The scores of a driver where the metric has one value: how many, mean and variance."""

    measure: float
    count: int
    mean: float
    variance: float


@dataclass(frozen=True)
class Ranked:
    """A driver and what to do about it; no bounds where it cannot be told."""

    driver: Driver
    low: float | None
    high: float | None
    advice: str


def summarize(key: int, cells: Sequence[Cell]) -> Driver:
    """Return a driver from its scores by value of the metric; no correlation where one is constant.

    Deviations are summed around the means of all, so that nothing large is taken from its like.

    >>> summarize(7, [Cell(0, 2, 20.0, 0.0), Cell(10, 2, 60.0, 0.0)])
    Driver(key=7, count=4, mean=40.0, correlation=1.0)
    """
    count = sum(cell.count for cell in cells)
    mean = fsum(cell.count * cell.mean for cell in cells) / count
    usual = fsum(cell.count * cell.measure for cell in cells) / count
    within = fsum(cell.count * cell.variance for cell in cells)
    spread = within + fsum(cell.count * (cell.mean - mean) ** 2 for cell in cells)
    moved = fsum(cell.count * (cell.measure - usual) ** 2 for cell in cells)
    both = fsum(cell.count * (cell.mean - mean) * (cell.measure - usual) for cell in cells)
    if spread <= NOTHING * count or moved <= NOTHING * count:
        return Driver(key, count, mean, None)
    return Driver(key, count, mean, min(max(both / sqrt(spread * moved), -1.0), 1.0))


def bounds(correlation: float, count: int) -> tuple[float, float]:
    """Return the bounds of a correlation in 19 of 20 cases.

    >>> bounds(0.5, 4)
    (-0.8876337152677178, 0.9849811446988898)
    """
    middle = atanh(min(max(correlation, -NEARLY_ONE), NEARLY_ONE))
    half = Z / sqrt(count - 3)
    return min(tanh(middle - half), correlation), max(tanh(middle + half), correlation)


def rank(drivers: Sequence[Driver], minimum: int = MINIMUM) -> list[Ranked]:
    """Return drivers with advice: what is to be improved first, the strongest first.

    Bad is a driver below the mean of all that are told.
    """
    told = [driver for driver in drivers if _is_told(driver, minimum)]
    usual = sum(driver.mean for driver in told) / len(told) if told else 0.0
    ranked = [_judge(driver, usual, minimum) for driver in drivers]
    order = (IMPROVE, KEEP, WATCH, UNCLEAR)
    return sorted(
        ranked,
        key=lambda one: (order.index(one.advice), -(one.driver.correlation or 0), one.driver.key),
    )


def _is_told(driver: Driver, minimum: int) -> bool:
    return driver.correlation is not None and driver.count >= max(minimum, 4)


def _judge(driver: Driver, usual: float, minimum: int) -> Ranked:
    if driver.correlation is None or not _is_told(driver, minimum):
        return Ranked(driver, None, None, UNCLEAR)
    low, high = bounds(driver.correlation, driver.count)
    if low <= 0:
        advice = UNCLEAR
    elif driver.correlation < MATTERS_FROM:
        advice = WATCH
    else:
        advice = IMPROVE if driver.mean < usual else KEEP
    return Ranked(driver, low, high, advice)
