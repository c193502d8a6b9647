"""From what a rule can be judged on history."""

import pytest
from crm_standards.logic.dry_run import MOST_RULES, basis_of, bit_of, bits_of, percent
from crm_standards.logic.gate import STRENGTHS, Rule
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("kind", "field_names", "basis"),
    [
        ("begin", (), "moves"),
        ("transition", (), "moves"),
        ("enter", ("partner_id",), "moves"),
        ("leave", ("partner_id",), "moves"),
        ("time_limit", (), "stays"),
        ("enter", (), "nothing"),
        ("leave", (), "nothing"),
    ],
)
def test_each_kind_of_rule_has_its_basis(kind, field_names, basis):
    rule = Rule(1, kind, "record", frozenset({1}), field_names=field_names)

    assert basis_of(rule) == basis


def test_share_of_nothing_is_nothing():
    assert percent(0, 0) == 0
    assert percent(1, 4) == 25


@given(st.lists(st.sampled_from(STRENGTHS), max_size=MOST_RULES))
def test_each_rule_has_one_bit_and_each_bit_one_strength(strengths):
    rules = [Rule(i, "enter", strength, frozenset()) for i, strength in enumerate(strengths)]

    bits = [bits_of(rules, strength) for strength in STRENGTHS]

    assert sum(bits) == sum(bit_of(number) for number in range(len(rules)))
    assert bits[0] & bits[1] == bits[1] & bits[2] == bits[0] & bits[2] == 0
    assert sum(bits) < 2**63
