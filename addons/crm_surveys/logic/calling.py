"""What follows from a call: once more and when, or the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WAITING: Final = "waiting"
TALKING: Final = "talking"
DONE: Final = "done"
ENDED: Final = "ended"
OPEN: Final = (WAITING, TALKING)

ANSWERED: Final = "answered"
NO_ANSWER: Final = "no_answer"
BUSY: Final = "busy"
CALL_BACK: Final = "call_back"
REFUSED: Final = "refused"
NO_MORE: Final = "no_more"
WRONG_NUMBER: Final = "wrong_number"
UNREACHED: Final = "unreached"
CLOSED: Final = "closed"

#: What an interviewer says of a call; the others follow from what happens.
SAID: Final = (NO_ANSWER, BUSY, CALL_BACK, REFUSED, NO_MORE, WRONG_NUMBER)
#: The customer asks for another hour: it is his wish, and uses up no attempt.
MISSED: Final = (NO_ANSWER, BUSY)
BUSY_WAIT: Final = timedelta(minutes=20)
#: Beyond it nobody remembers what he has promised.
CALL_BACK_DAYS: Final = 60


@dataclass(frozen=True)
class Next:
    """Where a call stands after an attempt: its state, outcome and when to call again."""

    state: str
    outcome: str
    date: datetime | None = None
    is_promised: bool = False


def follow(
    outcome: str,
    missed: int,
    limit: int,
    now: datetime,
    wait: timedelta,
    wanted: datetime | None = None,
) -> Next:
    """Return what follows from an attempt.

    ``missed`` counts the attempts that reached nobody, with this one. ``wanted`` is when the
    customer wants to be called.
    """
    if outcome == CALL_BACK and wanted:
        return Next(WAITING, outcome, wanted, is_promised=True)
    if outcome in MISSED:
        if missed >= limit:
            return Next(ENDED, UNREACHED)
        return Next(WAITING, outcome, now + (min(BUSY_WAIT, wait) if outcome == BUSY else wait))
    return Next(DONE if outcome == ANSWERED else ENDED, outcome)


def can_call_back(wanted: datetime, now: datetime) -> bool:
    """Say whether a moment can be promised: to come, and not too far off."""
    return now < wanted <= now + timedelta(days=CALL_BACK_DAYS)
