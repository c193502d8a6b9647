"""100,000 due times in one call, against core's ``plan_hours`` record by record.

The floor is ``plan_hours`` on a sample of the same moments in the same run; 10,000 random cases
must give the same answer as core, to the second it rounds away.
"""

import json
import time
from datetime import datetime, timedelta
from random import Random

import pytz

COUNT = 100_000
SAMPLE = 200
CASES = 10_000
LIMIT_TIMES_FASTER = 100
FIRST = datetime(2026, 1, 1)


def make_calendar(env):
    """Return working hours with lunch, by local time, with a week and some days off."""
    lines = [
        (0, 0, {"name": "Work", "dayofweek": str(day), "hour_from": start, "hour_to": stop})
        for day in range(5)
        for start, stop in ((9, 13), (14, 18))
    ]
    calendar = env["resource.calendar"].create(
        {"name": "Bench", "tz": "Europe/Berlin", "attendance_ids": [(5, 0, 0), *lines]}
    )
    for day, length in ((40, 7), (90, 1), (120, 1)):
        start = FIRST + timedelta(days=day)
        env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": calendar.id,
                "date_from": start,
                "date_to": start + timedelta(days=length),
            }
        )
    return calendar


def seconds_of(deed):
    """Return how long a deed takes, and what it returns."""
    begin = time.perf_counter()
    result = deed()
    return time.perf_counter() - begin, result


def by_core(calendar, starts, hours):
    """Return the due times as core plans them, one by one."""
    return [
        calendar.plan_hours(hours, pytz.utc.localize(start), compute_leaves=True)
        .astimezone(pytz.utc)
        .replace(tzinfo=None)
        for start in starts
    ]


def count_differences(policy, calendar, random):
    """Return in how many random cases we and core differ by more than core's rounding."""
    different = 0
    for hours in (1, 3, 8, 20, 60):
        starts = draw(random, CASES // 5)
        policy.term_amount = hours
        ours = policy._get_due_dates(starts)
        core = by_core(calendar, starts, hours)
        pairs = zip(ours, core, strict=True)
        different += sum(abs(one - other) > timedelta(seconds=1) for one, other in pairs)
    return different


def draw(random, count):
    """Return random moments of a year."""
    return [FIRST + timedelta(seconds=random.randrange(365 * 86400)) for _number in range(count)]


def measure(env):
    """Return the figures; raise where they miss their limit."""
    random = Random(19)
    calendar = make_calendar(env)
    policy = env["crm.deadline.policy"].create(
        {
            "name": "Bench",
            "term_amount": 8,
            "term_unit": "working_hours",
            "calendar_id": calendar.id,
        }
    )
    starts = draw(random, COUNT)
    policy._get_due_dates(starts[:1])  # fills the caches of fields and rules
    by_core(calendar, starts[:1], 8)
    ours, _due = seconds_of(lambda: policy._get_due_dates(starts))
    core, _due = seconds_of(lambda: by_core(calendar, starts[:SAMPLE], 8))
    faster = core / SAMPLE * COUNT / ours
    different = count_differences(policy, calendar, random)
    figures = {
        "due times in one call": COUNT,
        "seconds": round(ours, 2),
        "times faster than plan_hours": round(faster),
        "random cases": CASES,
        "differences": different,
    }
    print(json.dumps(figures))
    if faster < LIMIT_TIMES_FASTER or different:
        raise SystemExit(f"missed the limit: {figures}")


measure(env)
env.cr.rollback()
