"""The span of time a method looks at: whole periods of the calendar before the present one.

A period that still runs would make each customer look as if he bought less.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Window:
    """Periods in order: ``starts`` are their first days, ``end`` is the day after the last."""

    starts: tuple[date, ...]
    end: date
    months: int

    @property
    def first(self) -> date:
        """The first day that counts."""
        return self.starts[0]

    @property
    def count(self) -> int:
        """How many periods there are."""
        return len(self.starts)

    @property
    def seasons(self) -> int:
        """How many periods make a year: after so many the same season comes again."""
        return MONTHS_A_YEAR // self.months

    def place(self, day: date) -> int:
        """Return the number of a day's period, from 1; 0 is before, more than count is after."""
        if day >= self.end:
            return self.count + 1
        return sum(start <= day for start in self.starts)

    def spans(self) -> list[tuple[date, date]]:
        """Return first day and day after the last, of each period."""
        return list(pairwise((*self.starts, self.end)))


def window_before(today: date, months: int, count: int) -> Window:
    """Return the last whole periods before the one a day is in.

    :param months: length of a period: 1, 3, 6 or 12
    :raises ValueError: for a length that does not divide the year, or no periods
    """
    if months < 1 or MONTHS_A_YEAR % months or count < 1:
        raise ValueError(f"no periods: {count} of {months} months")
    present = (today.year * MONTHS_A_YEAR + today.month - 1) // months
    if (present - count) * months < MONTHS_A_YEAR:
        raise ValueError(f"periods before the calendar: {count} of {months} months")
    *starts, end = (_first_day(number * months) for number in range(present - count, present + 1))
    return Window(tuple(starts), end, months)


def _first_day(months: int) -> date:
    """Return the first day of a month that is counted from the year 0."""
    return date(months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1, 1)
