"""The piece of a text that shows why it was found, with the words that were looked for marked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from html import escape

from .codes import codes
from .words import WORD

LENGTH = 240  # characters of a snippet
MAX_READ = 20_000  # characters of a text that are looked through
MAX_MARKS = 200

OfWord = Callable[[str], int | None]
OfCode = Callable[[Collection[str]], int | None]


@dataclass(frozen=True)
class Mark:
    """A place in a text where something that was looked for stands."""

    start: int
    end: int
    group: int  # which of the words looked for


def marks(text: str, of_word: OfWord, of_code: OfCode | None = None) -> list[Mark]:
    """Return where the words looked for stand in a text, in its order.

    :param of_word: tells of a word as it is written which word of the query it is
    :param of_code: tells the same of the names of a code; none where no code is looked for
    """
    found, text = [], text[:MAX_READ]
    for code in codes(text) if of_code else ():
        group = of_code(code.parts)
        if group is not None:
            found.append(Mark(code.start, code.end, group))
    for match in WORD.finditer(text):
        group = of_word(match.group())
        if group is not None:
            found.append(Mark(match.start(), match.end(), group))
    return sorted(found, key=lambda mark: (mark.start, -mark.end))[:MAX_MARKS]


def snippet(text: str, found: list[Mark]) -> str:
    """Return the piece of a text in which most of what was looked for stands, as safe HTML.

    Everything is escaped; the only tag is ``<mark>`` around what was found.
    """
    start = _start(found)
    begin = max(0, start - LENGTH // 4)
    while 0 < begin < len(text) and text[begin - 1].isalnum() and start - begin < LENGTH // 2:
        begin -= 1
    end = min(len(text), begin + LENGTH)
    while end < len(text) and text[end].isalnum() and end < begin + LENGTH + 40:
        end += 1
    pieces, place = ["…" if begin else ""], begin
    for mark in found:
        if mark.start >= place and mark.end <= end:
            pieces += [escape(text[place : mark.start])]
            pieces += ["<mark>", escape(text[mark.start : mark.end]), "</mark>"]
            place = mark.end
    pieces += [escape(text[place:end]), "…" if end < len(text) else ""]
    return " ".join("".join(pieces).split())


def _start(found: list[Mark]) -> int:
    """Return where the window begins that shows the most different words, then the most words."""
    best, where = (0, 0), 0
    for place, mark in enumerate(found):
        inside = [one for one in found[place:] if one.end <= mark.start + LENGTH * 3 // 4]
        value = (len({one.group for one in inside}), len(inside))
        if value > best:
            best, where = value, mark.start
    return where
