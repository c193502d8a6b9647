"""Snapshots of databases are compared so that a person sees what was left behind."""

import json

from tests.matrix import snapshot


def row(**values: object) -> str:
    """A row as the snapshot keeps it."""
    return json.dumps(values)


def test_equal_snapshots_have_no_differences() -> None:
    one = {"index": {"CREATE INDEX a"}, "row of crm_stage": {row(id=1, name="New")}}

    assert snapshot.differences(one, dict(one)) == []


def test_what_came_and_went_is_listed() -> None:
    before = {"index": {"a"}, "row of crm_stage": {row(id=1)}}
    after = {"index": {"b"}, "row of crm_stage": {row(id=2)}, "row of crm_new": set()}

    assert snapshot.differences(before, after) == [
        "+ index: b",
        "- index: a",
        "- row of crm_stage: {'id': 1}",
        "+ row of crm_stage: {'id': 2}",
    ]


def test_of_a_changed_row_the_changed_columns_are_shown() -> None:
    before = {"row of ir_cron": {row(id=7, name="Sweep", active=True)}}
    after = {"row of ir_cron": {row(id=7, name="Sweep", active=False)}}

    assert snapshot.differences(before, after) == ["~ row of ir_cron 7: active True -> False"]


def test_rows_of_link_tables_are_compared_whole() -> None:
    before = {"row of rel": {row(a=1, b=2)}}
    after = {"row of rel": {row(a=1, b=3)}}

    assert len(snapshot.differences(before, after)) == 2


def test_a_long_list_is_cut_and_counted() -> None:
    assert (
        snapshot.told([f"+ {number}" for number in range(5)], limit=2)
        == "\n+ 0\n+ 1\n... and 3 more"
    )
