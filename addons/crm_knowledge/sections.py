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


def fill_sections(template: str, answer_heading: str, question: str, answer: str) -> str:
    """Return the sections of a type with question and answer put in.

    The question goes under the first heading, the answer under its own; what has no place comes
    in front of the sections, so that nothing is lost.
    """
    if not template.strip():
        return f"{question}{answer}"
    root = html.fragment_fromstring(template, create_parent="div")
    headings = list(root.iter(*HEADINGS))
    wanted = _plain(answer_heading)
    place = next((one for one in headings if wanted and _plain(one.text_content()) == wanted), None)
    first = next((one for one in headings if one is not place), None)
    in_front = "".join(
        text
        for heading, text in ((first, question), (place, answer))
        if not _put_under(heading, text)
    )
    inside = html.tostring(root, encoding="unicode")
    return in_front + inside[len("<div>") : -len("</div>")]


def _put_under(heading: html.HtmlElement | None, text: str) -> bool:
    """Put a text behind a heading, in place of an empty paragraph; say whether it could be."""
    if heading is None:
        return False
    blank = heading.getnext()
    if blank is not None and blank.tag == "p" and not blank.text_content().strip():
        blank.getparent().remove(blank)
    parent = heading.getparent()
    place = parent.index(heading) + 1
    for piece in reversed(html.fragments_fromstring(text)):
        parent.insert(place, piece)
    return True
