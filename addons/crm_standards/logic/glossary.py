"""Words the company has agreed on, found where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping


def split_terms(text: str, meanings: dict[str, str]) -> list[tuple[str, str | None]]:
    """Return a text in pieces, each with its meaning where the piece is a term.

    Terms are whole words in any case; where one is part of another ("deal", "lost deal") the longer
    one counts. A term is found once: it is taken out of ``meanings``, so that the next piece of the
    same document is asked with the rest.

    >>> split_terms("A lost deal.", {"lost deal": "It went elsewhere", "deal": "A sale"})
    [('A ', None), ('lost deal', 'It went elsewhere'), ('.', None)]

    :param meanings: by term, as :func:`by_term` gives them
    """
    if not meanings:
        return [(text, None)]
    by_length = sorted(meanings, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, by_length))})(?!\w)", re.IGNORECASE)
    pieces: list[tuple[str, str | None]] = []
    position = 0
    for found in pattern.finditer(text):
        meaning = meanings.pop(found.group().casefold(), None)
        if meaning is not None:
            pieces += [(text[position : found.start()], None), (found.group(), meaning)]
            position = found.end()
    return [*pieces, (text[position:], None)]


def by_term(terms: Mapping[str, str]) -> dict[str, str]:
    """Return meanings by term as :func:`split_terms` compares it; leave out the others."""
    return {term.casefold(): meaning for term, meaning in terms.items() if term and meaning}
