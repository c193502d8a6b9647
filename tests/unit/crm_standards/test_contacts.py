"""The judgement of contacts, by examples and by properties."""

from datetime import datetime, timedelta

import pytest
from crm_standards.logic.contacts import (
    Norm,
    arrival_of,
    is_one_too_many,
    judge,
    period_start,
)
from hypothesis import given
from hypothesis import strategies as st

COUNTS = st.integers(0, 20)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1))
UNITS = st.sampled_from(["days", "weeks", "months"])


@st.composite
def norms(draw):
    """A norm that can be applied: the least is not above the most."""
    least = draw(st.none() | st.integers(1, 10))
    most = draw(st.none() | st.integers(least or 1, 20))
    return Norm(least, most)


@st.composite
def counts(draw):
    """Contacts held, and how many of them the customer did not ask for."""
    held = draw(COUNTS)
    return held, draw(st.integers(0, held))


@given(norms(), counts(), st.booleans())
def test_one_more_contact_never_makes_it_too_few(norm, count, is_whole):
    held, unasked = count
    before = judge(norm, held, unasked, is_whole=is_whole)
    after = judge(norm, held + 1, unasked + 1, is_whole=is_whole)

    assert after != "too_few" or before == "too_few"


@given(norms(), counts(), st.booleans())
def test_too_many_stays_too_many_however_many_follow(norm, count, is_whole):
    held, unasked = count
    if judge(norm, held, unasked, is_whole=is_whole) == "too_many":
        assert judge(norm, held + 1, unasked + 1, is_whole=is_whole) == "too_many"


@given(norms(), counts())
def test_the_warning_foresees_the_verdict(norm, count):
    held, unasked = count
    warned = is_one_too_many(norm, unasked, is_answer=False)

    assert warned == (judge(norm, held + 1, unasked + 1, is_whole=True) == "too_many")


@given(norms(), counts())
def test_an_answer_is_never_one_too_many(norm, count):
    assert not is_one_too_many(norm, count[1], is_answer=True)


@given(norms(), counts())
def test_nobody_is_late_for_a_period_that_has_hardly_begun(norm, count):
    assert judge(norm, *count, is_whole=False) != "too_few"


@given(counts(), st.booleans())
def test_without_bounds_all_is_well(count, is_whole):
    assert judge(Norm(), *count, is_whole=is_whole) == "good"


@given(MOMENTS, st.integers(1, 100), UNITS)
def test_a_longer_period_begins_earlier(now, amount, unit):
    assert period_start(now, amount + 1, unit) < period_start(now, amount, unit) < now


@given(MOMENTS, st.integers(1, 100))
def test_a_month_has_28_to_31_days(now, amount):
    length = now - period_start(now, amount, "months")

    assert timedelta(days=28 * amount) <= length <= timedelta(days=31 * amount)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 3, 31), datetime(2026, 2, 28)),
        (datetime(2024, 3, 31), datetime(2024, 2, 29)),
        (datetime(2026, 1, 15), datetime(2025, 12, 15)),
    ],
)
def test_a_month_back_by_the_calendar(now, expected):
    assert period_start(now, 1, "months") == expected


@pytest.mark.parametrize(
    ("origin", "medium", "arrival"),
    [
        ("mail", "website", "email"),
        ("visitor", None, "website"),
        ("system", "website", "website"),
        ("person", "phone", "phone"),
        ("person", None, "manual"),
        ("automation", None, "other"),
    ],
)
def test_arrival(origin, medium, arrival):
    assert arrival_of(origin, medium) == arrival
