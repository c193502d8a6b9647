"""Typos: which words of a vocabulary are meant, found by what is left when letters are dropped.

A word is filed under itself and under all that is left of its first letters when one or two of
them are dropped; the word typed is looked up the same way (symmetric deletion). Two words that
differ by two changes meet under some common rest, so that one question of an index, with neither
trigrams nor any other extension, brings all that can be meant; the distance then orders them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

PREFIX = 8  # letters from which some are dropped: each letter more files a word more often
MIN_WORD = 4  # a shorter word differs from too many others
TWO_CHANGES = 6  # letters a word must have to be forgiven two changes


def allowed_changes(word: str) -> int:
    """Return how many changes are a typo in a word of this length."""
    if len(word) < MIN_WORD:
        return 0
    return 1 if len(word) < TWO_CHANGES else 2


def rests(word: str, changes: int | None = None) -> set[str]:
    """Return what a word is filed under: its beginning, and the same with letters dropped."""
    start = word[:PREFIX]
    drops = allowed_changes(word) if changes is None else changes
    found = {start}
    for count in range(1, drops + 1):
        for kept in combinations(start, max(len(start) - count, 0)):
            found.add("".join(kept))
    return found


def distance(one: str, other: str, limit: int) -> int:
    """Return by how many changes two words differ, or more than the limit.

    A change is a letter more, less, another one, or two neighbors that changed places
    (Damerau-Levenshtein, optimal string alignment).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, right in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, last[j - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return limit + 1
    return row[-1]


def closest(word: str, known: Iterable[tuple[str, int]], limit: int | None = None) -> list[str]:
    """Return the words that can be meant, best first.

    :param known: words that share a rest with it, and in how many articles each stands
    """
    limit = allowed_changes(word) if limit is None else limit
    judged = []
    for other, count in known:
        changes = distance(word, other, limit)
        if 0 < changes <= limit:
            # people rarely miss the first letter, and often hit a frequent word
            judged.append((changes, other[:1] != word[:1], -count, other))
    return [other for *_rest, other in sorted(judged)]
