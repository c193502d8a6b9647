"""Whether two articles say the same: by their titles, and by how much of a text stands in both."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from .reuse import share_sent
from .stop_words import STOP_WORDS
from .text import strip_html
from .words import words

ALIKE = 0.6  # from here on a person should look at both
# Headings are the sections of a type: all articles of the type have them.
HEADING = re.compile(r"<(h[1-6])\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
SHORT = 3  # runs of words a text must have before it is compared


def share_titles(one: str, other: str, lexemes: Callable[[str], Collection[str]]) -> float:
    """Return how much of the words two titles have in common, from 0 to 1, in any form.

    :param lexemes: gives what a word is found by: forms of a word have one in common
    """
    left, right = ([frozenset(lexemes(word)) for word in _telling(title)] for title in (one, other))
    if not left or not right:
        return 0.0
    known = sum(any(word & twin for twin in right) for word in left)
    known += sum(any(word & twin for twin in left) for word in right)
    return known / (len(left) + len(right))


def share_texts(one: str, other: str) -> float:
    """Return how much of the shorter text stands in the longer one, from 0 to 1."""
    shorter, longer = sorted((one, other), key=len)
    if sum(1 for _word in words(shorter)) < SHORT + 2:
        return 0.0  # a sentence that is begun stands anywhere
    return share_sent(shorter, longer)


def likeness(
    title: str,
    text: str,
    other_title: str,
    other_text: str,
    lexemes: Callable[[str], Collection[str]],
) -> float:
    """Return how alike two articles are, from 0 to 1: the more telling of titles and texts."""
    return max(share_titles(title, other_title, lexemes), share_texts(text, other_text))


def own_text(html: str | None) -> str:
    """Return what an article says itself, without the headings of its sections."""
    return strip_html(HEADING.sub("\n", html or ""))


def _telling(title: str) -> list[str]:
    """Return the words of a title that say what it is about."""
    return [word.text for word in words(title) if word.text not in STOP_WORDS]
