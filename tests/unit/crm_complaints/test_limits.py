"""What a role may grant, by examples and by properties."""

from crm_complaints.logic.limits import NOTHING, UNLIMITED, Limit, ceiling, is_within
from hypothesis import given
from hypothesis import strategies as st

KINDS = ("refund", "repair", "apology")
LIMITS = st.lists(
    st.builds(
        Limit,
        role=st.integers(1, 4),
        amount=st.one_of(st.floats(0, 10_000), st.just(UNLIMITED)),
        kind=st.one_of(st.none(), st.sampled_from(KINDS)),
        is_of_company=st.booleans(),
    ),
    max_size=12,
)
ROLES = st.frozensets(st.integers(1, 4))
KIND = st.sampled_from(KINDS)


def test_the_special_limit_counts_before_the_common_one():
    limits = [Limit(1, 100), Limit(1, 20, "refund"), Limit(1, 50, is_of_company=True)]

    assert ceiling(limits, {1}, "refund") == 20
    assert ceiling(limits, {1}, "repair") == 50


def test_of_several_roles_the_most_generous_counts():
    assert ceiling([Limit(1, 100), Limit(2, UNLIMITED)], {1, 2}, "refund") == UNLIMITED


@given(LIMITS, KIND)
def test_without_a_role_nothing_may_be_granted(limits, kind):
    assert ceiling(limits, frozenset(), kind) == NOTHING


@given(LIMITS, ROLES, ROLES, KIND)
def test_more_roles_never_grant_less(limits, roles, more, kind):
    assert ceiling(limits, roles | more, kind) >= ceiling(limits, roles, kind)


@given(LIMITS, ROLES, KIND)
def test_the_order_of_limits_does_not_matter(limits, roles, kind):
    assert ceiling(limits, roles, kind) == ceiling(reversed(limits), roles, kind)


@given(LIMITS, ROLES, KIND)
def test_only_what_some_limit_says_is_granted(limits, roles, kind):
    amounts = {limit.amount for limit in limits if limit.role in roles}

    assert ceiling(limits, roles, kind) in amounts | {NOTHING}


@given(st.floats(0, 1e9))
def test_everything_is_within_no_limit_and_nothing_above_its_own(total):
    assert is_within(total, UNLIMITED)
    assert is_within(total, total)
    assert not is_within(total + 1, total)


def test_what_rounding_makes_is_no_excess():
    assert is_within(0.1 + 0.2, 0.3)
    assert not is_within(0.31, 0.3)
