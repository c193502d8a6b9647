"""The judgement of losses, by examples and by properties."""

from crm_standards.logic.gate import STRENGTHS
from crm_standards.logic.loss import (
    LossRule,
    judge_loss,
    missing_fields,
    newly_open,
    price_gap_percent,
    recorded,
    stopping,
)
from hypothesis import given
from hypothesis import strategies as st

FIELDS = ["reason", "competitor", "price", "note"]
REASONS = st.none() | st.integers(1, 4)
PRICES = st.floats(0.01, 1e6)

rules = st.builds(
    LossRule,
    id=st.integers(1, 1000),
    strength=st.sampled_from(STRENGTHS),
    needs=st.lists(st.sampled_from(FIELDS), min_size=1, unique=True).map(tuple),
    reason_ids=st.frozensets(st.integers(1, 4), max_size=2),
)
laws = st.lists(rules, max_size=6, unique_by=lambda rule: rule.id)
filled_sets = st.frozensets(st.sampled_from(FIELDS))


@given(laws, REASONS, filled_sets, st.sampled_from(FIELDS))
def test_saying_more_never_opens_a_gap(law, reason, said, extra):
    before = judge_loss(law, reason, said.__contains__)
    after = judge_loss(law, reason, (said | {extra}).__contains__)

    assert set(missing_fields(after)) == set(missing_fields(before)) - {extra}


@given(laws, REASONS)
def test_with_all_said_nothing_is_missing(law, reason):
    assert judge_loss(law, reason, lambda _name: True) == ()


@given(laws, REASONS, filled_sets)
def test_only_rules_of_the_reason_speak(law, reason, said):
    for gap in judge_loss(law, reason, said.__contains__):
        assert not gap.rule.reason_ids or reason in gap.rule.reason_ids
        assert set(gap.missing) <= set(gap.rule.needs) - said


@given(laws, REASONS, filled_sets)
def test_what_stops_is_recorded_too(law, reason, said):
    gaps = judge_loss(law, reason, said.__contains__)

    assert set(stopping(gaps)) <= set(recorded(gaps)) <= set(gaps)


@given(laws, REASONS, filled_sets, filled_sets)
def test_newly_open_is_what_was_said_before(law, reason, before, after):
    was = judge_loss(law, reason, before.__contains__)
    now = judge_loss(law, reason, after.__contains__)

    for gap in newly_open(was, now):
        assert set(gap.missing) <= before - after


@given(laws, REASONS, filled_sets)
def test_nothing_is_newly_open_when_nothing_changed(law, reason, said):
    gaps = judge_loss(law, reason, said.__contains__)

    assert newly_open(gaps, gaps) == ()


@given(PRICES, PRICES)
def test_the_gap_has_the_sign_of_the_difference(ours, theirs):
    gap = price_gap_percent(ours, theirs)

    assert gap <= 100
    assert gap >= 0 or theirs > ours
    assert gap <= 0 or theirs < ours
