"""Puts the meaning of agreed words into a text, where a reader points at them."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree, html

from ...logic.glossary import by_term, split_terms

#: Where a word is no prose, or is explained already.
SKIPPED = frozenset({"a", "abbr", "code", "pre", "script", "style", "button"})


def explain(text: str, terms: Mapping[str, str]) -> str:
    """Return a piece of HTML in which each term is explained where it stands first.

    A term becomes ``<abbr title="its meaning">``; nothing else of the text changes.

    :param text: HTML; whoever shows it sanitizes it
    :param terms: meanings as plain text by term
    """
    meanings = by_term(terms)
    if not text or not meanings:
        return text
    root = html.fragment_fromstring(text, create_parent="div")
    for node in list(root.iter(etree.Element)):
        outer = any(parent.tag in SKIPPED for parent in node.iterancestors())
        if not outer and node.tag not in SKIPPED:
            _explain_after(node, None, meanings)
        if not outer and node is not root:
            _explain_after(node.getparent(), node, meanings)
    return html.tostring(root, encoding="unicode")[len("<div>") : -len("</div>")]


def _explain_after(parent, before, meanings: dict[str, str]) -> None:
    """Explain terms in the text that follows `before` in `parent` (None: with which it begins)."""
    text = (parent.text if before is None else before.tail) or ""
    pieces = split_terms(text, meanings)
    if len(pieces) == 1:
        return
    _set_text(parent, before, "")
    for piece, meaning in pieces:
        if meaning is None:
            _set_text(parent, before, piece)
            continue
        mark = html.Element("abbr", title=meaning)
        mark.text = piece
        parent.insert(0 if before is None else parent.index(before) + 1, mark)
        before = mark


def _set_text(parent, before, text: str) -> None:
    """Replace the text that follows `before` in `parent`."""
    if before is None:
        parent.text = text
    else:
        before.tail = text
