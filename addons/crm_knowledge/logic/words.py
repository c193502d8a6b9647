"""Text as search sees it: letters of one form, and words with their places.

Nothing here knows a language: that a word is a form of another is `crm_knowledge/morphology.py`'s
to say, that a word is a code `codes.py`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

MAX_TEXT = 1_000_000  # characters of one field that are searched: a book
MAX_WORD = 64  # characters of one word; what is longer is a picture or a key, nothing one types
MARKS = "'’ʼ`"  # what stands inside a word: don't, п'ять
WORD = re.compile(rf"[^\W_]+(?:[{MARKS}][^\W\d_]+)*")
IS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
IS_LATIN = re.compile(r"[a-z]")

# Letters that look alike: who types a Russian word may hit the Latin letter, and nobody sees it.
LATIN = "aceopxykmhtb"
CYRILLIC = "асеорхукмнтв"
TO_CYRILLIC = str.maketrans(LATIN, CYRILLIC)
TO_LATIN = str.maketrans(CYRILLIC, LATIN)


@dataclass(frozen=True)
class Word:
    """One word as it is compared, and where it stands in the text it was taken from."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return a text in letters of one form: compatible signs, small letters, no ё, no accents.

    Marks are taken off Latin letters only: й is not и. Half a character of a pair, which no
    database takes, becomes a space, and so does what one cannot see.
    """
    text = "".join(" " if unicodedata.category(sign) in ("Cs", "Cc") else sign for sign in text)
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("\xad", "")
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFD", text)
    plain = re.sub(r"(?<=[a-z])[\u0300-\u036f]+", "", parts)
    return unicodedata.normalize("NFC", plain)


def words(text: str) -> Iterator[Word]:
    """Yield the words of a text with their places in it."""
    for match in WORD.finditer(text[:MAX_TEXT]):
        word = plain_word(match.group())
        if word:
            yield Word(word, match.start(), match.end())


@lru_cache(maxsize=100_000)
def plain_word(written: str) -> str:
    """Return one word as it is compared; nothing where it is too long to be one."""
    return "" if len(written) > MAX_WORD else one_alphabet(fold(written).strip())


def one_alphabet(word: str) -> str:
    """Return a word of mixed alphabets in the one that most of its letters belong to.

    Only where every letter of the other has one that looks the same: cкидкa becomes скидка,
    while usb-кабель stays as it is.
    """
    cyrillic, latin = len(IS_CYRILLIC.findall(word)), len(IS_LATIN.findall(word))
    if not cyrillic or not latin:
        return word
    ways = [TO_CYRILLIC, TO_LATIN] if cyrillic >= latin else [TO_LATIN, TO_CYRILLIC]
    for way in ways:
        changed = word.translate(way)
        if not (IS_CYRILLIC.search(changed) and IS_LATIN.search(changed)):
            return changed
    return word


def is_cyrillic(word: str) -> bool:
    """Whether a word is written in Cyrillic letters."""
    return bool(IS_CYRILLIC.search(word))


def line_of_words(text: str) -> str:
    """Return the words of a text in one line, a space before, between and behind them.

    A phrase stands in the text when its own line stands in this one.
    """
    return f" {' '.join(word.text for word in words(text))} "
