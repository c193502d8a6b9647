"""Tasks move only as their parties may."""

import pytest
from crm_complaints.logic.task import DEEDS, IN_HANDS, OPEN, DeedError, choose, is_over, judge
from hypothesis import given
from hypothesis import strategies as st

STATES = sorted(OPEN | {"checked", "cancelled"})
deeds = st.sampled_from(sorted(DEEDS))
parties = st.sets(st.sampled_from(["receiver", "director", "controller"]))
reasons = st.sampled_from([None, "", "  ", "because"])


@given(deeds, st.sampled_from(STATES), parties, reasons)
def test_a_deed_happens_exactly_if_state_party_and_reason_allow(deed, state, who, reason):
    rule = DEEDS[deed]
    is_reasoned = not rule.needs_reason or bool((reason or "").strip())
    is_allowed = state in rule.origins and bool(rule.parties & who) and is_reasoned
    try:
        result = judge(deed, state, who, reason)
    except DeedError:
        result = None

    assert result == (rule.result if is_allowed else None)


@given(deeds, st.sampled_from(["checked", "cancelled"]), parties)
def test_what_has_ended_stays_so(deed, state, who):
    with pytest.raises(DeedError):
        judge(deed, state, who, "because")


@given(st.lists(st.tuples(deeds, parties), max_size=25))
def test_nothing_is_done_that_nobody_accepted_and_checked_that_no_controller_saw(story):
    state, seen = "offered", {"offered"}
    for deed, who in story:
        try:
            state = judge(deed, state, who, "because")
        except DeedError:
            continue
        if state == "done":
            assert seen & {"accepted"}
        if state == "checked":
            assert "controller" in who
        seen.add(state)


@given(st.booleans())
def test_the_work_is_over_when_it_is_done_and_where_asked_for_checked(is_checked):
    assert is_over("checked", is_checked=is_checked)
    assert is_over("done", is_checked=is_checked) is not is_checked
    assert not any(is_over(state, is_checked=is_checked) for state in IN_HANDS)


@given(
    st.lists(st.integers(1, 9), unique=True), st.dictionaries(st.integers(1, 9), st.integers(0, 5))
)
def test_the_next_task_goes_to_who_has_the_least(people, counts):
    person = choose(people, counts)

    if not people:
        assert person is None
    else:
        assert all(counts.get(person, 0) <= counts.get(other, 0) for other in people)
