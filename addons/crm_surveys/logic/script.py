"""What an interviewer says, with the names filled in."""

from __future__ import annotations

import re

PLACE = re.compile(r"\{(\w+)\}")


def fill(text: str, **names: str | None) -> str:
    """Put names into their places; a place nobody knows stays as it is written.

    One pass over the text: a customer called ``{company}`` stays a customer.

    >>> fill("This is {interviewer}, {what}", interviewer="Ann")
    'This is Ann, {what}'
    """
    return PLACE.sub(lambda place: (names[place[1]] or "") if place[1] in names else place[0], text)
