"""The order of work, by examples and by properties."""

import pytest
from crm_complaints.logic.priority import LEVELS, PRIORITIES, priority
from hypothesis import given
from hypothesis import strategies as st

LEVEL = st.sampled_from(LEVELS)


@pytest.mark.parametrize(
    ("severity", "impact", "expected"),
    [
        ("low", "low", "0"),
        ("medium", "medium", "1"),
        ("high", "medium", "2"),
        ("low", "critical", "2"),
        ("high", "critical", "3"),
        ("critical", "critical", "3"),
    ],
)
def test_examples(severity, impact, expected):
    assert priority(severity, impact) == expected


@given(LEVEL, LEVEL, LEVEL)
def test_worse_is_never_less_urgent(severity, other, impact):
    lower, higher = sorted((severity, other), key=LEVELS.index)

    assert priority(lower, impact) <= priority(higher, impact)
    assert priority(impact, lower) <= priority(impact, higher)


@given(LEVEL, LEVEL)
def test_the_result_is_always_a_priority(severity, impact):
    assert priority(severity, impact) in PRIORITIES


@given(LEVEL)
def test_what_is_not_judged_yet_counts_as_the_least(level):
    assert priority(None, level) == priority("low", level)
    assert priority(level, None) == priority(level, "low")


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="huge"):
        priority("huge", "low")
