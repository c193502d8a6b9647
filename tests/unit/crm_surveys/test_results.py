"""Filters read strictly, changes beyond luck, and drivers in their order."""

from datetime import date
from math import isclose
from statistics import StatisticsError, correlation, fmean, pvariance

import pytest
from crm_surveys.logic import drivers, result_filters, results
from crm_surveys.logic.metrics import Estimate
from hypothesis import given
from hypothesis import strategies as st

TODAY = date(2026, 3, 31)
KINDS = {"user": int, "channel": str}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
NAMES = st.sampled_from(["metric", "days", "start", "end", "comparison", "wave", "text", *KINDS])


@given(JSON | st.dictionaries(NAMES, JSON, max_size=4))
def test_whatever_comes_is_read_or_refused(raw):
    try:
        filters = result_filters.read_filters(raw, TODAY, KINDS)
    except result_filters.FilterError:
        return
    assert filters.start <= filters.end
    assert filters.metric in {None, *result_filters.METRICS}
    assert set(filters.picks) <= set(KINDS)


def test_the_usual_filters_are_a_year():
    filters = result_filters.read_filters(None, TODAY, KINDS)

    assert (filters.start, filters.end) == (date(2025, 4, 1), TODAY)


@pytest.mark.parametrize(
    ("comparison", "start", "end"),
    [
        ("previous", date(2026, 1, 31), date(2026, 3, 1)),
        ("year", date(2025, 3, 3), date(2025, 4, 1)),
    ],
)
def test_a_comparison_is_as_long_as_the_period(comparison, start, end):
    raw = {"days": 30, "comparison": comparison}
    before = result_filters.read_filters(raw, TODAY, KINDS).before()

    assert (before.start, before.end) == (start, end)


def test_nothing_is_compared_with_nothing():
    raw = {"comparison": "none", "wave": 3}

    assert result_filters.read_filters(raw, TODAY, KINDS).before() is None


def test_a_wave_replaces_the_survey_and_keeps_the_rest():
    raw = {"comparison": "wave", "wave": 3, "survey": 9, "user": 4}
    before = result_filters.read_filters(raw, TODAY, {**KINDS, "survey": int}).before()

    assert before.picks == {"survey": 3, "user": 4}


@st.composite
def estimates(draw):
    low, value, high = sorted(draw(st.tuples(*[st.floats(-100, 100)] * 3)))
    return Estimate(value, low, high, 50)


@given(estimates(), estimates())
def test_a_change_turned_round_is_the_opposite(before, now):
    opposite = {"better": "worse", "worse": "better", "same": "same"}

    assert results.compare(now, before) == opposite[results.compare(before, now)]


def test_without_a_figure_there_is_no_change():
    assert results.compare(None, Estimate(1, 0, 2, 50)) is None


@given(st.floats(-1, 1), st.integers(4, 10_000))
def test_bounds_of_a_correlation_hold_it_between_them(correlation, count):
    low, high = drivers.bounds(correlation, count)

    assert -1 <= low <= correlation <= high <= 1


def test_bounds_agree_with_a_table():
    # r = 0.6 of 28 pairs, as textbooks have it
    low, high = drivers.bounds(0.6, 28)

    assert isclose(low, 0.29, abs_tol=0.01)
    assert isclose(high, 0.79, abs_tol=0.01)


def test_important_and_bad_comes_first():
    found = drivers.rank(
        [
            drivers.Driver(1, 100, 90, 0.6),
            drivers.Driver(2, 100, 40, 0.5),
            drivers.Driver(3, 100, 65, 0.25),
            drivers.Driver(4, 100, 50, 0.01),
            drivers.Driver(5, 3, 50, 0.9),
            drivers.Driver(6, 100, 50, None),
        ]
    )

    assert [(one.driver.key, one.advice) for one in found] == [
        (2, "improve"),
        (1, "keep"),
        (3, "watch"),
        (5, "unclear"),
        (4, "unclear"),
        (6, "unclear"),
    ]


def test_a_driver_is_told_from_the_minimum_of_answers_on():
    enough, few = drivers.rank([drivers.Driver(1, 30, 50, 0.9), drivers.Driver(2, 29, 50, 0.9)], 30)

    assert (enough.driver.key, enough.advice) == (1, "keep")
    assert (few.driver.key, few.advice) == (2, "unclear")


@given(st.lists(st.tuples(st.integers(0, 10), st.sampled_from([0, 25, 100 / 3, 50, 75, 100]))))
def test_a_driver_summed_by_values_of_the_metric_is_that_of_all_answers(pairs):
    if not pairs:
        return
    scores: dict = {}
    for measure, score in pairs:
        scores.setdefault(measure, []).append(score)
    cells = [
        drivers.Cell(measure, len(own), fmean(own), pvariance(own))
        for measure, own in scores.items()
    ]
    driver = drivers.summarize(7, cells)

    assert (driver.key, driver.count) == (7, len(pairs))
    assert isclose(driver.mean, fmean(score for _measure, score in pairs), abs_tol=1e-9)
    try:
        known = correlation(*zip(*pairs, strict=True))
    except StatisticsError:  # one of them is constant, or there is one answer
        known = None
    if known is None or len({score for _measure, score in pairs}) == 1:
        assert driver.correlation is None
    else:
        assert isclose(driver.correlation, known, abs_tol=1e-7)
