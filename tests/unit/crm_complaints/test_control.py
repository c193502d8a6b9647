"""Bottleneck, forecast, profile and tables, by examples and by properties."""

from datetime import datetime

import pytest
from crm_complaints.logic.bottleneck import bottleneck
from crm_complaints.logic.forecast import forecast
from crm_complaints.logic.half_year import bounds
from crm_complaints.logic.profile import compare, interval
from crm_complaints.logic.sheet import DANGEROUS, safe_text
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.dictionaries(st.integers(1, 9), st.integers(0, 100), min_size=1)
DAYS = st.lists(st.floats(-50, 50), max_size=40)


@pytest.mark.parametrize(
    ("counts", "stage"),
    [({1: 8, 2: 2}, 1), ({1: 79, 2: 21}, None), ({1: 9}, None), ({}, None), ({3: 10}, 3)],
)
def test_bottleneck_at_eighty_percent(counts, stage):
    assert bottleneck(counts, 10, 80) == stage


@given(COUNTS, st.integers(1, 100))
def test_a_bottleneck_holds_its_share(counts, percent):
    stage = bottleneck(counts, 1, percent)

    if stage is not None:
        assert 100 * counts[stage] >= percent * sum(counts.values())


@given(COUNTS)
def test_a_limit_of_zero_or_above_all_is_never_reached(counts):
    assert bottleneck(counts, 1, 0) is None
    assert bottleneck(counts, 1, 101) is None


@given(DAYS, st.floats(0, 20), st.floats(0, 20))
def test_whoever_works_faster_misses_no_more(days, slow, fast):
    slow, fast = sorted((slow, fast))

    assert forecast(days, fast).coming <= forecast(days, slow).coming


@given(DAYS, st.floats(0, 20))
def test_what_is_late_and_what_will_be_are_parts_of_the_queue(days, pace):
    found = forecast(days, pace)

    assert found.late == sum(day < 0 for day in days)
    assert 0 <= found.coming <= len(days) - found.late


@given(st.integers(0, 100), st.integers(1, 100))
def test_the_interval_holds_the_share(part, whole):
    part = min(part, whole)
    low, high = interval(part, whole)

    assert 0 <= low <= part / whole + 1e-9
    assert part / whole - 1e-9 <= high <= 1


@given(st.integers(0, 4), st.floats(0, 1))
def test_few_cases_say_nothing(whole, usual):
    assert compare(whole, whole, usual) == "too_few"


@given(st.text())
def test_t17_no_text_begins_like_a_formula(text):
    assert not safe_text(text).startswith(DANGEROUS)
    assert safe_text(text).endswith(text)


def test_halves_of_a_year_meet():
    assert bounds(2026, 1) == (datetime(2026, 1, 1), datetime(2026, 7, 1))
    assert bounds(2026, 1)[1] == bounds(2026, 2)[0]
    assert bounds(2026, 2)[1] == bounds(2027, 1)[0]
    with pytest.raises(ValueError, match="no half"):
        bounds(2026, 3)
