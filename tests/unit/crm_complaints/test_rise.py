"""A sudden rise, by examples and by properties."""

import math

import pytest
from crm_complaints.logic.rise import judge, limit, tail, usual
from hypothesis import given
from hypothesis import strategies as st

COUNT = st.integers(0, 200)
MEAN = st.floats(0.01, 200)
HISTORY = st.lists(st.integers(0, 50), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("count", "history", "is_rise"),
    [
        (3, [0] * 12, False),  # too few, however rare
        (5, [0] * 12, True),
        (5, [4] * 12, False),
        (14, [4] * 12, True),
        (30, [25] * 12, False),
        (50, [25] * 12, True),
    ],
)
def test_examples(count, history, is_rise):
    assert judge(count, history).is_rise == is_rise


@given(COUNT, MEAN)
def test_the_tail_is_what_is_left_of_the_sum(count, mean):
    below = math.fsum(
        math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count)
    )

    assert tail(count, mean) == pytest.approx(1 - below, abs=1e-9)


@given(COUNT, MEAN)
def test_more_events_are_never_likelier(count, mean):
    assert tail(count + 1, mean) <= tail(count, mean) + 1e-12  # of rounding


@given(st.floats(0.01, 100), st.floats(0.0001, 0.2))
def test_the_limit_is_the_highest_that_chance_explains(mean, chance):
    highest = limit(mean, chance)

    assert tail(highest + 1, mean) < chance
    assert highest < math.floor(mean) + 1 or tail(highest, mean) >= chance


@given(st.integers(0, 100), HISTORY)
def test_a_worse_history_never_makes_a_rise(count, history):
    more = [number + 1 for number in history]

    assert usual(more) > usual(history)
    assert judge(count, history).is_rise or not judge(count, more).is_rise
