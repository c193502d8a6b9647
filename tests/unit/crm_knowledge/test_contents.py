"""The list of contents of an article."""

from crm_knowledge.logic.contents import Heading, make_contents
from hypothesis import given
from hypothesis import strategies as st

TEXT = "<h2>First &amp; foremost</h2>\n<p>One</p><h3 class='x'>Part <b>two</b></h3>\n<h2>Last</h2>"


def test_headings_are_listed_by_their_place_in_the_text():
    html, headings = make_contents(TEXT)

    assert headings == (
        Heading("section-1", "First & foremost", 1),
        Heading("section-2", "Part two", 2),
        Heading("section-3", "Last", 1),
    )
    assert '<h2 id="section-1">First &amp; foremost</h2>' in html
    assert "<h3 id=\"section-2\" class='x'>Part <b>two</b></h3>" in html


def test_a_short_text_needs_no_list():
    assert make_contents("<h2>Only one</h2><p>x</p>") == ("<h2>Only one</h2><p>x</p>", ())
    assert make_contents("") == ("", ())


def test_empty_headings_are_not_listed():
    _html, headings = make_contents("<h2> <br/></h2>" + TEXT)

    assert [heading.title for heading in headings] == ["First & foremost", "Part two", "Last"]


def test_the_highest_heading_there_is_begins():
    _html, headings = make_contents("<h4>a</h4><h3>b</h3>")

    assert [heading.level for heading in headings] == [2, 1]


PIECES = st.sampled_from(
    [
        "<h1>",
        "</h1>",
        "<h2 a='b'>",
        "</h2>",
        "<p>",
        "</p>",
        "\n",
        "word",
        "&lt;",
        "&",
        "<",
        "é",
        " ",
    ]
)


@given(st.lists(PIECES).map("".join))
def test_nothing_but_anchors_is_added(html):
    marked, headings = make_contents(html)

    for heading in headings:
        assert marked.count(f' id="{heading.anchor}"') == 1
        marked = marked.replace(f' id="{heading.anchor}"', "")
    assert marked == html
