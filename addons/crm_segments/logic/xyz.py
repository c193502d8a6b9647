"""XYZ: customers by how evenly they buy.

The measure is the coefficient of variation: the standard deviation of the sums of periods, divided
by their mean. X buys evenly, Y with ups and downs, Z now and then. Periods without a purchase
count as nothing, from the customer's first period on: before it he was no customer. Who has been
one for a few periods only cannot be judged yet and is "new".

Whoever buys each December and never else is no irregular customer: with ``is_seasonal`` a period is
compared with the mean of the same season in all years, as soon as the customer has bought through
two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import sqrt

X, Y, Z, NEW, NOTHING = "X", "Y", "Z", "N", "O"
CODES = (X, Y, Z, NEW, NOTHING)


@dataclass(frozen=True)
class Thresholds:
    """Up to which variation, in percent, customers are X and Y; from how many periods."""

    x_percent: Decimal = Decimal(25)
    y_percent: Decimal = Decimal(50)
    least_periods: int = 3

    @property
    def is_sound(self) -> bool:
        """Whether they ascend."""
        return 0 < self.x_percent < self.y_percent and self.least_periods > 1


@dataclass(frozen=True)
class Verdict:
    """A customer's class and his variation squared (no root: borders are compared exactly)."""

    code: str
    variation_squared: Fraction | None

    @property
    def variation(self) -> float | None:
        """The coefficient of variation in percent."""
        return None if self.variation_squared is None else sqrt(self.variation_squared) * 100


def classify(
    sums: Sequence[Decimal], seasons: int | None, thresholds: Thresholds, first_season: int = 0
) -> Verdict:
    """Return the class of a customer by the sums of periods, from the first one on.

    :param seasons: how many periods make a year, or None to compare with the mean of all
    :param first_season: the season of the first sum; only what is the same matters
    """
    exact = [Fraction(amount) for amount in sums]
    total = sum(exact, Fraction(0))
    if total <= 0:
        return Verdict(NOTHING, None)
    if len(exact) < thresholds.least_periods:
        return Verdict(NEW, None)
    squared = len(exact) * _deviation(exact, seasons, first_season) / (total * total)
    for code, limit in ((X, thresholds.x_percent), (Y, thresholds.y_percent)):
        if squared * 10000 <= Fraction(limit) ** 2:
            return Verdict(code, squared)
    return Verdict(Z, squared)


def _deviation(sums: Sequence[Fraction], seasons: int | None, first_season: int) -> Fraction:
    """Return the squared distances from the mean, or from each season's own one."""
    if not seasons or len(sums) < 2 * seasons:
        seasons = 1
    groups: dict[int, list[Fraction]] = {}
    for place, amount in enumerate(sums, first_season):
        groups.setdefault(place % seasons, []).append(amount)
    squares = sum((amount * amount for amount in sums), Fraction(0))
    return squares - sum((sum(group) ** 2 / len(group) for group in groups.values()), Fraction(0))
