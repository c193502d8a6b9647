"""From what a rule can be judged on history."""

import pytest
from crm_standards.logic.dry_run import basis_of, percent
from crm_standards.logic.gate import Rule


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
