"""What an interviewer says, with the names filled in."""

from crm_surveys.logic.script import fill
from hypothesis import given
from hypothesis import strategies as st

NAMES = st.dictionaries(st.sampled_from(["interviewer", "company", "customer"]), st.text())


def test_names_come_into_their_places():
    assert fill("{interviewer} of {company}", interviewer="Ann", company="Ltd") == "Ann of Ltd"


@given(NAMES)
def test_a_text_without_places_stays(names):
    assert fill("Good day.", **names) == "Good day."


@given(st.text())
def test_a_name_is_never_read_as_a_place(company):
    said = fill("{customer}|{company}", customer="{company}", company=company)
    assert said == "{company}|" + company


@given(st.text(), NAMES)
def test_filling_changes_nothing_but_places(text, names):
    assert fill("{x}" + text.replace("{", ""), **names) == "{x}" + text.replace("{", "")


def test_who_is_not_known_is_left_out_and_what_nobody_knows_stays():
    assert fill("Dear {customer}, {x}", customer=None) == "Dear , {x}"
