"""Which prepared databases may still be copied."""

from __future__ import annotations

import pytest

from tools import templates


@pytest.mark.parametrize(
    ("stamp", "last_cut", "is_doubtful"),
    [
        ({"built": 200.0}, 0.0, False),
        ({"built": 200.0}, 100.0, False),
        ({"built": 200.0}, 300.0, True),
        ({}, 300.0, True),  # built before the date was noted
        ({}, 0.0, False),
    ],
)
def test_template_of_before_a_crash_is_not_copied(stamp, last_cut, is_doubtful):
    assert templates.is_doubtful(stamp, last_cut) is is_doubtful


def test_least_used_templates_go_first():
    assert templates.least_used({"a": 3.0, "b": 1.0, "c": 2.0}, kept=2) == ["b"]
