"""Sections of an article: the heading, and what stands under it.

Plain functions on HTML. What they return is a part of what came in, which a field has sanitized.
"""

from __future__ import annotations

from lxml import etree, html

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def get_section(body: str, heading: str) -> str:
    """Return what stands under the first heading of these words, up to the next of its level.

    Empty where there is none. Headings within tables or columns count as well.
    """
    wanted = _plain(heading)
    if not wanted or not body.strip():
        return ""
    try:
        root = html.fragment_fromstring(body, create_parent="div")
    except (etree.ParserError, ValueError):
        return ""
    for element in root.iter(*HEADINGS):
        if _plain(element.text_content()) == wanted:
            return _get_following(element)
    return ""


def _get_following(element: html.HtmlElement) -> str:
    """Return what stands behind a heading, before one of the same level or above."""
    pieces = []
    for one in element.itersiblings():
        if one.tag in HEADINGS and one.tag <= element.tag:
            break
        pieces.append(html.tostring(one, encoding="unicode"))
    return "".join(pieces)


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(":").casefold()
