"""What visitors get of the search."""

from crm_knowledge.logic.public import Flood, is_flood, keep_seen, plain_question
from hypothesis import given
from hypothesis import strategies as st


def test_a_question_keeps_its_words_and_loses_its_conditions():
    assert plain_question('return "of goods" -damaged') == "return  of goods   damaged"
    assert plain_question("KX-1234 «как вернуть»") == "KX-1234  как вернуть"
    assert plain_question(None) == plain_question(["x"]) == plain_question(" \x00 ") == ""


@given(st.text())
def test_no_question_has_a_phrase_or_is_long(text):
    plain = plain_question(text)

    assert len(plain) <= 300
    assert not set(plain) & set("\"'«»“”„\x00")


def hit(*reasons):
    return {"id": 1, "title": "Title", "snippet": "<mark>word</mark>", "reasons": list(reasons)}


def test_what_stands_in_files_only_is_not_found():
    assert keep_seen([hit("file"), hit("file", "unverified"), hit()], {}) == []


def test_a_snippet_is_of_what_the_page_shows():
    (text,) = keep_seen([hit("text", "file")], {1: "Summary"})
    (title,) = keep_seen([hit("title", "file")], {1: "a < b"})

    assert text["snippet"] == "<mark>word</mark>"
    assert title["snippet"] == "a &lt; b"
    assert set(text) == {"id", "title", "snippet"}


def test_a_flood_is_of_one_or_of_all():
    assert not is_flood(Flood(19, 499))
    assert is_flood(Flood(20, 20))
    assert is_flood(Flood(0, 500))
