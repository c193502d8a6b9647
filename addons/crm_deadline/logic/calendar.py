"""Weekly working hours with leaves, and their expansion into intervals of absolute time.

All absolute times here are whole seconds since 1970-01-01 00:00 UTC: sums and comparisons stay
exact. The calendar's local time only exists in this file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1)
DAY_MINUTES = 24 * 60
DAY_SECONDS = DAY_MINUTES * 60

Interval = tuple[int, int]


def to_seconds(moment: datetime) -> int:
    """Seconds since the epoch of a naive UTC datetime; parts of a second are cut off."""
    delta = moment - EPOCH
    return delta.days * DAY_SECONDS + delta.seconds


def to_datetime(seconds: int) -> datetime:
    """Naive UTC datetime of seconds since the epoch."""
    return EPOCH + timedelta(seconds=seconds)


@dataclass(frozen=True, order=True)
class Attendance:
    """One stretch of work on a weekday, in minutes after local midnight.

    ``weekday`` is 0 for Monday. ``minute_to`` may be 1440, the midnight that ends the day.
    ``week`` is None for each week, or the parity (0, 1) of the weeks it is worked in.
    """

    weekday: int
    minute_from: int
    minute_to: int
    week: int | None = None


@dataclass(frozen=True, order=True)
class Leave:
    """A time off, from ``start`` to ``stop`` in seconds since the epoch."""

    start: int
    stop: int


@dataclass(frozen=True)
class Calendar:
    """Weekly working hours in a time zone, less the leaves.

    ``zone`` is any ``tzinfo`` that converts from UTC: Odoo's (pytz) or the standard library's.
    """

    zone: tzinfo
    attendances: tuple[Attendance, ...]
    leaves: tuple[Leave, ...] = ()

    @classmethod
    def round_the_clock(cls, zone: tzinfo) -> "Calendar":
        """Return the calendar of plain calendar time: every minute of every day."""
        return cls(zone, tuple(Attendance(weekday, 0, DAY_MINUTES) for weekday in range(7)))

    @property
    def is_empty(self) -> bool:
        """Whether no week has any working time."""
        return not any(a.minute_from < a.minute_to for a in self.attendances)

    def local_date(self, seconds: int) -> date:
        """Return the local date of an absolute time."""
        return datetime.fromtimestamp(seconds, self.zone).date()

    def expand(self, first: date, last: date) -> Iterator[tuple[date, list[Interval]]]:
        """Yield each local date from ``first`` to ``last`` that has working time, with it.

        The intervals of a date are disjoint and ascending. Leaves are cut out; a date that is
        wholly on leave is not yielded.
        """
        leaves = merge((leave.start, leave.stop) for leave in self.leaves)
        by_day: dict[tuple[int, int], list[Attendance]] = {}
        for attendance in sorted(self.attendances):
            weeks = (0, 1) if attendance.week is None else (attendance.week,)
            for week in weeks:
                by_day.setdefault((attendance.weekday, week), []).append(attendance)
        position = 0
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            attendances = by_day.get((day.weekday(), week_parity(day)), ())
            worked = merge(self._place(day, attendance) for attendance in attendances)
            if worked and leaves:
                while position < len(leaves) and leaves[position][1] <= worked[0][0]:
                    position += 1
                worked = subtract(worked, leaves, position)
            if worked:
                yield day, worked

    def _place(self, day: date, attendance: Attendance) -> Interval:
        """Return the absolute time of an attendance on a local date."""
        midnight = (day - EPOCH.date()).days * DAY_SECONDS
        start = from_local(midnight + attendance.minute_from * 60, self.zone)
        stop = from_local(midnight + attendance.minute_to * 60, self.zone)
        return start, stop


def week_parity(day: date) -> int:
    """Return 0 or 1 by the number of weeks since 0001-01-01, as ``get_week_type`` of Odoo."""
    return (day.toordinal() - 1) // 7 % 2


def utc_offset(seconds: int, zone: tzinfo) -> int:
    """Return the seconds by which local time is ahead of UTC at an absolute time."""
    local = datetime.fromtimestamp(seconds, zone).replace(tzinfo=None)
    return to_seconds(local) - seconds


def from_local(local: int, zone: tzinfo) -> int:
    """Return the absolute time of a local time, given as seconds since the local 1970-01-01.

    A local time that a clock change repeats is the later one; one that it skips is read with
    the offset before the change. This is Odoo's rule (pytz with ``is_dst=False``).
    """
    before = utc_offset(local - DAY_SECONDS, zone)
    after = utc_offset(local + DAY_SECONDS, zone)
    if before == after:
        return local - before
    moments = [local - before, local - after]
    exact = [moment for moment in moments if moment + utc_offset(moment, zone) == local]
    return max(exact, default=local - before)


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the union of intervals, disjoint and ascending; empty ones are dropped."""
    merged: list[Interval] = []
    for start, stop in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(stop, merged[-1][1])
        else:
            merged.append((start, stop))
    return merged


def subtract(intervals: list[Interval], holes: list[Interval], position: int) -> list[Interval]:
    """Return ``intervals`` without ``holes``; both ascending, holes read from ``position``."""
    result = []
    for start, stop in intervals:
        for hole_start, hole_stop in holes[position:]:
            if hole_start >= stop:
                break
            if hole_stop <= start:
                continue
            if hole_start > start:
                result.append((start, hole_start))
            start = max(start, hole_stop)
            if start >= stop:
                break
        if start < stop:
            result.append((start, stop))
    return result
