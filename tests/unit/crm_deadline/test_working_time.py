import itertools
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from crm_deadline.logic.calendar import (
    Attendance,
    Calendar,
    Leave,
    from_local,
    to_datetime,
    to_seconds,
    utc_offset,
)
from crm_deadline.logic.term import Term
from crm_deadline.logic.working_time import NoWorkingTime, Schedule
from hypothesis import given, settings
from hypothesis import strategies as st

from .strategies import ZONES, calendars, moments, terms

NINE_TO_SIX = tuple(
    Attendance(day, start * 60, stop * 60)
    for day in range(5)
    for start, stop in [(9, 13), (14, 18)]
)
UTC = timezone.utc
BERLIN = Calendar(ZoneInfo("Europe/Berlin"), NINE_TO_SIX)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def holiday(day: str) -> Leave:
    """Return a leave of one winter day in Berlin."""
    start = at(f"{day} 00:00") - timedelta(hours=1)
    return Leave(to_seconds(start), to_seconds(start + timedelta(days=1)))


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02 08:00", 8, "2026-03-02 17:00"),  # Monday 9:00 local: lunch is left out
        ("2026-03-02 10:00", 4, "2026-03-02 15:00"),
        ("2026-03-06 16:00", 2, "2026-03-09 09:00"),  # over the weekend
        ("2026-03-07 12:00", 1, "2026-03-09 09:00"),  # from a Saturday
        ("2026-03-27 16:00", 2, "2026-03-30 08:00"),  # summer time begins on Sunday the 29th
        ("2026-03-02 12:30", 1, "2026-03-02 14:00"),  # from the lunch break
    ],
)
def test_working_hours_pass_in_working_time_only(start, hours, due):
    assert Schedule(BERLIN).due(at(start), hours * 3600) == at(due)


def test_working_hours_stand_still_on_leave():
    calendar = Calendar(ZoneInfo("Europe/Berlin"), NINE_TO_SIX, (holiday("2026-03-03"),))

    due = Schedule(calendar).due(at("2026-03-02 16:00"), 2 * 3600)

    assert due == at("2026-03-04 09:00")


@pytest.mark.parametrize(
    ("counts_start_day", "due"), [(True, "2026-03-04 17:00"), (False, "2026-03-05 17:00")]
)
def test_three_working_days_end_with_the_working_day(counts_start_day, due):
    monday = at("2026-03-02 09:30")

    found = Schedule(BERLIN).due_days(monday, 3, counts_start_day=counts_start_day)

    assert found == at(due)


def test_day_of_the_start_counts_only_while_work_is_left_on_it():
    evening = at("2026-03-02 18:00")

    found = Schedule(BERLIN).due_days(evening, 1, counts_start_day=True)

    assert found == at("2026-03-03 17:00")


def test_calendar_days_end_with_the_last_second_of_a_local_date():
    schedule = Schedule(Calendar.round_the_clock(ZoneInfo("Europe/Berlin")))

    due = schedule.plan(at("2026-03-27 10:00"), Term(3, "calendar_days"))

    assert due == datetime(2026, 3, 30, 21, 59, 59)  # summer time, which began on the way


def test_calendar_hours_ignore_the_clock_change():
    schedule = Schedule(Calendar.round_the_clock(ZoneInfo("Europe/Berlin")))

    due = schedule.plan(at("2026-03-28 10:00"), Term(24, "calendar_hours"))

    assert due == at("2026-03-29 10:00")


def test_weeks_of_a_two_week_calendar_take_turns():
    mondays = Calendar(UTC, (Attendance(0, 540, 1020, week=0),))

    days = [day for day, _worked in mondays.expand(date(2026, 1, 1), date(2026, 2, 28))]

    assert [(b - a).days for a, b in itertools.pairwise(days)] == [14] * (len(days) - 1)


@pytest.mark.parametrize(
    "calendar",
    [
        Calendar(UTC, ()),
        Calendar(UTC, (Attendance(0, 540, 540),)),
        Calendar(UTC, NINE_TO_SIX, (Leave(0, to_seconds(datetime(2100, 1, 1))),)),
    ],
    ids=["no attendance", "empty attendance", "always on leave"],
)
@pytest.mark.parametrize("unit", ["working_hours", "working_days"])
def test_calendar_without_working_time_is_an_error(calendar, unit):
    with pytest.raises(NoWorkingTime):
        Schedule(calendar).plan(at("2026-03-02 09:00"), Term(1, unit))


