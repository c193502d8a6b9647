"""Who gets the next complaint."""

from collections import Counter

from crm_complaints.logic.assignment import choose, load, weight
from hypothesis import given
from hypothesis import strategies as st

people = st.sets(st.integers(1, 9), min_size=1)
loads = st.dictionaries(st.integers(1, 9), st.integers(0, 20))


@given(people, loads, st.integers(0, 10))
def test_somebody_with_the_least_load_is_chosen(persons, carried, last):
    chosen = choose(persons, carried, last)
    assert chosen in persons
    assert carried.get(chosen, 0) == min(carried.get(person, 0) for person in persons)


@given(people, st.integers(1, 60))
def test_in_turn_everybody_gets_as_many(persons, count):
    got, last = Counter(dict.fromkeys(persons, 0)), None
    for _one in range(count):
        last = choose(persons, {}, last)
        got[last] += 1
    assert max(got.values()) - min(got.values()) <= 1


@given(people)
def test_nobody_is_asked_twice_in_a_row_where_there_are_others(persons):
    first = choose(persons, {})
    assert len(persons) == 1 or choose(persons, {}, first) != first


def test_nobody_is_chosen_where_there_is_nobody():
    assert choose([], {}) is None


def test_urgent_ones_weigh_more():
    weights = [weight(priority) for priority in (None, "0", "1", "2", "3")]
    assert weights == sorted(weights)
    assert load([("3", 2), (False, 1)]) == 2 * weight("3") + weight(None)
