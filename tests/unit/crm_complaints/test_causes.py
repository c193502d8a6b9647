"""Shares of causes, by examples and by properties."""

from itertools import pairwise

import pytest
from crm_complaints.logic.causes import (
    LESS,
    MORE,
    NONE,
    WHOLE,
    hundredths,
    normalize,
    problem,
    total,
)
from hypothesis import given
from hypothesis import strategies as st

WEIGHTS = st.lists(st.floats(0, 1e9, allow_nan=False), max_size=50)


@pytest.mark.parametrize(
    ("weights", "shares"),
    [
        ([], []),
        ([7], [100.0]),
        ([1, 1, 1], [33.34, 33.33, 33.33]),
        ([0, 0], [50.0, 50.0]),
        ([60, 60], [50.0, 50.0]),
        ([3, 1], [75.0, 25.0]),
        ([1e9, 1e-9], [99.99, 0.01]),
        ([5, 0], [100.0, 0.0]),
    ],
)
def test_examples(weights, shares):
    assert normalize(weights) == shares


@given(WEIGHTS.filter(bool))
def test_normal_shares_always_make_a_whole(weights):
    assert problem(normalize(weights)) is None


@given(WEIGHTS.filter(bool))
def test_more_weight_never_gets_less(weights):
    pairs = sorted(zip(weights, normalize(weights), strict=True))

    # equal weights may differ by what rounding leaves over; a tiny one keeps the least share
    for (light, less), (heavy, more) in pairwise(pairs):
        assert hundredths(less) <= hundredths(more) + 1 or light == heavy


@given(st.lists(st.floats(1e-6, 1e6), min_size=1, max_size=50))
def test_nothing_that_weighs_disappears(weights):
    assert min(map(hundredths, normalize(weights))) >= 1


@given(st.lists(st.integers(1, WHOLE), min_size=1, max_size=20))
def test_normalizing_what_is_normal_changes_nothing(parts):
    once = normalize(parts)

    assert normalize(once) == pytest.approx(once, abs=0.011)
    assert problem(normalize(once)) is None


@pytest.mark.parametrize(
    ("shares", "found"),
    [([], NONE), ([100], None), ([33.33, 33.33, 33.34], None), ([50], LESS), ([50, 50.01], MORE)],
)
def test_problems(shares, found):
    assert problem(shares) == found


def test_sums_are_exact():
    assert total([0.1, 0.2]) == 0.3


@pytest.mark.parametrize("weights", [[-1, 2], [1] * (WHOLE + 1)])
def test_what_cannot_be_shared_is_refused(weights):
    with pytest.raises(ValueError, match=r"zero|many"):
        normalize(weights)
