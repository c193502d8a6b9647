"""When a figure deserves attention, by examples and by properties."""

import pytest
from crm_kpi.logic.incident import (
    LEAST_HISTORY,
    WORST,
    Finding,
    above,
    below,
    crowded,
    deviation,
    trend,
)
from crm_kpi.logic.score import LESS, MORE, RANGE
from hypothesis import given
from hypothesis import strategies as st

numbers = st.floats(-1e6, 1e6, allow_nan=False)
maybe = st.none() | numbers


@pytest.mark.parametrize(
    ("score", "found"), [(None, None), (70, None), (90, None), (35, 1.5), (0, 2.0)]
)
def test_a_score_is_as_bad_as_it_is_below_its_limit(score, found):
    assert below(score, 70) == found


@pytest.mark.parametrize(
    ("value", "limit", "found"), [(None, 5, None), (5, 5, None), (10, 5, 2), (1, 0, WORST)]
)
def test_a_value_is_as_bad_as_it_is_above_its_limit(value, limit, found):
    assert above(value, limit) == found


@pytest.mark.parametrize(
    ("values", "steps", "direction", "found"),
    [
        ([5, 4, 3], 2, MORE, 1),
        ([9, 5, 4, 3], 2, MORE, 2),
        ([3, 4, 5], 2, LESS, 1),
        ([5, 4, 4], 2, MORE, None),
        ([5, None, 3], 2, MORE, None),
        ([5, 4], 2, MORE, None),
        ([], 1, MORE, None),
        ([5, 4, 3], 2, RANGE, None),
        ([5, 4, 3], 0, MORE, None),
    ],
)
def test_a_trend_is_worse_and_worse_in_a_row(values, steps, direction, found):
    assert trend(values, steps, direction) == found


@given(st.lists(maybe, max_size=8), st.integers(1, 6))
def test_less_is_better_is_the_mirror_of_more_is_better(values, steps):
    mirrored = [None if value is None else -value for value in values]

    assert trend(values, steps, LESS) == trend(mirrored, steps, MORE)


def test_a_deviation_counts_on_the_bad_side_only():
    history = [10, 12, 8, 10]

    assert deviation(history, 0, 2, MORE) > 1
    assert deviation(history, 20, 2, MORE) is None
    assert deviation(history, 20, 2, LESS) > 1


def test_with_little_history_nothing_is_unusual():
    assert deviation([10] * (LEAST_HISTORY - 1), 0, 2) is None
    assert deviation([10] * LEAST_HISTORY, 0, 2) == WORST


@given(st.lists(maybe, max_size=12), maybe, st.floats(0.1, 5), st.sampled_from([MORE, LESS, RANGE]))
def test_badness_is_within_its_bounds(history, value, limit, direction):
    found = deviation(history, value, limit, direction)

    assert found is None or 1 <= found <= WORST


@given(st.lists(numbers, min_size=LEAST_HISTORY, max_size=12), st.floats(0.1, 5))
def test_the_mean_itself_is_never_a_deviation(history, limit):
    mean = sum(history) / len(history)

    assert deviation(history, mean, limit) is None


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({}, None),
        ({1: 3}, None),
        ({1: 4}, None),
        ({1: 5}, (1, 100.0)),  # just enough to tell something
        ({1: 8, 2: 2}, (1, 80.0)),
        ({1: 7, 2: 3}, None),
        ({2: 5, 1: 5}, None),
    ],
)
def test_one_place_holds_too_much(counts, found):
    assert crowded(counts, 80, 5) == found


@given(st.dictionaries(st.integers(1, 5), st.integers(0, 50)), st.floats(1, 100))
def test_the_fullest_place_is_named(counts, limit):
    found = crowded(counts, limit, 1)

    if found:
        place, share = found
        assert counts[place] == max(counts.values())
        assert limit <= share <= 100 + 1e-9


def test_red_on_two_scorecards_is_two_things():
    assert Finding(1, user_id=7, card_id=1).key != Finding(1, user_id=7, card_id=2).key


def test_what_has_no_scorecard_keeps_the_key_it_always_had():
    assert Finding(1, user_id=7, indicator_id=3).key == "7.0.0.0.3."
