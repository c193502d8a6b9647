"""Whether an answer that was put into a message was sent with it."""

from __future__ import annotations

from .words import words

PIECE = 3  # words in a row that make two texts alike
ENOUGH = 0.4  # of the answer: a person shortens and changes what is offered


def share_sent(answer: str, message: str) -> float:
    """Return how much of an answer stands in a message, from 0 to 1."""
    pieces = _pieces(answer)
    if not pieces:
        return 0.0
    return len(pieces & _pieces(message, min(PIECE, len(_words(answer))))) / len(pieces)


def was_sent(answer: str, message: str) -> bool:
    """Whether a message says what an answer says."""
    return share_sent(answer, message) >= ENOUGH


def _words(text: str) -> list[str]:
    return [word.text for word in words(text)]


def _pieces(text: str, size: int = PIECE) -> set[tuple[str, ...]]:
    said = _words(text)
    size = min(size, len(said))
    if not size:
        return set()
    return {tuple(said[place : place + size]) for place in range(len(said) - size + 1)}
