"""The half-year table for a regulator: its periods, and in which span a case was closed.

The spans are those of the FCA's complaints return (DISP 1 Annex 1): within three days, within
eight weeks, later.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

#: The columns in their order, for good: programs that read older tables must read newer ones.
COLUMNS: Final = (
    "category",
    "open_before",
    "opened",
    "closed",
    "closed_3_days",
    "closed_8_weeks",
    "closed_later",
    "upheld",
    "partly_upheld",
    "rejected",
    "withdrawn",
    "open_after",
    "answered_in_time_percent",
)
FAST = timedelta(days=3)
LONG = timedelta(weeks=8)


def bounds(year: int, half: int) -> tuple[datetime, datetime]:
    """Return the first moment of a half-year and the first after it.

    >>> bounds(2026, 2)
    (datetime.datetime(2026, 7, 1, 0, 0), datetime.datetime(2027, 1, 1, 0, 0))
    """
    if half not in (1, 2):
        raise ValueError(f"{half} is no half of a year")
    if half == 1:
        return datetime(year, 1, 1), datetime(year, 7, 1)
    return datetime(year, 7, 1), datetime(year + 1, 1, 1)
