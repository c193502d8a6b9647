"""Which articles are looked at when somebody searches: few, and those that can be the best.

Ranking all articles that have a common word takes seconds. So an article comes in through one of
a few doors, and through each door at most so many. Rare words let in every article that has one;
common words those that they say much about, and those that have several of them at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from .query import Group
from .ranking import STRONG_MARK, key, rarity, roots

DOOR_LIMIT = 250  # articles through one door; rare words that have no more open one together
PAIRED_WORDS = 3  # the rarest words of which each pair opens a door
ROOT_WORTH = 0.5  # what a word of the same root says against the word itself
DOOR_WORDS = 3  # words that are asked for at one door, at most


@dataclass(frozen=True)
class Sought:
    """One lexeme that is looked for: its word, its number, and what it is worth."""

    group: int
    key: int
    worth: float
    is_root: bool = False  # a word of the same root, not the word itself


# A door: who comes in has one of the lexemes of each of its words.
Door = tuple[tuple[int, ...], ...]


def weigh(groups: tuple[Group, ...], counts: Mapping[int, int], total: int) -> list[Sought]:
    """Return what each lexeme is worth: how rare it is, and how sure that it is what was meant.

    :param counts: in how many articles each lexeme stands; new ones are not counted yet
    """
    found = []
    for place, group in enumerate(groups):
        own = dict.fromkeys(roots(group.lexemes), ROOT_WORTH)
        for lexeme, worth in {**group.lexemes, **own}.items():
            rare = rarity(counts.get(key(lexeme), 1), total)
            found.append(Sought(place, key(lexeme), worth * rare, lexeme in own))
    return found


def numbers(groups: tuple[Group, ...]) -> list[int]:
    """Return all lexemes of which it must be known in how many articles they stand."""
    lexemes = {lexeme for group in groups for lexeme in group.lexemes}
    marked = {STRONG_MARK + lexeme for lexeme in lexemes}
    return sorted(key(lexeme) for lexeme in lexemes | marked | roots(lexemes))


def doors(groups: tuple[Group, ...], counts: Mapping[int, int]) -> list[Door]:
    """Return the doors for a query, rarest words first."""
    words = sorted(
        (sum(counts.get(key(lexeme), 1) for lexeme in group.lexemes), place, group)
        for place, group in enumerate(groups)
        if group.lexemes
    )  # the place is there so that groups need no order
    if not words:
        return []
    plain = [_keys(group) for _count, _place, group in words]
    strong = [_keys(group, STRONG_MARK) for _count, _place, group in words]
    found, rare = [], 0
    for (count, _place, _group), keys in zip(words, plain, strict=True):
        rare += count
        if rare > DOOR_LIMIT:
            break
        found.append(keys)
    opened: list[Door] = []
    if found:
        opened.append((tuple(one for keys in found for one in keys),))
    if len(found) == len(words):
        return opened
    common = range(len(words))[:PAIRED_WORDS]
    pairs = list(combinations(common, 2))[: len(common) - 1]  # each has the rarest word
    opened += [(strong[place],) for place in common]
    opened += [(strong[one], strong[two]) for one, two in pairs]
    opened += [(plain[one], plain[two]) for one, two in pairs]
    if len(words) > 2:
        opened.append(tuple(plain[:DOOR_WORDS]))
    opened.append((plain[0],))
    return list(dict.fromkeys(opened))


def _keys(group: Group, mark: str = "") -> tuple[int, ...]:
    """Return the numbers of a word's lexemes."""
    return tuple(key(mark + lexeme) for lexeme in group.lexemes)
