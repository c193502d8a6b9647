"""Expectations, by examples and by properties."""

from datetime import date

import pytest
from crm_kpi.logic.forecast import Work, accuracy, expect, from_interests, pace, seasons, weigh
from hypothesis import given
from hypothesis import strategies as st

amounts = st.floats(0, 1e9, allow_nan=False)
weights = st.floats(0.1, 400)


def test_the_pace_goes_on():
    assert pace(300, 10, 20) == 600


def test_before_anything_has_passed_nobody_knows():
    assert pace(0, 0, 20) is None


@given(amounts, weights, weights)
def test_the_pace_never_ends_below_what_is_done(done, passed, whole):
    assert pace(done, passed, whole) >= done * (1 - 1e-9)


def test_months_are_measured_by_the_usual_one():
    values = {(2025, month): 100.0 for month in range(1, 12)} | {(2025, 12): 700.0}

    found = seasons(values)

    assert found[1] == pytest.approx(100 / 150)
    assert found[12] == pytest.approx(700 / 150)


def test_less_than_a_year_tells_nothing_about_seasons():
    assert set(seasons({(2025, month): month for month in range(1, 12)}).values()) == {1.0}


@given(st.dictionaries(st.tuples(st.integers(2020, 2025), st.integers(1, 12)), amounts))
def test_every_month_has_a_season(values):
    found = seasons(values)

    assert sorted(found) == list(range(1, 13))
    assert all(value >= 0 for value in found.values())


def test_days_weigh_by_the_season_of_their_month():
    assert weigh([date(2026, 1, 30), date(2026, 2, 2)], {1: 0.5, 2: 2.0}) == 2.5


def test_interests_ripen_in_time_or_not():
    work = Work(interests=10, rate=0.2, worth=1000, days_left=15, cycle_days=30)

    assert from_interests(work) == 1000


def test_without_a_rate_interests_bring_nothing():
    assert from_interests(Work(interests=10, worth=1000)) == 0


def test_both_ways_count_alike_until_they_were_measured():
    found = expect(300, 10, 20, Work(open_worth=100))

    assert (found.by_pace, found.by_work, found.value) == (600, 400, 500)


def test_the_way_that_was_nearer_counts_more():
    found = expect(300, 10, 20, Work(open_worth=100), errors=(0, 9))

    assert found.value == pytest.approx((600 * 1 + 400 * 0.1) / 1.1)


def test_a_coefficient_raises_what_is_to_come_and_not_what_is_done():
    assert expect(300, 10, 20, None, coefficient=0.5).value == 450


@given(amounts, weights, weights, amounts, st.floats(0, 3))
def test_what_is_expected_lies_between_the_ways(done, passed, whole, open_worth, coefficient):
    found = expect(done, passed, whole, Work(open_worth=open_worth), coefficient)

    low, high = sorted((found.by_pace, found.by_work))
    assert low - 1e-6 * (1 + low) <= found.value <= high + 1e-6 * (1 + high)


@pytest.mark.parametrize(
    ("expected", "actual", "found"),
    [(90, 100, 90), (110, 100, 90), (500, 100, 0), (0, 0, 100), (5, 0, 0), (None, 1, None)],
)
def test_accuracy(expected, actual, found):
    assert accuracy(expected, actual) == (found if found is None else pytest.approx(found))
