"""Terms of the glossary are found where they stand, each once, and no letter of a text is lost."""

from __future__ import annotations

from crm_standards.logic.glossary import by_term, split_terms
from hypothesis import given
from hypothesis import strategies as st

TERMS = {"Deal": "A sale in the making", "Lost deal": "It went elsewhere", "сделка": "Продажа"}


def split(text: str) -> list[tuple[str, str | None]]:
    return [piece for piece in split_terms(text, by_term(TERMS)) if piece[0]]


def test_first_place_of_a_term_is_found_once():
    assert split("A deal, a deal.") == [
        ("A ", None),
        ("deal", "A sale in the making"),
        (", a deal.", None),
    ]


def test_longer_term_counts():
    assert split("lost deal") == [("lost deal", "It went elsewhere")]


def test_russian_term_is_found_in_any_case_and_as_a_whole_word():
    assert split("Пересделка и Сделка") == [("Пересделка и ", None), ("Сделка", "Продажа")]


def test_term_that_was_found_is_left_out_next_time():
    left = by_term(TERMS)

    split_terms("deal", left)

    assert split_terms("deal", left) == [("deal", None)]


def test_word_without_a_meaning_is_no_term():
    assert by_term({"Deal": "", "": "Nothing"}) == {}


@given(st.lists(st.sampled_from(["deal", "Lost deal", "lost", "сделка", "&", "x.", ", "])))
def test_words_of_the_text_stay_as_they_were(words):
    text = " ".join(words)

    assert "".join(piece for piece, _meaning in split(text)) == text
