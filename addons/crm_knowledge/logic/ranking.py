"""How well an article fits a query: BM25 over four fields, prepared when the article is saved.

Of each lexeme of an article one byte is kept: its impact, how much the lexeme says about this
article - how often it stands in which field, against the length of the field. When somebody
searches, the impact is multiplied by how rare the lexeme is among all articles, and summed up.

Lexemes are kept as numbers of four bytes, drawn from their letters: a list of them is a quarter as
large as the words, and compared several times faster. Two lexemes have the same number once in
four billion pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from .codes import codes
from .stop_words import STOP_WORDS
from .words import is_cyrillic, words

# Fields by weight, as PostgreSQL calls them: title, summary, body, attached files.
WEIGHTS = {"A": 3.0, "B": 1.5, "C": 1.0, "D": 0.5}
# The length in words against which a field is long or short. Fixed, so that a new article changes
# no other one.
LENGTHS = {"A": 8, "B": 30, "C": 100, "D": 1000}
SATURATION = 1.2  # BM25's k1: how soon one more occurrence says nothing new
LENGTH_SHARE = 0.7  # BM25's b: how much the length of a field counts
TOP = 255  # the impact of a lexeme that could not say more
STRONG = 160  # an impact from which an article is found by the lexeme before all others
ROOT_LETTERS = 5  # of a Russian lexeme: отсутствие and отсутствовать, заказчик and заказать
ROOT_MARK = "~"  # begins the lexeme by which articles with a word of the same root gain
STRONG_MARK = "!"  # begins the lexeme by which strong ones are found
EVERYTHING = "*"  # a lexeme that no text has: under it all articles are counted
VERSION = 2  # of what is kept of an article: with another one all articles are read anew

Lexemes = Callable[[str], Iterable[str]]


@dataclass(frozen=True)
class Entry:
    """What is kept of an article: the numbers of its lexemes, ordered, and a byte for each."""

    keys: tuple[int, ...]
    impacts: bytes
    line: str  # all its words, as they are compared
    vocabulary: frozenset[str]


def key(lexeme: str) -> int:
    """Return the number of a lexeme: four bytes with a sign, as PostgreSQL's integer."""
    number = crc32(lexeme.encode())
    return number - (1 << 32) if number >= 1 << 31 else number


def make_entry(texts: Mapping[str, str], lexemes: Lexemes) -> Entry:
    """Return what is kept of an article.

    :param texts: its texts by weight (A to D), without tags
    :param lexemes: gives the lexemes of a word
    """
    impacts: Counter[str] = Counter()
    line: list[str] = []
    for weight, text in texts.items():
        counts, length, spoken = _count(text, lexemes)
        line += [*spoken, "|"]  # no phrase goes on from one field into the next
        share = 1 - LENGTH_SHARE + LENGTH_SHARE * length / LENGTHS[weight]
        for lexeme, count in counts.items():
            impacts[lexeme] += WEIGHTS[weight] * count / share
    numbers = {}
    for lexeme, impact in impacts.items():
        value = max(1, round(TOP * impact / (SATURATION + impact)))
        numbers[key(lexeme)] = value
        if value >= STRONG and not lexeme.startswith(ROOT_MARK):
            numbers[key(STRONG_MARK + lexeme)] = value
    ordered = sorted(numbers)
    vocabulary = frozenset(word for word in line if word.isalpha())
    return Entry(
        tuple(ordered),
        bytes(numbers[number] for number in ordered),
        f" {' '.join(line)} ",
        vocabulary,
    )


def roots(lexemes: Iterable[str]) -> set[str]:
    """Return the roots of the lexemes of a Russian word: what words derived from it share.

    A root is its first letters. That is wrong often enough: it lets no article in, and is worth
    less than the word itself, but it brings up the one that says it with the verb.
    """
    return {
        ROOT_MARK + lexeme[:ROOT_LETTERS]
        for lexeme in lexemes
        if len(lexeme) >= ROOT_LETTERS and is_cyrillic(lexeme)
    }


def _count(text: str, lexemes: Lexemes) -> tuple[Counter[str], int, list[str]]:
    """Return how often each lexeme stands in a text, its length in words, and its words."""
    counts: Counter[str] = Counter()
    spoken = [word.text for word in words(text)]
    for word, count in Counter(spoken).items():
        if word not in STOP_WORDS and not has_digit(word):
            found = frozenset(lexemes(word))
            for lexeme in found | roots(found):
                counts[lexeme] += count
    for code in codes(text):
        counts.update(code.parts)
    return counts, len(spoken), spoken


def has_digit(word: str) -> bool:
    """Whether a word is rather a code."""
    return any(sign.isdigit() for sign in word)


def rarity(count: int, total: int) -> float:
    """Return how much it says that an article has a lexeme: BM25's inverse document frequency."""
    total = max(total, count, 1)
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
