"""The files of ready sets are sound, and a fault in one is found."""

import json
from pathlib import Path

import pytest
from crm_standards import logic
from crm_standards.logic.ready_set import PARTS, find_faults, references

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


def test_two_things_of_one_key_are_named():
    sound = {"en": "A", "ru": "А"}
    content = {
        "key": "x",
        "name": sound,
        "summary": sound,
        "stages": [{"key": "new", "name": sound}, {"key": "user", "name": sound}],
        "roles": [{"key": "new", "name": sound}],
        "standards": [{"user_ids": ["@user", "@team"]}],
    }

    assert find_faults(content) == [
        "several things have the key “new”",
        "several things have the key “user”",
    ]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_everything_a_set_makes_is_used(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    used = set(references(content["standards"]))
    made = {item["key"] for part in PARTS for item in content.get(part, ())}

    assert made <= used


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_codes_of_standards_are_told_apart(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    codes = [standard["code"] for standard in content["standards"]]

    assert len(codes) == len(set(codes))
