"""HTML without tags, and fingerprints."""

import pytest
from crm_knowledge.logic.text import make_digest, strip_all, strip_html
from hypothesis import given
from hypothesis import strategies as st

texts = st.dictionaries(st.sampled_from(["name", "summary", "body"]), st.text(max_size=30))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (None, ""),
        ("", ""),
        ("plain", "plain"),
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("за<b>каз</b>чик", "заказчик"),
        ("a<br>b", "a\nb"),
        ("<td>1</td><td>2</td>", "1\n2"),
        ("a&nbsp;&amp; b&lt;c&gt;", "a & b<c>"),
        ("<script>alert(1)</script>x<style>p {}</style>", "x"),
        ("<!-- <p>no</p> -->yes", "yes"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("кот\u200bлета", "котлета"),
        ("<pre>a</pre> <predicate>b", "a\nb"),
    ],
)
def test_what_a_reader_sees(html, text):
    assert strip_html(html) == text


@given(st.text())
def test_any_text_is_stripped(html):
    assert isinstance(strip_html(html), str)


@given(st.text(alphabet=st.characters(exclude_characters="<>&\u200b\ufeff\x00", codec="utf-8")))
def test_words_without_tags_stay(text):
    assert strip_html(text).split() == text.split()


def test_many_are_stripped_in_their_order():
    assert strip_all(["<p>a</p>", None, "b"]) == ["a", "", "b"]


def test_a_long_row_of_brackets_takes_no_longer_than_its_length():
    assert strip_html("<" * 200_000)


@given(texts)
def test_a_digest_does_not_depend_on_the_order_of_parts(parts):
    assert make_digest(parts) == make_digest(dict(reversed(parts.items())))


@given(texts, texts)
def test_different_words_have_different_digests(first, second):
    same = first == second

    assert (make_digest(first) == make_digest(second)) == same


def test_nothing_and_empty_are_the_same():
    assert make_digest({"summary": None}) == make_digest({"summary": ""})
