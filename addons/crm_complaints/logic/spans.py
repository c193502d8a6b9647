"""The weeks or months of a time axis: those without any case are on it, too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta


def spans(known: Iterable[date], first: date, last: date, step: str) -> list[date]:
    """Return the beginnings of all weeks or months from ``first`` to ``last``, in order.

    :param known: beginnings that are counted already; weeks begin on the day these begin on,
        which depends on the language; without any, the axis is empty
    :param step: ``"week"`` or ``"month"``

    >>> spans([date(2026, 1, 12)], date(2026, 1, 8), date(2026, 1, 20), "week")
    [datetime.date(2026, 1, 5), datetime.date(2026, 1, 12), datetime.date(2026, 1, 19)]
    """
    starts = sorted(known)
    if not starts:
        return []
    first, last = min(first, starts[0]), max(last, starts[-1])
    if step == "month":
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        return [date(month // 12, month % 12 + 1, 1) for month in months]
    begin = first - timedelta(days=(first - starts[0]).days % 7)
    return [begin + timedelta(days=day) for day in range(0, (last - begin).days + 1, 7)]
