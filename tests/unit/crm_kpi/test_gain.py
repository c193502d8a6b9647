"""What reaching a target adds, by examples and by properties."""

import pytest
from crm_kpi.logic.gain import Line, gains, missing
from crm_kpi.logic.score import RANGE, Goal
from hypothesis import given
from hypothesis import strategies as st


def test_a_heavy_line_brings_more():
    found = gains([Line(1, None, 3, 80), Line(2, None, 1, 50)])

    assert found == {1: pytest.approx(15), 2: pytest.approx(12.5)}


def test_what_is_reached_or_unknown_adds_nothing():
    assert gains([Line(1, None, 1, 110), Line(2, None, 1, None)]) == {}


def test_a_line_counts_by_its_perspective():
    lines = [Line(1, None, 40), Line(2, 1, 1, 0), Line(3, 1, 1, 100), Line(4, None, 60, 100)]

    assert gains(lines) == {2: pytest.approx(20)}


@given(st.lists(st.tuples(st.floats(0.1, 10), st.none() | st.floats(0, 120)), max_size=8))
def test_all_of_them_together_make_the_score_full(pairs):
    lines = [Line(key, None, weight, score) for key, (weight, score) in enumerate(pairs)]
    known = [line for line in lines if line.score is not None]
    whole = sum(line.weight for line in known)

    lacking = sum(line.weight * max(0, 100 - line.score) for line in known)

    assert sum(gains(lines).values()) == pytest.approx(lacking / whole if known else 0, abs=1e-6)


@pytest.mark.parametrize(("value", "found"), [(5, 5), (25, 5), (8, 2)])
def test_a_range_is_missed_at_its_nearer_end(value, found):
    assert missing(value, Goal(10, direction=RANGE, upper=20)) == found
