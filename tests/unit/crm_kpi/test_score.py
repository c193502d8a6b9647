"""Scores, zones and bonuses, by examples and by properties."""

import pytest
from crm_kpi.logic.score import (
    CAP,
    LESS,
    LINEAR,
    ORDER,
    RANGE,
    SPAN,
    STEPS,
    Goal,
    Node,
    Rung,
    bonus,
    find_fault,
    normalize,
    shares,
    total,
    zone,
)
from hypothesis import given
from hypothesis import strategies as st

AMOUNTS = st.integers(-1000, 1000).map(float)


@st.composite
def goals(draw):
    low, middle, high = sorted(draw(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS)))
    kind = draw(st.sampled_from(["more", LESS, RANGE]))
    stretch = draw(st.booleans())
    if kind == RANGE:
        return Goal(low, direction=RANGE, upper=middle, tolerance=abs(high))
    if kind == LESS:
        low, high = high, low
    return Goal(middle, minimum=low, stretch=high if stretch else None, direction=kind)


@given(goals(), AMOUNTS)
def test_a_score_lies_between_nothing_and_the_cap(goal, value):
    assert find_fault(goal) is None
    assert 0 <= normalize(value, goal) <= goal.cap


@given(goals(), AMOUNTS, AMOUNTS)
def test_better_is_never_worse(goal, one, other):
    low, high = sorted((one, other), reverse=goal.direction == LESS)
    if goal.direction == RANGE:
        high = min(high, goal.upper)
        low = min(low, high)

    assert normalize(low, goal) <= normalize(high, goal) + 1e-9


@given(goals())
def test_the_target_reached_is_full(goal):
    reached = goal.target if goal.stretch != goal.target else None

    assert reached is None or normalize(reached, goal) == pytest.approx(100)


@pytest.mark.parametrize(
    ("value", "goal", "score"),
    [
        (None, Goal(10), None),
        (5, Goal(10), 50),
        (12, Goal(10), 120),
        (50, Goal(10), 120),
        (11, Goal(10, stretch=12, cap=150), 125),
        (-3, Goal(10), 0),
        # fewer complaints are better: ten is nothing, two is full
        (6, Goal(2, minimum=10, direction=LESS), 50),
        (0, Goal(2, minimum=10, stretch=0, direction=LESS), 120),
        (514, Goal(10, minimum=20, direction=LESS), 0),
        # a target of nothing is a step
        (0, Goal(0), 100),
        (1, Goal(0, direction=LESS), 0),
        (7, Goal(3, upper=8, tolerance=2, direction=RANGE), 100),
        (9, Goal(3, upper=8, tolerance=2, direction=RANGE), 50),
        (2.9, Goal(3, upper=8, direction=RANGE), 0),
    ],
)
def test_known_scores(value, goal, score):
    assert normalize(value, goal) == score


@pytest.mark.parametrize(
    ("goal", "fault"),
    [
        (Goal(10, minimum=20), ORDER),
        (Goal(10, minimum=5, direction=LESS), ORDER),
        (Goal(10, stretch=9), ORDER),
        (Goal(10, upper=9, direction=RANGE), SPAN),
        (Goal(10, upper=11, tolerance=-1, direction=RANGE), SPAN),
        (Goal(10, cap=90), CAP),
    ],
)
def test_a_goal_that_makes_no_sense_is_named(goal, fault):
    assert find_fault(goal) == fault


LEAVES = st.tuples(st.integers(-2, 50), st.none() | st.integers(0, 120)).map(
    lambda pair: Node(0, float(pair[0]), pair[1])
)
TREES = st.recursive(
    LEAVES,
    lambda part: st.tuples(st.integers(0, 50), st.lists(part, min_size=1, max_size=3)).map(
        lambda pair: Node(0, float(pair[0]), None, tuple(pair[1]))
    ),
    max_leaves=12,
)


def leaves(nodes, found):
    """Return the shares of the leaves; ``found`` are all, from above to below."""
    for node in nodes:
        share = next(found)
        if node.children:
            yield from leaves(node.children, found)
        else:
            yield share


@given(st.lists(TREES, max_size=4))
def test_points_of_the_leaves_add_up_to_the_score(nodes):
    whole = total(nodes)

    points = [share.points for share in leaves(nodes, iter(shares(nodes)))]

    known = [point for point in points if point is not None]
    if whole is None:
        assert not known
    else:
        assert sum(known) == pytest.approx(whole)
        assert -1e-9 <= whole <= 120 + 1e-9


def test_what_has_no_value_takes_no_part():
    nodes = [Node(1, 50, 80.0), Node(2, 50, None)]

    assert total(nodes) == 80
    assert [share.points for share in shares(nodes)] == [80, None]


def test_perspectives_weigh_as_a_whole():
    sales = Node(1, 3, None, (Node(2, 1, 100.0), Node(3, 1, 50.0)))

    assert total([sales, Node(4, 1, 35.0)]) == 65


def test_zones_begin_at_their_bounds():
    found = [zone(score, 60, 90) for score in (None, 59.9, 60, 90)]

    assert found == [None, "red", "yellow", "green"]


RUNGS = [Rung(100, 10000), Rung(80, 5000), Rung(120, 20000)]


@pytest.mark.parametrize(
    ("score", "steps", "linear"),
    [(None, None, None), (79, 0, 0), (80, 5000, 5000), (90, 5000, 7500), (130, 20000, 20000)],
)
def test_a_bonus_climbs_its_scale(score, steps, linear):
    assert bonus(score, RUNGS, STEPS) == steps
    assert bonus(score, RUNGS, LINEAR) == linear


def test_without_a_scale_there_is_no_bonus():
    assert bonus(100, []) == 0
