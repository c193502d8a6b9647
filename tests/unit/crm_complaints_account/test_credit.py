"""What an invoice can still be credited, by examples and by properties."""

import pytest
from crm_complaints_account.logic.credit import (
    ALL_CREDITED,
    CANCELLED,
    DRAFT,
    NO_INVOICE,
    TOO_MUCH,
    Invoice,
    exceeds,
    find_obstacle,
)
from hypothesis import given
from hypothesis import strategies as st

CENTS = st.integers(0, 10_000_000)


@pytest.mark.parametrize(
    ("invoice", "amount", "obstacle"),
    [
        (None, 10, NO_INVOICE),
        (Invoice("draft", 100, 0), 10, DRAFT),
        (Invoice("cancel", 100, 0), 10, CANCELLED),
        (Invoice("posted", 100, 100), 10, ALL_CREDITED),
        (Invoice("posted", 0, 0), 10, ALL_CREDITED),
        (Invoice("posted", 100, 90), 10, None),
        (Invoice("posted", 100, 90), 10.01, TOO_MUCH),
        (Invoice("posted", 1000, 0, rounding=1), 1000.4, None),
    ],
)
def test_obstacles_by_example(invoice, amount, obstacle):
    assert find_obstacle(invoice, amount) == obstacle


@given(CENTS, CENTS, CENTS)
def test_credit_notes_together_never_exceed_the_invoice(total, credited, amount):
    invoice = Invoice("posted", total / 100, credited / 100)

    if find_obstacle(invoice, amount / 100) is None:
        assert credited + amount <= total or amount == 0


@given(CENTS, CENTS)
def test_what_is_left_can_be_credited_in_full(total, credited):
    invoice = Invoice("posted", total / 100, credited / 100)

    assert find_obstacle(invoice, invoice.left) in (None, ALL_CREDITED)


@given(CENTS, st.sampled_from([0.01, 0.05, 1.0]))
def test_nothing_exceeds_itself(amount, rounding):
    assert not exceeds(amount / 100, amount / 100, rounding)
