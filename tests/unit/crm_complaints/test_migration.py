"""Exports of other programs as rows of our import."""

import pytest
from crm_complaints.logic.migration import (
    CLAIM,
    COLUMNS,
    NONCONFORMITY,
    OWN,
    SOURCES,
    TICKET,
    meaning,
    take_over,
)
from hypothesis import given
from hypothesis import strategies as st


def test_a_ticket_with_technical_names():
    taken = take_over(
        TICKET,
        ["id", "number", "name", "partner_email", "stage_id", "sla_expired"],
        [["x.1", "HT1", "Broken", "a@example.com", "Done", "True"], ["", "", "", "", "", ""]],
    )

    assert taken.columns == ("id", "name", "email_from", "stage_id", "reference")
    assert taken.rows == (("x.1", "Broken", "a@example.com", "Done", "HT1"),)
    assert taken.left_out == ("sla_expired",)


def test_a_claim_with_labels_and_without_subject():
    taken = take_over(CLAIM, ["Claim Number", "Claim Date"], [["C7", "2020-01-02 10:00:00"]])

    assert taken.columns == ("name", "date_received", "reference")
    assert taken.rows == (("C7", "2020-01-02 10:00:00", "C7"),)


@pytest.mark.parametrize(
    ("kind", "stage", "expected"),
    [
        (TICKET, "Awaiting", "waiting"),
        (TICKET, "Cancelled", "cancelled"),
        (CLAIM, "Settled", "closed"),
        (CLAIM, "In Progress", "open"),
        (NONCONFORMITY, "Draft", "new"),
    ],
)
def test_meaning_of_foreign_stages(kind, stage, expected):
    assert meaning(SOURCES[kind], stage) == expected


def test_every_source_fills_columns_of_ours():
    for source in SOURCES.values():
        assert set(source.names.values()) <= set(COLUMNS)
        assert "name" in source.names.values()


@given(st.lists(st.lists(st.text(max_size=5), max_size=20), max_size=5))
def test_own_rows_keep_their_number_of_columns(rows):
    taken = take_over(OWN, COLUMNS, rows)

    assert all(len(row) == len(COLUMNS) and row[1] for row in taken.rows)
