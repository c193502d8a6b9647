"""What a final answer has to say, by examples and by properties."""

import pytest
from crm_complaints.logic.answers import ALWAYS, NOT_UPHELD, Part, found, missing, needed
from hypothesis import given
from hypothesis import strategies as st

PARTS = st.lists(
    st.builds(
        Part,
        key=st.integers(1, 9),
        phrases=st.just(()),
        is_required=st.booleans(),
        when=st.sampled_from((ALWAYS, NOT_UPHELD)),
    ),
    unique_by=lambda part: part.key,
)
OUTCOMES = st.sampled_from(("upheld", "partly", "rejected", "withdrawn", None))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("You may turn to the  Financial\nOmbudsman Service.", True),
        ("FINANCIAL OMBUDSMAN", True),
        ("You may turn to us.", False),
        ("", False),
    ],
)
def test_a_phrase_shows_a_part_however_it_is_spaced_and_cased(text, is_found):
    part = Part(1, ("Financial Ombudsman", "FOS leaflet", "  "))

    assert found(part, text) is is_found


def test_reasons_are_needed_for_a_refusal_only():
    reasons = Part(1, when=NOT_UPHELD)

    assert needed([reasons], "rejected") == needed([reasons], "partly") == [reasons]
    assert needed([reasons], "upheld") == needed([reasons], None) == []


@given(PARTS, OUTCOMES, st.frozensets(st.integers(1, 9)))
def test_missing_is_what_is_needed_required_and_not_shown(parts, outcome, shown):
    lacking = missing(parts, outcome, shown)

    assert all(part.is_required and part.key not in shown for part in lacking)
    assert set(lacking) <= set(needed(parts, outcome))
    assert not missing(parts, outcome, shown | {part.key for part in lacking})


@given(PARTS, OUTCOMES)
def test_a_refusal_never_needs_less(parts, outcome):
    assert set(missing(parts, outcome, ())) <= set(missing(parts, "rejected", ()))
