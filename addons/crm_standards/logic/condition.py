"""A condition as people say it: comparisons joined by “and”, “or” and “not”, brackets where needed.

A condition comes as Odoo writes it: operators before what they join (``&``, ``|``, ``!``), and
comparisons, of which this module knows nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

ARITY = {"&": 2, "|": 2, "!": 1}


@dataclass(frozen=True)
class Words:
    """The words of a language; ``negation`` is asked to say that something is not so."""

    conjunction: str
    disjunction: str
    negation: Callable[[str], str]


def say(tokens: Iterable[Any], say_one: Callable[[Any], str], words: Words) -> str:
    """Return a condition in words.

    :param tokens: operators and comparisons, in prefix order
    :param say_one: returns a comparison in words
    :raise ValueError: the condition ends too early, or goes on after its end
    """
    rest = iter(tokens)
    text, _operator = _say(rest, say_one, words)
    if next(rest, None) is not None:
        raise ValueError("the condition goes on after its end")
    return text


def _say(
    rest: Iterator[Any], say_one: Callable[[Any], str], words: Words
) -> tuple[str, str | None]:
    """Return the next piece in words and the operator it is joined by, if any."""
    token = next(rest, None)
    if token is None:
        raise ValueError("the condition ends too early")
    if not isinstance(token, str):
        return say_one(token), None
    pieces = [_say(rest, say_one, words) for _piece in range(ARITY[token])]
    if token == "!":
        return words.negation(_bracket(pieces[0], None)), None
    joint = words.conjunction if token == "&" else words.disjunction
    return f" {joint} ".join(_bracket(piece, token) for piece in pieces), token


def _bracket(piece: tuple[str, str | None], outer: str | None) -> str:
    text, operator = piece
    return f"({text})" if operator and operator != outer else text
