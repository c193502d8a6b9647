"""Quantities that come back and go out, by examples and by properties."""

import pytest
from crm_complaints_stock.logic.goods import carries_out, kept, returnable
from hypothesis import given
from hypothesis import strategies as st

QUANTITY = st.floats(0, 1_000_000)
STATES = st.frozensets(st.sampled_from(["draft", "assigned", "done", "cancel"]), max_size=4)


@given(QUANTITY, QUANTITY, st.one_of(st.none(), QUANTITY))
def test_never_more_comes_back_than_is_left_or_wanted(delivered, returned, wanted):
    quantity = returnable(delivered, returned, wanted)

    assert 0 <= quantity <= delivered
    assert quantity == 0 or quantity + returned <= delivered or quantity == delivered - returned
    assert wanted is None or quantity <= wanted


@given(QUANTITY, QUANTITY)
def test_all_that_is_left_can_come_back_where_nothing_is_said(delivered, returned):
    assert returnable(delivered, returned) == max(0, delivered - returned)


@given(QUANTITY, QUANTITY)
def test_what_came_back_was_not_kept(sent, came_back):
    assert 0 <= kept(sent, came_back) <= sent


@pytest.mark.parametrize(
    ("kind", "direction"), [("replacement", "replacement"), ("return_goods", "return")]
)
def test_a_remedy_is_carried_out_by_its_own_transfer(kind, direction):
    assert carries_out(kind, direction, frozenset({"done"}))


@given(st.sampled_from(["refund", "repair", "discount"]), STATES)
def test_goods_coming_back_pay_nothing(kind, states):
    assert not carries_out(kind, "return", states)


@given(STATES)
def test_nothing_is_carried_out_while_something_is_on_its_way(states):
    open_or_nothing = bool(states - {"done", "cancel"}) or "done" not in states

    assert carries_out("replacement", "replacement", states) != open_or_nothing
