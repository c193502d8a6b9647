"""Figures and their bounds, by examples and by properties."""

import pytest
from crm_surveys.logic.metrics import (
    MINIMUM,
    ces,
    ces_points,
    csat,
    csat_points,
    difference,
    nps,
    nps_points,
    place,
    share,
    shrink,
)
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.integers(0, 5000)
FIGURES = st.floats(-100, 100)


def test_nps_is_promoters_minus_detractors():
    found = nps(60, 20, 20)

    assert (found.value, found.count) == (40, 100)
    # plain Wald would give 24.3 to 55.7; the three answers more draw it to the middle
    assert found.low == pytest.approx(23.4, abs=0.05)
    assert found.high == pytest.approx(54.3, abs=0.05)


def test_wilson_gives_the_known_interval():
    # 8 of 10: 49.0 % to 94.3 %, as in every textbook
    found = share(8, 10)

    assert found.low == pytest.approx(49.0, abs=0.1)
    assert found.high == pytest.approx(94.3, abs=0.1)


@pytest.mark.parametrize("figure", [csat, ces, share])
def test_too_few_answers_give_no_figure(figure):
    assert figure(5, MINIMUM - 1) is None
    assert figure(5, MINIMUM) is not None
    assert nps(3, 3, 3) is None


def test_no_answer_gives_no_figure_even_if_none_is_asked_for():
    assert nps(0, 0, 0, minimum=0) is None
    assert share(0, 0, minimum=0) is None


def test_everybody_agreeing_does_not_make_it_certain():
    assert nps(10, 0, 0).low < 95
    assert share(10, 10).low < 95


@given(COUNTS, COUNTS, COUNTS)
def test_bounds_hold_the_figure_and_stay_on_the_scale(promoters, passives, detractors):
    found = nps(promoters, passives, detractors, minimum=1)

    if found:
        assert -100 <= found.low <= found.value <= found.high <= 100
        part = share(promoters, found.count, minimum=1)
        assert 0 <= part.low <= part.value <= part.high <= 100


@given(st.integers(1, 500), COUNTS, COUNTS, st.integers(2, 9))
def test_more_answers_of_the_same_kind_narrow_the_interval(promoters, passives, detractors, by):
    few = nps(promoters, passives, detractors, minimum=1)
    many = nps(by * promoters, by * passives, by * detractors, minimum=1)

    assert many.high - many.low < few.high - few.low


@given(st.lists(st.integers(0, 10), min_size=1))
def test_the_mean_of_the_points_is_the_nps(values):
    points = [nps_points(value) for value in values]
    found = nps(points.count(100), points.count(0), points.count(-100), minimum=1)

    assert sum(points) / len(points) == pytest.approx(found.value)


@pytest.mark.parametrize(
    ("value", "scale", "points"),
    [(4, (1, 5), 100), (3, (1, 5), 0), (7, (0, 10), 100), (6, (0, 10), 0), (5, (1, 7), 100)],
)
def test_who_is_satisfied_on_which_scale(value, scale, points):
    assert csat_points(place(value, *scale)) == points


def test_easy_is_from_five_of_seven():
    assert [ces_points(value) for value in (4, 5, 7)] == [0, 100, 100]


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_place_is_a_percentage(value, low, high):
    found = place(value, low, high)

    assert found is None if high <= low else 0 <= found <= 100


@given(FIGURES, st.integers(0, 10_000), FIGURES)
def test_shrinking_stays_between_the_person_and_the_team(own, count, team):
    found = shrink(own, count, team)

    assert min(own, team) - 1e-6 <= found <= max(own, team) + 1e-6


@given(FIGURES, FIGURES)
def test_who_has_no_answers_is_judged_as_the_team(own, team):
    assert shrink(own, 0, team) == pytest.approx(team)
    assert shrink(own, 0, team, prior=0) == team


def test_the_difference_of_two_shares_has_the_known_interval():
    # Newcombe (1998), method 10: 56 of 70 and 48 of 80 differ by 5.2 to 33.4 points
    found = difference(share(56, 70), share(48, 80))

    assert found.value == pytest.approx(20.0)
    assert found.low == pytest.approx(5.24, abs=0.05)
    assert found.high == pytest.approx(33.39, abs=0.05)


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_a_difference_lies_within_its_bounds_and_turns_round(good, bad, other_good, other_bad):
    one = share(good, good + bad, minimum=1)
    other = share(other_good, other_good + other_bad, minimum=1)
    if one is None or other is None:
        return
    found, turned = difference(one, other), difference(other, one)

    assert found.low <= found.value <= found.high
    assert (turned.value, turned.low, turned.high) == pytest.approx(
        (-found.value, -found.high, -found.low)
    )


@given(COUNTS, COUNTS, COUNTS, COUNTS)
def test_figures_that_do_not_overlap_differ(good, bad, other_good, other_bad):
    one = share(good, good + bad, minimum=1)
    other = share(other_good, other_good + other_bad, minimum=1)
    if one is not None and other is not None and one.low > other.high:
        assert difference(one, other).low > 0
