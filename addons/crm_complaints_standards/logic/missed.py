"""Which rule of a standard a missed deadline of a complaint breaks.

A rule names what had to be done in time, and may be for some complaints only. It judges nothing
older than itself. Of all rules that speak of a deadline the first one counts: one miss is one
violation, however many standards ask for the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Law:
    """A rule in force. Records are named by their ids; an empty set means all.

    ``severity`` is the least one, as a rank: 0 is the lowest.
    """

    id: int
    deadline: str
    since: datetime
    first_day: date | None = None
    last_day: date | None = None
    company: int | None = None
    teams: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    severity: int | None = None
    stages: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Miss:
    """A missed deadline.

    ``categories`` are that of the complaint and all above it; ``stage`` and ``role`` are those of
    the step whose task was late.
    """

    deadline: str
    moment: datetime
    company: int
    team: int | None = None
    categories: frozenset[int] = frozenset()
    severity: int | None = None
    stage: int | None = None
    role: int | None = None


def breaks(miss: Miss, law: Law) -> bool:
    """Tell whether a miss is against a rule."""
    day = miss.moment.date()
    return (
        law.deadline == miss.deadline
        and law.since <= miss.moment
        and (law.first_day is None or law.first_day <= day)
        and (law.last_day is None or day <= law.last_day)
        and law.company in (None, miss.company)
        and (not law.teams or miss.team in law.teams)
        and (not law.categories or not law.categories.isdisjoint(miss.categories))
        and (law.severity is None or (miss.severity is not None and miss.severity >= law.severity))
        and (not law.stages or miss.stage in law.stages)
        and (not law.roles or miss.role in law.roles)
    )


def first_broken(miss: Miss, laws: Iterable[Law]) -> Law | None:
    """Return the first of the rules, in their order, that a miss is against."""
    return next((law for law in laws if breaks(miss, law)), None)


@dataclass(frozen=True)
class Period:
    """When a version of a standard was in force: from its first moment up to ``end``, excluded."""

    version: int
    start: datetime
    end: datetime | None = None


def version_at(periods: Iterable[Period], moment: datetime) -> int | None:
    """Return the version in force at a moment, the one that came last if several were.

    >>> first = Period(1, datetime(2026, 1, 1), datetime(2026, 2, 1))
    >>> second = Period(2, datetime(2026, 2, 1))
    >>> [version_at([first, second], datetime(2026, month, 1)) for month in (1, 2, 3)]
    [1, 2, 2]
    """
    found = [
        period
        for period in periods
        if period.start <= moment and (period.end is None or moment < period.end)
    ]
    return max(found, key=lambda period: period.start).version if found else None
