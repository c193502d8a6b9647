"""The life of an invitation."""

from crm_surveys.logic.invitation import ENDED, NEXT, STATES, can_move
from hypothesis import given
from hypothesis import strategies as st


@given(st.lists(st.sampled_from(STATES)))
def test_whatever_happens_nothing_leaves_an_end(events):
    state = "decided"
    for event in events:
        before = state
        if can_move(state, event):
            state = event
        assert before not in ENDED or state == before


@given(st.lists(st.sampled_from([state for state in STATES if state != "failed"])))
def test_without_failures_it_only_goes_forward(events):
    order = {state: place for place, state in enumerate(STATES)}
    state, seen = "decided", []
    for event in events:
        if can_move(state, event):
            state = event
            seen.append(order[state])

    assert seen == sorted(seen)
    assert len(seen) == len(set(seen))


def test_an_answer_can_come_from_every_state_that_is_no_end():
    assert all(can_move(state, "finished") for state in STATES if state not in ENDED)


def test_what_reached_the_customer_is_not_called_unsent():
    assert {state for state in STATES if can_move(state, "not_sent")} == {"decided", "queued"}


def test_every_next_state_is_a_state():
    assert set().union(*NEXT.values()) <= set(STATES)
