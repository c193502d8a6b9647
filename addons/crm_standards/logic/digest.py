"""The digest of the day: whose morning it is, what stands in the mail, and whether it is worth one.

Plain functions over plain values, as in the rest of this package.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone, tzinfo

#: What was entered a moment ago may not be committed yet: it waits for the next digest.
LAG = timedelta(minutes=10)
FIRST_WINDOW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a section; ``count`` stands before it where lines are sums."""

    text: str
    detail: str = ""
    url: str = ""
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the mail. ``more`` lines are left out; ``is_news`` makes the mail worth sending."""

    title: str
    lines: tuple[Line, ...]
    url: str = ""
    more: int = 0
    is_news: bool = True


def morning_of(now: datetime, zone: tzinfo, hour: int) -> date | None:
    """Return the person's day if his morning has begun, else nothing.

    :param now: naive UTC
    :param hour: from which hour of his own clock on

    >>> morning_of(datetime(2026, 3, 2, 8), timezone.utc, 8)
    datetime.date(2026, 3, 2)
    """
    local = now.replace(tzinfo=timezone.utc).astimezone(zone)
    return local.date() if local.hour >= hour else None


def window(now: datetime, last_end: datetime | None) -> tuple[datetime, datetime]:
    """Return from when to when a digest looks: windows follow one another without a gap."""
    end = now - LAG
    start = last_end if last_end is not None else end - FIRST_WINDOW
    return min(start, end), end


def is_worth_sending(sections: Iterable[Section]) -> bool:
    """Tell whether there is something new in it."""
    return any(section.is_news and section.lines for section in sections)


def shorten(lines: Sequence[Line], limit: int) -> tuple[tuple[Line, ...], int]:
    """Return the first lines, and how many are left out."""
    return tuple(lines[:limit]), max(len(lines) - limit, 0)
