"""Conditions as people say them."""

import pytest
from crm_standards.logic.condition import Words, say
from hypothesis import given
from hypothesis import strategies as st

WORDS = Words("and", "or", lambda text: f"not {text}")
LEAVES = st.tuples(st.sampled_from("abc"))
TREES = st.recursive(
    LEAVES.map(lambda leaf: [leaf]),
    lambda inner: (
        st.tuples(st.sampled_from("&|"), inner, inner).map(lambda t: [t[0], *t[1], *t[2]])
        | inner.map(lambda tokens: ["!", *tokens])
    ),
    max_leaves=8,
)


def spoken(*tokens):
    return say(tokens, lambda leaf: leaf[0], WORDS)


def value_of(tokens, facts):
    """Return what a condition in prefix order comes to."""
    rest = iter(tokens)

    def take():
        token = next(rest)
        if token == "!":
            return not take()
        if token in ("&", "|"):
            one, other = take(), take()
            return (one and other) if token == "&" else (one or other)
        return facts[token[0]]

    return take()


def test_one_comparison_stands_alone():
    assert spoken(("a",)) == "a"


def test_what_is_joined_alike_needs_no_brackets():
    assert spoken("&", "&", ("a",), ("b",), ("c",)) == "a and b and c"


def test_alternatives_inside_are_bracketed():
    assert spoken("&", ("a",), "|", ("b",), ("c",)) == "a and (b or c)"


def test_negation_speaks_of_all_it_stands_before():
    assert spoken("!", "|", ("a",), ("b",)) == "not (a or b)"


@given(TREES, st.fixed_dictionaries(dict.fromkeys("abc", st.booleans())))
def test_the_sentence_means_what_the_condition_means(tokens, facts):
    sentence = spoken(*tokens)

    assert eval(sentence, {}, facts) == value_of(tokens, facts)


@pytest.mark.parametrize("tokens", [("&", ("a",)), (), (("a",), ("b",))])
def test_broken_condition_is_no_sentence(tokens):
    with pytest.raises(ValueError, match="the condition"):
        spoken(*tokens)
