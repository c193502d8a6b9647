"""Which question can have which role."""

import pytest
from crm_surveys.logic import roles
from crm_surveys.logic.roles import Question, find_doubled, find_problem
from hypothesis import given
from hypothesis import strategies as st

TEN, FIVE, SEVEN = (Question("scale", scale) for scale in ((0, 10), (1, 5), (1, 7)))
VALUED = Question("simple_choice", values=(1, 2, 3))
UNVALUED = Question("simple_choice", values=(0, 0))
MANY = Question("multiple_choice")
TEXT = Question("text_box")


@pytest.mark.parametrize(
    ("role", "question", "problem"),
    [
        ("nps", TEN, None),
        ("nps", FIVE, roles.NEEDS_NPS_SCALE),
        ("nps", VALUED, roles.NEEDS_NPS_SCALE),
        ("ces", SEVEN, None),
        ("ces", TEN, roles.NEEDS_CES_SCALE),
        ("csat", FIVE, None),
        ("csat", VALUED, None),
        ("csat", UNVALUED, roles.NEEDS_VALUES),
        ("csat", TEXT, roles.NEEDS_SCALE_OR_CHOICE),
        ("driver", MANY, roles.NEEDS_SCALE_OR_CHOICE),
        ("driver", TEN, None),
        ("reason", MANY, None),
        ("reason", UNVALUED, None),
        ("reason", TEN, roles.NEEDS_CHOICE),
        ("text", TEXT, None),
        ("text", TEN, roles.NEEDS_TEXT),
    ],
)
def test_what_a_role_needs(role, question, problem):
    assert find_problem(role, question) == problem


@given(st.lists(st.sampled_from(["nps", "csat", "ces", "driver", "reason", "text"])))
def test_only_single_roles_are_doubled(found):
    doubled = find_doubled(found)

    assert set(doubled) <= set(roles.SINGLE)
    assert all(found.count(role) > 1 for role in doubled)
    assert all(found.count(role) < 2 for role in set(roles.SINGLE) - set(doubled))
