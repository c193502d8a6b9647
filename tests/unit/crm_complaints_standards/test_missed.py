from datetime import datetime, timedelta

import pytest
from crm_complaints_standards.logic.missed import (
    Law,
    Miss,
    Period,
    breaks,
    first_broken,
    version_at,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 3, 9)
LAW = Law(1, "resolution", NOW - timedelta(days=30))
MISS = Miss("resolution", NOW, company=1, team=2, categories=frozenset({5, 6}), severity=1)


def law(**values):
    return Law(**{**vars(LAW), **values})


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"deadline": "first_answer"}, False),
        ({"since": NOW}, True),
        ({"since": NOW + timedelta(seconds=1)}, False),
        ({"first_day": NOW.date(), "last_day": NOW.date()}, True),
        ({"first_day": NOW.date() + timedelta(days=1)}, False),
        ({"last_day": NOW.date() - timedelta(days=1)}, False),
        ({"company": 1}, True),
        ({"company": 2}, False),
        ({"teams": frozenset({2, 3})}, True),
        ({"teams": frozenset({3})}, False),
        ({"categories": frozenset({6})}, True),
        ({"categories": frozenset({7})}, False),
        ({"severity": 1}, True),
        ({"severity": 2}, False),
        ({"stages": frozenset({1})}, False),
        ({"roles": frozenset({1})}, False),
    ],
)
def test_a_rule_speaks_of_what_it_names(values, expected):
    assert breaks(MISS, law(**values)) is expected


def test_a_complaint_of_no_severity_is_below_all():
    assert not breaks(Miss("resolution", NOW, company=1), law(severity=0))


def test_the_first_rule_counts():
    first, second = law(id=2), law(id=3)

    assert first_broken(MISS, [law(id=1, company=9), first, second]) is first
    assert first_broken(MISS, []) is None


IDS = st.frozensets(st.integers(1, 3), max_size=2)
LAWS = st.builds(
    Law,
    id=st.integers(1, 99),
    deadline=st.sampled_from(["resolution", "first_answer"]),
    since=st.just(LAW.since),
    company=st.none() | st.integers(1, 2),
    teams=IDS,
    categories=IDS,
    severity=st.none() | st.integers(0, 3),
)
MISSES = st.builds(
    Miss,
    deadline=st.sampled_from(["resolution", "first_answer"]),
    moment=st.just(NOW),
    company=st.integers(1, 2),
    team=st.none() | st.integers(1, 3),
    categories=IDS,
    severity=st.none() | st.integers(0, 3),
)


@given(MISSES, LAWS)
def test_a_rule_without_conditions_speaks_of_all_the_narrower_one_does(miss, narrow):
    wide = Law(narrow.id, narrow.deadline, narrow.since)

    assert breaks(miss, wide) or not breaks(miss, narrow)


@given(MISSES, st.lists(LAWS))
def test_something_is_broken_exactly_if_one_of_the_rules_is(miss, laws):
    found = first_broken(miss, laws)

    assert (found is not None) is any(breaks(miss, law) for law in laws)
    assert found is None or breaks(miss, found)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=8), st.integers(0, 60))
def test_of_versions_that_follow_each_other_one_is_in_force(lengths, day):
    start, periods = NOW, []
    for number, length in enumerate(lengths, start=1):
        end = start + timedelta(days=length)
        periods.append(Period(number, start, end))
        start = end

    found = version_at(periods, NOW + timedelta(days=day))

    total = 0
    expected = None
    for number, length in enumerate(lengths, start=1):
        if total <= day < total + length:
            expected = number
        total += length
    assert found == expected
