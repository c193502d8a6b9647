"""Words the company has agreed on, explained where they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree, html

#: Where a word is no prose, or is explained already.
SKIPPED = frozenset({"a", "abbr", "code", "pre", "script", "style", "button"})


def explain(text: str, terms: Mapping[str, str]) -> str:
    """Return a piece of HTML in which each term is explained where it stands first.

    A term becomes ``<abbr title="its meaning">``. Terms are whole words in any case; where one is
    part of another ("deal", "lost deal") the longer one counts.

    >>> explain("<p>A lost deal is no deal.</p>", {"Lost deal": "Gone", "deal": "Sale"})
    '<p>A <abbr title="Gone">lost deal</abbr> is no <abbr title="Sale">deal</abbr>.</p>'

    :param text: HTML, sanitized by the caller; what is no markup comes back as it was
    :param terms: meanings as plain text by term
    """
    meanings = {term.casefold(): meaning for term, meaning in terms.items() if term and meaning}
    if not text or not meanings:
        return text
    by_length = sorted(meanings, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, by_length))})(?!\w)", re.IGNORECASE)
    root = html.fragment_fromstring(text, create_parent="div")
    left = dict(meanings)
    for node in list(root.iter(etree.Element)):
        if not any(parent.tag in SKIPPED for parent in (node, *node.iterancestors())):
            _explain_after(node, None, pattern, left)
        if node is not root and not any(up.tag in SKIPPED for up in node.iterancestors()):
            _explain_after(node.getparent(), node, pattern, left)
    return (html.tostring(root, encoding="unicode"))[len("<div>") : -len("</div>")]


def _explain_after(parent, before, pattern: re.Pattern[str], left: dict[str, str]) -> None:
    """Explain terms in the text that follows `before` in `parent` (None: with which it begins)."""
    text = (parent.text if before is None else before.tail) or ""
    position = 0
    for found in pattern.finditer(text):
        meaning = left.pop(found.group().casefold(), None)
        if meaning is None:
            continue
        mark = html.Element("abbr", title=meaning)
        mark.text = found.group()
        _set_text(parent, before, text[position : found.start()])
        parent.insert(0 if before is None else parent.index(before) + 1, mark)
        before, position = mark, found.end()
    if position:
        _set_text(parent, before, text[position:])


def _set_text(parent, before, text: str) -> None:
    """Replace the text that follows `before` in `parent`."""
    if before is None:
        parent.text = text
    else:
        before.tail = text
