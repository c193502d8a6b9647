from datetime import datetime, timedelta, timezone

import pytest
from crm_deadline.logic.calendar import Attendance, Calendar
from crm_deadline.logic.deputy import first_present
from crm_deadline.logic.ladder import AFTER, AT, BEFORE, Step, look, step_date
from crm_deadline.logic.term import Term
from crm_deadline.logic.working_time import Schedule
from hypothesis import given
from hypothesis import strategies as st

from .strategies import calendars, moments, terms

LONG_AGO = datetime(2020, 1, 1)
MONDAY = datetime(2026, 3, 2, 9)
EIGHT_TO_SIX = Schedule(
    Calendar(timezone.utc, tuple(Attendance(day, 480, 1080) for day in range(5)))
)


def hours(count: float) -> datetime:
    """Return the moment some hours after Monday 9:00."""
    return MONDAY + timedelta(hours=count)


def step(moment: str, amount: int = 0, unit: str = "working_hours", **values) -> Step:
    distance = Term(amount, unit) if amount else None
    return Step(values.get("id", 1), moment, distance, values.get("since", LONG_AGO))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (step(BEFORE, 2), hours(7)),
        (step(BEFORE, 1, "working_days"), None),  # the term ends on the day it starts
        (step(BEFORE, 9), None),  # as long as the whole term
        (step(AT), hours(9)),
        (step(AFTER, 2), hours(25)),  # Tuesday 10:00
        (step(AFTER, 1, "working_days"), hours(33)),  # Tuesday, when work ends
    ],
)
def test_a_step_is_counted_in_the_working_time_around_the_due_time(found, expected):
    assert step_date(found, MONDAY, hours(9), EIGHT_TO_SIX) == expected


def test_without_working_time_to_come_a_later_step_has_no_moment():
    empty = Schedule(Calendar(timezone.utc, ()))

    assert step_date(step(AFTER, 1), MONDAY, hours(9), empty) is None


@given(calendars(), moments, terms(), terms())
def test_as_much_is_left_at_a_reminder_as_it_says(calendar, start, term, distance):
    schedule = Schedule(calendar)
    due = schedule.plan(start, term)

    date = step_date(Step(1, BEFORE, distance, LONG_AGO), start, due, schedule)

    if date is None:
        assert schedule.left(start, due, distance) <= distance.size
    else:
        assert start <= date <= due
        assert schedule.left(date, due, distance) == distance.size


STEPS = [step(BEFORE, 2, id=1), step(AT, id=2), step(AFTER, 2, id=3)]
DATES = {1: hours(7), 2: hours(9), 3: hours(25)}


@pytest.mark.parametrize(
    ("now", "taken", "is_missed", "due", "coming"),
    [
        (hours(6), (), False, [], hours(7)),
        (hours(7), (), False, [1], hours(9)),
        (hours(7), (1,), False, [], hours(9)),
        (hours(10), (1,), False, [], hours(9)),  # the miss is not noted yet
        (hours(10), (1,), True, [2], hours(25)),
        (hours(99), (), True, [1, 2, 3], None),  # after days of downtime
        (hours(99), (1, 2, 3), True, [], None),
    ],
)
def test_each_step_is_due_once_from_its_moment_on(now, taken, is_missed, due, coming):
    found = look(STEPS, DATES, taken, now, is_missed=is_missed)

    assert [step_id for _date, step_id in found.due] == due
    assert found.next == coming


def test_what_passed_before_the_step_existed_is_not_made_up_for():
    added_later = [step(AT, id=2, since=hours(10))]

    found = look(added_later, DATES, (), hours(99), is_missed=True)

    assert (found.due, found.next) == ((), None)


@given(st.dictionaries(st.integers(1, 6), st.integers(1, 6)), st.sets(st.integers(1, 6)))
def test_whoever_acts_is_present_or_nobody_in_the_chain_is(deputies, away):
    acting = first_present(1, deputies, away)

    if acting in away:
        assert acting == 1
        chain, person = set(), 1
        while person is not None and person not in chain:
            chain.add(person)
            person = deputies.get(person)
        assert chain <= away


def test_the_deputy_of_the_deputy_acts_when_both_others_are_away():
    assert first_present(1, {1: 2, 2: 3}, {1, 2}) == 3
    assert first_present(1, {1: 2, 2: 1}, {1, 2}) == 1
    assert first_present(1, {1: 2}, set()) == 1
