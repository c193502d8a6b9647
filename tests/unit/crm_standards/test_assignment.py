"""Assignments move only as their parties may, and work is spread evenly."""

from collections import Counter

import pytest
from crm_standards.logic.assignment import (
    DEEDS,
    OPEN,
    DeedError,
    Duty,
    choose,
    duty_of,
    judge,
    passes_on,
)
from hypothesis import given
from hypothesis import strategies as st

STATES = sorted(OPEN | {"checked", "cancelled"})
deeds = st.sampled_from(sorted(DEEDS))
parties = st.sets(st.sampled_from(["sender", "receiver", "controller"]))
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


@given(st.lists(st.tuples(deeds, parties, reasons), max_size=20))
def test_only_the_receiver_takes_on_and_only_the_controller_approves(story):
    state, doers = "offered", {}
    for deed, who, reason in story:
        try:
            state = judge(deed, state, who, reason)
        except DeedError:
            continue
        doers.setdefault(deed, []).append(who)

    assert all("receiver" in who for deed in ("accept", "finish") for who in doers.get(deed, ()))
    assert all("controller" in who for who in doers.get("check", ()))
    if state == "checked":
        assert {"accept", "finish"} <= doers.keys()


def test_a_stranger_is_told_so_whatever_the_state():
    with pytest.raises(DeedError) as error:
        judge("accept", "cancelled", set(), None)

    assert error.value.cause == "party"


@given(st.sets(st.integers(1, 9), min_size=1), st.integers(0, 60))
def test_many_deals_are_spread_evenly(people, deals):
    counts = Counter()
    for _number in range(deals):
        counts[choose(sorted(people), counts)] += 1

    loads = [counts[person] for person in people]
    assert max(loads) - min(loads) <= 1
    assert sum(loads) == deals


def test_nobody_is_chosen_from_nobody():
    assert choose([], {}) is None


def test_the_first_line_of_a_stage_names_its_one_role():
    first, second = Duty(1, 5, 7), Duty(2, 5, 8)

    assert duty_of([first, second], 5) is first
    assert duty_of([first, second], 6) is None


@given(st.none() | st.builds(Duty, st.just(1), st.just(5), st.integers(1, 3)), st.integers(1, 3))
def test_the_same_role_goes_on_with_its_own_deal(before, role):
    after = Duty(2, 6, role)

    assert passes_on(before, after) == (before is None or before.role_id != role)
    assert not passes_on(before, None)
