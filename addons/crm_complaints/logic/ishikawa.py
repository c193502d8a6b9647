"""Ishikawa's drawing (fishbone): where its lines and words stand.

One layout for the screen and for paper. The head at the right is the effect; six bones lead to the
spine, and the possible causes are twigs of the bones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import shorten
from typing import Final, TypedDict

WIDTH: Final = 940
HEAD: Final = 190  # width of the head
LEAN: Final = 70  # how far a bone leans
TWIG: Final = 24  # from one twig to the next
LABEL: Final = 26  # height of the word at the end of a bone
LETTERS: Final = 27  # that fit on a twig
HEAD_LETTERS: Final = 24


@dataclass(frozen=True)
class Suspect:
    """A possible cause: its bone, its words, and what became of it."""

    branch: str
    text: str
    state: str


class Line(TypedDict):
    """A stroke of the drawing, in its own units, from one end to the other."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str


class Word(TypedDict):
    """A text of the drawing: where it is anchored, shortened, and whole as its title."""

    x: float
    y: float
    text: str
    title: str
    anchor: str
    kind: str


class Drawing(TypedDict):
    """What the screen and the report draw, each in its way."""

    width: int
    height: int
    lines: list[Line]
    words: list[Word]


def draw(effect: str, branches: Mapping[str, str], suspects: Sequence[Suspect]) -> Drawing:
    """Return the lines and words of the drawing.

    :param effect: what happened
    :param branches: the words of the bones by their key, in their order; every other one is below
    :param suspects: the possible causes; each on one of the bones
    """
    twigs = {key: [s for s in suspects if s.branch == key] for key in branches}
    longest = max(map(len, twigs.values()), default=0)
    bone = max(4, longest + 1) * TWIG
    middle = LABEL + bone
    drawing = Drawing(width=WIDTH, height=2 * middle, lines=[], words=[])
    end = WIDTH - HEAD
    drawing["lines"].append(_line(10, middle, end, middle, "spine"))
    _add_head(drawing, effect, end, middle)
    step = (end - 20) / ((len(branches) + 1) // 2)
    for position, (key, label) in enumerate(branches.items()):
        root = 20 + step * (position // 2 + 1) - 10
        _add_bone(drawing, label, twigs[key], root, bone, up=position % 2 == 0)
    return drawing


def _add_head(drawing: Drawing, effect: str, end: float, middle: float) -> None:
    lines = _wrap(effect)
    for number, text in enumerate(lines):
        y = middle + 5 + (number - (len(lines) - 1) / 2) * 17
        drawing["words"].append(_word(end + 12, y, text, "start", "head", effect))


def _wrap(text: str) -> list[str]:
    """Return the words in at most four lines."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= HEAD_LETTERS or not lines[-1]:
            lines[-1] = _cut(longer, HEAD_LETTERS)
        elif len(lines) == 4:
            lines[-1] = _cut(longer, HEAD_LETTERS)
            break
        else:
            lines.append(_cut(word, HEAD_LETTERS))
    return lines


def _add_bone(
    drawing: Drawing, label: str, twigs: Sequence[Suspect], root: float, bone: float, *, up: bool
) -> None:
    """Draw a bone that meets the spine at ``root``, with its twigs from the outside inwards."""
    middle = drawing["height"] / 2
    sign = -1 if up else 1
    tip = root - LEAN
    drawing["lines"].append(_line(tip, middle + sign * bone, root, middle, "bone"))
    edge = middle + sign * (bone + 8) + (0 if up else 10)
    drawing["words"].append(_word(tip, edge, label, "middle", "bone", label))
    for number, twig in enumerate(twigs):
        away = bone - (number + 1) * TWIG
        x, y = root - LEAN * away / bone, middle + sign * away
        drawing["lines"].append(_line(x - 24, y, x, y, twig.state))
        words = _word(x - 28, y + 4, _cut(twig.text, LETTERS), "end", twig.state, twig.text)
        drawing["words"].append(words)


def _cut(text: str, letters: int) -> str:
    """Return the text with at most so many letters, cut between words where that is possible."""
    if len(text) <= letters:
        return text
    short = shorten(text, letters, placeholder="…")
    return short if len(short) > 1 else text[: letters - 1] + "…"


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> Line:
    return Line(x1=round(x1, 1), y1=round(y1, 1), x2=round(x2, 1), y2=round(y2, 1), kind=kind)


def _word(x: float, y: float, text: str, anchor: str, kind: str, title: str) -> Word:
    return Word(x=round(x, 1), y=round(y, 1), text=text, title=title, anchor=anchor, kind=kind)
