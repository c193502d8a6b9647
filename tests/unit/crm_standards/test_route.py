"""Which stage may follow which."""

from crm_standards.logic.route import dead_ends, forward, merge, reachable, unreachable
from hypothesis import given
from hypothesis import strategies as st

STAGES = [1, 2, 3, 4, 5]
routes = st.dictionaries(
    st.sampled_from(STAGES), st.frozensets(st.sampled_from(STAGES), min_size=1), max_size=5
)


def test_forward_patterns():
    assert forward([1, 2, 3], ends=[3]) == {1: {2}, 2: {3}}
    assert forward([1, 2, 3], may_skip=True) == {1: {2, 3}, 2: {3}}
    assert forward([1, 2, 3], steps_back=1) == {1: {2}, 2: {1, 3}, 3: {2}}


@given(st.booleans(), st.integers(0, 3))
def test_a_forward_pattern_has_no_dead_end_and_no_lonely_stage(may_skip, steps_back):
    route = forward(STAGES, may_skip=may_skip, steps_back=steps_back, ends=[5])

    assert dead_ends(route, STAGES, [5]) == ()
    assert unreachable(route, STAGES, [1]) == ()


@given(routes, st.sampled_from(STAGES))
def test_one_more_allowed_way_never_takes_a_stage_away(route, start):
    wider = {stage: allowed | {1} for stage, allowed in route.items()}

    assert reachable(route, STAGES, [start]) <= reachable(wider, STAGES, [start])
    assert set(dead_ends(route, STAGES, [1])) >= set(dead_ends(wider, STAGES, [1]))


@given(routes)
def test_every_stage_is_reached_or_lonely(route):
    lonely = set(unreachable(route, STAGES, [1]))

    assert lonely | reachable(route, STAGES, [1]) == set(STAGES)
    assert not lonely & reachable(route, STAGES, [1])


@given(routes, routes)
def test_two_routes_together_allow_no_more_than_each(one, other):
    both = merge([one, other])

    for stage, allowed in both.items():
        for route in (one, other):
            assert allowed <= route.get(stage, allowed)


def test_a_circle_is_a_dead_end():
    assert dead_ends({1: frozenset({2}), 2: frozenset({1})}, [1, 2, 3], [3]) == (1, 2)


def test_without_an_end_only_a_stage_one_cannot_leave_counts():
    assert dead_ends({2: frozenset({2})}, [1, 2, 3], []) == (2,)
