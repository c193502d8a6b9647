"""What the points of a complaint amount to."""

from crm_complaints.logic.outcome import PARTLY, REJECTED, UPHELD, overall
from hypothesis import given
from hypothesis import strategies as st

OUTCOMES = st.lists(st.sampled_from([UPHELD, PARTLY, REJECTED]), min_size=1)


def test_without_points_nothing_follows():
    assert overall([]) is None


@given(st.sampled_from([UPHELD, PARTLY, REJECTED]), st.integers(1, 5))
def test_points_of_one_mind_say_what_they_say(outcome, count):
    assert overall([outcome] * count) == outcome


@given(OUTCOMES, OUTCOMES)
def test_points_can_be_summed_up_in_parts(first, second):
    assert overall([overall(first), overall(second)]) == overall(first + second)


@given(OUTCOMES)
def test_whoever_is_right_in_a_point_is_not_rejected(outcomes):
    assert (overall(outcomes) == REJECTED) == (set(outcomes) == {REJECTED})
