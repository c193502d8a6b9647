"""The files of ready sets are sound, and a fault in one is found."""

import json
from pathlib import Path

import pytest
from crm_standards import logic
from crm_standards.logic.ready_set import find_faults, references

SETS = sorted(Path(logic.__file__).parents[1].joinpath("data", "ready_sets").glob("*.json"))


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_set_is_sound(path):
    content = json.loads(path.read_text(encoding="utf-8"))

    assert find_faults(content) == []
    assert content["key"] == path.stem


def test_three_sets_are_shipped():
    assert {path.stem for path in SETS} == {"b2b_sale", "project_sale", "wholesale_chains"}


def test_unknown_key_and_missing_language_are_named():
    content = {
        "key": "x",
        "name": {"en": "A", "ru": ""},
        "summary": {"en": "A", "ru": "A"},
        "stages": [{"key": "new", "name": {"en": "New", "ru": "New"}}],
        "standards": [{"rule_ids": [{"stage_ids": ["@new", "@gone"]}]}],
    }

    assert find_faults(content) == ["nothing has the key “gone”", "“A” has no ru"]


def test_references_are_found_at_any_depth():
    assert set(references({"a": [{"b": "@x"}], "c": ("@y", 1)})) == {"x", "y"}
