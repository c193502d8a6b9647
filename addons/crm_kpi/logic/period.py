"""Days and periods, as the company's clock on the wall has them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

DAY, WEEK, MONTH, QUARTER, YEAR = "day", "week", "month", "quarter", "year"
MONTHS = {MONTH: 1, QUARTER: 3, YEAR: 12}
ONE = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from the first to the last one, both within."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        """How many days there are."""
        return (self.last - self.first).days + 1


def period_of(day: date, kind: str) -> Period:
    """Return the period a day lies in; weeks begin on Monday."""
    if kind == DAY:
        return Period(day, day)
    if kind == WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(first, first + timedelta(days=6))
    length = MONTHS[kind]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    return Period(first, _add_months(first, length) - ONE)


def _add_months(first: date, count: int) -> date:
    """Return the first day of a month so many months from the first day of another."""
    years, month = divmod(first.month - 1 + count, 12)
    return date(first.year + years, month + 1, 1)


def shift(period: Period, kind: str, count: int) -> Period:
    """Return the period so many later, or earlier."""
    if kind in MONTHS:
        return period_of(_add_months(period.first, count * MONTHS[kind]), kind)
    step = timedelta(days=7 if kind == WEEK else 1)
    return period_of(period.first + count * step, kind)


def periods(first: date, last: date, kind: str) -> Iterator[Period]:
    """Return the periods that any of these days lies in, in their order."""
    found = period_of(first, kind)
    while found.first <= last:
        yield found
        found = shift(found, kind, 1)


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """Return which day it was in a zone. The moment is in UTC, without saying so."""
    return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """Return when a day begins in a zone, in UTC, without saying so."""
    # where the clock jumps over midnight, the day begins with the jump
    midnight = datetime.combine(day, time(), zone)
    moment = midnight.astimezone(timezone.utc).replace(tzinfo=None)
    while local_day(moment, zone) < day:
        moment += timedelta(minutes=30)
    return moment
