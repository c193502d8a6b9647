"""Processes: branches come together, nothing stands still, what is wrong is found."""

import pytest
from crm_complaints.logic.process import (
    Problem,
    Step,
    first_step,
    layout,
    problems,
    reach,
    released,
    step_of_stage,
    step_to,
)
from hypothesis import given
from hypothesis import strategies as st

#: 1 splits into 2 and 3-4, which come together in 5; 6 ends, and reopens at 5.
FORK = {
    1: Step(1, 10, 100, (2, 3), is_split=True),
    2: Step(2, 20, 100, (5,)),
    3: Step(3, 30, 200, (4,)),
    4: Step(4, 40, 200, (5,)),
    5: Step(5, 50, 300, (6,)),
    6: Step(6, 60, 400, (5,), is_end=True),
}


@st.composite
def graphs(draw):
    """Any graph of steps, sensible or not."""
    keys = draw(st.lists(st.integers(1, 8), min_size=1, max_size=8, unique=True))
    return {
        key: Step(
            key,
            draw(st.integers(0, 3)),
            draw(st.integers(1, 4)),
            tuple(draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))),
            is_end=draw(st.booleans()),
        )
        for key in keys
    }


@st.composite
def cases(draw):
    """A graph with steps that wait and others in work."""
    steps = draw(graphs())
    waiting = draw(st.sets(st.sampled_from(sorted(steps)), min_size=1))
    working = draw(st.sets(st.sampled_from(sorted(steps)))) - waiting
    return steps, waiting, working


@pytest.mark.parametrize(
    ("waiting", "working", "expected"),
    [
        ({2, 3}, set(), [2, 3]),
        ({5}, {3}, []),  # the long branch is still under way
        ({5}, {4}, []),
        ({5}, set(), [5]),
        ({6}, set(), [6]),
    ],
)
def test_a_joint_waits_for_the_longest_branch(waiting, working, expected):
    assert released(FORK, waiting, working) == expected


@given(cases())
def test_a_case_never_stands_still_with_nobody_at_work(case):
    steps, waiting, working = case

    assert working or released(steps, waiting, working)


@given(cases())
def test_only_what_waits_begins_and_nothing_that_can_still_be_reached(case):
    steps, waiting, working = case

    begun = released(steps, waiting, working)

    assert set(begun) <= waiting
    if working:
        ahead = set().union(*(reach(steps, key) for key in working))
        assert not ahead & set(begun)


@given(graphs())
def test_a_sound_process_lets_every_step_come_to_an_end(steps):
    if problems(steps):
        return

    ends = {key for key, step in steps.items() if step.is_end}

    assert all(step.is_end or reach(steps, key) & ends for key, step in steps.items())


def test_the_sound_process_has_no_problem():
    assert problems(FORK) == []


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ([], [Problem("empty")]),
        ([Step(1, 1, 1, (2,)), Step(2, 2, 1, (1,))], [Problem("no_end")]),
        (
            [Step(1, 1, 1, (2, 3)), Step(2, 2, 1, (2,)), Step(3, 3, 2, is_end=True)],
            [Problem("endless", 2)],
        ),
        (
            [Step(1, 1, 1, (2, 3)), Step(2, 2, 1), Step(3, 3, 2, is_end=True)],
            [Problem("dead_end", 2)],
        ),
        (
            [Step(1, 1, 1, (3,)), Step(2, 2, 1, (3,)), Step(3, 3, 2, is_end=True)],
            [Problem("unreachable", 2)],
        ),
    ],
)
def test_what_is_wrong_is_found(steps, expected):
    assert problems({step.id: step for step in steps}) == expected


def test_a_move_to_a_stage_is_a_step_only_if_one_step_is_in_work():
    assert step_to(FORK, {5}, 400) == 6
    assert step_to(FORK, {5}, 100) is None
    assert step_to(FORK, {2, 4}, 300) is None
    assert step_to(FORK, set(), 100) is None


def test_the_first_step_of_a_stage_is_found():
    assert step_of_stage(FORK.values(), 200) == 3
    assert step_of_stage(FORK.values(), 999) is None


@given(graphs())
def test_each_step_has_a_place_of_its_own_on_the_map(steps):
    places = layout(list(steps.values()))

    assert places.keys() == steps.keys()
    assert len(set(places.values())) == len(steps)
    start = first_step(steps.values())
    assert start is None or places[start.id][0] == 0
