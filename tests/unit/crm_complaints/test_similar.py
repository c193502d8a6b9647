"""How alike two complaints are."""

import pytest
from crm_complaints.logic.similar import LIKELY, Case, common_share, compare, stems
from hypothesis import given
from hypothesis import strategies as st

keys = st.one_of(st.none(), st.integers(1, 3))
cases = st.builds(
    Case,
    stems=st.frozensets(st.sampled_from(["leak", "water", "late", "invoi"])),
    customer=keys,
    opportunity=keys,
    product=keys,
    category=keys,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Delivered late", "delivery LATE"), ("Доставка опоздала", "доставили, опоздали")],
)
def test_endings_and_case_do_not_matter(one, other):
    assert stems(one) == stems(other)


@given(st.text())
def test_words_are_letters_and_digits_only(text):
    assert all(stem.isalnum() for stem in stems(text))


@given(cases, cases)
def test_it_does_not_matter_which_is_named_first(one, other):
    assert compare(one, other) == compare(other, one)


@given(cases, cases)
def test_likeness_is_between_nothing_and_all(one, other):
    assert 0 <= compare(one, other).score <= 100


@given(cases)
def test_facts_that_nobody_knows_have_nothing_in_common(case):
    assert compare(case, Case()).score == 0


@given(st.frozensets(st.text(min_size=1), min_size=1))
def test_the_same_words_are_all_in_common(words):
    assert common_share(words, words) == 1


def test_the_customer_alone_is_not_enough():
    assert not compare(Case(customer=1), Case(customer=1)).is_likely


def test_the_same_words_of_another_customer_are_enough():
    words = stems("Espresso machine leaks water")
    match = compare(Case(words, customer=1), Case(words, customer=2))
    assert match.score >= LIKELY
    assert match.reasons == ("words",)
