"""The reference funnel, by examples and by properties."""

from itertools import pairwise

import pytest
from crm_kpi.logic.funnel import Step, needs, per_week, short_step
from hypothesis import given
from hypothesis import strategies as st

STEPS = [Step(1, 40, 0.5), Step(2, 30, 0.2), Step(3, 5)]
rates = st.floats(0.01, 1)


def test_a_plan_needs_so_much_of_each_step():
    found = needs(STEPS, 10_000, 1000, 0.5)

    assert [need.whole for need in found] == [100, 50, 10]
    assert [need.now for need in found] == [50, 25, 5]
    assert [need.missing for need in found] == [10, 0, 0]


def test_the_short_step_is_named():
    found = needs(STEPS, 10_000, 1000, 0.5)

    assert short_step(found).key == 1


def test_what_is_missing_is_said_in_actions_a_week():
    first = needs(STEPS, 10_000, 1000, 0.5)[0]

    # 60 more in two weeks
    assert per_week(first, 14) == 30
    assert per_week(first, 3) == 60


def test_real_rates_stand_beside_the_reference():
    first, second, last = needs(STEPS, 10_000, 1000, 0.5)

    assert (first.rate, first.reference) == (0.75, 0.5)
    assert second.rate == pytest.approx(1 / 6)
    assert (last.rate, last.reference) == (None, None)


def test_without_a_rate_nothing_is_known_of_what_comes_before():
    found = needs([Step(1, 10), Step(2, 3)], 10, 1, 0.5)

    assert found[0].whole is None
    assert per_week(found[0], 7) is None
    assert short_step(found).key == 2


def test_without_a_plan_nothing_is_missing():
    assert short_step(needs(STEPS, None, 1000, 0.5)) is None


@given(st.lists(st.tuples(st.floats(0, 1e6), rates), min_size=1, max_size=6), st.floats(0, 1e9))
def test_earlier_steps_never_need_less(pairs, plan):
    steps = [Step(key, value, rate) for key, (value, rate) in enumerate(pairs)]

    found = [need.whole for need in needs(steps, plan, 10, 0.3)]

    assert all(first >= then for first, then in pairwise(found))


@given(st.lists(rates, min_size=1, max_size=6), st.floats(1, 1e6), st.floats(0, 1))
def test_a_funnel_as_it_should_be_lacks_nothing(given_rates, plan, passed):
    steps = [Step(key, 0, rate) for key, rate in enumerate(given_rates)]
    wanted = needs(steps, plan, 1, passed)
    met = [Step(need.key, need.now, step.rate) for need, step in zip(wanted, steps, strict=True)]

    assert short_step(needs(met, plan, 1, passed)) is None
