"""The life of an article."""

import pytest
from crm_knowledge.logic.lifecycle import (
    ARCHIVE,
    DEEDS,
    DOUBT,
    DRAFT,
    EDIT,
    FOUR_EYES,
    IN_FORCE,
    IN_REVIEW,
    MOVES,
    OWNER,
    PUBLISH,
    PUBLISHED,
    REVIEWER,
    REVIEWS,
    REVISE,
    SEND_BACK,
    SET_UP,
    STATES,
    SUBMIT,
    TAKE_BACK,
    VERIFY,
    Case,
    Person,
    allowed,
    judge,
    target,
)
from hypothesis import given
from hypothesis import strategies as st

people = st.builds(
    Person,
    is_owner=st.booleans(),
    is_writer=st.booleans(),
    is_reviewer=st.booleans(),
    is_editor=st.booleans(),
)
cases = st.builds(Case, state=st.sampled_from(STATES), review=st.sampled_from(REVIEWS))
NOBODY = Person()
OWNS, REVIEWS_IT = Person(is_owner=True, is_writer=True), Person(is_reviewer=True)


@given(people, st.lists(st.sampled_from(DEEDS)))
def test_nobody_alone_puts_an_own_text_into_force_where_four_eyes_are_asked(person, deeds):
    writer = Person(person.is_owner, True, person.is_reviewer, person.is_editor)
    state = DRAFT
    for deed in deeds:
        if judge(deed, Case(state, FOUR_EYES), writer) is None:
            state = target(deed, state)

    assert state not in IN_FORCE


@given(cases)
def test_who_has_nothing_to_do_with_an_article_only_proposes(case):
    assert allowed(case, NOBODY) <= {REVISE}


@given(cases, people)
def test_who_reviews_may_do_what_others_may_but_for_own_texts(case, person):
    reviewer = Person(person.is_owner, person.is_writer, True, person.is_editor)

    assert allowed(case, person) <= allowed(case, reviewer) | {PUBLISH}


@given(cases, people)
def test_what_is_allowed_is_what_is_not_refused(case, person):
    assert allowed(case, person) == {deed for deed in DEEDS if not judge(deed, case, person)}


@given(cases, people)
def test_every_allowed_deed_leads_to_a_state(case, person):
    assert {target(deed, case.state) for deed in allowed(case, person)} <= set(STATES)


@given(cases, people)
def test_what_is_in_force_never_becomes_a_draft_again(case, person):
    if case.state in IN_FORCE:
        for deed in allowed(case, person):
            assert target(deed, case.state) in IN_FORCE


@given(people)
def test_four_eyes_keep_everybody_from_changing_what_is_in_force(person):
    assert judge(EDIT, Case(PUBLISHED, FOUR_EYES), person) == "needs_revision"


@pytest.mark.parametrize(
    ("case", "person", "deeds"),
    [
        (Case(DRAFT), OWNS, {SUBMIT, EDIT, SET_UP, ARCHIVE}),
        (Case(DRAFT, OWNER), OWNS, {SUBMIT, PUBLISH, EDIT, SET_UP, ARCHIVE}),
        (Case(DRAFT), Person(is_editor=True), {EDIT, SET_UP}),
        (Case(IN_REVIEW), OWNS, {TAKE_BACK, SET_UP, ARCHIVE}),
        (Case(IN_REVIEW), REVIEWS_IT, {SEND_BACK, PUBLISH, EDIT, SET_UP, ARCHIVE}),
        (
            Case(IN_REVIEW, FOUR_EYES),
            Person(is_writer=True, is_reviewer=True),
            {TAKE_BACK, SEND_BACK, EDIT, SET_UP, ARCHIVE},
        ),
        (Case(PUBLISHED), OWNS, {VERIFY, DOUBT, REVISE}),
        (Case(PUBLISHED, OWNER), OWNS, {VERIFY, DOUBT, REVISE, EDIT, SET_UP, ARCHIVE}),
        (Case(PUBLISHED, REVIEWER), REVIEWS_IT, {VERIFY, DOUBT, REVISE, EDIT, SET_UP, ARCHIVE}),
    ],
)
def test_who_may_do_what_when(case, person, deeds):
    assert allowed(case, person) == deeds


def test_every_deed_begins_somewhere():
    assert all(sources <= set(STATES) and sources for sources, _target in MOVES.values())
