"""Codes and numbers in any writing: KX-1234, KX1234, kx 1234, INV/2025/00015, phones.

A code is cut where letters and digits meet and at its dashes; each run of neighboring pieces is a
lexeme of its own. So 1234 finds KX-1234, 2025/00015 finds INV/2025/00015, and 15 finds it too.
A phone is known by its last ten digits, and by its last seven, whatever stands before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .stop_words import STOP_WORDS
from .words import MAX_TEXT, MAX_WORD, TO_LATIN, fold

MARK = "#"  # what lexemes of codes begin with: no word does
MAX_PIECES = 6
PHONE_LENGTHS = (10, 7)
MIN_PHONE, MAX_PHONE = 7, 15

CHUNK = re.compile(r"[^\W_]+(?:[-–—/.,_:#\\][^\W_]+)*")  # a code where it has a digit
DIGIT = re.compile(r"\d")
PIECE = re.compile(r"\d+|[^\W\d_]+")
SPACED = re.compile(r"(?<!\w)(?:[a-zA-Z]{1,5}|[А-ЯЁ]{1,5})[ \xa0]\d[\w/.-]*\w")  # KX 1234
PHONE = re.compile(r"(?<![\w/])\+?\d(?:[ \xa0().–-]{0,2}\d){6,14}(?![\w/])")


@dataclass(frozen=True)
class Code:
    """One code of a text: what it is called as a whole, by its parts, and where it stands."""

    whole: str
    parts: frozenset[str]
    start: int
    end: int
    is_spaced: bool = False  # its first letters may as well be a word before a number
    is_phone: bool = False


def codes(text: str) -> Iterator[Code]:
    """Yield the codes and numbers of a text; a phone beside the numbers it is made of."""
    text = text[:MAX_TEXT]
    for match in _with_digits(text):
        yield from _read(match, is_spaced=False)
    for match in SPACED.finditer(text):
        yield from _read(match, is_spaced=True)
    for match in PHONE.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if MIN_PHONE <= len(digits) <= MAX_PHONE:
            lexemes = [f"{MARK}+{digits[-length:]}" for length in PHONE_LENGTHS]
            yield Code(lexemes[0], frozenset(lexemes), *match.span(), is_phone=True)


def _with_digits(text: str) -> Iterator[re.Match[str]]:
    """Yield the chunks that have a digit, going from digit to digit: most words have none."""
    place = 0
    while digit := DIGIT.search(text, place):
        before = text[max(place, digit.start() - MAX_WORD) : digit.start()]
        start = digit.start() - len(before) + before.rfind(" ") + 1
        for match in CHUNK.finditer(text, start):
            place = match.end()
            if place > digit.start():
                yield match
                break


def _read(match: re.Match[str], is_spaced: bool) -> Iterator[Code]:
    """Yield what was found as a code, with all names it goes by."""
    if match.end() - match.start() > MAX_WORD:
        return
    folded = PIECE.findall(fold(match.group()))
    if is_spaced and folded[0] in STOP_WORDS:
        return
    pieces = [piece.translate(TO_LATIN) for piece in folded]
    lexemes = set()
    for first in range(len(pieces)):
        for last in range(first + 1, min(len(pieces), first + MAX_PIECES) + 1):
            run = pieces[first:last]
            if any(piece.isdigit() for piece in run):
                lexemes.add(MARK + "".join(run))
    lexemes |= {MARK + (piece.lstrip("0") or "0") for piece in pieces if piece.isdigit()}
    whole = MARK + "".join(pieces)
    yield Code(whole, frozenset(lexemes), match.start(), match.end(), is_spaced)
