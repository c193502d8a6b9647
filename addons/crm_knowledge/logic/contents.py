"""The list of contents of a text: its headings, each with an anchor to jump to."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

LEVELS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4}
#: Fewer headings need no list.
FEWEST = 2
#: Nobody reads a longer list.
MOST = 100
PREFIX = "section-"


@dataclass(frozen=True)
class Heading:
    """A heading of the text; `level` counts from 1 for the highest one there is."""

    anchor: str
    title: str
    level: int


class _Reader(HTMLParser):
    """Finds headings: where their tags begin, what they say."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.lines = [0]
        for line in html.split("\n"):
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.found: list[tuple[int, int, list[str]]] = []  # place of the tag, level, words
        self.current = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where a heading begins."""
        if tag in LEVELS:
            line, column = self.getpos()
            place = self.lines[line - 1] + column + 1 + len(tag)
            self.found.append((place, LEVELS[tag], []))
            self.current = tag

    def handle_endtag(self, tag: str) -> None:
        """Note that a heading has ended."""
        if tag == self.current:
            self.current = ""

    def handle_data(self, data: str) -> None:
        """Add words to the heading that is open."""
        if self.current:
            self.found[-1][2].append(data)

    def handle_entityref(self, name: str) -> None:
        """Add a sign that is written by its name."""
        self.handle_data(unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        """Add a sign that is written by its number."""
        self.handle_data(unescape(f"&#{name};"))


def make_contents(html: str) -> tuple[str, tuple[Heading, ...]]:
    """Return the text with an anchor at each heading, and the headings.

    Nothing else of the text is touched: it was cleaned when it was written. An anchor stands
    before attributes the heading has, so that it wins over an ``id`` among them.
    """
    titled = [
        (place, level, " ".join("".join(words).split()))
        for place, level, words in _Reader(html).found
    ]
    titled = [heading for heading in titled if heading[2]][:MOST]
    if len(titled) < FEWEST:
        return html, ()
    highest = min(level for _place, level, _title in titled)
    headings, pieces, end = [], [], 0
    for number, (place, level, title) in enumerate(titled, start=1):
        anchor = f"{PREFIX}{number}"
        pieces += [html[end:place], f' id="{anchor}"']
        end = place
        headings.append(Heading(anchor, title, level - highest + 1))
    return "".join([*pieces, html[end:]]), tuple(headings)
