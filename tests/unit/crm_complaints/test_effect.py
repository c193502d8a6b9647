"""Whether an action helped, by examples and by properties."""

from math import comb

import pytest
from crm_complaints.logic.effect import FELL, FEW, NOT, Period, at_most, compare, counted
from hypothesis import given
from hypothesis import strategies as st

COUNT = st.integers(0, 300)
BASE = st.floats(0.5, 5000)


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        ((12, 90), (2, 90), FELL),
        ((12, 90), (11, 90), NOT),
        ((5, 90), (0, 90), FELL),  # 1/32
        ((4, 90), (0, 90), FEW),  # 1/16: not even none proves anything
        ((2, 90), (10, 90), NOT),  # few before, and clearly more after
        ((0, 90), (0, 90), FEW),
        ((0, 90), (5, 90), NOT),
        ((120, 1000), (12, 100), NOT),  # as many for each order as before
        ((100000, 90), (99000, 90), FELL),
        ((12, 0), (1, 90), FEW),
    ],
)
def test_examples(before, after, verdict):
    assert compare(Period(*before), Period(*after)).verdict == verdict


@given(COUNT, BASE, COUNT, BASE)
def test_a_fall_is_a_lower_rate(before, days_before, after, days_after):
    finding = compare(Period(before, days_before), Period(after, days_after))

    if finding.verdict == FELL:
        assert after / days_after < before / days_before
    assert 0 <= finding.chance <= 1


@given(COUNT, COUNT, BASE)
def test_fewer_afterwards_is_never_worse(before, after, days):
    if compare(Period(before, days), Period(after + 1, days)).verdict == FELL:
        assert compare(Period(before, days), Period(after, days)).verdict == FELL


@given(COUNT, COUNT, BASE, st.floats(1.5, 1000))
def test_the_unit_of_the_base_does_not_matter(before, after, base, factor):
    plain = compare(Period(before, base), Period(after, base * 2))
    scaled = compare(Period(before, base * factor), Period(after, base * 2 * factor))

    assert plain.chance == pytest.approx(scaled.chance)


@given(COUNT, COUNT, st.integers(0, 200))
def test_a_slow_investigation_never_looks_like_success(before, after, waiting):
    sure = Period(before, 90, judged=before + 10)
    quick = compare(sure, Period(after, 90, judged=after + 10))
    slow = compare(sure, Period(after, 90, judged=after + 10, open=waiting))

    assert slow.chance >= quick.chance - 1e-12


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.01, 0.99))
def test_the_distribution_is_the_binomial_one(successes, trials, probability):
    terms = (
        comb(trials, i) * probability**i * (1 - probability) ** (trials - i)
        for i in range(min(successes, trials) + 1)
    )

    assert at_most(successes, trials, probability) == pytest.approx(min(1, sum(terms)))


@pytest.mark.parametrize(("probability", "likely"), [(0, 1), (1, 0)])
def test_what_is_certain(probability, likely):
    assert at_most(3, 5, probability) == likely


def test_the_open_ones_count_by_the_rate_of_the_others():
    assert counted(Period(5, 90, judged=10, open=4)) == 7
    assert counted(Period(0, 90, judged=10, open=4), Period(5, 90, judged=10)) == 2
    assert counted(Period(0, 90, open=4)) == 0


def test_impossible_figures_are_refused():
    with pytest.raises(ValueError, match="below zero"):
        compare(Period(-1, 90), Period(0, 90))
