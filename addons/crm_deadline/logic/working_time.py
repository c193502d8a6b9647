"""Due times: the calendar expanded once, each answer found by bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from .calendar import Calendar, Interval, to_datetime, to_seconds
from .term import Term

#: How far a schedule looks for working time before it gives up: what Odoo's planning does too.
HORIZON_DAYS = 1400
_FIRST_DAYS = 56
_SPARE = timedelta(days=2)
_DAY = 86400


class NoWorkingTime(ValueError):
    """A term does not end within the horizon: the calendar has too little working time."""


class Schedule:
    """Answers about the working time of one calendar.

    The expansion covers a window of days, is made on first use and widened when an answer lies
    outside it; the answers do not depend on the window. Moments are naive UTC datetimes, sizes
    are seconds for terms in minutes and hours, numbers of days for terms in days.

    A day counts when the calendar has working time on it, and ends when work ends; at midnight
    that is the last second of its own date, so that a due date never reads as the day after.
    (Odoo's ``plan_days`` returns the end of the *first* interval of the last day, so
    with a lunch break it stops at noon.)
    """

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self._window: tuple[date, date] | None = None
        self._starts: list[int] = []
        self._stops: list[int] = []
        self._before: list[int] = [0]  # working seconds before each interval, and of all
        self._days: list[date] = []
        self._day_ends: list[int] = []

    # Questions of a term: what the clocks ask

    def plan(self, start: datetime, term: Term) -> datetime:
        """Return when ``term`` ends that starts at ``start``."""
        if term.is_days:
            return self.due_days(start, term.size, counts_start_day=term.counts_start_day)
        return self.due(start, term.size)

    def plan_all(self, starts: Iterable[datetime], term: Term) -> list[datetime]:
        """Return the ends of one term for many starts; the calendar is expanded once."""
        starts = list(starts)
        if starts:
            self._cover(to_seconds(min(starts)), to_seconds(max(starts)))
        return [self.plan(start, term) for start in starts]

    def left(self, moment: datetime, due: datetime, term: Term) -> int:
        """Return the size that is left of ``term`` at ``moment`` before ``due``."""
        return self.days_between(moment, due) if term.is_days else self.elapsed(moment, due)

    def resume(self, moment: datetime, left: int, term: Term) -> datetime:
        """Return when a size left ends that runs again from ``moment``."""
        if not left:
            return moment
        if term.is_days:
            return self.due_days(moment, left, counts_start_day=True)
        return self.due(moment, left)

    # Measures

    def due(self, start: datetime, seconds: int) -> datetime:
        """Return the first moment by which ``seconds`` (>= 1) of working time have passed.

        Raises ``NoWorkingTime``.
        """
        begin = to_seconds(start)
        for _width in self._windows(begin):
            target = self._worked_until(begin) + seconds
            index = bisect_left(self._before, target) - 1
            if index < len(self._starts):
                found = self._starts[index] + target - self._before[index]
                return self._within_horizon(begin, found)
        raise NoWorkingTime(f"{seconds} s of working time from {start} end beyond the horizon")

    def due_days(self, start: datetime, days: int, *, counts_start_day: bool) -> datetime:
        """Return the end of the ``days``-th (>= 1) working day from ``start`` on.

        With ``counts_start_day`` the day of the start is the first one if working time is left
        on it; without, counting begins on the following date. Raises ``NoWorkingTime``.
        """
        begin = to_seconds(start)
        for _width in self._windows(begin):
            if counts_start_day:
                index = bisect_right(self._day_ends, begin)
            else:
                index = bisect_right(self._days, self.calendar.local_date(begin))
            index += days - 1
            if index < len(self._day_ends):
                return self._within_horizon(begin, self._day_ends[index])
        raise NoWorkingTime(f"{days} working days from {start} end beyond the horizon")

    def elapsed(self, start: datetime, stop: datetime) -> int:
        """Return the working seconds between two moments; 0 when they are in reverse order."""
        if stop <= start:
            return 0
        begin, end = to_seconds(start), to_seconds(stop)
        self._cover(begin, end)
        return self._worked_until(end) - self._worked_until(begin)

    def days_between(self, start: datetime, stop: datetime) -> int:
        """Return how many working days end after ``start`` and not later than ``stop``."""
        if stop <= start:
            return 0
        begin, end = to_seconds(start), to_seconds(stop)
        self._cover(begin, end)
        return bisect_right(self._day_ends, end) - bisect_right(self._day_ends, begin)

    # The window

    def _worked_until(self, moment: int) -> int:
        """Return the working seconds from the start of the window to ``moment``."""
        index = bisect_right(self._starts, moment)
        if not index:
            return 0
        last = index - 1
        return self._before[last] + min(moment, self._stops[last]) - self._starts[last]

    def _within_horizon(self, begin: int, found: int) -> datetime:
        """Return ``found``, unless it is so far off that a narrower window had not found it."""
        if found > begin + HORIZON_DAYS * _DAY:
            raise NoWorkingTime(f"the end of the term lies more than {HORIZON_DAYS} days ahead")
        return to_datetime(found)

    def _windows(self, begin: int) -> Iterator[int]:
        """Yield at each width of the window, in days after ``begin``, doubled to the horizon."""
        width = _FIRST_DAYS
        while not self.calendar.is_empty:
            self._cover(begin, begin + width * _DAY)
            yield width
            if width == HORIZON_DAYS:
                return
            width = min(width * 2, HORIZON_DAYS)

    def _cover(self, begin: int, end: int) -> None:
        """Expand the calendar so that the window holds both moments with two days to spare.

        A window that has to grow at least doubles, so that ever later questions stay cheap.
        """
        first = to_datetime(begin).date() - _SPARE
        last = to_datetime(end).date() + _SPARE
        if self._window:
            old_first, old_last = self._window
            if old_first <= first and last <= old_last:
                return
            width = old_last - old_first
            first = min(first, old_first if first >= old_first else old_first - width)
            last = max(last, old_last if last <= old_last else old_last + width)
        self._window = first, last
        self._starts, self._stops, self._before = [], [], [0]
        self._day_ends, self._days = [], []
        for day, worked in self.calendar.expand(first, last):
            end = worked[-1][1]
            self._days.append(day)
            self._day_ends.append(end if self.calendar.local_date(end) == day else end - 1)
            for interval in worked:
                self._append(interval)

    def _append(self, interval: Interval) -> None:
        """Add an interval after the others; adjacent or overlapping ones grow together."""
        start, stop = interval
        if self._stops and start <= self._stops[-1]:
            added = max(stop - self._stops[-1], 0)
            self._stops[-1] += added
            self._before[-1] += added
            return
        self._starts.append(start)
        self._stops.append(stop)
        self._before.append(self._before[-1] + stop - start)