def test_horizon_does_not_depend_on_earlier_questions():
    calendar = Calendar(UTC, (Attendance(0, 540, 600),))
    start, amount = at("2026-03-02 09:00"), 201 * 3600
    asked_before = Schedule(calendar)
    asked_before.due(start + timedelta(days=1300), 100 * 3600)

    with pytest.raises(NoWorkingTime):
        asked_before.due(start, amount)
    with pytest.raises(NoWorkingTime):
        Schedule(calendar).due(start, amount)


@given(calendars(), moments, st.integers(1, 30 * 3600))
def test_elapsed_until_due_is_the_amount(calendar, start, seconds):
    schedule = Schedule(calendar)

    due = schedule.due(start, seconds)

    assert schedule.elapsed(start, due) == seconds
    assert schedule.elapsed(start, due - timedelta(seconds=1)) == seconds - 1


@given(calendars(), moments, st.integers(1, 20), st.booleans())
def test_days_until_due_are_the_amount(calendar, start, days, counts_start_day):
    schedule = Schedule(calendar)

    due = schedule.due_days(start, days, counts_start_day=counts_start_day)

    start_day_left = schedule.days_between(start, due) - days
    assert start_day_left == 0 if counts_start_day else start_day_left in (0, 1)


@given(calendars(), terms(), moments, moments)
def test_due_never_falls_when_the_start_grows(calendar, term, one, other):
    schedule = Schedule(calendar)

    assert schedule.plan(min(one, other), term) <= schedule.plan(max(one, other), term)


@given(calendars(), moments, terms(), st.integers(1, 20))
def test_due_grows_with_the_amount(calendar, start, term, more):
    schedule = Schedule(calendar)
    longer = Term(term.amount + more, term.unit, term.counts_start_day)

    assert schedule.plan(start, term) < schedule.plan(start, longer)


@settings(max_examples=50)
@given(calendars(), st.lists(moments, max_size=20), terms())
def test_many_at_once_equal_one_by_one(calendar, starts, term):
    together = Schedule(calendar).plan_all(starts, term)

    assert together == [Schedule(calendar).plan(start, term) for start in starts]


@given(calendars(), moments, moments)
def test_elapsed_equals_the_sum_of_the_intervals(calendar, one, other):
    start, stop = min(one, other), max(one, other)
    begin, end = to_seconds(start), to_seconds(stop)
    days = calendar.expand(start.date() - timedelta(days=2), stop.date() + timedelta(days=2))

    expected = sum(max(min(b, end) - max(a, begin), 0) for _day, worked in days for a, b in worked)

    assert Schedule(calendar).elapsed(start, stop) == expected


@given(moments)
def test_seconds_and_datetimes_convert_both_ways(moment):
    assert to_datetime(to_seconds(moment)) == moment


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("2026-03-29 01:59", "2026-03-29 00:59"),
        ("2026-03-29 02:30", "2026-03-29 01:30"),  # skipped: by the offset before
        ("2026-03-29 03:00", "2026-03-29 01:00"),
        ("2026-10-25 01:59", "2026-10-24 23:59"),
        ("2026-10-25 02:30", "2026-10-25 01:30"),  # twice: the later one
        ("2026-10-25 03:00", "2026-10-25 02:00"),
    ],
)
def test_local_times_around_a_clock_change(local, utc):
    assert from_local(to_seconds(at(local)), ZoneInfo("Europe/Berlin")) == to_seconds(at(utc))


@given(st.sampled_from(ZONES).map(ZoneInfo), moments)
def test_each_moment_is_found_by_its_local_time_or_the_same_one_later(zone, moment):
    seconds = to_seconds(moment)

    found = from_local(seconds + utc_offset(seconds, zone), zone)

    assert found in (seconds, seconds + 1800, seconds + 3600)
    assert found + utc_offset(found, zone) == seconds + utc_offset(seconds, zone)
