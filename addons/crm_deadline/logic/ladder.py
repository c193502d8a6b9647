"""The ladder: when the steps before, at and after a due time are taken."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from .term import Term
from .working_time import NoWorkingTime, Schedule

BEFORE = "before"
AT = "at"
AFTER = "after"


@dataclass(frozen=True)
class Step:
    """One step: its moment before, at or after the due time.

    ``distance`` is None for a step at the due time. ``since`` is when the step came to be: what
    should have happened earlier is not made up for.
    """

    id: int
    moment: str
    distance: Term | None
    since: datetime


@dataclass(frozen=True)
class Look:
    """What a look at the ladder of one clock finds.

    ``due`` are the steps to take now, with the moments they were to be taken, in that order;
    ``next`` is when to look again, None when nothing is to come.
    """

    due: tuple[tuple[datetime, int], ...]
    next: datetime | None


def step_date(step: Step, start: datetime, due: datetime, schedule: Schedule) -> datetime | None:
    """Return the moment of a step, None if it has none.

    A step before the due time has none when the whole term is not longer than its distance; a
    step after it when the calendar has no working time to come.
    """
    if step.distance is None:
        return due
    if step.moment == BEFORE:
        left = schedule.left(start, due, step.distance) - step.distance.size
        return schedule.resume(start, left, step.distance) if left > 0 else None
    try:
        return schedule.plan(due, step.distance)
    except NoWorkingTime:
        return None


def look(
    steps: Iterable[Step],
    dates: Mapping[int, datetime | None],
    taken: Collection[int],
    now: datetime,
    *,
    is_missed: bool,
) -> Look:
    """Return which steps a clock that is open and not paused has to take now, and what is next.

    :param dates: the moment of each step by its id, of ``step_date``
    :param taken: the steps taken already; none is taken twice, wherever its moment moves to
    :param is_missed: steps at and after the due time wait until the miss is noted, so that
        nobody is told of one that was none
    """
    due: list[tuple[datetime, int]] = []
    coming: list[datetime] = []
    for step in steps:
        date = dates.get(step.id)
        if step.id in taken or date is None or date < step.since:
            continue
        if date <= now and (is_missed or step.moment == BEFORE):
            due.append((date, step.id))
        else:
            coming.append(date)
    return Look(tuple(sorted(due)), min(coming, default=None))
