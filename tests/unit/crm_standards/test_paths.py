"""Paths of deals: the usual one, the best sellers, bottlenecks; by examples and properties."""

from itertools import pairwise

from crm_standards.logic.paths import (
    Seller,
    best,
    bottleneck,
    most_frequent,
    successors,
    typical_hours,
)
from hypothesis import given
from hypothesis import strategies as st

STAGES = st.integers(1, 6)
PATHS = st.lists(STAGES, max_size=8).map(tuple)
COUNTS = st.dictionaries(STAGES, st.integers(0, 50))
SELLERS = st.lists(
    st.builds(
        lambda number, closed, won, revenue: Seller(number, closed, min(won, closed), revenue),
        st.integers(1, 99),
        st.integers(0, 30),
        st.integers(0, 30),
        st.floats(0, 1e6),
    ),
    unique_by=lambda seller: seller.id,
)


@given(PATHS)
def test_successors_allow_every_step_of_the_path_and_no_other(path):
    ways = successors(path)

    steps = {(a, b) for a, b in pairwise(path) if a != b}
    assert {(stage, there) for stage, nexts in ways.items() for there in nexts} == steps


@given(st.dictionaries(PATHS, st.integers(1, 50), min_size=1))
def test_no_path_is_taken_more_often_than_the_most_frequent(paths):
    assert paths[most_frequent(paths)] == max(paths.values())


def test_of_equally_frequent_paths_the_shorter_is_chosen():
    assert most_frequent({(1, 2, 3): 4, (1, 3): 4, (2,): 1}) == (1, 3)


def test_no_deals_have_no_path():
    assert most_frequent({}) == ()


@given(SELLERS, st.sampled_from(["revenue", "won_share"]), st.integers(0, 10), st.integers(0, 5))
def test_nobody_left_out_is_better_than_the_best(sellers, measure, least, count):
    chosen = best(sellers, measure, least, count)

    able = [s for s in sellers if s.closed >= least and s.won]
    assert len(chosen) == min(count, len(able))
    assert all(seller in able for seller in chosen)
    worst = min((getattr(s, measure) for s in chosen), default=0)
    if count:
        assert all(getattr(s, measure) <= worst for s in able if s not in chosen)


def test_who_closed_few_deals_is_not_among_the_best():
    lucky, steady = Seller(1, 1, 1, 9e6), Seller(2, 20, 10, 1e5)

    assert best([lucky, steady], "won_share", 5, 3) == (steady,)


@given(COUNTS, st.integers(0, 60), st.integers(50, 100))
def test_a_bottleneck_holds_more_than_its_share(counts, least, percent):
    stage = bottleneck(counts, least, percent)

    total = sum(counts.values())
    above = [s for s in counts if total and 100 * counts[s] > percent * total]
    assert (stage is not None) == (bool(above) and total >= least)
    assert stage is None or stage in above


def test_exactly_the_share_is_no_bottleneck():
    assert bottleneck({1: 80, 2: 20}, 10, 80) is None
    assert bottleneck({1: 81, 2: 19}, 10, 80) == 1


def test_typical_hours_are_the_median_of_each_stage():
    stays = [(1, 2.0), (1, 4.0), (1, 900.0), (2, 1.0), (2, 2.0)]

    assert typical_hours(stays) == {1: 4.0, 2: 1.5}
