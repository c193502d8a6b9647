"""The judgement about entered data, by examples and by properties."""

import pytest
from crm_standards.logic.entry import (
    Form,
    Gap,
    Line,
    completeness,
    demanded,
    find_gaps,
    fits,
    fold,
    fresh_gaps,
    parse_choices,
    recorded,
    refused,
)
from hypothesis import given
from hypothesis import strategies as st

NAMES = ("phone", "email", "vat", "city")


@st.composite
def standards(draw):
    """Lines with different ids, each about a field."""
    ids = draw(st.lists(st.integers(1, 50), unique=True, max_size=8))
    return [
        Line(
            id=id_,
            field_name=draw(st.sampled_from(NAMES)),
            weight=draw(st.integers(1, 10)),
            is_required=draw(st.booleans()),
            strength=draw(st.sampled_from(["advise", "record", "block"])),
        )
        for id_ in ids
    ]


states = st.fixed_dictionaries({name: st.booleans() for name in NAMES})
id_sets = st.frozensets(st.integers(1, 50))


@given(standards(), states, id_sets)
def test_percent_says_complete_and_empty_exactly(lines, filled, malformed):
    gaps = find_gaps(lines, filled, malformed)
    percent = completeness(lines, gaps)

    if lines:
        assert 0 <= percent <= 100
        assert (percent == 100) == (not gaps)
        assert (percent == 0) == (len(gaps) == len(lines))
    else:
        assert percent is None


@given(standards(), states, id_sets, st.sampled_from(NAMES))
def test_filling_one_more_field_never_makes_it_worse(lines, filled, malformed, name):
    before = completeness(lines, find_gaps(lines, filled, malformed)) or 0
    after = completeness(lines, find_gaps(lines, {**filled, name: True}, ())) or 0

    assert after >= before


@given(standards(), states, id_sets)
def test_who_changes_nothing_has_made_no_gap(lines, filled, malformed):
    gaps = find_gaps(lines, filled, malformed)

    assert fresh_gaps(gaps, gaps, changed=()) == ()


@given(standards(), states, states, id_sets, id_sets)
def test_what_was_missing_already_is_nobodys_deed(lines, was, now, malformed, changed):
    before, after = find_gaps(lines, was, ()), find_gaps(lines, now, malformed)
    missing = {gap.line.id for gap in before}

    for gap in fresh_gaps(before, after, changed):
        assert gap.line.id in changed
        assert gap.kind == "malformed" or gap.line.id not in missing


@given(standards(), states, id_sets)
def test_what_is_refused_is_on_record_and_demanded(lines, filled, malformed):
    gaps = find_gaps(lines, filled, malformed)

    assert set(refused(gaps)) <= set(recorded(gaps)) <= set(demanded(gaps)) <= set(gaps)


def test_a_wish_may_stay_empty_but_not_be_filled_in_wrongly():
    wish = Line(1, "vat", is_required=False, strength="block")

    assert refused([Gap(wish, "missing")]) == ()
    assert refused([Gap(wish, "malformed")])


def test_another_wrong_form_is_a_new_deed():
    line = Line(1, "vat")
    gaps = [Gap(line, "malformed")]

    assert fresh_gaps(gaps, gaps, changed={1}) == tuple(gaps)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (Form("length", 2, 4), " ab ", True),
        (Form("length", 2, 4), "a", False),
        (Form("length", 2, 4), "abcde", False),
        (Form("length", 2), "a" * 99, True),
        (Form("choice", choices=parse_choices("North\n Far  East\n\n")), "far east", True),
        (Form("choice", choices=parse_choices("North")), "South", False),
        (Form("pattern", pattern="x"), "a" * 1001, False),
        (Form("any"), "", True),
    ],
)
def test_form_of_a_text(form, text, expected):
    assert fits(form, text) is expected


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
