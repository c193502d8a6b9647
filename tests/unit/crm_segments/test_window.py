"""Periods of the calendar, and reasons of changes."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import inf

import pytest
from crm_segments.logic import reason
from crm_segments.logic.window import window_before
from hypothesis import given
from hypothesis import strategies as st

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LENGTHS = st.sampled_from([1, 3, 6, 12])


def test_the_present_month_does_not_count():
    window = window_before(date(2026, 4, 10), 1, 3)

    assert window.starts == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
    assert window.end == date(2026, 4, 1)


def test_quarters_are_those_of_the_calendar():
    window = window_before(date(2026, 5, 31), 3, 2)

    assert window.starts == (date(2025, 10, 1), date(2026, 1, 1))
    assert window.end == date(2026, 4, 1)


@given(DAYS, LENGTHS, st.integers(1, 40))
def test_periods_follow_each_other_up_to_the_present_one(today, months, count):
    window = window_before(today, months, count)
    spans = window.spans()

    assert len(spans) == count
    assert all(end == start for (_one, end), (start, _two) in pairwise(spans))
    assert window.end <= today
    since = (today.year - window.end.year) * 12 + today.month - window.end.month
    assert since < months


@given(DAYS, LENGTHS, st.integers(1, 40), DAYS)
def test_a_day_is_in_the_period_it_is_placed_in(today, months, count, day):
    window = window_before(today, months, count)
    place = window.place(day)

    if 1 <= place <= count:
        start, end = window.spans()[place - 1]
        assert start <= day < end
    else:
        assert day < window.first if place == 0 else day >= window.end


@pytest.mark.parametrize(("months", "count"), [(0, 1), (5, 1), (1, 0), (12, 5000)])
def test_periods_that_cannot_be_are_refused(months, count):
    with pytest.raises(ValueError, match="periods"):
        window_before(date(2026, 4, 10), months, count)


@pytest.mark.parametrize(
    ("kind", "before", "after", "told"),
    [
        ("abc", None, 1, reason.ENTERED),
        ("abc", 1, None, reason.LEFT),
        ("abc", 1, 2, reason.FELL),
        ("abc", 3, 2, reason.ROSE),
        ("xyz", 1, 2, reason.MOVED),
        ("bcg", 2, 1, reason.MOVED),
        ("rfm", 6, 1, reason.ROSE),
    ],
)
def test_only_ladders_have_ups_and_downs(kind, before, after, told):
    steps = (number and reason.Step(str(number), number) for number in (before, after))

    assert reason.direction(kind, *steps) == told


def test_figures_are_those_the_kind_judges_by():
    values = {
        "amount": (Decimal(410), Decimal(260), Decimal(300)),
        "share": (Decimal(4), Decimal(6)),
        "growth": (Decimal(1), Decimal(2)),
        "variation": (None, None),
    }

    assert reason.figures("abc", values) == [
        reason.Figure("amount", Decimal(410), Decimal(260), Decimal(300))
    ]
    assert [one.measure for one in reason.figures("bcg", values)] == ["share", "growth"]
    assert reason.figures("xyz", values) == []


@pytest.mark.parametrize(
    ("amount", "prior", "told"), [(150, 100, 50), (0, 100, -100), (5, 0, inf), (5, -1, inf)]
)
def test_who_brought_nothing_before_grows_without_end(amount, prior, told):
    assert reason.growth(amount, prior) == told
