"""Terms of the glossary are explained where they stand, and nothing else of a text changes."""

from __future__ import annotations

import re

from crm_standards.logic.glossary import explain
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

TERMS = {"Deal": "A sale in the making", "Lost deal": "It went elsewhere", "сделка": "Продажа"}


def plain(text: str) -> str:
    return html.fragment_fromstring(text, create_parent="div").text_content()


def test_first_place_of_a_term_is_explained_once():
    assert explain("<p>A deal, a deal.</p>", TERMS) == (
        '<p>A <abbr title="A sale in the making">deal</abbr>, a deal.</p>'
    )


def test_longer_term_counts():
    marked = explain("<p>lost deal</p>", TERMS)

    assert marked == '<p><abbr title="It went elsewhere">lost deal</abbr></p>'


def test_russian_term_is_found_in_any_case_and_as_a_whole_word():
    marked = explain("<p>Пересделка и Сделка</p>", TERMS)

    assert marked == '<p>Пересделка и <abbr title="Продажа">Сделка</abbr></p>'


def test_links_and_code_are_left_alone():
    text = '<p><a href="#">deal</a> <code>deal</code></p>'

    assert explain(text, TERMS) == text


def test_term_after_a_link_is_explained():
    assert "</a> <abbr" in explain('<p><a href="#">x</a> deal</p>', TERMS)


def test_meaning_cannot_become_markup():
    marked = explain("deal", {"deal": '"><script>alert(1)</script>'})

    assert "<script" not in re.sub(r'title="[^"]*"', "", marked)
    assert html.fragment_fromstring(marked).get("title") == '"><script>alert(1)</script>'


WORDS = st.lists(st.sampled_from(["deal", "Lost deal", "lost", "сделка", "&", "<b>x</b>", ", "]))


@given(WORDS)
def test_words_of_the_text_stay_as_they_were(words):
    text = f"<p>{' '.join(words)}</p>"

    assert plain(explain(text, TERMS)) == plain(text)


@given(WORDS)
def test_no_explanation_stands_inside_another(words):
    once = explain(f"<p>{' '.join(words)}</p>", {"deal": "x"})

    assert not html.fragment_fromstring(explain(once, TERMS), "div").xpath("//abbr//abbr")
