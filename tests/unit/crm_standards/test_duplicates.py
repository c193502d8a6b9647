"""How sure we are that two records mean the same customer."""

from dataclasses import replace

import pytest
from crm_standards.logic.duplicates import (
    LIKELY,
    Identity,
    compare,
    likeness,
    name_words,
    tax_key,
    trigrams,
)
from hypothesis import given
from hypothesis import strategies as st

names = st.text(alphabet="абвгдеёжзкArnost -«»,.1", max_size=20)
identities = st.builds(
    Identity,
    name=names,
    email=st.sampled_from(["", "a@example.com", "b@example.com"]),
    phone=st.sampled_from(["", "+74950000001", "+74950000002"]),
    tax_id=st.sampled_from(["", "7707083893"]),
    is_company=st.sampled_from([None, True, False]),
    family=st.sampled_from([None, 1, 2]),
    title=st.sampled_from(["", "Chairs", "Chairs for the office"]),
)


@given(identities, identities)
def test_it_does_not_matter_who_is_compared_with_whom(one, other):
    assert compare(one, other) == compare(other, one)


@given(identities, identities)
def test_certainty_is_a_share_and_has_reasons(one, other):
    match = compare(one, other)

    assert 0 <= match.score < 1
    assert bool(match.reasons) == (match.score > 0)


@given(identities, identities)
def test_one_more_coincidence_never_makes_it_less_likely(one, other):
    alike = replace(other, email=one.email)

    if one.email:
        assert compare(one, alike).score >= compare(one, replace(other, email="")).score


@given(names, names)
def test_likeness_is_a_share_and_symmetric(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)


@given(names)
def test_a_name_is_like_itself(name):
    assert likeness(name, name) == (1.0 if name_words(name) else 0.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ООО «Ромашка»", "Ромашка ООО"),
        ("Ромашка, ООО", "РОМАШКА"),
        ("Иванов Пётр", "Петр Иванов"),
        ("Müller GmbH & Co. KG", "muller"),
        ("Ready Mat Inc.", "Mat Ready"),
    ],
)
def test_legal_forms_order_case_and_accents_do_not_count(one, other):
    assert likeness(one, other) == 1.0


def test_a_typing_error_leaves_a_name_likely():
    assert compare(Identity("Ромашка Плюс"), Identity("Ромашко Плюс")).score > 0.4
    assert compare(Identity("Ромашка"), Identity("Ромашка")).score >= LIKELY


def test_a_name_of_nothing_but_a_legal_form_is_still_a_name():
    assert name_words("ООО") == ("ооо",)


def test_people_of_one_company_may_share_its_phone():
    ann = Identity("Ann", phone="+1", is_company=False, family=1)
    bob = Identity("Bob", phone="+1", is_company=False, family=1)

    assert not compare(ann, bob).is_likely
    assert compare(ann, replace(bob, family=2)).is_likely


def test_a_company_and_a_person_are_the_same_only_by_name():
    firm = Identity("Ann Smith", phone="+1", is_company=True)

    assert not compare(firm, Identity("Bob", phone="+1", is_company=False)).is_likely
    assert compare(firm, Identity("Smith Ann", phone="+1", is_company=False)).is_likely


def test_deals_of_one_customer_are_the_same_only_when_about_the_same():
    chairs = Identity("Acme", "a@example.com", family=1, title="100 chairs")

    assert not compare(chairs, replace(chairs, title="Repair of the roof")).is_likely
    assert compare(chairs, replace(chairs, title="Chairs, 100")).is_likely
    assert compare(chairs, replace(chairs, title="Roof", family=None)).is_likely


def test_reasons_come_strongest_first():
    one = Identity("Ромашка", "a@example.com", "+1", "7707083893")

    assert compare(one, one).reasons == ("tax_id", "email", "name", "phone")


def test_tax_numbers_are_compared_by_their_signs():
    assert tax_key("be 0477.472.701") == "BE0477472701"


def test_trigrams_know_the_edges_of_words():
    assert trigrams(("ab",)) == {"  a", " ab", "ab "}
