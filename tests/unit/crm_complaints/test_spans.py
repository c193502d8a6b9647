"""The axis of time, by examples and by properties."""

from datetime import date, timedelta
from itertools import pairwise

from crm_complaints.logic.spans import spans
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(0, 400), st.data())
def test_weeks_are_whole_and_none_is_left_out(first, length, data):
    last = first + timedelta(days=length)
    known = data.draw(st.integers(0, length // 7).map(lambda n: first + timedelta(days=7 * n)))

    axis = spans([known], first, last, "week")

    assert known in axis
    assert axis[0] <= first < axis[0] + timedelta(days=7)
    assert axis[-1] <= last < axis[-1] + timedelta(days=7)
    assert {b - a for a, b in pairwise(axis)} <= {timedelta(days=7)}


@given(DAYS, st.integers(0, 800))
def test_months_begin_on_their_first_day_and_none_is_left_out(first, length):
    last = first + timedelta(days=length)

    axis = spans([first.replace(day=1)], first, last, "month")

    assert axis[0] == first.replace(day=1)
    assert axis[-1] == last.replace(day=1)
    assert all(start.day == 1 for start in axis)
    assert len(axis) == (last.year - first.year) * 12 + last.month - first.month + 1


def test_nothing_counted_makes_no_axis():
    assert spans([], date(2026, 1, 1), date(2026, 2, 1), "week") == []


def test_a_week_counted_before_the_first_day_is_on_the_axis():
    axis = spans([date(2025, 12, 29)], date(2026, 1, 3), date(2026, 1, 6), "week")

    assert axis == [date(2025, 12, 29), date(2026, 1, 5)]
