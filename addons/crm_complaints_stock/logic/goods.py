"""What comes back and what goes out to settle a complaint, in quantities."""

from __future__ import annotations

#: Remedies for which goods may come back.
RETURN_KINDS = frozenset({"replacement", "refund", "repair", "return_goods"})
#: The remedy for which goods go out.
REPLACEMENT = "replacement"
#: By which transfer a remedy is carried out. Money and repairs are somebody else's to note.
CARRIED_OUT_BY = {"replacement": "replacement", "return_goods": "return"}


def returnable(delivered: float, returned: float, wanted: float | None = None) -> float:
    """Return how much can come back: what was delivered and has not come back, and is wanted.

    >>> returnable(5, 2)
    3
    >>> returnable(5, 2, wanted=1)
    1
    >>> returnable(5, 7)
    0
    """
    left = max(0, delivered - returned)
    return left if wanted is None else min(left, max(0, wanted))


def kept(sent: float, came_back: float) -> float:
    """Return how much of what was sent stayed with the customer: that is what it cost.

    >>> kept(2, 1)
    1
    """
    return max(0, sent - came_back)


def carries_out(kind: str, direction: str, states: frozenset[str]) -> bool:
    """Tell whether a remedy is carried out: its transfer and all that was left behind are done.

    :param kind: of the remedy
    :param direction: "return" or "replacement"
    :param states: of the transfer and of its backorders
    >>> carries_out("replacement", "replacement", frozenset({"done", "cancel"}))
    True
    >>> carries_out("replacement", "replacement", frozenset({"done", "assigned"}))
    False
    >>> carries_out("refund", "return", frozenset({"done"}))
    False
    """
    ended = "done" in states and states <= {"done", "cancel"}
    return ended and CARRIED_OUT_BY.get(kind) == direction
