"""Who is slipping, by examples and by properties."""

import pytest
from crm_standards.logic.adoption import (
    BELOW_TEAM,
    DROPPED,
    LATE,
    OVERDUE,
    UNSEEN,
    Usage,
    judge,
    median,
)
from hypothesis import given
from hypothesis import strategies as st

STEADY = Usage(days=28, days_seen=20, deeds=200, done=50, late=5)


def usages(days):
    return st.builds(
        lambda seen, deeds, done, late: Usage(days, seen, deeds, done, min(late, done)),
        st.integers(0, days),
        st.integers(0, 500),
        st.integers(0, 100),
        st.integers(0, 100),
    )


@pytest.mark.parametrize(
    ("recent", "signs"),
    [
        (Usage(7, 5, 50), ()),
        (Usage(7, 3, 30), ()),  # fewer days, the same work on each
        (Usage(7, 5, 20), (DROPPED,)),
        (Usage(7, 0, 0), (UNSEEN,)),
        (Usage(7, 5, 50, 10, 4), (LATE,)),
        (Usage(0, 0, 0), ()),
    ],
)
def test_last_week_against_own_month(recent, signs):
    assert judge(recent, STEADY, 0, 0, 0) == signs


def test_steady_but_far_below_the_team():
    assert judge(Usage(7, 5, 50), STEADY, 30, 0, 0) == (BELOW_TEAM,)


@pytest.mark.parametrize(
    ("now", "before", "is_sign"), [(4, 0, False), (5, 0, True), (9, 5, False), (10, 5, True)]
)
def test_overdue_counts_when_it_is_much_and_has_doubled(now, before, is_sign):
    assert (OVERDUE in judge(Usage(7, 5, 50), STEADY, 0, now, before)) == is_sign


@given(usages(7), usages(28), st.floats(0, 100), st.integers(0, 99), st.integers(0, 99))
def test_newcomer_is_not_compared(recent, usual, team, now, before):
    signs = judge(recent, usual, team, now, before)

    if usual.days_seen < 5:
        assert not {UNSEEN, DROPPED, BELOW_TEAM} & set(signs)


@given(usages(7), usages(28), st.floats(0, 100), st.integers(1, 100))
def test_working_more_is_never_a_sign(recent, usual, team, extra):
    if not recent.days_seen:
        return
    more = Usage(recent.days, recent.days_seen, recent.deeds + extra, recent.done, recent.late)

    less_signs = {DROPPED, BELOW_TEAM} & set(judge(recent, usual, team, 0, 0))
    more_signs = {DROPPED, BELOW_TEAM} & set(judge(more, usual, team, 0, 0))

    assert len(more_signs) <= len(less_signs)


@given(st.lists(st.floats(0, 1000), min_size=1))
def test_median_is_within(values):
    assert min(values) <= median(values) <= max(values)
