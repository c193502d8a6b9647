"""A plan of a year over its months: by season, by working time or evenly, to the last kopeck."""

from __future__ import annotations

from collections.abc import Sequence


def spread(total: float, shares: Sequence[float], digits: int = 2) -> list[float]:
    """Return parts of an amount in proportion to shares; rounded, they add up to it exactly.

    What rounding leaves goes to the parts that lost most by it. Without any share all get alike.
    """
    if not shares:
        return []
    known = [max(share, 0.0) for share in shares]
    whole = sum(known)
    if not whole:
        known, whole = [1.0] * len(shares), float(len(shares))
    sign = -1 if total < 0 else 1
    units = round(abs(total) * 10**digits)
    exact = [units * share / whole for share in known]
    parts = [int(part) for part in exact]
    by_loss = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for place in by_loss[: units - sum(parts)]:
        parts[place] += 1
    return [sign * part / 10**digits for part in parts]


def season(years: Sequence[Sequence[float | None]]) -> list[float] | None:
    """Return the share of each month, as the mean of its shares in past years.

    Each year counts alike, however much was done in it: a season is a form and not an amount. Years
    without anything tell nothing; without any year that does, there is no season. Of a month that
    is unknown in all years (None, which is not 0) a usual one is expected.
    """
    told = [found for year in years if (found := _shares(year))]
    if not told:
        return None
    months = [
        [share for share in shares if share is not None] for shares in zip(*told, strict=True)
    ]
    return [sum(known) / len(known) if known else 1 / len(months) for known in months]


def _shares(year: Sequence[float | None]) -> list[float | None] | None:
    """Return shares of a year in which each unknown month is a usual one; None if all is 0."""
    known = [max(month, 0.0) for month in year if month is not None]
    if not (whole := sum(known)):
        return None
    part = len(known) / len(year)
    return [None if month is None else max(month, 0.0) / whole * part for month in year]
