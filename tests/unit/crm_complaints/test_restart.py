"""From when a deadline counts again, by examples and by properties."""

from datetime import datetime

import pytest
from crm_complaints.logic.restart import Ended, restart
from crm_complaints.logic.terms import KINDS, RESOLUTION, both, law
from hypothesis import given
from hypothesis import strategies as st

RECEIPT = datetime(2026, 3, 2, 8)
NOW = datetime(2026, 3, 20, 8)
ENDED = st.builds(
    Ended,
    kind=st.sampled_from(both(*KINDS)),
    start=st.just(RECEIPT),
    is_done=st.booleans(),
)
FLAGS = st.fixed_dictionaries(
    {name: st.booleans() for name in ("is_withdrawn", "is_renewed", "is_undone")}
)


@pytest.mark.parametrize(
    ("kind", "is_done", "flags", "expected"),
    [
        (RESOLUTION, True, {}, NOW),
        (RESOLUTION, False, {}, NOW),
        (law(RESOLUTION), True, {}, NOW),
        (law(RESOLUTION), True, {"is_renewed": False}, None),
        (law(RESOLUTION), False, {}, RECEIPT),
        (law(RESOLUTION), False, {"is_renewed": False}, RECEIPT),
        (law(RESOLUTION), False, {"is_withdrawn": True}, NOW),
        (RESOLUTION, False, {"is_undone": True}, RECEIPT),
        (RESOLUTION, True, {"is_undone": True}, None),
        ("first_answer", True, {}, None),
        ("first_answer", False, {}, NOW),
    ],
)
def test_table_of_what_begins_anew(kind, is_done, flags, expected):
    assert restart(Ended(kind, RECEIPT, is_done), NOW, **flags) == expected


@given(ENDED, FLAGS)
def test_nothing_begins_before_it_was_demanded_or_after_the_case_goes_on(ended, flags):
    assert restart(ended, NOW, **flags) in (None, ended.start, NOW)


@given(st.sampled_from(KINDS), FLAGS)
def test_closing_a_case_never_wins_time_against_the_law(kind, flags):
    flags["is_withdrawn"] = False

    assert restart(Ended(law(kind), RECEIPT, is_done=False), NOW, **flags) == RECEIPT


@given(ENDED, st.booleans())
def test_what_is_undone_leaves_everything_as_it_was(ended, is_renewed):
    found = restart(ended, NOW, is_renewed=is_renewed, is_undone=True)

    assert found == (None if ended.is_done else RECEIPT)
