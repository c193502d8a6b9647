"""The life of an invitation: where it may go from where it stands.

It only goes forward, and steps may be left out: a customer answers without having opened the
mail, as far as anybody can know. What comes too late - a mail opened after the answer - is no
error and changes nothing.
"""

from __future__ import annotations

from typing import Final

DECIDED: Final = "decided"
QUEUED: Final = "queued"
SENT: Final = "sent"
OPENED: Final = "opened"
STARTED: Final = "started"
FINISHED: Final = "finished"
NOT_SENT: Final = "not_sent"
FAILED: Final = "failed"
EXPIRED: Final = "expired"

#: Where it may go next. A failed one can be tried again, by hand in the queue, too,
#: or be answered by another way.
NEXT: Final[dict[str, frozenset[str]]] = {
    DECIDED: frozenset((QUEUED, SENT, OPENED, STARTED, FINISHED, NOT_SENT, FAILED, EXPIRED)),
    QUEUED: frozenset((SENT, OPENED, STARTED, FINISHED, NOT_SENT, FAILED, EXPIRED)),
    SENT: frozenset((OPENED, STARTED, FINISHED, FAILED, EXPIRED)),
    OPENED: frozenset((STARTED, FINISHED, EXPIRED)),
    STARTED: frozenset((FINISHED, EXPIRED)),
    FAILED: frozenset((QUEUED, SENT, OPENED, STARTED, FINISHED, EXPIRED)),
    FINISHED: frozenset(),
    NOT_SENT: frozenset(),
    EXPIRED: frozenset(),
}
STATES: Final = tuple(NEXT)
#: It has reached the customer: what counts for how often he was asked. One that has ended may have
#: failed before; its dates tell.
REACHED: Final = (SENT, OPENED, STARTED, FINISHED)
ENDED: Final = (FINISHED, NOT_SENT, EXPIRED)


def can_move(state: str, target: str) -> bool:
    """Say whether an invitation goes from one state into another."""
    return target in NEXT[state]
